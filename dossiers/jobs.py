"""Clock-driven work of the dossiers app."""

from celery import shared_task

from dossiers.actions import editing


@shared_task
def forget_silent_editors() -> int:
    """Forget who stopped editing without saying so; returns how many."""
    return editing.forget_silent()
