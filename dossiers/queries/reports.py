"""What the page of a dossier's reports reads."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Side
from audit import issuing
from audit.models import IssuedReport
from dossiers.models import Dossier
from dossiers.queries.plate import Plate, plate


@dataclass(frozen=True)
class ReportsPage:
    """The reports issued on a dossier that the person may read."""

    plate: Plate
    dossier: Dossier
    reports: QuerySet[IssuedReport]
    may_ask_for_review: bool


def reports_page(dossier: Dossier, user: User) -> ReportsPage:
    """Gather the register of a dossier's reports."""
    return ReportsPage(
        plate=plate(dossier, user),
        dossier=dossier,
        reports=issuing.reports_on(dossier, user),
        may_ask_for_review=user.side == Side.AUTHORITY,
    )
