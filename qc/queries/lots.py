"""Reads of the lot pages and lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from audit import issuing, signing, trail
from audit.models import Event, IssuedReport, Signature
from qc import permissions, signed, workflow
from qc.models import Lot, Result
from qc.queries.panels import Panel, panel_of
from qc.queries.race import Race, race_of
from qc.queries.states import RESULT_TONES, State, state_of
from qc.standing import Standing, at_site, fresh_standing, standing_of, with_results
from qc.statuses import Conclusion, LotStatus

PER_PAGE = 25
TRAIL_SHOWN = 8


@dataclass(frozen=True)
class LotRow:
    """A line of the list of lots."""

    lot: Lot
    state: State
    met: int
    total: int
    pending: int
    failed: str
    left: timedelta | None


@dataclass(frozen=True)
class LotList:
    """A page of lots."""

    page: Page[Lot]
    rows: list[LotRow]


def lot_list(user: User, *, number: str | None, state: str = "", product: str = "") -> LotList:
    """Return a page of the lots a person may see, newest first, with how far their results are."""
    lots = Lot.objects.visible_to(user)
    if state:
        lots = lots.filter(status=state)
    if product:
        lots = lots.filter(product_id=product)
    page = Paginator(with_results(lots), PER_PAGE).get_page(number)
    now = timezone.now()
    return LotList(page, [_row(lot, now) for lot in page])


def _row(lot: Lot, now: datetime) -> LotRow:
    standing = standing_of(lot)
    return LotRow(
        lot,
        state_of(lot),
        standing.met_count,
        len(standing.requirements),
        len(standing.pending),
        _failures(len(standing.failed)),
        None if lot.is_expired(now) else lot.expires_at - now,
    )


def _failures(count: int) -> str:
    if not count:
        return ""
    return "1 test fails" if count == 1 else f"{count} tests fail"


@dataclass(frozen=True)
class Act:
    """A link to something that the person may do with a result."""

    label: str
    url: str


@dataclass(frozen=True)
class ResultRow:
    """A line of the results against the specification."""

    standing: Standing
    state: State
    shown: str
    words: str
    compared_as: str
    people: str
    acts: list[Act]


@dataclass(frozen=True)
class LotPage:
    """Everything the page of a lot shows."""

    lot: Lot
    state: State
    now: datetime
    left: timedelta
    is_expired: bool
    hours_of_life: float
    hours_used: float
    since_failure: timedelta | None
    failing: list[Standing]
    race: Race
    rows: list[ResultRow]
    unchecked: list[Result]
    panel: Panel | None
    content: dict[str, object]
    can_reject: bool
    why_not_certificate: str | None
    why_not_contact: str | None
    signatures: list[Signature]
    reports: QuerySet[IssuedReport]
    events: Sequence[Event]

    @property
    def life_label(self) -> str:
        """Say the scale of the shelf life in words."""
        return f"{self.hours_used:.0f} of {self.hours_of_life:.0f} hours used"


def lot_page(lot: Lot, user: User) -> LotPage:
    """Gather the page of a lot: the race, results against specification, gates, signatures and trail."""
    lot = with_results(Lot.objects.all()).get(pk=lot.pk)
    standing = standing_of(lot)
    now = timezone.now()
    used = min(now - lot.manufactured_at, lot.shelf_life)
    return LotPage(
        lot=lot,
        state=state_of(lot),
        now=now,
        left=lot.expires_at - now,
        is_expired=lot.is_expired(now),
        hours_of_life=lot.shelf_life.total_seconds() / 3600,
        hours_used=used.total_seconds() / 3600,
        since_failure=now - lot.failed_at if lot.failed_at else None,
        failing=[each for failed in standing.failed for each in failed.standings],
        race=race_of(standing, now),
        rows=[_result_row(each, user, now) for each in standing.standings],
        unchecked=[row for row in standing.unchecked if not permissions.why_not_review(row, user)],
        panel=panel_of(standing, user),
        content=signed.lot_content(standing),
        can_reject=workflow.REJECT.why_not(lot, user) is None,
        why_not_certificate=permissions.why_not_certificate(user),
        why_not_contact=permissions.why_not_change_contact(lot, user),
        signatures=signing.signatures_on(lot),
        reports=issuing.reports_on(lot, user),
        events=list(trail.events_about(lot, user)[:TRAIL_SHOWN]),
    )


def _result_row(standing: Standing, user: User, now: datetime) -> ResultRow:
    latest = standing.latest
    return ResultRow(
        standing,
        state=_result_state(standing, now),
        shown=standing.final.shown if standing.final else "",
        words="" if standing.final else what_is_next(standing, now),
        compared_as=standing.final.compared_as if standing.final else "",
        people=_people(latest),
        acts=_acts(standing, user),
    )


def _result_state(standing: Standing, now: datetime) -> State:
    conclusion = standing.conclusion
    if conclusion == Conclusion.PENDING:
        if standing.missing_read(now) is not None or standing.due_at < now:
            return State("warn", "Overdue")
        return State("go", "Pending")
    if conclusion == Conclusion.COMPLIES and not standing.is_met:
        return State("go", "Complies, to be checked")
    return State(RESULT_TONES[conclusion], conclusion.label)


def what_is_next(standing: Standing, now: datetime) -> str:
    """Say what a running test waits for: its next read, or its end."""
    missing, last = standing.missing_read(now), standing.last_read
    if standing.failing is not None:
        return f"{standing.failing.shown}, day {standing.failing.read_on_day}"
    if missing is not None:
        return f"read of day {missing} is missing"
    if last is not None:
        return f"none to date, day {last.read_on_day} of {standing.test.turnaround_hours / 24:.0f}"
    due = at_site(standing.due_at)
    return f"due {due.day} {due:%b, %H:%M %Z}"


def _people(result: Result | None) -> str:
    if result is None:
        return ""
    names = [result.analyst.full_name]
    if result.reviewed_by is not None:
        names.append(result.reviewed_by.full_name)
    return ", ".join(name.rsplit(" ", 1)[-1] for name in names)


def _acts(standing: Standing, user: User) -> list[Act]:
    lot, acts = standing.lot, []
    if user.role == Role.QC_ANALYST and lot.status != LotStatus.REJECTED:
        if standing.final is None:
            acts.append(Act("Enter", reverse("qc:result_new", args=[lot.pk, standing.test.pk])))
        latest = standing.latest
        if latest is not None and permissions.why_not_correct(latest, user) is None:
            acts.append(Act("Correct", reverse("qc:result_correct", args=[lot.pk, latest.pk])))
    for row in [*standing.reads, *([standing.final] if standing.final else [])]:
        if not row.is_checked and permissions.why_not_review(row, user) is None:
            acts.append(Act("Check", reverse("qc:result_review", args=[lot.pk, row.pk])))
    return acts


def next_to_check(lot: Lot, user: User) -> Result | None:
    """Return the oldest result of a lot that this person can check as the second one."""
    waiting = fresh_standing(lot).unchecked
    return next((row for row in waiting if permissions.why_not_review(row, user) is None), None)
