"""Which lots want somebody's attention, for the home page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from qc import permissions, signed
from qc.models import Lot
from qc.queries.states import State, state_of
from qc.standing import LotStanding, Standing, standing_of, with_results
from qc.statuses import LotStatus

SOON = timedelta(hours=24)
UNRELEASED = frozenset({LotStatus.QUARANTINE, LotStatus.UNDER_REVIEW})
WATCHED = UNRELEASED | {LotStatus.RELEASED_INITIAL, LotStatus.LATE_OOS}


@dataclass(frozen=True)
class Watch:
    """A lot that wants somebody's attention, and why."""

    lot: Lot
    state: State
    reason: str
    due_at: datetime | None
    tone: str


def lots_to_watch(user: User, limit: int = 12) -> list[Watch]:
    """Return what a person's home page says of lots: late results first, then what is due soonest."""
    lots = with_results(Lot.objects.visible_to(user).filter(status__in=WATCHED)).order_by("expires_at")
    now = timezone.now()
    watched = [watch for lot in lots if (watch := _watch(standing_of(lot), user, now))]
    order = {"stop": 0, "warn": 1, "go": 2}
    watched.sort(key=lambda watch: (order[watch.tone], watch.due_at or now))
    return watched[:limit]


def _watch(standing: LotStanding, user: User, now: datetime) -> Watch | None:
    """Return the most pressing reason to look at a lot."""
    lot = standing.lot
    state = state_of(lot)
    if lot.status == LotStatus.LATE_OOS:
        return Watch(lot, state, "Late failing result: call the clinical contact", lot.failed_at, "stop")
    if lot.status in UNRELEASED and lot.is_expired(now):
        return Watch(lot, state, "Expired before release", lot.expires_at, "stop")
    if lot.status in UNRELEASED and standing.failed:
        return Watch(lot, state, f"Out of specification: {_names(standing)}", lot.expires_at, "stop")
    if lot.status == LotStatus.UNDER_REVIEW and user.role == Role.QUALIFIED_PERSON:
        tone = "warn" if lot.expires_at - now < SOON else "go"
        return Watch(lot, state, "Waits for your certification", lot.expires_at, tone)
    if lot.status in UNRELEASED and lot.expires_at - now < SOON:
        return Watch(lot, state, "Expires soon, not released", lot.expires_at, "warn")
    return _pending_watch(standing, user, now)


def _pending_watch(standing: LotStanding, user: User, now: datetime) -> Watch | None:
    lot, state = standing.lot, state_of(standing.lot)
    for each in standing.pending:
        if each.missing_read(now) is not None or each.due_at < now:
            return Watch(lot, state, f"Overdue: {each.test.name}", each.due_at, "warn")
    checks = sum(not permissions.why_not_review(row, user) for row in standing.unchecked)
    if checks:
        return Watch(lot, state, f"{signed.results_in_words(checks)} to check", lot.expires_at, "go")
    if lot.status == LotStatus.RELEASED_INITIAL and not standing.pending:
        return Watch(lot, state, "Every result is in; final certification is due", None, "go")
    soon = [each for each in standing.pending if _next_moment(each) - now < SOON]
    if soon:
        first = min(soon, key=_next_moment)
        return Watch(lot, state, f"Due: {first.test.name}", _next_moment(first), "go")
    return None


def _next_moment(standing: Standing) -> datetime:
    upcoming = standing.next_read()
    return upcoming[1] if upcoming else standing.due_at


def _names(standing: LotStanding) -> str:
    return ", ".join(each.test.name for failed in standing.failed for each in failed.standings)
