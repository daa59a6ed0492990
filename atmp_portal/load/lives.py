"""How far each dossier has come, and on which days: the plan from which its rows follow."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from dossiers.statuses import DossierStatus, Procedure

SPREAD = (
    (DossierStatus.DRAFT, 30),
    (DossierStatus.FILED, 12),
    (DossierStatus.VALIDATED, 6),
    (DossierStatus.IN_REVIEW, 24),
    (DossierStatus.CLOCK_STOPPED, 12),
    (DossierStatus.CONCLUDED, 16),
)
# How many days ago a dossier in this state was filed: at least, at most.
FILED_AGO = {
    DossierStatus.FILED: (1, 14),
    DossierStatus.RETURNED: (16, 30),
    DossierStatus.VALIDATED: (16, 24),
    DossierStatus.IN_REVIEW: (30, 115),
    DossierStatus.CLOCK_STOPPED: (150, 220),
    DossierStatus.CONCLUDED: (280, 900),
}
ASSIGNED = frozenset(
    {
        DossierStatus.RETURNED, DossierStatus.VALIDATED, DossierStatus.IN_REVIEW,
        DossierStatus.CLOCK_STOPPED, DossierStatus.CONCLUDED,
    }
)  # fmt: skip
REVIEWED = frozenset({DossierStatus.IN_REVIEW, DossierStatus.CLOCK_STOPPED, DossierStatus.CONCLUDED})
VALIDATED_AFTER, STARTED_AFTER = timedelta(days=14), timedelta(days=16)
STOPPED_AFTER, CONCLUDED_AFTER = timedelta(days=135), timedelta(days=226)


@dataclass(frozen=True)
class Life:
    """The days of one dossier; None where it has not come to that."""

    status: DossierStatus
    procedure: Procedure
    created_at: datetime
    prepared_until: datetime
    filed_at: datetime | None = None
    taken_at: datetime | None = None
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    concluded_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """When the dossier last moved."""
        days = (self.concluded_at, self.stopped_at, self.started_at, self.taken_at, self.filed_at)
        return next((day for day in days if day), self.prepared_until)


def procedure_of(number: int) -> Procedure:
    """Most dossiers are applications; one of twenty each asks for a certificate or a classification."""
    return {7: Procedure.CERTIFICATION, 13: Procedure.CLASSIFICATION}.get(number % 20, Procedure.MAA)


def life_of(status: DossierStatus, procedure: Procedure, now: datetime, chance: Random) -> Life:
    """Choose the days of a dossier that stands in this state today."""
    if status == DossierStatus.DRAFT:
        created = now - timedelta(days=chance.uniform(3, 200))
        return Life(status, procedure, created, created + (now - created) * 0.9)
    filed = now - timedelta(days=chance.uniform(*FILED_AGO[status]))
    prepared = filed - timedelta(days=1)
    is_taken = status != DossierStatus.FILED
    has_started = status in REVIEWED
    return Life(
        status,
        procedure,
        created_at=prepared - timedelta(days=chance.uniform(20, 120)),
        prepared_until=prepared,
        filed_at=filed,
        taken_at=filed + VALIDATED_AFTER if is_taken else None,
        started_at=filed + STARTED_AFTER if has_started else None,
        stopped_at=filed + STOPPED_AFTER if status == DossierStatus.CLOCK_STOPPED else None,
        concluded_at=filed + CONCLUDED_AFTER if status == DossierStatus.CONCLUDED else None,
    )


def statuses(number: int, chance: Random) -> list[DossierStatus]:
    """Spread the states over a number of dossiers, in no order."""
    return chance.choices([status for status, _ in SPREAD], [weight for _, weight in SPREAD], k=number)
