from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.roles import Role
from qc.queries import lots_to_watch
from qc.statuses import LotStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


def reasons(person):
    return [(watch.lot.number, watch.reason, watch.tone) for watch in lots_to_watch(person)]


def test_late_failing_results_come_first(norvia, lead):
    qc.lot(organisation=norvia, number="NTG-OLD", manufactured_at=timezone.now() - timedelta(hours=60))
    qc.lot_at(LotStatus.LATE_OOS, organisation=norvia, number="NTG-LATE")
    assert reasons(lead) == [
        ("NTG-LATE", "Late failing result: call the clinical contact", "stop"),
        ("NTG-OLD", "Expires soon, not released", "warn"),
    ]


def test_a_lot_under_review_waits_for_the_qualified_person(norvia, qualified_person, lead):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia, number="NTG-1")
    assert reasons(qualified_person) == [("NTG-1", "Waits for your certification", "go")]
    assert reasons(lead) == [("NTG-1", "Due: Vector copies", "go")]
    with time_machine.travel(lot.expires_at - timedelta(hours=5)):
        assert reasons(qualified_person) == [("NTG-1", "Waits for your certification", "warn")]
    with time_machine.travel(lot.expires_at):
        assert reasons(qualified_person) == [("NTG-1", "Expired before release", "stop")]


def test_a_failing_lot_is_named_with_its_test(norvia, lead):
    lot = qc.lot(organisation=norvia, number="NTG-1")
    qc.result(lot, lot.specification.tests.get(name="Viability"), raw="61")
    assert reasons(lead) == [("NTG-1", "Out of specification: Viability", "stop")]


def test_overdue_reads_results_to_check_and_the_last_certification(norvia, lead, quality):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:2])
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, specification, number="NTG-1")
    with time_machine.travel(lot.manufactured_at + timedelta(hours=49)):
        assert reasons(lead) == [("NTG-1", "Overdue: Vector copies", "warn")]
        result = qc.result(lot, specification.tests.get(name="Vector copies"), is_checked=False)
        assert reasons(quality) == [("NTG-1", "1 result to check", "go")]
        qc.check(result)
        assert reasons(lead) == [("NTG-1", "Every result is in; final certification is due", "go")]


def test_what_is_settled_or_far_off_is_not_watched(norvia, lead):
    qc.lot_at(LotStatus.RELEASED_FINAL, organisation=norvia)
    qc.lot_at(LotStatus.REJECTED, organisation=norvia)
    specification = qc.specification_in_force(organisation=norvia, lines=(qc.STERILITY,))
    qc.lot(specification, manufactured_at=timezone.now())
    assert reasons(lead) == []


def test_lots_of_others_are_not_watched(norvia, ostrava, coordinator):
    qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    assert reasons(people.person("Petra Svobodová", ostrava, Role.QUALIFIED_PERSON)) == []
    assert reasons(coordinator) == []


@pytest.mark.parametrize("count", [1, 3])
def test_watching_costs_the_same_however_many(norvia, lead, count, django_assert_num_queries):
    specification = qc.specification_in_force(organisation=norvia)
    for _ in range(count):
        qc.lot_at(LotStatus.UNDER_REVIEW, specification)
    assert lead.organisation_id
    with django_assert_num_queries(3):
        assert len(lots_to_watch(lead)) == count
