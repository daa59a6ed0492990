from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from audit.refusals import Refused
from qc import actions
from qc.models import Lot, Result
from qc.statuses import Conclusion, LotStatus, ResultStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(norvia, analyst, quality) -> Lot:
    return qc.lot(organisation=norvia, number="NTG-1")


def line_of(lot, name="Viability"):
    return lot.specification.tests.get(name=name)


def subjects(person):
    return list(person.notices.filter(is_action_needed=True).values_list("subject", flat=True))


def test_a_number_is_kept_as_read_and_judged_as_rounded(lot, analyst):
    result = actions.enter_result(lot, line_of(lot), raw="79.6", by=analyst)
    assert (result.raw, result.value, result.qualifier) == ("79.6", Decimal("79.6"), "")
    assert (result.conclusion, result.status) == (Conclusion.COMPLIES, ResultStatus.ENTERED)
    assert (result.shown, result.compared_as) == ("79.6", "80")
    event = Event.objects.get(code="qc.result_entered")
    assert event.sentence == "Result entered: Viability, 79.6, complies"
    assert (event.root_id, event.audience) == (lot.pk, "sponsor")
    assert event.data["criterion"] == "≥ 80"


def test_a_censored_number_that_does_not_decide_waits_for_a_person(lot, analyst):
    result = actions.enter_result(lot, line_of(lot, "Vector copies"), raw="<7", by=analyst)
    assert (result.shown, result.conclusion) == ("< 7", Conclusion.INDETERMINATE)


def test_a_finding_of_the_eye(lot, analyst):
    result = actions.enter_result(lot, line_of(lot, "Sterility"), is_as_expected=False, by=analyst)
    assert (result.shown, result.conclusion, result.value) == ("growth", Conclusion.OOS, None)


@pytest.mark.parametrize("who", ["lead", "quality", "qualified_person", "coordinator"])
def test_only_an_analyst_enters(lot, who, request):
    with pytest.raises(Refused, match=r"Only a QC analyst enters results\."):
        actions.enter_result(lot, line_of(lot), raw="90", by=request.getfixturevalue(who))


def test_a_second_final_result_is_refused(lot, analyst):
    actions.enter_result(lot, line_of(lot), raw="70", by=analyst)
    with pytest.raises(Refused) as refused:
        actions.enter_result(lot, line_of(lot), raw="90", by=analyst)
    assert refused.value.reason == "Viability has its final result; correct that one, with a reason."


def test_the_database_holds_one_final_result_that_counts(lot, analyst):
    result = actions.enter_result(lot, line_of(lot), raw="70", by=analyst)
    result.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        result.save(force_insert=True)


def test_what_is_no_number_is_refused(lot, analyst):
    with pytest.raises(Refused, match="Write a number with a point"):
        actions.enter_result(lot, line_of(lot), raw="about 90", by=analyst)
    assert not Result.objects.exists()


def test_a_test_of_another_specification_is_refused(lot, norvia, analyst):
    other = qc.specification_in_force(organisation=norvia)
    with pytest.raises(Refused, match="is not a test of the specification of NTG-1"):
        actions.enter_result(lot, other.tests.first(), raw="90", by=analyst)


def test_a_rejected_lot_takes_no_results(lot, analyst):
    qc.reject(lot)
    with pytest.raises(Refused, match="NTG-1 is rejected; no results are entered any more"):
        actions.enter_result(lot, line_of(lot), raw="90", by=analyst)


def test_an_interim_read_keeps_the_test_pending(lot, analyst):
    result = actions.enter_result(
        lot, line_of(lot, "Sterility"), is_as_expected=True, read_on_day=1, by=analyst
    )
    assert (result.is_final, result.conclusion, result.shown) == (False, Conclusion.PENDING, "no growth")
    assert Event.objects.get(code="qc.result_entered").sentence == (
        "Read of day 1 entered: Sterility, no growth, pending"
    )
    with pytest.raises(Refused, match="The read of day 1 of Sterility is entered already"):
        actions.enter_result(lot, line_of(lot, "Sterility"), is_as_expected=True, read_on_day=1, by=analyst)


