"""The states of lots and results in tones and words."""

from dataclasses import dataclass

from qc.models import Lot
from qc.statuses import Conclusion, LotStatus

LOT_TONES = {
    LotStatus.QUARANTINE: "open",
    LotStatus.UNDER_REVIEW: "go",
    LotStatus.RELEASED_INITIAL: "go",
    LotStatus.RELEASED_FINAL: "none",
    LotStatus.LATE_OOS: "stop",
    LotStatus.REJECTED: "locked",
}
RESULT_TONES = {
    Conclusion.PENDING: "go",
    Conclusion.COMPLIES: "none",
    Conclusion.OOS: "stop",
    Conclusion.INDETERMINATE: "warn",
}


@dataclass(frozen=True)
class State:
    """A state as the page shows it: tone and word."""

    tone: str
    word: str


def state_of(lot: Lot) -> State:
    """Return a lot's state in tone and word."""
    return State(LOT_TONES[LotStatus(lot.status)], lot.get_status_display())
