"""Drafting, changing and approving specifications."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.inbox import tell
from accounts.models import User
from audit import moves, signing, trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from audit.signing import Proof
from dossiers.models import Product
from qc import families, people, permissions, signed, workflow
from qc.events import QCEvent
from qc.models import Specification, SpecificationTest
from qc.statuses import SpecificationStatus

LINE_FIELDS = (
    "category", "name", "method", "criterion", "lower", "is_lower_inclusive", "upper", "is_upper_inclusive",
    "decimals", "unit", "expected_text", "turnaround_hours", "may_follow_release", "read_days",
    "alternative", "mechanism", "source",
)  # fmt: skip
HEAD_FIELDS = ("shelf_life_hours", "storage")


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


@transaction.atomic
def draft_specification(
    product: Product, *, code: str, shelf_life_hours: int, by: User, storage: str = "", family: str = ""
) -> Specification:
    """Start the first version of a specification, empty or with the release tests of a family template."""
    _refuse(permissions.why_not_draft(by))
    if product.organisation_id != by.organisation_id:
        raise Refused("A specification is drafted by the sponsor of the product.")
    specification = _create(
        organisation_id=product.organisation_id,
        product=product,
        code=code,
        shelf_life_hours=shelf_life_hours,
        storage=storage,
        family=family,
        created_by=by,
    )
    lines = families.template(family) if family else ()
    SpecificationTest.objects.bulk_create(
        SpecificationTest(
            specification=specification,
            position=position,
            category=line.category,
            name=line.name,
            method=line.method,
            criterion=line.criterion,
            lower=line.lower,
            is_lower_inclusive=not line.is_strict,
            upper=line.upper,
            is_upper_inclusive=not line.is_strict,
            decimals=line.decimals,
            unit=line.unit,
            expected_text=line.expected_text,
            turnaround_hours=line.turnaround_hours,
            may_follow_release=line.may_follow_release(shelf_life_hours),
            alternative=line.alternative,
            source=line.source,
            is_template=True,
        )
        for position, line in enumerate(lines, start=1)
    )
    _record(QCEvent.SPECIFICATION_DRAFTED, specification, by, data={"template": family, "tests": len(lines)})
    return specification


def _create(**fields: Any) -> Specification:
    try:
        with transaction.atomic():
            return Specification.objects.create(**fields)
    except IntegrityError as error:
        raise Refused(
            f"There is a specification {fields['code']} already; draft a new version on its page."
        ) from error


def _record(
    code: str,
    thing: Specification | SpecificationTest,
    by: User,
    sentence: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    trail.record(code, thing, by=by, sentence=sentence, data=data, audience=Audience.SPONSOR)


@transaction.atomic
def revise_specification(specification: Specification, *, by: User) -> Specification:
    """Draft the next version as a copy; the version in force stays in force until the new one is approved."""
    older = Specification.objects.select_for_update().get(pk=specification.pk)
    _refuse(permissions.why_not_revise(older, by))
    siblings = Specification.objects.filter(organisation_id=older.organisation_id, code=older.code)
    newer = _create(
        organisation_id=older.organisation_id,
        product=older.product,
        code=older.code,
        version=(siblings.aggregate(last=Max("version"))["last"] or 0) + 1,
        shelf_life_hours=older.shelf_life_hours,
        storage=older.storage,
        family=older.family,
        dossier_section=older.dossier_section,
        created_by=by,
    )
    SpecificationTest.objects.bulk_create(
        SpecificationTest(
            specification=newer,
            position=position,
            is_template=test.is_template,
            **{name: getattr(test, name) for name in LINE_FIELDS},
        )
        for position, test in enumerate(older.tests.all(), start=1)
    )
    _record(
        QCEvent.SPECIFICATION_DRAFTED,
        newer,
        by,
        f"Specification drafted as a copy of version {older.version}",
        {"copy_of": str(older.pk)},
    )
    return newer


def _locked_draft(specification: Specification, by: User) -> Specification:
    locked = Specification.objects.select_for_update().get(pk=specification.pk)
    _refuse(permissions.why_not_change(locked, by))
    return locked


@transaction.atomic
def change_specification(
    specification: Specification, fields: Mapping[str, Any], *, edition: int, by: User
) -> Specification:
    """Change shelf life and storage of a draft; raises Stale when somebody changed them since."""
    locked = _locked_draft(specification, by)
    if locked.edition != edition:
        raise Stale(f"{locked} was changed after you opened it. Nothing was overwritten.")
    before = {name: getattr(locked, name) for name in HEAD_FIELDS}
    after = {name: fields[name] for name in HEAD_FIELDS}
    changed = trail.changes(before, after)
    if not changed:
        return locked
    for name, value in after.items():
        setattr(locked, name, value)
    locked.edition += 1
    locked.save(update_fields=[*HEAD_FIELDS, "edition"])
    _record(QCEvent.SPECIFICATION_CHANGED, locked, by, data=changed)
    return locked


@transaction.atomic
def add_test(specification: Specification, fields: Mapping[str, Any], *, by: User) -> SpecificationTest:
    """Add a line at the end of a draft; a line written by the sponsor is the sponsor's own."""
    locked = _locked_draft(specification, by)
    last = locked.tests.aggregate(last=Max("position"))["last"] or 0
    written = {name: fields[name] for name in LINE_FIELDS if name in fields}
    created = SpecificationTest.objects.create(specification=locked, position=last + 1, **written)
    test = _as_saved(created)
    _record(QCEvent.TEST_ADDED, test, by, f"Test added: {test}", signed.line_content(test))
    return test


