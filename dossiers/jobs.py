"""Clock-driven work of the dossiers app."""

from celery import shared_task

from dossiers import pagetexts
from dossiers.actions import members

AT_ONCE = 500


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
