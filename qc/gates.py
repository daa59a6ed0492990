"""The gates of release: what must hold before a Qualified Person certifies a lot, and what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from qc.models import Lot
from qc.standing import LotStanding, Standing, site_time
from qc.statuses import Conclusion, LotStatus

NO_CONTACT = "No clinical contact is on file: nobody could be told of a late result."
NOT_REVIEWED = "Quality assurance has not reviewed the batch record and the audit trail."


@dataclass(frozen=True)
class Gate:
    """One condition of a certification: what must hold, what shows it, and the reason when it does not."""

    title: str
    detail: str = ""
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the condition holds."""
        return not self.reason


def initial_gates(standing: LotStanding, user: User, now: datetime) -> list[Gate]:
    """Return what the initial certification asks for: EudraLex volume 4, part IV, 11.3."""
    return [
        _complete(standing, is_final=False),
        _nothing_fails(standing),
        _negative_to_date(standing, now),
        *_of_lot(standing.lot, now),
        _independent(standing, user),
    ]


def final_gates(standing: LotStanding, user: User, now: datetime) -> list[Gate]:
    """Return what the final certification asks for; a lot released before may have passed its expiry."""
    return [
        _complete(standing, is_final=True),
        _nothing_fails(standing),
        *(_of_lot(standing.lot, now) if standing.lot.status == LotStatus.UNDER_REVIEW else []),
        _independent(standing, user),
    ]


def _complete(standing: LotStanding, *, is_final: bool) -> Gate:
    required = [r for r in standing.requirements if is_final or not r.may_wait]
    open_ones = [r.why_not_met for r in required if not r.is_met]
    met = f"{sum(r.is_met for r in required)} of {len(required)}"
    title = (
        "Every result is final, complies and was checked"
        if is_final
        else "Every result needed before release is final, complies and was checked"
    )
    if not standing.requirements:
        return Gate(title, "", "The specification has no tests.")
    return Gate(title, met, _sentence(open_ones))


def _nothing_fails(standing: LotStanding) -> Gate:
    names = [s.test.name for requirement in standing.failed for s in requirement.standings]
    reason = f"{', '.join(names)}: out of specification." if names else ""
    return Gate("Nothing is out of specification", "", reason)


def _negative_to_date(standing: LotStanding, now: datetime) -> Gate:
    waiting = [s for r in standing.requirements if r.may_wait for s in r.waiting]
    reasons = [reason for s in waiting if (reason := _why_not_negative(s, now))]
    reads = [f"{s.test.name}, day {s.last_read.read_on_day}" for s in waiting if s.last_read is not None]
    return Gate(
        "Pending tests are negative to date", "; ".join(reads) or "no read is due yet", _sentence(reasons)
    )


def _why_not_negative(standing: Standing, now: datetime) -> str:
    missing = standing.missing_read(now)
    if missing is not None:
        return f"{standing.test.name} was not read on day {missing}"
    last = standing.last_read
    if last is None:
        return ""
    if last.conclusion != Conclusion.PENDING:
        return f"the read of day {last.read_on_day} of {standing.test.name} is not negative"
    if not last.is_checked:
        return (
            f"the read of day {last.read_on_day} of {standing.test.name} was not checked by a second person"
        )
    return ""


def _of_lot(lot: Lot, now: datetime) -> list[Gate]:
    expiry = site_time(lot.expires_at)
    reviewed = ""
    if lot.submitted_by and lot.submitted_at:
        reviewed = f"{lot.submitted_by.full_name}, {site_time(lot.submitted_at)}"
    return [
        Gate("Not expired", f"expires {expiry}", f"The lot expired {expiry}." if lot.is_expired(now) else ""),
        Gate(
            "Batch record and audit trail reviewed",
            reviewed,
            "" if reviewed else NOT_REVIEWED,
        ),
        Gate("Clinical contact on file", lot.clinical_contact, "" if lot.clinical_contact else NO_CONTACT),
    ]


def _independent(standing: LotStanding, user: User) -> Gate:
    lot = standing.lot
    reason = ""
    if user.pk in standing.people():
        reason = "You tested or checked results of this lot; another Qualified Person certifies it."
    elif user.pk in {lot.created_by_id, lot.submitted_by_id}:
        reason = (
            "You registered this lot or reviewed its batch record; another Qualified Person certifies it."
        )
    return Gate("You tested and checked nothing in this lot", "", reason)


def _sentence(parts: Sequence[str]) -> str:
    if not parts:
        return ""
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
