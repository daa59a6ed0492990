"""Making dossiers."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import permissions, structure
from dossiers.events import DossierEvent
from dossiers.models import Dossier, Product, Requirement, Section
from dossiers.statuses import Procedure

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
    _grow(dossier, structure.structure_of(scope))
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


def _grow(dossier: Dossier, grown: structure.Structure) -> None:
    keys = {row.number: uuid4() for row in grown.sections}
    Section.objects.bulk_create(
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
        for row in grown.sections
    )
    Requirement.objects.bulk_create(
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
        for placed in grown.requirements
    )


def _why(row: structure.MinimumRow | None) -> str:
    return f"{row.why} Source: {row.citation}." if row else ""
