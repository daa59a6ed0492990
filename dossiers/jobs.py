"""Work of the dossiers app that calls actions: by the clock, or handed over because it takes long."""

from uuid import UUID

from celery import shared_task

from dossiers.actions import uploads
from dossiers.models import Upload


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
