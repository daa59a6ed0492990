"""Background jobs and the reports that they issue: asked for once, finished once, registered with a hash."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from audit import trail
from audit.actors import Actor, Recorded
from audit.models import IssuedReport, Job, JobState

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 5


@transaction.atomic
def ask(title: str, thing: Recorded, *, task: str, by: Actor) -> Job:
    """Queue a job about a record; asking again while the same one is under way returns that one."""
    under_way = Job.objects.filter(
        task=task,
        object_id=thing.pk,
        requested_by_id=by.pk,
        state__in=[JobState.QUEUED, JobState.RUNNING],
    ).first()
    if under_way:
        return under_way
    job = Job.objects.create(
        title=title,
        task=task,
        requested_by_id=by.pk,
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        object_label=str(thing)[:300],
        step="Waiting for a worker",
    )
    transaction.on_commit(partial(send, job))
    return job


def send(job: Job) -> None:
    """Hand a job to the workers; when the broker is down it stays queued and the sweep sends it later."""
    try:
        current_app.send_task(job.task, args=[str(job.pk)])
    except OperationalError:
        logger.warning("The broker is down; job %s stays queued.", job.pk)


@transaction.atomic
def retry(job: Job) -> Job:
    """Queue a failed job once more."""
    Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED,
        failure="",
        step="Waiting for a worker",
        heartbeat_at=timezone.now(),
        attempts=0,
    )
    transaction.on_commit(partial(send, job))
    return Job.objects.get(pk=job.pk)


@dataclass(frozen=True)
class Claim:
    """The right to work on a job; it ends when another worker takes the job over."""

    job_id: UUID
    token: UUID

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say how far the work is; also tells the sweep that the worker lives."""
        self._rows().update(step=step, done=done, total=total, heartbeat_at=timezone.now())

    def _rows(self) -> models.QuerySet[Job]:
        return Job.objects.filter(pk=self.job_id, state=JobState.RUNNING, claim=self.token)

    def finish(self) -> bool:
        """Close the job; False when another worker has taken it over in the meantime."""
        return bool(
            self._rows().update(state=JobState.DONE, step="Done", finished_at=timezone.now(), failure="")
        )

    def fail(self, reason: str) -> None:
        """Close the job as failed, with a reason for the person who asked."""
        self._rows().update(state=JobState.FAILED, step="Failed", failure=reason, finished_at=timezone.now())


def claim(job_id: str) -> Claim | None:
    """Take a job that waits or whose worker died; None when somebody else has it or it is finished."""
    token, now = uuid4(), timezone.now()
    taken = (
        Job.objects.filter(pk=job_id)
        .filter(Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=_lease_ended(now)))
        .update(
            state=JobState.RUNNING, claim=token, heartbeat_at=now, attempts=F("attempts") + 1, step="Started"
        )
    )
    return Claim(UUID(job_id), token) if taken else None


def _lease_ended(now: Any) -> Any:
    return now - timedelta(seconds=settings.JOB_LEASE_SECONDS)


def stranded_jobs() -> models.QuerySet[Job]:
    """Return the unfinished jobs that no living worker has: never sent, lost, or left by a dead worker."""
    return Job.objects.filter(
        state__in=[JobState.QUEUED, JobState.RUNNING], heartbeat_at__lt=_lease_ended(timezone.now())
    )


def give_up_hopeless_jobs() -> int:
    """Fail the stranded jobs that have already cost several workers; returns how many."""
    return (
        stranded_jobs()
        .filter(attempts__gte=MOST_ATTEMPTS)
        .update(
            state=JobState.FAILED,
            step="Failed",
            failure=f"The worker stopped {MOST_ATTEMPTS} times during this job. Tell the help desk.",
            finished_at=timezone.now(),
        )
    )


@dataclass(frozen=True)
class Typeset:
    """A report ready to be issued: its kind, title and file name, who may read it, content and bytes."""

    kind: str
    title: str
    file_name: str
    audience: str
    content: Mapping[str, Any]
    pdf: bytes
    pages: int


def issue(job_id: str, make: Callable[[Job, Claim], tuple[Recorded, Typeset]]) -> IssuedReport | None:
    """Make and register the report of a job, once, however often and wherever this is called.

    `make` gathers and typesets; it must not write. Returns None when the job belongs to another worker.
    """
    held = claim(job_id)
    if held is None:
        return None
    job = Job.objects.select_related("requested_by").get(pk=job_id)
    try:
        thing, made = make(job, held)
        held.tell("Registering the report", 3, 4)
        return _register(job, held, thing, made)
    except Exception:
        logger.exception("Job %s failed.", job_id)
        held.fail("The report could not be made. It was logged; try again, or tell the help desk.")
        return None


def _register(job: Job, held: Claim, thing: Recorded, made: Typeset) -> IssuedReport | None:
    with transaction.atomic():
        if not held.finish():
            return None
        report = IssuedReport(
            kind=made.kind,
            title=made.title,
            audience=made.audience,
            file_name=made.file_name,
            sha256=hashlib.sha256(made.pdf).hexdigest(),
            size=len(made.pdf),
            pages=made.pages,
            content=made.content,
            issued_by=job.requested_by,
            issued_by_name=job.requested_by.full_name,
            issued_at=timezone.now(),
            job=job,
            object_type=job.object_type,
            object_id=job.object_id,
            object_label=job.object_label,
        )
        report.file.save(f"{report.pk}.pdf", ContentFile(made.pdf), save=False)
        report.save(force_insert=True)
        trail.record(
            "audit.report_issued",
            thing,
            by=job.requested_by,
            sentence=f"Report issued: {made.title}",
            data={"report": str(report.pk), "sha256": report.sha256, "pages": report.pages},
            audience=made.audience,
        )
        return report


def reports_on(thing: Recorded, user: Actor) -> models.QuerySet[IssuedReport]:
    """Return the reports issued on a record that this person may read, newest first."""
    return IssuedReport.objects.filter(object_id=thing.pk).readable_by(user)  # type: ignore[return-value]
