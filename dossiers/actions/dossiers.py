"""Making dossiers, and bringing them to another class of their product."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import permissions, reclassification, structure
from dossiers.actions import combined
from dossiers.events import DossierEvent
from dossiers.models import Document, Dossier, Product, Requirement, Section
from dossiers.reclassification import Consequences
from dossiers.statuses import Procedure, RequirementState

FIRST_NUMBER = 6401
ATTEMPTS = 5


@transaction.atomic
def create(
    product: Product,
    *,
    procedure: str,
    planned_on: date | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Dossier:
    """Make a dossier with the sections and requirements that follow from the procedure and the class.

    The same form sent twice gives the same dossier.
    """
    product = (
        Product.objects.select_for_update(of=("self",))
        .select_related("assessment", "organisation")
        .get(pk=product.pk)
    )
    made = Dossier.objects.filter(form_key=form_key, created_by=by).first() if form_key else None
    if made:
        return made
    refusal = permissions.why_not_create_dossier(product, procedure, by)
    if refusal:
        raise Refused(refusal)
    dossier = _with_number(
        Dossier(
            product=product,
            organisation=product.organisation,
            procedure=procedure,
            assessment=product.assessment,
            outcome_class=product.outcome,
            structure=structure.STATE,
            planned_on=planned_on,
            created_by=by,
            form_key=form_key or uuid4(),
        )
    )
    scope = structure.scope_of(procedure, product.outcome, product.assessment.answers)
    grown = structure.structure_of(scope)
    keys = _add_sections(dossier, grown.sections, grown, {})
    _add_requirements(dossier, grown.requirements, keys)
    combined.open_parts(dossier)
    trail.record(
        DossierEvent.CREATED,
        dossier,
        by=by,
        sentence=f"Dossier made for {Procedure(procedure).label}, {dossier.class_in_words}",
        data={"structure": structure.STATE, "fits": sorted(scope.fits), "planned_on": planned_on},
        audience=Audience.SPONSOR,
    )
    return dossier


def _with_number(dossier: Dossier) -> Dossier:
    """Save a dossier under the next free number; another one made in the same moment takes its own."""
    for attempt in range(ATTEMPTS):
        highest = Dossier.objects.aggregate(top=Max("number"))["top"]
        dossier.number = f"H{int(highest[1:]) + 1 if highest else FIRST_NUMBER:07}"
        try:
            with transaction.atomic():
                dossier.save(force_insert=True)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            break
    return dossier


@transaction.atomic
def restructure(dossier: Dossier, *, by: User) -> Dossier:
    """Bring a dossier that is not filed to the class that its product carries now.

    Sections and requirements that the class asks for are added. Nothing is deleted: a requirement that it
    does not ask for is set aside with the reason, a section with something in it stays, an empty one leaves
    the tree. The parts of the assessment follow when the review starts. A second click changes nothing.
    """
    Product.objects.select_for_update().get(pk=dossier.product_id)
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("product__assessment", "assessment", "organisation")
        .get(pk=dossier.pk)
    )
    refusal = permissions.why_not_prepare(dossier, by)
    if not refusal and reclassification.follows_its_product(dossier):
        return dossier
    refusal = refusal or permissions.why_not_restructure(dossier, by)
    if refusal:
        raise Refused(refusal)
    before = {"class": dossier.outcome_class, "classification": str(dossier.assessment)}
    assessment = dossier.product.assessment
    (due,) = reclassification.consequences_of([dossier], assessment)
    grown = structure.structure_of(reclassification.scope_under(dossier, assessment))
    dossier.assessment, dossier.outcome_class = assessment, assessment.outcome
    dossier.structure, dossier.changed_at = structure.STATE, timezone.now()
    dossier.save(update_fields=["assessment", "outcome_class", "structure", "changed_at"])
    keys = _bring_sections(dossier, grown, due)
    _bring_requirements(dossier, grown, due, keys)
    combined.open_parts(dossier)
    trail.record(
        DossierEvent.RESTRUCTURED,
        dossier,
        by=by,
        sentence=f"Brought to the class {dossier.class_in_words}, {assessment}",
        data={
            **trail.changes(before, {"class": assessment.outcome, "classification": str(assessment)}),
            **_told(due),
        },
        audience=Audience.SPONSOR,
    )
    return dossier


def _told(due: Consequences) -> dict[str, str]:
    """Say what the change did, as its event keeps it; of a requirement set aside, what was answered."""
    told = {
        "sections added": [row.number for row in due.lacking],
        "sections left out": [each.section.number for each in due.leaving if not each.is_kept],
        "sections kept with what is in them": [each.section.number for each in due.leaving if each.is_kept],
        "requirements added": [placed.row.code for placed in due.applying],
        "requirements set aside": [f"{each.code} ({each.state})" for each in due.falling],
    }
    return {name: ", ".join(values) for name, values in told.items() if values}


def _bring_sections(dossier: Dossier, grown: structure.Structure, due: Consequences) -> Mapping[str, UUID]:
    """Add, bring back and leave out sections, and say anew which must hold a document; return their keys."""
    gone = {each.section.number for each in due.leaving if not each.is_kept}
    changed, keys = [], {}
    for section in dossier.sections.all():
        keys[section.number] = section.pk
        now = _place_in(grown, section, is_gone=section.number in gone)
        if any(getattr(section, name) != value for name, value in now.items()):
            for name, value in now.items():
                setattr(section, name, value)
            changed.append(section)
    Section.objects.bulk_update(changed, ["is_left_out", "is_expected", "why_expected"])
    missing = [row for row in due.lacking if row.number not in keys]
    return _add_sections(dossier, missing, grown, keys)


def _place_in(grown: structure.Structure, section: Section, *, is_gone: bool) -> Mapping[str, bool | str]:
    """Say what another class makes of a section; a further repetition goes or stays as people left it."""
    if section.repetition > 1:
        return {"is_left_out": True, "is_expected": False} if is_gone else {}
    return {
        "is_left_out": section.number not in grown.numbers and (section.is_left_out or is_gone),
        "is_expected": section.number in grown.expected,
        "why_expected": _why(grown.expected.get(section.number)),
    }


def _bring_requirements(
    dossier: Dossier, grown: structure.Structure, due: Consequences, keys: Mapping[str, UUID]
) -> None:
    """Add requirements, set aside those that fell away, bring back those that apply again."""
    there = {each.code: each for each in dossier.requirements.select_related("section")}
    new = [placed for placed in due.applying if placed.row.code not in there]
    _add_requirements(dossier, new, keys)
    falling = {each.code for each in due.falling}
    reason = f"Not asked of the class {dossier.class_in_words}, which {dossier.product} carries since "
    in_place = set(Document.objects.in_place().filter(dossier=dossier).values_list("pk", flat=True))
    place_of = {placed.row.code: placed.section for placed in grown.requirements}
    for code, requirement in there.items():
        place = place_of.get(code, requirement.section.number)
        is_moved = requirement.section.number not in grown.numbers and place in grown.numbers
        if is_moved:
            requirement.section_id = keys[place]
        if code in falling:
            _set_aside(requirement, f"{reason}{dossier.assessment}.")
        elif code in place_of and requirement.earlier_answer is not None:
            _bring_back(requirement, in_place)
        elif not is_moved:
            continue
        requirement.edition += 1
        requirement.save(update_fields=_ANSWER_FIELDS)


_ANSWER_FIELDS = ("section", "state", "document", "page", "reason", "earlier_answer", "edition")


def _set_aside(requirement: Requirement, reason: str) -> None:
    requirement.earlier_answer = {
        "state": requirement.state,
        "document": str(requirement.document_id or ""),
        "page": requirement.page,
    }
    requirement.state, requirement.reason = RequirementState.NOT_APPLICABLE, reason
    requirement.document_id, requirement.page = None, None


def _bring_back(requirement: Requirement, documents: set[UUID]) -> None:
    earlier: dict[str, Any] = requirement.earlier_answer or {}
    document = UUID(earlier["document"]) if earlier["document"] else None
    is_met = earlier["state"] == RequirementState.MET and document in documents
    requirement.state = RequirementState.MET if is_met else RequirementState.OPEN
    requirement.document_id, requirement.page = (document, earlier["page"]) if is_met else (None, None)
    requirement.reason, requirement.earlier_answer = "", None


def _add_sections(
    dossier: Dossier,
    rows: Iterable[structure.SectionRow],
    grown: structure.Structure,
    there: Mapping[str, UUID],
) -> Mapping[str, UUID]:
    """Make sections below those that are there, and return the keys of all."""
    made = new_sections(dossier, rows, grown, there)
    Section.objects.bulk_create(made)
    return {**there, **{section.number: section.pk for section in made}}


def new_sections(
    dossier: Dossier,
    rows: Iterable[structure.SectionRow],
    grown: structure.Structure,
    there: Mapping[str, UUID],
) -> list[Section]:
    """Word sections below those that are there, without saving them."""
    rows = list(rows)
    keys = {**there, **{row.number: uuid4() for row in rows}}
    return [
        Section(
            pk=keys[row.number],
            dossier=dossier,
            number=row.number,
            title=row.title,
            module=row.module,
            parent_id=keys.get(row.parent),
            position=row.position,
            depth=row.depth,
            holds_documents=row.holds_documents,
            is_expected=row.number in grown.expected,
            why_expected=_why(grown.expected.get(row.number)),
            purpose=row.purpose,
            folder=row.folder,
        )
        for row in rows
    ]


def _add_requirements(
    dossier: Dossier, placed_rows: Iterable[structure.PlacedRequirement], keys: Mapping[str, UUID]
) -> None:
    Requirement.objects.bulk_create(new_requirements(dossier, placed_rows, keys))


def new_requirements(
    dossier: Dossier, placed_rows: Iterable[structure.PlacedRequirement], keys: Mapping[str, UUID]
) -> list[Requirement]:
    """Word the requirements of a dossier, all open, without saving them."""
    return [
        Requirement(
            dossier=dossier,
            section_id=keys[placed.section],
            code=placed.row.code,
            text=placed.row.text,
            evidence_hint=placed.row.evidence,
            citation=placed.row.citation,
            trust=placed.row.trust,
            position=placed.row.position,
        )
        for placed in placed_rows
    ]


def _why(row: structure.MinimumRow | None) -> str:
    return f"{row.why} Source: {row.citation}." if row else ""
