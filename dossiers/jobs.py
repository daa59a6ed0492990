"""Work of the dossiers app that calls actions: by the clock, or handed over because it takes long."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from audit import issuing
from audit.models import IssuedReport
from dossiers import pagetexts
from dossiers.actions import editing, members, uploads
from dossiers.models import Dossier, Filing, Upload
from dossiers.queries.packages import KIND

AT_ONCE = 500
LEFT_AFTER = timedelta(days=1)


@shared_task
def check_upload(pk: str) -> None:
    """Check an upload that is all here."""
    uploads.check(UUID(pk))


@shared_task
def check_stranded_uploads() -> int:
    """Send again the uploads whose checks no living worker has; returns how many."""
    stranded = list(Upload.objects.left_by_a_worker().values_list("pk", flat=True))
    for pk in stranded:
        uploads.send_to_worker(pk)
    return len(stranded)


@shared_task
def expire_uploads() -> int:
    """Throw away the uploads that nobody came back for; returns how many."""
    return uploads.expire()


@shared_task
def end_members() -> int:
    """Close the parts of colleagues whose last day is over, and tell them; returns how many."""
    return members.end_run_out()


@shared_task
def read_unread_texts() -> int:
    """Send again the versions whose text nobody reads; returns how many."""
    waiting = list(pagetexts.unread().values_list("pk", flat=True)[:AT_ONCE])
    for version_id in waiting:
        pagetexts.send(version_id)
    return len(waiting)


@shared_task
def forget_silent_editors() -> int:
    """Forget who stopped editing without saying so; returns how many."""
    return editing.forget_silent()


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
