"""What is missing in the sections that a person owns, over all dossiers that can be changed now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from accounts.models import User
from dossiers.models import Document, Dossier, Requirement, Section
from dossiers.queries.owners import is_below
from dossiers.statuses import DossierStatus, RequirementState
from dossiers.structure import with_outer

EDITABLE = (DossierStatus.DRAFT, DossierStatus.RETURNED, DossierStatus.CLOCK_STOPPED)
MOST_SECTIONS = 200


@dataclass
class SectionToFill:
    """A section of a person's own, with what it and the sections below it lack."""

    section: Section
    documents: int = 0
    requirements: int = 0

    @property
    def in_words(self) -> str:
        """What is missing: "2 documents missing, 1 requirement open"."""
        documents = f"{self.documents} document{'' if self.documents == 1 else 's'} missing"
        requirements = f"{self.requirements} requirement{'' if self.requirements == 1 else 's'} open"
        return ", ".join(
            words
            for number, words in ((self.documents, documents), (self.requirements, requirements))
            if number
        )


def sections_to_fill(user: User) -> list[SectionToFill]:
    """Return the person's sections that lack something, what is due first at the head; five queries.

    What lies in a section below with an owner of its own is that owner's.
    """
    mine = list(
        Section.objects.in_tree()
        .filter(
            owner=user.pk,
            dossier__in=Dossier.objects.visible_to(user).filter(status__in=EDITABLE).order_by().values("pk"),
        )
        .select_related("dossier__product")
        .order_by(F("due_on").asc(nulls_last=True), "dossier__number", "position")[:MOST_SECTIONS]
    )
    if not mine:
        return []
    found = {section.pk: SectionToFill(section) for section in mine}
    dossiers = {section.dossier_id for section in mine}
    owned: dict[UUID, list[Section]] = {}
    for section in Section.objects.filter(dossier__in=dossiers, owner__isnull=False).order_by("depth"):
        owned.setdefault(section.dossier_id, []).append(section)
    for place in _lacking(dossiers):
        if (own := _nearest(place, owned[place.dossier_id])) in found:
            found[own].documents += 1
    open_ones = Requirement.objects.filter(dossier__in=dossiers, state=RequirementState.OPEN).order_by()
    for requirement in open_ones.select_related("section"):
        if (own := _nearest(requirement.section, owned[requirement.dossier_id])) in found:
            found[own].requirements += 1
    return [each for each in found.values() if each.in_words]


def _lacking(dossiers: Iterable[UUID]) -> list[Section]:
    """Return the sections that should hold a document and do not, nor any section below them."""
    held: defaultdict[UUID, set[str]] = defaultdict(set)
    placed = Document.objects.in_place().filter(dossier__in=dossiers).order_by()
    for dossier, number in placed.values_list("dossier", "section__number").distinct():
        held[dossier].add(number)
    filled = {dossier: with_outer(numbers) for dossier, numbers in held.items()}
    expected = Section.objects.in_tree().filter(dossier__in=dossiers, is_expected=True)
    return [section for section in expected if section.number not in filled.get(section.dossier_id, ())]


def _nearest(place: Section, owned: list[Section]) -> UUID | None:
    """Return the owned section in which a place lies, the deepest one; they come in order of depth."""
    over = [section for section in owned if section.pk == place.pk or is_below(place, section)]
    return over[-1].pk if over else None
