"""Work of the dossiers app that calls actions: by the clock, or handed over because it takes long."""

from uuid import UUID

from celery import shared_task

from dossiers import pagetexts
from dossiers.actions import editing, members, uploads
from dossiers.models import Upload

AT_ONCE = 500


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
