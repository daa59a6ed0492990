"""Background jobs and issued reports for tests, without a worker."""

from datetime import timedelta

from django.utils import timezone

from audit import issuing
from audit.issuing import Made
from audit.models import Audience, IssuedReport, Job, MediaType

TASK = "tests.make_report"
PDF = b"%PDF-1.7 a report"


def made(
    title="Classification rationale", audience=Audience.EVERYONE, file=PDF, media_type=MediaType.PDF, pages=2
) -> Made:
    return Made(
        kind="tests.report",
        title=title,
        name="rationale",
        audience=audience,
        content={"class": "GTMP"},
        file=file,
        media_type=media_type,
        pages=pages,
    )


def job(thing, by, title="Classification rationale", task=TASK) -> Job:
    """A job that waits; nothing is sent to a worker, as the test's transaction does not commit."""
    return issuing.ask(title, thing, task=task, by=by)


def report(thing, by, **details) -> IssuedReport:
    waiting = job(thing, by, title=details.get("title", "Classification rationale"))
    issued = issuing.issue(str(waiting.pk), lambda _job, _claim: (thing, made(**details)))
    assert issued
    return issued


def strand(waiting: Job, **fields) -> None:
    """Let the worker of a job fall silent for longer than its lease."""
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=waiting.pk).update(heartbeat_at=long_ago, **fields)
