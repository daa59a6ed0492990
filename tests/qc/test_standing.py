from datetime import timedelta

import pytest
from django.utils import timezone

from qc.models import Lot
from qc.standing import fresh_standing, standing_of, with_results
from qc.statuses import Conclusion, LotStatus
from tests.factories import qc

pytestmark = pytest.mark.django_db


def by_name(lot):
    return {each.test.name: each for each in fresh_standing(lot).standings}


def test_a_test_without_a_result_is_pending_and_due_when_it_ends(norvia):
    lot = qc.lot(organisation=norvia)
    sterility = by_name(lot)["Sterility"]
    assert (sterility.conclusion, sterility.latest, sterility.is_met) == (Conclusion.PENDING, None, False)
    assert sterility.due_at == lot.manufactured_at + timedelta(days=14)
    assert sterility.next_read() == (2, lot.manufactured_at + timedelta(days=2))


def test_the_next_read_follows_the_latest_one(norvia):
    lot = qc.lot(organisation=norvia, manufactured_at=timezone.now() - timedelta(days=6))
    test = lot.specification.tests.get(name="Sterility")
    now = timezone.now()
    assert by_name(lot)["Sterility"].missing_read(now) == 5
    qc.result(lot, test, is_as_expected=True, read_on_day=2)
    assert by_name(lot)["Sterility"].missing_read(now) == 5
    qc.result(lot, test, is_as_expected=True, read_on_day=6)
    sterility = by_name(lot)["Sterility"]
    assert sterility.missing_read(now) is None
    assert sterility.next_read() == (7, lot.manufactured_at + timedelta(days=7))
    assert sterility.last_read.read_on_day == 6


def test_a_result_taken_back_no_longer_counts(norvia):
    lot = qc.lot(organisation=norvia)
    qc.correct(qc.result(lot, lot.specification.tests.get(name="Viability"), raw="61"), raw="91")
    viability = by_name(lot)["Viability"]
    assert viability.final.raw == "91"
    assert [old.raw for old in viability.invalidated] == ["61"]
    assert viability.is_met is False
    assert [row.raw for row in fresh_standing(lot).unchecked] == ["91"]


def test_a_requirement_names_what_is_missing_until_it_is_met(norvia):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Viability"))
    assert [requirement.why_not_met for requirement in fresh_standing(lot).requirements] == [
        "",
        "Vector copies has no final result",
        "Sterility has no final result",
    ]


def test_everybody_who_tested_or_checked_is_known_also_of_results_taken_back(norvia, analyst, quality):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Viability"))
    assert fresh_standing(lot).people() == {analyst.pk, quality.pk}


def test_lots_with_their_results_cost_the_same_however_many(norvia, django_assert_num_queries):
    qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia)
    qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    with django_assert_num_queries(3):
        standings = [standing_of(lot) for lot in with_results(Lot.objects.all())]
        assert [len(each.pending) for each in standings] == [1, 2]
        assert all(row.analyst.full_name and str(row.lot) for each in standings for row in each.results)
