"""Clock-driven work of the dossiers app."""

from datetime import datetime, timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from audit import issuing
from audit.models import IssuedReport
from dossiers.models import Dossier, Filing
from dossiers.queries.packages import KIND

LEFT_AFTER = timedelta(days=1)


@shared_task
def remove_expired_packages() -> int:
    """Remove the files of packages past their time, and halves left by dead workers; returns how many."""
    before = timezone.now() - timedelta(days=settings.PACKAGE_DAYS)
    gone = issuing.expired_reports()
    expired = [
        report
        for report in IssuedReport.objects.filter(kind=KIND, issued_at__lt=before).defer("content")
        if str(report.pk) not in gone
    ]
    for report in expired:
        issuing.expire(report, _thing(report))
    _remove_halves(timezone.now() - LEFT_AFTER)
    return len(expired)


def _thing(report: IssuedReport) -> Dossier | Filing:
    if report.object_type == Filing._meta.label_lower:
        return Filing.objects.select_related("dossier").get(pk=report.object_id)
    return Dossier.objects.get(pk=report.object_id)


def _remove_halves(before: datetime) -> None:
    for left in (Path(settings.MEDIA_ROOT) / "making").glob("*.zip"):
        if left.stat().st_mtime < before.timestamp():
            left.unlink(missing_ok=True)
