from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers import clock
from dossiers.clock import ClockReading, Moved
from dossiers.statuses import ClockKind, Procedure

START = date(2026, 5, 14)
TICKS = ((1, "Day 1"), (80, "80"), (120, "120"), (150, "150"), (180, "180"), (210, "210"))
DAYS = st.integers(min_value=0, max_value=400)
DATES = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1))


def ledger_of(start: date, *gaps: int) -> list[Moved]:
    """Start, then stop and restart in turn, each so many days after the line above."""
    ledger = [clock.moved(ClockKind.START, [], start)]
    for place, gap in enumerate(gaps):
        kind = ClockKind.RESTART if place % 2 else ClockKind.STOP
        ledger.append(clock.moved(kind, ledger, ledger[-1].on + timedelta(days=gap)))
    return ledger


LEDGERS = st.builds(ledger_of, DATES, *[DAYS] * 2) | st.builds(ledger_of, DATES, *[DAYS] * 5)


def test_day_n_falls_n_minus_one_days_after_the_start():
    ledger = ledger_of(START)
    assert clock.date_of(1, ledger) == START
    assert clock.date_of(120, ledger) == date(2026, 9, 10)
    assert clock.day_at(ledger, START - timedelta(days=1)) == 0
    assert clock.date_of(1, []) is None


@pytest.mark.parametrize(
    ("start", "dates"),
    [
        (
            date(2017, 1, 19),
            {80: date(2017, 4, 8), 90: date(2017, 4, 18), 114: date(2017, 5, 12), 120: date(2017, 5, 18)},
        ),
        (
            date(2017, 2, 23),
            {80: date(2017, 5, 13), 90: date(2017, 5, 23), 114: date(2017, 6, 16), 120: date(2017, 6, 22)},
        ),
        (
            date(2017, 3, 23),
            {80: date(2017, 6, 10), 90: date(2017, 6, 20), 114: date(2017, 7, 14), 120: date(2017, 7, 20)},
        ),
    ],
)  # fmt: skip
def test_the_rule_gives_the_dates_of_the_agencys_timetable(start, dates):
    ledger = ledger_of(start)
    assert {day: clock.date_of(day, ledger) for day in dates} == dates


def test_a_published_calendar_goes_before_the_rule():
    ledger = ledger_of(date(2017, 3, 23))
    published = {107: date(2017, 7, 6)}
    assert clock.date_of(107, ledger) == date(2017, 7, 7)
    assert clock.date_of(107, ledger, published=published) == date(2017, 7, 6)
    assert clock.date_of(110, ledger, published=published) == date(2017, 7, 10)


@given(DATES, st.integers(1, 200), DAYS, st.integers(0, 200))
def test_a_stop_of_n_days_moves_every_later_day_by_n(start, stop_day, n, later):
    running = ledger_of(start)
    stop_on = clock.date_of(stop_day, running)
    stopped = [*running, clock.moved(ClockKind.STOP, running, stop_on)]
    gone_on = [*stopped, clock.moved(ClockKind.RESTART, stopped, stop_on + timedelta(days=n + 1))]
    day = stop_day + 1 + later
    assert clock.date_of(day, gone_on) == clock.date_of(day, running) + timedelta(days=n)
    assert clock.date_of(stop_day, gone_on) == stop_on


@given(LEDGERS, DATES, DAYS)
def test_the_day_never_goes_back(ledger, on, later):
    assert clock.day_at(ledger, on) <= clock.day_at(ledger, on + timedelta(days=later))


@given(LEDGERS)
def test_the_ledger_is_in_order_and_no_day_is_jumped(ledger):
    assert [line.on for line in ledger] == sorted(line.on for line in ledger)
    end = ledger[-1].on + timedelta(days=30)
    days = [clock.day_at(ledger, ledger[0].on + timedelta(days=n)) for n in range((end - ledger[0].on).days)]
    assert set(days) == set(range(1, max(days) + 1))


