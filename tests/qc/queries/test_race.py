from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from qc.models import Lot
from qc.queries.race import Axis, race_of
from qc.standing import fresh_standing
from qc.statuses import LotStatus
from tests.factories import qc

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hours", "x"),
    [
        (0, 0),
        (12, 10),
        (72, 60),
        (73, 64.06),
        (7 * 24, 69.76),
        (14 * 24, 79.84),
        (28 * 24, 100),
        (900, 100),
        (-1, 0),
    ],
)
def test_hours_to_72_then_days(hours, x):
    assert round(Axis(28).x(hours), 2) == x


def test_a_bar_across_the_break_is_drawn_in_two_pieces():
    pieces = [(round(x, 2), round(width, 2)) for x, width in Axis(28).spans(0, 336)]
    assert pieces == [(0, 60), (64, 15.84)]
    assert Axis(28).spans(0, 0.1) == [(0, 0.5)]
    assert len(Axis(28).spans(72, 336)) == 1


def rows(lot, now=None):
    race = race_of(fresh_standing(lot), now or timezone.now())
    return {row.name: row for row in race.rows}


def test_running_tests_say_when_they_are_read_and_when_they_end(norvia):
    lot = qc.lot(organisation=norvia)
    found = rows(lot)
    assert [bar.kind for bar in found["Sterility"].bars] == ["b-run", "b-run"]
    assert [(dot.x, dot.kind) for dot in found["Sterility"].dots] == [
        ("40.00%", ""),
        ("66.88%", ""),
        ("69.76%", ""),
        ("74.08%", ""),
    ]
    assert found["Sterility"].next.startswith("Read ")
    assert found["Vector copies"].next.startswith("Due ")
    assert found["Viability"].next.startswith("Due since ")
    assert (found["Viability"].tone, found["Sterility"].tone) == ("warn", "")


def test_a_result_turns_its_bar_and_stands_beside_it(norvia):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Vector copies"), raw="2.1")
    row = rows(lot)["Vector copies"]
    assert ([bar.kind for bar in row.bars], row.next) == (["b-done"], "2.1 copies per cell")


def test_tests_that_took_equally_long_and_comply_share_a_line(norvia):
    lines = (qc.line(), qc.line(name="Dose"), qc.line(name="Identity"))
    lot = qc.lot(qc.specification_in_force(organisation=norvia, lines=lines))
    for test in lot.specification.tests.exclude(name="Identity"):
        qc.result(lot, test, is_checked=test.name == "Dose")
    found = rows(lot)
    assert set(found) == {"Viability and 1 more", "Identity"}
    row = found["Viability and 1 more"]
    assert (row.next, row.label) == (
        "Complies, to be checked",
        "Viability, Dose: 1 h, Complies, to be checked",
    )


def test_a_missing_read_is_said(norvia):
    lot = qc.lot(organisation=norvia, manufactured_at=timezone.now() - timedelta(days=2, hours=1))
    row = rows(lot)["Sterility"]
    assert (row.tone, row.next) == ("warn", "Read of day 2 is missing")


def test_a_test_without_reads_says_its_end(norvia):
    lines = (qc.line(name="Culture", criterion="absent", lower=None, turnaround_hours=672),)
    lot = qc.lot(qc.specification_in_force(organisation=norvia, lines=lines))
    assert rows(lot)["Culture"].next.startswith("Final ")


def test_a_late_positive_breaks_its_bar_where_it_was_read(norvia):
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia)
    with time_machine.travel(lot.manufactured_at + timedelta(days=7, hours=2)):
        test = lot.specification.tests.get(name="Sterility")
        qc.result(lot, test, is_checked=False, is_as_expected=False, read_on_day=7)
        lot = Lot.objects.get(pk=lot.pk)
        row = rows(lot, timezone.now())["Sterility"]
        race = race_of(fresh_standing(lot), timezone.now())
    assert [(bar.x, bar.width, bar.kind) for bar in row.bars] == [
        ("0.00%", "60.00%", "b-done"),
        ("64.00%", "5.76%", "b-done"),
        ("69.76%", "10.08%", "b-run"),
    ]
    assert ("69.76%", "dot-bad") in [(dot.x, dot.kind) for dot in row.dots]
    assert (row.tone, row.next) == ("stop", "Growth, day 7")
    assert (race.shelf_life.next, [bar.kind for bar in race.shelf_life.bars]) == ("Over", ["b-life"])


def test_a_failing_number_is_drawn_as_failing(norvia):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Viability"), raw="61")
    row = rows(lot)["Viability"]
    assert ([bar.kind for bar in row.bars], row.tone, row.next) == (["b-bad"], "stop", "61 %")


def test_a_final_failing_culture_carries_its_dot(norvia):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Sterility"), is_as_expected=False)
    assert [dot.kind for dot in rows(lot)["Sterility"].dots] == ["dot-bad"]


@pytest.mark.parametrize(
    ("hours", "now_anchor", "expiry_anchor"), [(31, "mid", "mid"), (70, "end", ""), (100, "", "end")]
)
def test_now_and_expiry_make_room_for_each_other(norvia, hours, now_anchor, expiry_anchor):
    lot = qc.lot(organisation=norvia)
    race = race_of(fresh_standing(lot), lot.manufactured_at + timedelta(hours=hours))
    assert (race.now_anchor, race.expiry_anchor) == (now_anchor, expiry_anchor)


def test_what_lies_beyond_the_axis_is_not_drawn(norvia):
    specification = qc.specification_in_force(organisation=norvia, shelf_life_hours=24 * 365)
    lot = qc.lot(specification)
    race = race_of(fresh_standing(lot), lot.manufactured_at + timedelta(days=60))
    assert (race.now, race.expiry) == ("", "")
    assert race.shelf_life.duration == "365 d, 2 to 8 °C"


def test_a_very_long_test_stretches_the_axis(norvia):
    lines = (qc.line(name="Culture", criterion="absent", lower=None, turnaround_hours=1344),)
    lot = qc.lot(qc.specification_in_force(organisation=norvia, lines=lines))
    race = race_of(fresh_standing(lot), timezone.now())
    assert [tick.text for tick in race.ticks if tick.text.startswith("day")] == [
        "day 14",
        "day 28",
        "day 42",
        "day 56",
    ]
