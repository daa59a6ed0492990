"""The clock ledger as a page shows it, and what a day of answering would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from dossiers import clock
from dossiers.models import ClockEntry, Dossier, Filing
from dossiers.statuses import ClockKind


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger: something that happened, today, or something due."""

    on: date
    text: str
    who: str = ""
    day: int | None = None
    is_movement: bool = False
    is_now: bool = False


def entries(dossier: Dossier) -> list[ClockEntry]:
    """Return the movements of a clock in the order in which they were written."""
    return list(dossier.clock.select_related("by").order_by("written_at"))


def lines(dossier: Dossier, ledger: Sequence[ClockEntry], due_on: date | None) -> list[LedgerLine]:
    """Return filings and movements so far, today, and what is due."""
    past = [
        *[_filed(filing) for filing in dossier.filings.all()],
        *[
            LedgerLine(
                entry.on, f"{ClockKind(entry.kind).label}: {entry.reason[:1].lower()}{entry.reason[1:]}",
                entry.by.full_name, entry.day, is_movement=True,
            )
            for entry in ledger
        ],
    ]  # fmt: skip
    past.sort(key=lambda line: line.on)
    if not ledger or ledger[-1].kind == ClockKind.END:
        return past
    today = clock.site_date()
    return [*past, _today(ledger, today), *_coming(dossier, ledger, due_on, today)]


def _filed(filing: Filing) -> LedgerLine:
    on = timezone.localdate(filing.filed_at, ZoneInfo(settings.SITE_TIME_ZONE))
    return LedgerLine(on, f"Filed, {filing.place}", filing.filed_by_name)


def _today(ledger: Sequence[ClockEntry], today: date) -> LedgerLine:
    last, day = ledger[-1], clock.day_at(ledger, today)
    if last.kind != ClockKind.STOP:
        return LedgerLine(today, "Today", day=day, is_now=True)
    return LedgerLine(today, f"Today, day {(today - last.on).days} of the stop", day=day, is_now=True)


def _coming(
    dossier: Dossier, ledger: Sequence[ClockEntry], due_on: date | None, today: date
) -> list[LedgerLine]:
    last = ledger[-1]
    if last.kind == ClockKind.STOP:
        return [LedgerLine(due_on, "Responses due, clock restarts", day=last.day + 1)] if due_on else []
    day = clock.day_at(ledger, today)
    return [
        LedgerLine(on, milestone.name, milestone.actor, milestone.day)
        for milestone in clock.milestones(dossier.procedure)
        if milestone.day > day and (on := clock.date_of(milestone.day, ledger))
    ]


@dataclass(frozen=True)
class WhatIfRow:
    """A day of the procedure as it is due, and as it would be."""

    day: int
    name: str
    as_due: date | None
    what_if: date | None


@dataclass(frozen=True)
class WhatIf:
    """What the day on which the responses arrive would move."""

    rows: list[WhatIfRow]
    due_on: date
    responses_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether the responses would come after the day on which they are due."""
        return self.responses_on is not None and self.responses_on > self.due_on


def what_if(
    dossier: Dossier, ledger: Sequence[ClockEntry], due_on: date | None, responses_on: date | None
) -> WhatIf | None:
    """Return the days after a stop as they are due and as they would be; None while the clock runs."""
    if not ledger or ledger[-1].kind != ClockKind.STOP or due_on is None:
        return None
    restart = ledger[-1].day + 1
    later = [
        (milestone.day, milestone.name.lower())
        for milestone in clock.milestones(dossier.procedure)
        if milestone.day > restart
    ]
    rows = [
        WhatIfRow(
            day, name, clock.date_of(day, ledger, restart_on=due_on),
            clock.date_of(day, ledger, restart_on=responses_on) if responses_on else None,
        )
        for day, name in [(restart, "restart"), *later]
    ]  # fmt: skip
    return WhatIf(rows, due_on, responses_on)