@pytest.mark.parametrize("day", [0, 9])
def test_a_read_is_entered_on_its_day_or_after_it(lot, analyst, day):
    with pytest.raises(Refused, match="a read is entered on its day or after it"):
        actions.enter_result(lot, line_of(lot, "Sterility"), is_as_expected=True, read_on_day=day, by=analyst)


def test_a_number_has_no_interim_reads(lot, analyst):
    with pytest.raises(Refused, match=r"Viability has no interim reads\."):
        actions.enter_result(lot, line_of(lot), raw="90", read_on_day=1, by=analyst)


def test_a_culture_is_not_negative_before_its_last_day(lot, analyst):
    with pytest.raises(Refused, match=r"Sterility runs to day 14 and today is day \d\. Until then"):
        actions.enter_result(lot, line_of(lot, "Sterility"), is_as_expected=True, by=analyst)


def test_a_culture_is_negative_on_its_last_day(norvia, analyst):
    lot = qc.lot(organisation=norvia, manufactured_at=timezone.now() - timedelta(days=14))
    result = actions.enter_result(lot, line_of(lot, "Sterility"), is_as_expected=True, by=analyst)
    assert result.conclusion == Conclusion.COMPLIES


def test_a_correction_is_a_new_row_and_the_old_one_stays(lot, analyst):
    """QC-05, R5: nothing is overwritten."""
    old = qc.result(lot, line_of(lot), raw="61")
    new = actions.correct_result(old, reason="Typed from the line above", raw="91", by=analyst)
    old.refresh_from_db()
    assert (old.raw, old.conclusion, old.status) == ("61", Conclusion.OOS, ResultStatus.INVALIDATED)
    assert (new.supersedes, new.reason, new.status) == (
        old,
        "Typed from the line above",
        ResultStatus.ENTERED,
    )
    taken_back = Event.objects.get(code="qc.result_invalidated")
    assert (taken_back.sentence, taken_back.why) == (
        "Result taken back: Viability",
        "Typed from the line above",
    )
    with pytest.raises(Refused):
        actions.correct_result(old, reason="Again", raw="92", by=analyst)


def test_a_correction_needs_its_reason(lot, analyst):
    old = qc.result(lot, line_of(lot), raw="61")
    with pytest.raises(Refused, match=r"A correction needs its reason\."):
        actions.correct_result(old, reason="  ", raw="91", by=analyst)
    assert Result.objects.get().counts


def test_results_of_a_rejected_lot_stay_as_they_are(lot):
    old = qc.result(lot, line_of(lot), raw="61")
    qc.reject(lot)
    with pytest.raises(Refused, match="NTG-1 is rejected; its results stay as they are"):
        qc.correct(old, raw="91")


def test_a_corrected_read_stays_the_read_of_its_day(lot, analyst):
    old = qc.result(lot, line_of(lot, "Sterility"), is_as_expected=True, read_on_day=1)
    new = qc.correct(old, is_as_expected=True, text="clear")
    assert (new.read_on_day, new.is_final, new.shown) == (1, False, "clear")


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("analyst", "You entered this result; a second person checks it."),
        ("lead", "Your role does not allow you to review this."),
        ("qualified_person", "Your role does not allow you to review this."),
    ],
)
def test_who_does_not_check_a_result(lot, who, reason, request):
    result = qc.result(lot, line_of(lot), is_checked=False)
    with pytest.raises(Refused) as refused:
        actions.review_result(result, by=request.getfixturevalue(who))
    assert refused.value.reason == reason


def test_a_second_analyst_checks(lot, norvia):
    second = people.person("Inge Peeters", norvia, Role.QC_ANALYST)
    result = qc.result(lot, line_of(lot), is_checked=False, raw="90")
    checked = actions.review_result(result, by=second)
    assert (checked.status, checked.reviewed_by) == (ResultStatus.REVIEWED, second)
    assert Event.objects.get(code="qc.result_checked").sentence == "Result checked: Viability, 90"
    with pytest.raises(Refused, match="is checked; this cannot be done now"):
        actions.review_result(result, by=second)


