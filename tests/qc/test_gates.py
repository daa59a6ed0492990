"""What stops a certification, in the words a person reads (RL-02, RL-03, RL-07, RL-09, RL-10)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from qc import workflow
from qc.gates import final_gates, initial_gates
from qc.models import Lot
from qc.standing import fresh_standing
from qc.statuses import LotStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(norvia, qualified_person) -> Lot:
    return qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia, number="NTG-1")


def line_of(lot, name):
    return lot.specification.tests.get(name=name)


def why_not(lot, person):
    return workflow.CERTIFY_INITIAL.why_not(Lot.objects.get(pk=lot.pk), person)


def titles(gates):
    return [(gate.title, gate.holds) for gate in gates]


def test_every_gate_holds_on_a_lot_that_may_be_released(lot, quality, qualified_person):
    gates = initial_gates(fresh_standing(lot), qualified_person, timezone.now())
    assert titles(gates) == [
        ("Every result needed before release is final, complies and was checked", True),
        ("Nothing is out of specification", True),
        ("Pending tests are negative to date", True),
        ("Not expired", True),
        ("Batch record and audit trail reviewed", True),
        ("Clinical contact on file", True),
        ("You tested and checked nothing in this lot", True),
    ]
    assert gates[0].detail == "1 of 1"
    assert gates[2].detail == "no read is due yet"
    assert gates[5].detail == "Dr M. Vos, University Hospital Lindenau, +32 9 555 01 00"


def test_a_missing_result_stops_it(norvia, qualified_person):
    lot = qc.submit(qc.lot(organisation=norvia))
    assert why_not(lot, qualified_person) == "Viability has no final result."


def test_an_unchecked_result_stops_it(norvia, qualified_person):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, line_of(lot, "Viability"), is_checked=False)
    lot = qc.submit(lot)
    assert why_not(lot, qualified_person) == "Viability was not checked by a second person."


def test_a_failing_result_stops_it(norvia, qualified_person):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, line_of(lot, "Viability"), raw="61")
    lot = qc.submit(lot)
    assert why_not(lot, qualified_person) == "Viability is out of specification."
    gates = initial_gates(fresh_standing(lot), qualified_person, timezone.now())
    assert gates[1].reason == "Viability: out of specification."


def test_a_failing_result_of_a_test_that_may_follow_stops_it_too(lot, qualified_person):
    qc.result(lot, line_of(lot, "Vector copies"), raw="9")
    assert why_not(lot, qualified_person) == "Vector copies is out of specification."


def test_what_does_not_decide_stops_it(lot, qualified_person):
    qc.result(lot, line_of(lot, "Vector copies"), raw="<9")
    assert why_not(lot, qualified_person) == "Vector copies is to be judged by a person."


def test_a_result_that_may_follow_still_needs_its_check_once_it_is_in(lot, qualified_person):
    qc.result(lot, line_of(lot, "Vector copies"), is_checked=False)
    assert why_not(lot, qualified_person) == "Vector copies was not checked by a second person."


def test_a_scheduled_read_that_is_due_must_be_in(norvia, qualified_person):
    lot = qc.lot_at(
        LotStatus.UNDER_REVIEW, organisation=norvia, manufactured_at=timezone.now() - timedelta(hours=49)
    )
    assert why_not(lot, qualified_person) == "Sterility was not read on day 2."
    read = qc.result(lot, line_of(lot, "Sterility"), is_checked=False, is_as_expected=True, read_on_day=2)
    assert why_not(lot, qualified_person) == (
        "The read of day 2 of Sterility was not checked by a second person."
    )
    qc.check(read)
    assert why_not(lot, qualified_person) is None
    gates = initial_gates(fresh_standing(lot), qualified_person, timezone.now())
    assert gates[2].detail == "Sterility, day 2"


def test_a_read_that_cannot_be_judged_is_not_negative(lot, qualified_person):
    qc.result(lot, line_of(lot, "Sterility"), is_as_expected=None, text="cloudy", read_on_day=1)
    assert why_not(lot, qualified_person) == "The read of day 1 of Sterility is not negative."


def test_a_positive_read_fails_the_test(lot, qualified_person):
    qc.result(lot, line_of(lot, "Sterility"), is_as_expected=False, read_on_day=1)
    assert why_not(lot, qualified_person) == "Sterility is out of specification."


def test_a_lot_past_its_expiry_is_not_released(lot, qualified_person):
    with time_machine.travel(lot.expires_at, tick=False):
        gates = initial_gates(fresh_standing(lot), qualified_person, timezone.now())
        assert why_not(lot, qualified_person) == "Sterility was not read on day 2."
    assert gates[3].reason.startswith("The lot expired ")
    with time_machine.travel(lot.expires_at - timedelta(seconds=1), tick=False):
        gates = initial_gates(fresh_standing(lot), qualified_person, timezone.now())
    assert gates[3].holds


def test_a_lot_with_every_result_in_but_expired_is_not_certified(norvia, qualified_person):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:1])
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, specification)
    with time_machine.travel(lot.expires_at, tick=False):
        reason = workflow.CERTIFY_FINAL.why_not(lot, qualified_person)
    assert reason is not None
    assert reason.startswith("The lot expired ")


def test_the_final_certification_may_come_after_the_expiry_of_what_was_released(norvia, qualified_person):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:2])
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, specification)
    qc.result(lot, line_of(lot, "Vector copies"))
    with time_machine.travel(lot.expires_at + timedelta(days=20), tick=False):
        assert workflow.CERTIFY_FINAL.why_not(lot, qualified_person) is None


def test_the_final_certification_waits_for_every_result(lot, qualified_person):
    assert workflow.CERTIFY_FINAL.why_not(lot, qualified_person) == (
        "Vector copies has no final result; Sterility has no final result."
    )


def test_nobody_is_released_without_a_clinical_contact(norvia, qualified_person):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia, clinical_contact="")
    assert why_not(lot, qualified_person) == (
        "No clinical contact is on file: nobody could be told of a late result."
    )


def test_the_batch_record_must_have_been_reviewed(norvia, qualified_person):
    lot = qc.enter_what_release_needs(qc.lot(organisation=norvia))
    gates = initial_gates(fresh_standing(lot), qualified_person, timezone.now())
    assert [gate.reason for gate in gates if not gate.holds] == [
        "Quality assurance has not reviewed the batch record and the audit trail."
    ]


@pytest.mark.parametrize("who", [Role.QUALITY_ASSURANCE, Role.QC_ANALYST])
def test_whoever_had_a_hand_in_the_lot_does_not_certify_it(lot, norvia, who):
    colleague = qc.colleague(norvia, who)
    Membership.objects.filter(user=colleague).update(role=Role.QUALIFIED_PERSON)
    colleague = type(colleague).objects.get(pk=colleague.pk)
    assert why_not(lot, colleague) == (
        "You tested or checked results of this lot; another Qualified Person certifies it."
    )


def test_whoever_registered_it_does_not_certify_it(norvia):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    second = people.person("Jun Sato", norvia, Role.QUALIFIED_PERSON)
    Lot.objects.filter(pk=lot.pk).update(created_by=second)
    assert why_not(lot, second) == (
        "You registered this lot or reviewed its batch record; another Qualified Person certifies it."
    )


def test_with_every_result_in_the_certification_is_the_final_one(norvia, qualified_person):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:1])
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, specification)
    assert why_not(lot, qualified_person) == "Every result is in; make the final certification."
    assert titles(final_gates(fresh_standing(lot), qualified_person, timezone.now()))[0] == (
        "Every result is final, complies and was checked",
        True,
    )


def test_one_alternative_that_complies_is_enough(norvia, qualified_person):
    """QC-03."""
    lines = (qc.line(), qc.line(name="Killing", alternative="A"), qc.line(name="Interferon", alternative="A"))
    lot = qc.lot(qc.specification_in_force(organisation=norvia, lines=lines))
    qc.result(lot, line_of(lot, "Viability"))
    qc.result(lot, line_of(lot, "Killing"), raw="20")
    lot = qc.submit(lot)
    assert workflow.CERTIFY_FINAL.why_not(lot, qualified_person) == "Interferon has no final result."
    qc.result(lot, line_of(lot, "Interferon"), raw="90")
    assert workflow.CERTIFY_FINAL.why_not(lot, qualified_person) is None
    standing = fresh_standing(lot)
    assert (standing.met_count, len(standing.requirements), standing.failed) == (2, 2, ())


def test_a_specification_without_tests_certifies_nothing(norvia, qualified_person):
    lot = qc.submit(qc.lot(organisation=norvia))
    lot.specification.tests.all().delete()
    assert workflow.CERTIFY_FINAL.why_not(lot, qualified_person) == "The specification has no tests."
