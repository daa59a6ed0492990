"""Clock-driven work of the audit app."""

from celery import shared_task

from audit import issuing


@shared_task
def resend_stranded_jobs() -> int:
    """Send again the jobs that no living worker has; returns how many."""
    issuing.give_up_hopeless_jobs()
    stranded = list(issuing.stranded_jobs())
    for job in stranded:
        issuing.send(job)
    return len(stranded)