@given(LEDGERS, st.integers(1, 300))
def test_the_date_of_a_day_reads_as_that_day(ledger, day):
    on = clock.date_of(day, ledger)
    if on is None:
        assert ledger[-1].kind == ClockKind.STOP
        assert day > ledger[-1].day
    else:
        assert clock.day_at(ledger, on) == day


def test_an_answer_on_the_day_of_the_stop_restarts_the_clock_the_day_after():
    assert ledger_of(START, 119, 0)[1:] == [
        Moved(ClockKind.STOP, date(2026, 9, 10), 120),
        Moved(ClockKind.RESTART, date(2026, 9, 11), 121),
    ]


def test_a_stopped_clock_gives_later_dates_only_for_an_assumed_restart():
    ledger = ledger_of(START, 119)
    assert clock.date_of(210, ledger) is None
    assert clock.date_of(121, ledger, restart_on=date(2026, 12, 10)) == date(2026, 12, 10)
    assert clock.date_of(210, ledger, restart_on=date(2026, 12, 10)) == date(2027, 3, 9)
    assert clock.date_of(210, ledger, restart_on=date(2027, 3, 10)) == date(2027, 6, 7)


def test_nothing_falls_after_the_end():
    ledger = ledger_of(START, 119)
    ledger.append(clock.moved(ClockKind.END, ledger, date(2026, 11, 1)))
    assert ledger[-1] == Moved(ClockKind.END, date(2026, 11, 1), 120)
    assert clock.date_of(121, ledger, restart_on=date(2026, 12, 10)) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 9, 10), 3, date(2026, 12, 10)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_are_calendar_months(day, months, later):
    assert clock.months_after(day, months) == later


def test_the_first_stop_gives_three_months_to_answer_and_later_ones_one():
    first = ledger_of(START, 119)[:1]
    later = ledger_of(START, 119, 90)
    assert clock.answers_due(first, date(2026, 9, 10)) == date(2026, 12, 10)
    assert clock.answers_due(later, date(2027, 2, 1)) == date(2027, 3, 1)


def test_a_clock_that_has_not_started():
    shown = clock.reading(Procedure.MAA, [], START)
    assert shown == ClockReading(0, 210, ticks=TICKS)
    assert shown.text == "Clock not started"


def test_a_running_clock_says_what_is_due_next():
    shown = clock.reading(Procedure.MAA, ledger_of(START), START + timedelta(days=67))
    assert shown == ClockReading(
        68, 210, is_started=True, next_text="Assessment reports on day 80", next_on=date(2026, 8, 1),
        ticks=TICKS,
    )  # fmt: skip
    assert shown.text == "Day 68 of 210"


def test_a_stopped_clock_stands_and_counts_the_days_of_the_stop():
    ledger = ledger_of(START, 119)
    shown = clock.reading(Procedure.MAA, ledger, date(2026, 11, 23), date(2026, 12, 10))
    assert shown == ClockReading(
        120, 210, is_started=True, is_stopped=True, stopped_days=74, next_text="Responses due",
        next_on=date(2026, 12, 10), ticks=TICKS,
    )  # fmt: skip


def test_after_the_last_day_nothing_is_due():
    shown = clock.reading(Procedure.CLASSIFICATION, ledger_of(START), START + timedelta(days=70))
    assert (shown.day, shown.of, shown.next_text, shown.next_on) == (71, 60, "", None)


@pytest.mark.parametrize(
    ("procedure", "days"),
    [
        (Procedure.MAA, [80, 120, 150, 180, 210]),
        (Procedure.CLASSIFICATION, [60]),
        (Procedure.CERTIFICATION, [90]),
    ],
)
def test_the_days_of_a_procedure_are_data(procedure, days):
    assert [milestone.day for milestone in clock.milestones(procedure)] == days
    assert all(milestone.citation for milestone in clock.milestones(procedure))