@transaction.atomic
def change_test(
    test: SpecificationTest, fields: Mapping[str, Any], *, edition: int, by: User, is_taken_over: bool = False
) -> SpecificationTest:
    """Change a line of a draft, and take its limit over when asked; raises Stale when it changed since."""
    _locked_draft(test.specification, by)
    locked = SpecificationTest.objects.select_for_update().select_related("specification").get(pk=test.pk)
    if locked.edition != edition:
        raise Stale(f"{locked} was changed after you opened it. Nothing was overwritten.")
    before = {name: getattr(locked, name) for name in LINE_FIELDS}
    changed = trail.changes(before, {name: fields[name] for name in LINE_FIELDS if name in fields})
    takes_over = is_taken_over and locked.is_template
    if not changed and not takes_over:
        return locked
    for name in changed:
        setattr(locked, name, fields[name])
    locked.is_template = locked.is_template and not is_taken_over
    locked.edition += 1
    locked.save()
    locked = _as_saved(locked)
    if changed:
        _record(QCEvent.TEST_CHANGED, locked, by, f"Test changed: {locked}", changed)
    if takes_over:
        _record_take_over(locked, by)
    return locked


def _as_saved(test: SpecificationTest) -> SpecificationTest:
    """Read a line back, so that what the trail keeps is what the database holds."""
    return SpecificationTest.objects.select_related("specification").get(pk=test.pk)


def _record_take_over(test: SpecificationTest, by: User) -> None:
    limit = f"{test.limit_in_words} {test.unit}".strip()
    _record(
        QCEvent.LIMIT_TAKEN_OVER,
        test,
        by,
        f"Limit taken over: {test}, {limit}"[:400],
        signed.line_content(test),
    )


@transaction.atomic
def take_over_limits(specification: Specification, tests: Iterable[SpecificationTest], *, by: User) -> int:
    """Take over the limits of several template lines as they stand; returns how many."""
    locked = _locked_draft(specification, by)
    rows = locked.tests.select_for_update().filter(pk__in=[test.pk for test in tests], is_template=True)
    taken = list(rows.select_related("specification"))
    for test in taken:
        test.is_template = False
        test.edition += 1
        test.save(update_fields=["is_template", "edition"])
        _record_take_over(test, by)
    return len(taken)


@transaction.atomic
def remove_tests(specification: Specification, tests: Iterable[SpecificationTest], *, by: User) -> int:
    """Remove lines from a draft; the trail keeps what they said. Returns how many."""
    locked = _locked_draft(specification, by)
    gone = list(locked.tests.filter(pk__in=[test.pk for test in tests]).select_related("specification"))
    for test in gone:
        _record(QCEvent.TEST_REMOVED, test, by, f"Test removed: {test}", signed.line_content(test))
        test.delete()
    return len(gone)


@transaction.atomic
def withdraw_specification(specification: Specification, *, by: User) -> Specification:
    """Give a draft up; it stays readable and its version number is not used again."""
    return moves.make(workflow.WITHDRAW, specification, by=by)


@transaction.atomic
def approve_specification(specification: Specification, *, by: User, proof: Proof) -> Specification:
    """Bring a specification into force by signature; the earlier one is superseded, lots keep theirs."""
    product = Product.objects.select_for_update().get(pk=specification.product_id)
    locked = Specification.objects.select_for_update().get(pk=specification.pk)
    _refuse(workflow.APPROVE.why_not(locked, by))
    now = timezone.now()
    for earlier in Specification.objects.filter(product=product, status=SpecificationStatus.EFFECTIVE):
        moves.make(workflow.SUPERSEDE, earlier, by=by, why=f"{locked} is in force")
    approved = moves.make(
        workflow.APPROVE,
        locked,
        by=by,
        also={"effective_from": now, "approved_at": now, "approved_by": by},
    )
    signing.sign(
        approved,
        meaning=signed.APPROVED,
        statement=signed.approval_statement(approved),
        shown=signed.specification_content(approved),
        by=by,
        proof=proof,
        audience=Audience.SPONSOR,
    )
    tell(
        [person for person in people.in_roles(product.organisation_id, permissions.WRITERS) if person != by],
        subject=f"{approved} is in force",
        text=f"{by.full_name} approved the specification of {product}. New lots are judged against it.",
        path=approved.get_absolute_url(),
    )
    return approved
