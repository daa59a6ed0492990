"""The clock of a procedure: which day it is, when a day falls, what is due next; it never writes."""

import csv
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from django.db.models import Min

from dossiers.models import ClockEntry, Dossier, Question
from dossiers.models.dossiers import today_at_the_site
from dossiers.statuses import ClockKind, QuestionStatus

MILESTONES = Path(__file__).parent / "data" / "clock.csv"
RUNNING = frozenset({ClockKind.START, ClockKind.RESTART})
ONE_DAY = timedelta(days=1)
FIRST_ANSWER_MONTHS, LATER_ANSWER_MONTHS, MOST_ANSWER_MONTHS = 3, 1, 6
NOT_PUBLISHED: Mapping[int, date] = MappingProxyType({})


class Movement(Protocol):
    """A line of the ledger: what moved the clock, on which date, on which day of the procedure."""

    @property
    def kind(self) -> str:
        """Start, stop, restart or end."""

    @property
    def on(self) -> date:
        """The date."""

    @property
    def day(self) -> int:
        """The day of the procedure on that date."""


@dataclass(frozen=True)
class Moved:
    """A movement that is not written yet."""

    kind: str
    on: date
    day: int


@dataclass(frozen=True)
class Milestone:
    """A day of a procedure on which something is due."""

    day: int
    name: str
    actor: str
    citation: str


@dataclass(frozen=True)
class ClockReading:
    """What the clock of one dossier shows on a date."""

    day: int
    of: int
    is_started: bool = False
    is_stopped: bool = False
    is_over: bool = False
    stopped_days: int = 0
    next_text: str = ""
    next_on: date | None = None
    ticks: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        """The reading in words: "Day 120 of 210"."""
        return f"Day {self.day} of {self.of}" if self.is_started else "Clock not started"


def site_date() -> date:
    """Return today's date at the site, in whatever zone the caller runs."""
    return today_at_the_site()


@cache
def milestones(procedure: str) -> tuple[Milestone, ...]:
    """Return what is due in a procedure, by day."""
    with MILESTONES.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Milestone(int(row["day"]), row["milestone"], row["actor"], row["citation"])
            for row in csv.DictReader(rows)
            if row["procedure"] == procedure
        )


def moved(kind: str, ledger: Sequence[Movement], on: date) -> Moved:
    """Return the next line of a ledger; never dated before the line above it.

    Day N falls N - 1 calendar days after the start; a stopped clock keeps its day and goes on with the
    next one, at the earliest on the date after the stop.
    """
    if not ledger:
        return Moved(kind, on, 1)
    last = ledger[-1]
    if kind == ClockKind.RESTART:
        return Moved(kind, max(on, last.on + ONE_DAY), last.day + 1)
    on = max(on, last.on)
    return Moved(kind, on, day_at(ledger, on))


def day_at(ledger: Sequence[Movement], on: date) -> int:
    """Return the day of the procedure on a date; 0 before the clock started."""
    past = [line for line in ledger if line.on <= on]
    if not past:
        return 0
    last = past[-1]
    return last.day + (on - last.on).days if last.kind in RUNNING else last.day


def date_of(
    day: int,
    ledger: Sequence[Movement],
    *,
    restart_on: date | None = None,
    published: Mapping[int, date] = NOT_PUBLISHED,
) -> date | None:
    """Return the date of a day of the procedure; None where it hangs on a restart that is not known.

    `restart_on` assumes that a stopped clock goes on at that date. A published calendar of the
    committees, day by day, goes before the rule.
    """
    if day in published:
        return published[day]
    if not ledger:
        return None
    for line, after in pairwise(ledger):
        if line.kind in RUNNING and line.day <= day <= after.day:
            return line.on + timedelta(days=day - line.day)
    last = ledger[-1]
    if last.kind in RUNNING and day >= last.day:
        return last.on + timedelta(days=day - last.day)
    if last.kind == ClockKind.STOP and restart_on:
        restart = moved(ClockKind.RESTART, ledger, restart_on)
        return restart.on + timedelta(days=day - restart.day)
    return None


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answers_due(ledger: Sequence[Movement], stop_on: date) -> date:
    """Return when answers to a list sent now are due: three months for the first stop, one for later ones."""
    is_first = not any(line.kind == ClockKind.STOP for line in ledger)
    return months_after(stop_on, FIRST_ANSWER_MONTHS if is_first else LATER_ANSWER_MONTHS)


def reading(
    procedure: str, ledger: Sequence[Movement], on: date, answers_due_on: date | None = None
) -> ClockReading:
    """Read the clock of one ledger on a date."""
    due = milestones(procedure)
    of = due[-1].day
    ticks = ((1, "Day 1"), *((milestone.day, str(milestone.day)) for milestone in due))
    if not ledger:
        return ClockReading(0, of, ticks=ticks)
    day, last = day_at(ledger, on), ledger[-1]
    match last.kind:
        case ClockKind.STOP:
            return ClockReading(
                day, of, is_started=True, is_stopped=True, stopped_days=(on - last.on).days,
                next_text="Responses due", next_on=answers_due_on, ticks=ticks,
            )  # fmt: skip
        case ClockKind.END:
            return ClockReading(day, of, is_started=True, is_over=True, ticks=ticks)
    coming = next((milestone for milestone in due if milestone.day >= day), None)
    return ClockReading(
        day, of, is_started=True,
        next_text=f"{coming.name} on day {coming.day}" if coming else "",
        next_on=date_of(coming.day, ledger) if coming else None, ticks=ticks,
    )  # fmt: skip


def day_of(dossier: Dossier, today: date | None = None) -> ClockReading:
    """Read the clock of a dossier, today unless another date is given."""
    return readings([dossier], today)[dossier.pk]


def readings(dossiers: Iterable[Dossier], today: date | None = None) -> dict[UUID, ClockReading]:
    """Read the clocks of many dossiers, in two queries however many they are."""
    procedures = {dossier.pk: dossier.procedure for dossier in dossiers}
    ledgers: dict[UUID, list[ClockEntry]] = {pk: [] for pk in procedures}
    for entry in ClockEntry.objects.filter(dossier__in=procedures).order_by("written_at"):
        ledgers[entry.dossier_id].append(entry)
    due = dict(
        Question.objects.filter(dossier__in=procedures, status=QuestionStatus.SENT)
        .order_by()
        .values_list("dossier")
        .annotate(due=Min("due_on"))
    )
    on = today or site_date()
    return {pk: reading(procedure, ledgers[pk], on, due.get(pk)) for pk, procedure in procedures.items()}
