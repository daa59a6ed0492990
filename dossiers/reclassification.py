"""What another class means for a dossier: sections, requirements and parts of its review come or go."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from classification.models import Assessment
from dossiers import structure
from dossiers.models import Document, Dossier, Question, Requirement, Section, Thread
from dossiers.statuses import DossierStatus, PartKind, RequirementState
from dossiers.structure import PlacedRequirement, Scope, SectionRow, Structure, is_within

OVER = frozenset({DossierStatus.CONCLUDED, DossierStatus.WITHDRAWN})
"""The states in which nothing is expected of a dossier any more."""


@dataclass(frozen=True)
class LeavingSection:
    """A section that the class does not ask for, with what keeps it in the tree."""

    section: Section
    documents: int
    is_kept: bool

    @property
    def what_keeps_it(self) -> str:
        """Why it stays in the tree, in words; empty when it leaves."""
        if self.documents:
            return f"stays, {self.documents} document{'s' if self.documents > 1 else ''} in it"
        return "stays, something is in it or below it" if self.is_kept else ""


@dataclass(frozen=True)
class Consequences:
    """What a classification means for one dossier: what it would have to gain, and what falls away."""

    dossier: Dossier
    assessment: Assessment
    lacking: list[SectionRow]
    leaving: list[LeavingSection]
    applying: list[PlacedRequirement]
    falling: list[Requirement]
    opening: list[str]
    closing: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not any((self.lacking, self.leaving, self.applying, self.falling, self.opening, self.closing))


def scope_under(dossier: Dossier, assessment: Assessment) -> Scope:
    """Return the scope that a signed classification gives to a dossier in its procedure."""
    return structure.scope_of(dossier.procedure, assessment.outcome, assessment.answers)


def follows_its_product(dossier: Dossier) -> bool:
    """Whether sections and requirements are those of the classification that the product carries now."""
    if dossier.assessment_id == dossier.product.assessment_id:
        return True
    now = scope_under(dossier, dossier.product.assessment)
    return now == structure.scope_of(dossier.procedure, dossier.outcome_class, dossier.assessment.answers)


def classification_of(dossier: Dossier) -> Assessment:
    """Return the classification that the dossier stands on: the product's, unless it asks for another one."""
    return dossier.product.assessment if follows_its_product(dossier) else dossier.assessment


def sentence_about(dossier: Dossier) -> str:
    """Say in one sentence how product and dossier differ."""
    product = dossier.product
    if product.outcome != dossier.outcome_class:
        return (
            f"{product} is now classified as {product.class_in_words}; "
            f"this dossier was made for {dossier.class_in_words}."
        )
    return (
        f"{product} was classified anew as {product.class_in_words}; other sections and requirements follow "
        "from the new answers."
    )


def consequences_of(dossiers: Sequence[Dossier], assessment: Assessment) -> list[Consequences]:
    """Say what a signed classification means for dossiers of one product; few queries for any number."""
    sections, requirements = defaultdict(list), defaultdict(list)
    for section in Section.objects.filter(dossier__in=dossiers).in_tree():
        sections[section.dossier_id].append(section)
    for requirement in Requirement.objects.filter(dossier__in=dossiers):
        requirements[requirement.dossier_id].append(requirement)
    due = {dossier.pk: structure.structure_of(scope_under(dossier, assessment)) for dossier in dossiers}
    leaving = {
        dossier.pk: [
            each for each in sections[dossier.pk] if each.printed_number not in due[dossier.pk].numbers
        ]
        for dossier in dossiers
    }
    documents, talks = _contents([section for each in leaving.values() for section in each])
    return [
        Consequences(
            dossier=dossier,
            assessment=assessment,
            lacking=_lacking(due[dossier.pk], sections[dossier.pk]),
            leaving=_leaving(leaving[dossier.pk], documents, talks),
            applying=_applying(due[dossier.pk], requirements[dossier.pk]),
            falling=_falling(due[dossier.pk], requirements[dossier.pk]),
            opening=_parts(assessment.outcome, dossier.outcome_class),
            closing=_parts(dossier.outcome_class, assessment.outcome),
        )
        for dossier in dossiers
    ]


def _contents(sections: list[Section]) -> tuple[Counter[UUID], set[UUID]]:
    """Count the documents in sections, and tell in which of them somebody commented or asked."""
    placed = Document.objects.in_place().filter(section__in=sections).order_by()
    threads = Thread.objects.filter(section__in=sections).order_by().values_list("section", flat=True)
    questions = Question.objects.filter(section__in=sections).order_by().values_list("section", flat=True)
    return Counter(placed.values_list("section", flat=True)), {*threads, *questions}


def _lacking(due: Structure, sections: list[Section]) -> list[SectionRow]:
    there = {section.number for section in sections}
    return [row for row in due.sections if row.number not in there]


def _leaving(sections: list[Section], documents: Counter[UUID], talks: set[UUID]) -> list[LeavingSection]:
    held = [section.number for section in sections if documents[section.pk] or section.pk in talks]
    return [
        LeavingSection(
            section, documents[section.pk], any(is_within(number, section.number) for number in held)
        )
        for section in sections
    ]


def _applying(due: Structure, requirements: list[Requirement]) -> list[PlacedRequirement]:
    there = {requirement.code for requirement in requirements if requirement.earlier_answer is None}
    return [placed for placed in due.requirements if placed.row.code not in there]


def _falling(due: Structure, requirements: list[Requirement]) -> list[Requirement]:
    asked = {placed.row.code for placed in due.requirements}
    return [
        requirement
        for requirement in requirements
        if requirement.code not in asked and requirement.state != RequirementState.NOT_APPLICABLE
    ]


def _parts(outcome: str, other: str) -> list[str]:
    """Name the sub-assessments that one class has and the other has not."""
    others = structure.part_kinds(other)
    return [PartKind(kind).label for kind in structure.part_kinds(outcome) if kind not in others]