@pytest.mark.parametrize("entry", [{"read_on_day": 1}, {}])
def test_a_late_positive_stops_the_lot_at_once_and_calls_the_right_people(norvia, analyst, entry):
    """T14: on entry, before anybody has checked it."""
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia, number="NTG-1")
    quality = qc.colleague(norvia, Role.QUALITY_ASSURANCE)
    qualified_person = qc.colleague(norvia, Role.QUALIFIED_PERSON)
    result = actions.enter_result(
        lot,
        line_of(lot, "Sterility"),
        is_as_expected=False,
        by=qc.colleague(norvia, Role.QC_ANALYST),
        **entry,
    )
    lot.refresh_from_db()
    assert (lot.status, lot.failed_at) == (LotStatus.LATE_OOS, result.entered_at)
    event = Event.objects.get(code="qc.late_failing_result")
    assert event.sentence == "Late failing result: Sterility, growth"
    for person in (quality, qualified_person):
        assert subjects(person)[0] == "Late failing result of lot NTG-1: act now"
    notice = quality.notices.get(subject__startswith="Late failing")
    assert "Call Dr M. Vos, University Hospital Lindenau, +32 9 555 01 00 now." in notice.text
    assert subjects(analyst) == []


def test_a_correction_that_fails_after_the_final_certification_stops_the_lot_as_well(norvia):
    lot = qc.lot_at(LotStatus.RELEASED_FINAL, organisation=norvia)
    qc.correct(lot.results.get(test__name="Viability"), raw="61")
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.LATE_OOS


def test_a_late_failing_result_stands_whatever_a_repeat_says(norvia):
    lot = qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    failing = lot.results.get(conclusion=Conclusion.OOS)
    with pytest.raises(Refused, match="A clean repeat does not make it invalid"):
        qc.correct(failing, is_as_expected=True)
    failing.refresh_from_db()
    assert failing.counts


def test_the_other_tests_of_a_late_failing_lot_go_on(norvia):
    lot = qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    qc.result(lot, line_of(lot, "Vector copies"))
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.LATE_OOS


def test_a_late_result_that_does_not_decide_is_put_before_the_right_people(norvia):
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia, number="NTG-1")
    qc.result(lot, line_of(lot, "Vector copies"), is_checked=False, raw="<9")
    lot.refresh_from_db()
    assert lot.status == LotStatus.RELEASED_INITIAL
    assert "Lot NTG-1: a result must be judged" in subjects(qc.colleague(norvia, Role.QUALIFIED_PERSON))


def test_a_failing_result_before_release_moves_nothing(lot):
    qc.result(lot, line_of(lot), raw="61")
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.QUARANTINE


def test_one_of_two_alternatives_may_fail_after_release(norvia):
    """QC-03."""
    lines = (
        qc.line(),
        qc.line(name="Killing", may_follow_release=True, alternative="A"),
        qc.line(name="Interferon", may_follow_release=True, alternative="A"),
    )
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, qc.specification_in_force(organisation=norvia, lines=lines))
    qc.result(lot, line_of(lot, "Killing"), raw="20")
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.RELEASED_INITIAL
    qc.result(lot, line_of(lot, "Interferon"), raw="20")
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.LATE_OOS


def test_the_last_result_checked_calls_the_qualified_persons(norvia):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:2])
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, specification, number="NTG-1")
    qualified_person = qc.colleague(norvia, Role.QUALIFIED_PERSON)
    result = qc.result(lot, line_of(lot, "Vector copies"), is_checked=False)
    assert "Every result of lot NTG-1 is in" not in subjects(qualified_person)
    actions.review_result(result, by=qc.colleague(norvia, Role.QUALITY_ASSURANCE))
    assert "Every result of lot NTG-1 is in" in subjects(qualified_person)
