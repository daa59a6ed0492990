"""Clock-driven work of the dossiers app."""

from celery import shared_task

from dossiers.actions import members


@shared_task
def end_members() -> int:
    """Close the parts of colleagues whose last day is over, and tell them; returns how many."""
    return members.end_run_out()
