"""Specifications and lots for tests, walked through the real actions by the right people."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role
from audit.signing import Proof, shown_hash
from dossiers.models import Product
from qc import actions, signed
from qc.models import Lot, Result, Specification, SpecificationTest
from qc.standing import fresh_standing
from qc.statuses import Category, CriterionKind, LotStatus, SpecificationStatus
from tests.factories import dossiers, people

_numbers = count(1)

_NAMES = {
    Role.QC_ANALYST: "Milan Dvořák",
    Role.QUALITY_ASSURANCE: "Katarzyna Nowak",
    Role.QUALIFIED_PERSON: "Aoife Brennan",
}


def colleague(organisation: Organisation, role: Role) -> User:
    """The person of an organisation who holds a role, made when there is none."""
    found = (
        User.objects.filter(
            memberships__organisation=organisation, memberships__role=role, memberships__ended_at=None
        )
        .order_by("joined_at")
        .first()
    )
    return found or people.person(f"{_NAMES[role]} {organisation.name}", organisation, role)


def line(**fields: Any) -> dict[str, Any]:
    """The fields of a test, as its form gives them: by default viability of at least 80 %."""
    return {
        "category": Category.VIABILITY,
        "name": "Viability",
        "method": "Ph. Eur. 2.7.29",
        "criterion": CriterionKind.MIN,
        "lower": Decimal(80),
        "unit": "%",
        "turnaround_hours": Decimal(1),
        **fields,
    }


STERILITY = line(
    category=Category.STERILITY,
    name="Sterility",
    method="Ph. Eur. 2.6.1",
    criterion=CriterionKind.ABSENT,
    lower=None,
    unit="",
    turnaround_hours=Decimal(336),
    may_follow_release=True,
    read_days="2, 5, 7, 10",
)
VECTOR_COPIES = line(
    category=Category.VECTOR_COPY_NUMBER,
    name="Vector copies",
    method="ddPCR",
    criterion=CriterionKind.MAX,
    lower=None,
    upper=Decimal(5),
    is_upper_inclusive=False,
    unit="copies per cell",
    turnaround_hours=Decimal(48),
    may_follow_release=True,
)
LINES = (line(), VECTOR_COPIES, STERILITY)


def proof_on_specification(specification: Specification, by: User) -> Proof:
    """That a person signs what the page of a specification shows now."""
    fresh = Specification.objects.get(pk=specification.pk)
    return Proof(by.pk, shown_hash(signed.specification_content(fresh)))


def proof_on_lot(lot: Lot, by: User) -> Proof:
    """That a person signs what the page of a lot shows now."""
    return Proof(by.pk, shown_hash(signed.lot_content(fresh_standing(lot))))


def draft(
    product: Product | None = None,
    *,
    organisation: Organisation | None = None,
    lines: tuple[dict[str, Any], ...] = LINES,
    shelf_life_hours: int = 72,
    code: str = "",
    family: str = "",
) -> Specification:
    """A draft with a few lines, written by a QC analyst."""
    product = product or dossiers.product(organisation)
    by = colleague(product.organisation, Role.QC_ANALYST)
    drafted = actions.draft_specification(
        product,
        code=code or f"SPEC-{next(_numbers):03}",
        shelf_life_hours=shelf_life_hours,
        storage="2 to 8 °C",
        family=family,
        by=by,
    )
    for fields in lines:
        actions.add_test(drafted, fields, by=by)
    return drafted


def specification_in_force(product: Product | None = None, **fields: Any) -> Specification:
    """A specification approved by quality assurance, who wrote none of it."""
    drafted = draft(product, **fields)
    by = colleague(drafted.organisation, Role.QUALITY_ASSURANCE)
    return actions.approve_specification(drafted, by=by, proof=proof_on_specification(drafted, by))


def lot(
    specification: Specification | None = None,
    *,
    organisation: Organisation | None = None,
    manufactured_at: datetime | None = None,
    number: str = "",
    clinical_contact: str = "Dr M. Vos, University Hospital Lindenau, +32 9 555 01 00",
    patient_pseudonym: str = "NX-0417",
    **fields: Any,
) -> Lot:
    """A lot in quarantine, made thirty-one hours ago."""
    specification = specification or specification_in_force(organisation=organisation)
    return actions.register_lot(
        specification,
        number=number or f"NTG-26-{next(_numbers):04}",
        manufactured_at=manufactured_at or timezone.now() - timedelta(hours=31),
        clinical_contact=clinical_contact,
        patient_pseudonym=patient_pseudonym,
        by=colleague(specification.organisation, Role.QC_ANALYST),
        **fields,
    )


def complying(test: SpecificationTest) -> dict[str, Any]:
    """An entry that complies with a test."""
    match test.criterion:
        case CriterionKind.MIN | CriterionKind.RANGE:
            return {"raw": f"{test.lower + 1:f}"}
        case CriterionKind.MAX:
            return {"raw": f"{test.upper - 1:f}"}
        case _:
            return {"is_as_expected": True}


def failing(test: SpecificationTest) -> dict[str, Any]:
    """An entry that fails a test."""
    match test.criterion:
        case CriterionKind.MIN | CriterionKind.RANGE:
            return {"raw": f"{test.lower - 1:f}"}
        case CriterionKind.MAX:
            return {"raw": f"{test.upper + 1:f}"}
        case _:
            return {"is_as_expected": False}


def result(of: Lot, test: SpecificationTest, *, is_checked: bool = True, **entry: Any) -> Result:
    """A result entered by the analyst and, unless told otherwise, checked by quality assurance."""
    entered = actions.enter_result(
        of, test, by=colleague(of.organisation, Role.QC_ANALYST), **(entry or complying(test))
    )
    if not is_checked:
        return entered
    return actions.review_result(entered, by=colleague(of.organisation, Role.QUALITY_ASSURANCE))


def enter_what_release_needs(of: Lot) -> Lot:
    """Enter and check every result that may not follow release."""
    for test in of.specification.tests.filter(may_follow_release=False):
        result(of, test)
    return of


def submit(of: Lot) -> Lot:
    """Hand a lot to the Qualified Persons."""
    by = colleague(of.organisation, Role.QUALITY_ASSURANCE)
    return actions.submit_lot(of, by=by, proof=proof_on_lot(of, by))


def certify_initially(of: Lot) -> Lot:
    """Release a lot with results pending."""
    by = colleague(of.organisation, Role.QUALIFIED_PERSON)
    return actions.certify_initially(of, by=by, proof=proof_on_lot(of, by))


def certify_finally(of: Lot) -> Lot:
    """Certify a lot whose results are all in."""
    by = colleague(of.organisation, Role.QUALIFIED_PERSON)
    return actions.certify_finally(of, by=by, proof=proof_on_lot(of, by))


def reject(of: Lot, reason: str = "Bag leaks") -> Lot:
    """Reject a lot."""
    by = colleague(of.organisation, Role.QUALIFIED_PERSON)
    return actions.reject_lot(of, reason=reason, by=by, proof=proof_on_lot(of, by))


def lot_at(
    status: str,
    specification: Specification | None = None,
    *,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Lot:
    """A lot walked to a state through the real actions."""
    if status == LotStatus.RELEASED_FINAL and specification is None:
        specification = specification_in_force(organisation=organisation, lines=LINES[:2])
    made = lot(specification, organisation=organisation, **fields)
    if status == LotStatus.REJECTED:
        return reject(made)
    if status == LotStatus.QUARANTINE:
        return made
    enter_what_release_needs(made)
    made = submit(made)
    if status == LotStatus.UNDER_REVIEW:
        return made
    made = certify_initially(made)
    if status == LotStatus.LATE_OOS:
        test = made.specification.tests.filter(may_follow_release=True).latest("position")
        result(made, test, **failing(test), is_checked=False)
    elif status == LotStatus.RELEASED_FINAL:
        for test in made.specification.tests.filter(may_follow_release=True):
            result(made, test)
        made = certify_finally(made)
    return Lot.objects.get(pk=made.pk)


def specification_at(status: str, *, organisation: Organisation | None = None) -> Specification:
    """A specification walked to a state through the real actions."""
    drafted = draft(organisation=organisation)
    analyst = colleague(drafted.organisation, Role.QC_ANALYST)
    quality = colleague(drafted.organisation, Role.QUALITY_ASSURANCE)
    if status == SpecificationStatus.DRAFT:
        return drafted
    if status == SpecificationStatus.WITHDRAWN:
        return actions.withdraw_specification(drafted, by=analyst)
    approved = actions.approve_specification(
        drafted, by=quality, proof=proof_on_specification(drafted, quality)
    )
    if status == SpecificationStatus.SUPERSEDED:
        newer = actions.revise_specification(approved, by=analyst)
        actions.approve_specification(newer, by=quality, proof=proof_on_specification(newer, quality))
    return Specification.objects.get(pk=approved.pk)


def correct(wrong: Result, *, reason: str = "Typed from the line above", **entry: Any) -> Result:
    """A result put in the place of a wrong one by the analyst."""
    by = colleague(wrong.lot.organisation, Role.QC_ANALYST)
    return actions.correct_result(wrong, reason=reason, by=by, **entry)


def check(entered: Result) -> Result:
    """A result checked by quality assurance."""
    return actions.review_result(entered, by=colleague(entered.lot.organisation, Role.QUALITY_ASSURANCE))
