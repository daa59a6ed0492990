"""Entering, correcting and checking results, and what a late failing one sets off."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.inbox import tell
from accounts.models import User
from audit import moves, trail
from audit.models import Audience
from audit.refusals import Refused
from qc import evaluation, people, permissions, workflow
from qc.events import QCEvent
from qc.models import Lot, Result, SpecificationTest
from qc.permissions import RELEASED
from qc.standing import fresh_standing
from qc.statuses import Conclusion, CriterionKind, LotStatus, ResultStatus


@dataclass(frozen=True)
class Entry:
    """What an analyst enters: a number as typed, or whether it is as expected, with the wording observed."""

    raw: str = ""
    is_as_expected: bool | None = None
    text: str = ""
    read_on_day: int | None = None


@transaction.atomic
def enter_result(
    lot: Lot,
    test: SpecificationTest,
    *,
    by: User,
    raw: str = "",
    is_as_expected: bool | None = None,
    text: str = "",
    read_on_day: int | None = None,
) -> Result:
    """Enter a final result, or with a day an interim read; the conclusion is computed, never typed.

    A failing result of a released lot makes the lot a late failing one at once and tells who must act.
    """
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    if test.specification_id != locked.specification_id:
        raise Refused(f"{test} is not a test of the specification of {locked}.")
    reason = permissions.why_not_enter(locked, test, by)
    if reason:
        raise Refused(reason)
    entry = Entry(raw, is_as_expected, text, read_on_day)
    result = _create(locked, test, entry, by)
    _act_on(result, locked, by)
    return result


@transaction.atomic
def correct_result(
    result: Result,
    *,
    reason: str,
    by: User,
    raw: str = "",
    is_as_expected: bool | None = None,
    text: str = "",
) -> Result:
    """Put a new result in the place of one that is wrong, with the reason; the old one stays to be read."""
    locked = Lot.objects.select_for_update().get(pk=result.lot_id)
    if not reason.strip():
        raise Refused("A correction needs its reason.")
    old = moves.make(
        workflow.INVALIDATE, result, by=by, why=reason, sentence=f"Result taken back: {result.test}"
    )
    entry = Entry(raw, is_as_expected, text, old.read_on_day)
    new = _create(locked, old.test, entry, by, supersedes=old, reason=reason)
    _act_on(new, locked, by)
    return new


@transaction.atomic
def review_result(result: Result, *, by: User) -> Result:
    """Record that a second person checked a result against its raw data."""
    Lot.objects.select_for_update().get(pk=result.lot_id)
    reviewed = moves.make(
        workflow.REVIEW,
        result,
        by=by,
        sentence=f"Result checked: {result.test}, {result.shown}",
        also={"reviewed_by": by, "reviewed_at": timezone.now()},
    )
    _tell_when_complete(reviewed.lot)
    return reviewed


def _create(
    lot: Lot,
    test: SpecificationTest,
    entry: Entry,
    by: User,
    supersedes: Result | None = None,
    reason: str = "",
) -> Result:
    is_final = entry.read_on_day is None
    if not is_final:
        _refuse_impossible_read(lot, test, entry.read_on_day or 0)
    try:
        reading = evaluation.read(entry.raw) if test.is_numeric else evaluation.Reading()
    except ValueError as error:
        raise Refused(str(error)) from error
    conclusion = (
        evaluation.conclude(test.limit, _with_finding(reading, entry))
        if is_final
        else evaluation.conclude_read(entry.is_as_expected)
    )
    if is_final and conclusion == Conclusion.COMPLIES:
        _refuse_early_end(lot, test)
    result = Result.objects.create(
        lot=lot,
        test=test,
        raw=entry.raw.strip() if test.is_numeric else "",
        qualifier=reading.qualifier,
        value=reading.value,
        is_as_expected=None if test.is_numeric else entry.is_as_expected,
        text=entry.text.strip(),
        is_final=is_final,
        read_on_day=entry.read_on_day,
        conclusion=conclusion,
        analyst=by,
        supersedes=supersedes,
        reason=reason,
    )
    what = "Result entered" if is_final else f"Read of day {result.read_on_day} entered"
    trail.record(
        QCEvent.RESULT_ENTERED,
        result,
        by=by,
        sentence=f"{what}: {test}, {result.shown}, {result.get_conclusion_display().lower()}",
        why=reason,
        data={
            "test": test.name,
            "result": result.shown,
            "value": result.value,
            "criterion": test.limit_in_words,
            "conclusion": conclusion,
            "supersedes": str(supersedes.pk) if supersedes else None,
        },
        audience=Audience.SPONSOR,
    )
    return result


def _with_finding(reading: evaluation.Reading, entry: Entry) -> evaluation.Reading:
    return evaluation.Reading(reading.value, reading.qualifier, entry.is_as_expected)


def _refuse_impossible_read(lot: Lot, test: SpecificationTest, day: int) -> None:
    if test.criterion != CriterionKind.ABSENT:
        raise Refused(f"{test} has no interim reads.")
    today = lot.day_of(timezone.now())
    if not 1 <= day <= today:
        raise Refused(f"Today is day {today} of {lot}; a read is entered on its day or after it.")
    taken = Result.objects.filter(lot=lot, test=test, is_final=False, read_on_day=day)
    if taken.exclude(status=ResultStatus.INVALIDATED).exists():
        raise Refused(f"The read of day {day} of {test} is entered already; correct it, with a reason.")


def _refuse_early_end(lot: Lot, test: SpecificationTest) -> None:
    last_day = int(test.turnaround_hours // 24)
    today = lot.day_of(timezone.now())
    if test.scheduled_reads and today < last_day:
        raise Refused(
            f"{test} runs to day {last_day} and today is day {today}. Until then it is negative to date: "
            "enter an interim read."
        )


def _act_on(result: Result, lot: Lot, by: User) -> None:
    """Set off what a result of a released lot sets off."""
    if lot.status not in RELEASED | {LotStatus.LATE_OOS}:
        return
    standing = fresh_standing(lot)
    fails = any(each.test.pk == result.test_id for failed in standing.failed for each in failed.standings)
    if fails and lot.status in RELEASED:
        moves.make(
            workflow.FAIL_LATE,
            lot,
            by=by,
            sentence=f"Late failing result: {result.test}, {result.shown}",
            data={"result": str(result.pk), "test": result.test.name},
            also={"failed_at": result.entered_at},
        )
    if fails:
        _alarm(result, lot)
    elif result.conclusion == Conclusion.INDETERMINATE:
        tell(
            people.quality_people(lot.organisation_id),
            subject=f"Lot {lot}: a result must be judged",
            text=f"{result.test}, {result.shown}: the bound does not decide. The lot was already released.",
            path=lot.get_absolute_url(),
            is_action_needed=True,
        )


def _alarm(result: Result, lot: Lot) -> None:
    whom = lot.clinical_contact or "the treating physician"
    tell(
        people.quality_people(lot.organisation_id),
        subject=f"Late failing result of lot {lot}: act now",
        text=(
            f"{result.test}, {result.shown}, read by {result.analyst.full_name} after the lot was released. "
            f"Call {whom} now. The lot must not be given; final certification is no longer possible."
        ),
        path=lot.get_absolute_url(),
        is_action_needed=True,
    )


def _tell_when_complete(lot: Lot) -> None:
    """Tell the Qualified Persons when the last awaited result of a released lot is in and checked."""
    if lot.status != LotStatus.RELEASED_INITIAL:
        return
    if all(requirement.is_met for requirement in fresh_standing(lot).requirements):
        tell(
            people.qualified_persons(lot.organisation_id),
            subject=f"Every result of lot {lot} is in",
            text="Each complies and was checked by a second person. The final certification can be made.",
            path=lot.get_absolute_url(),
            is_action_needed=True,
        )
