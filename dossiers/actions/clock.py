"""Writing the clock ledger: start, stop, restart, end."""

from django.db import transaction

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import clock
from dossiers.events import DossierEvent
from dossiers.models import ClockEntry, Dossier
from dossiers.statuses import ClockKind

FOLLOWS = {
    ClockKind.START: frozenset({""}),
    ClockKind.STOP: clock.RUNNING,
    ClockKind.RESTART: frozenset({ClockKind.STOP}),
    ClockKind.END: clock.RUNNING | {ClockKind.STOP},
}


def start(dossier: Dossier, *, by: User, reason: str) -> ClockEntry:
    """Start the clock today: day 1."""
    return _move(dossier, ClockKind.START, by=by, reason=reason)


def stop(dossier: Dossier, *, by: User, reason: str) -> ClockEntry:
    """Stop the clock on today's day of the procedure."""
    return _move(dossier, ClockKind.STOP, by=by, reason=reason)


def restart(dossier: Dossier, *, by: User, reason: str) -> ClockEntry:
    """Let the clock go on with the day after the one on which it stopped."""
    return _move(dossier, ClockKind.RESTART, by=by, reason=reason)


def end(dossier: Dossier, *, by: User, reason: str) -> ClockEntry | None:
    """End the clock; None when it never started, as when a dossier is withdrawn before its review."""
    if not dossier.clock.exists():
        return None
    return _move(dossier, ClockKind.END, by=by, reason=reason)


@transaction.atomic
def _move(dossier: Dossier, kind: ClockKind, *, by: User, reason: str) -> ClockEntry:
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    ledger = list(dossier.clock.order_by("written_at"))
    last = ledger[-1].kind if ledger else ""
    if last not in FOLLOWS[kind]:
        raise Refused(f"{kind.label}: this cannot follow what the clock ledger of {dossier} says last.")
    line = clock.moved(kind, ledger, clock.site_date())
    entry = ClockEntry.objects.create(
        dossier=dossier, kind=kind, on=line.on, day=line.day, reason=reason, by=by
    )
    trail.record(
        DossierEvent.CLOCK_MOVED,
        dossier,
        by=by,
        sentence=f"{kind.label} on day {line.day}",
        data={"kind": kind, "on": line.on, "day": line.day, "reason": reason},
        audience=Audience.EVERYONE,
    )
    return entry
