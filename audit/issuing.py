"""Background jobs and the reports that they issue: asked for once, finished once, registered with a hash."""

import hashlib
import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from celery.exceptions import OperationalError
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from audit import trail
from audit.actors import Actor, Recorded
from audit.models import Event, IssuedReport, Job, JobState, MediaType
from audit.refusals import Refused

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
WAITING = "Waiting for a worker"
ISSUED = "audit.report_issued"
EXPIRED = "audit.report_expired"

# Whoever can reach people adds here how they are told that their report is there or that their job failed.
# It runs in the same transaction: a worker killed in between neither tells of nothing nor leaves it untold.
WHEN_ISSUED: list[Callable[[IssuedReport], None]] = []
WHEN_FAILED: list[Callable[[Job], None]] = []


@transaction.atomic
def ask(title: str, thing: Recorded, *, task: str, asked: str = "", by: Actor) -> Job:
    """Queue a job about a record; asking again while the same one is under way returns that one."""
    job, is_new = Job.objects.get_or_create(
        task=task,
        asked=asked,
        object_id=thing.pk,
        requested_by_id=by.pk,
        state__in=[JobState.QUEUED, JobState.RUNNING],
        defaults={
            "title": title,
            "object_type": thing._meta.label_lower,
            "object_label": str(thing)[:300],
            "state": JobState.QUEUED,
            "step": WAITING,
        },
    )
    if is_new:
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
    """Queue a failed job once more; when the same was asked for anew meanwhile, return that one."""
    asked_anew = Job.objects.filter(
        task=job.task,
        asked=job.asked,
        object_id=job.object_id,
        requested_by_id=job.requested_by_id,
        state__in=[JobState.QUEUED, JobState.RUNNING],
    ).first()
    if asked_anew:
        return asked_anew
    Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, failure="", step=WAITING, heartbeat_at=timezone.now(), attempts=0
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

    @transaction.atomic
    def fail(self, reason: str) -> None:
        """Close the job as failed, with a reason for the person who asked."""
        _fail(self._rows(), reason)


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


@transaction.atomic
def give_up_hopeless_jobs() -> int:
    """Fail the stranded jobs that have already cost several workers; returns how many."""
    hopeless = stranded_jobs().filter(attempts__gte=MOST_ATTEMPTS)
    return _fail(hopeless, f"The worker stopped {MOST_ATTEMPTS} times during this job. Tell the help desk.")


def _fail(jobs: models.QuerySet[Job], reason: str) -> int:
    failing = list(jobs.select_for_update(of=("self",)).select_related("requested_by"))
    Job.objects.filter(pk__in=[job.pk for job in failing]).update(
        state=JobState.FAILED, step="Failed", failure=reason, finished_at=timezone.now()
    )
    for job in failing:
        for tell in WHEN_FAILED:
            tell(job)
    return len(failing)


@dataclass(frozen=True)
class LargeFile:
    """A file made on disk because it is too large for memory; it is moved into the store, not copied."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Made:
    """A report ready to be issued: its kind, title and name, who may read it, content and bytes.

    `name` is that of the file without its suffix, which follows from the media type.
    """

    kind: str
    title: str
    name: str
    audience: str
    content: Mapping[str, Any]
    file: bytes | LargeFile
    media_type: MediaType = MediaType.PDF
    pages: int | None = None


def issue(job_id: str, make: Callable[[Job, Claim], tuple[Recorded, Made]]) -> IssuedReport | None:
    """Make and register the report of a job, once, however often and wherever this is called.

    `make` gathers and renders; it must not write. Returns None when the job belongs to another worker.
    """
    held = claim(job_id)
    if held is None:
        return None
    job = Job.objects.select_related("requested_by").get(pk=job_id)
    try:
        thing, made = make(job, held)
        held.tell("Registering the report", 3, 4)
        try:
            return _register(job, held, thing, made)
        finally:
            if isinstance(made.file, LargeFile):
                made.file.path.unlink(missing_ok=True)
    except Refused as refusal:
        held.fail(refusal.reason)
        return None
    except Exception:
        logger.exception("Job %s failed.", job_id)
        held.fail("The report could not be made. It was logged; try again, or tell the help desk.")
        return None


def _register(job: Job, held: Claim, thing: Recorded, made: Made) -> IssuedReport | None:
    with transaction.atomic():
        if not held.finish():
            return None
        sha256, size, file = _kept(made.file)
        report = IssuedReport(
            kind=made.kind,
            title=made.title,
            audience=made.audience,
            file_name=f"{made.name}{made.media_type.suffix}",
            media_type=made.media_type,
            sha256=sha256,
            size=size,
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
        with file:
            report.file.save(f"{report.pk}{made.media_type.suffix}", file, save=False)
        report.save(force_insert=True)
        trail.record(
            ISSUED,
            thing,
            by=job.requested_by,
            sentence=_sentence(made.title),
            data=_told(report),
            audience=made.audience,
        )
        for tell in WHEN_ISSUED:
            tell(report)
        return report


def _kept(file: bytes | LargeFile) -> "tuple[str, int, File[bytes]]":
    """Return hash, size and what goes into the store."""
    if isinstance(file, bytes):
        return hashlib.sha256(file).hexdigest(), len(file), ContentFile(file)
    return file.sha256, file.size, _Moved(file.path)


class _Moved(File):  # type: ignore[type-arg]  # Django's File takes no argument at run time
    """A file on disk that the store may take as it is instead of copying it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self.path = path

    def temporary_file_path(self) -> str:
        """Where it lies, as Django's storage asks."""
        return str(self.path)


def _told(report: IssuedReport) -> dict[str, str | int | None]:
    """Return what the trail keeps of a report, so that the chain covers it."""
    return {
        "report": str(report.pk),
        "sha256": report.sha256,
        "media_type": str(report.media_type),
        "pages": report.pages,
    }


def reports_on(thing: Recorded, user: Actor) -> models.QuerySet[IssuedReport]:
    """Return the reports issued on a record that this person may read, newest first."""
    return IssuedReport.objects.filter(object_id=thing.pk).readable_by(user)


def breaks_in_reports() -> Generator[trail.Break | None]:
    """Check every issued report against the trail and its file; a break ends where it is."""
    told = {
        event.data["report"]: (_without_default(event.data), _seen_on(event, event.sentence))
        for event in Event.objects.filter(code=ISSUED).iterator(chunk_size=2000)
    }
    expired = expired_reports()
    for report in IssuedReport.objects.order_by("issued_at").iterator(chunk_size=2000):
        where = f"report {report.pk}, {report.title}"
        if told.pop(str(report.pk), None) != (_told(report), _seen_on(report, _sentence(report.title))):
            yield trail.Break(where, "it differs from the event that recorded it")
        elif str(report.pk) not in expired and _stored_hash(report) != report.sha256:
            yield trail.Break(where, "its file is missing or was changed")
        else:
            yield None
    for missing in told:
        yield trail.Break(f"report {missing}", "the trail tells of it, and it is missing")


def _sentence(title: str) -> str:
    return f"Report issued: {title}"


def _seen_on(row: Event | IssuedReport, sentence: str) -> tuple[object, ...]:
    """What decides who sees a report and under which title: the same on the report and on its event."""
    return (row.object_type, row.object_id, row.audience, sentence)


def _without_default(data: Mapping[str, Any]) -> dict[str, Any]:
    # Events from the time when every report was a PDF name no media type.
    return {"media_type": str(MediaType.PDF), **data}


def _stored_hash(report: IssuedReport) -> str:
    try:
        with report.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@transaction.atomic
def expire(report: IssuedReport, thing: Recorded) -> None:
    """Remove the file of a report that can be made again; its row in the register and its hash stay."""
    trail.record(
        EXPIRED,
        thing,
        by=None,
        sentence=f"File removed: {report.title}",
        data={"report": str(report.pk), "sha256": report.sha256},
        audience=report.audience,
    )
    transaction.on_commit(partial(report.file.storage.delete, str(report.file.name)))


def expired_reports(root: models.Model | None = None) -> set[str]:
    """Return the keys of the reports, of one record or of all, whose files were removed as planned."""
    told = Event.objects.about(root) if root else Event.objects.all()
    events = told.filter(code=EXPIRED).only("data")
    return {event.data["report"] for event in events.iterator(chunk_size=2000)}


def opened(report: IssuedReport) -> "File[bytes]":
    """Open the file of a report to stream it: too large to be hashed before each download.

    What it holds carries its own checksums, and the whole is checked with the trail.
    """
    try:
        file = report.file.open("rb")
        if file.size == report.size:
            return file
        file.close()
    except OSError:
        if str(report.pk) in expired_reports():
            said = f"The file of “{report.title}” was removed after its time. Ask for it once more."
            raise Refused(said) from None
    logger.error("The file of report %s is missing or has another size.", report.pk)
    raise Refused("The stored file is not the one that was registered. It was logged; tell the help desk.")


def intact_bytes(report: IssuedReport) -> bytes:
    """Return the file of a report, only if it still is what was registered."""
    try:
        with report.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        logger.exception("The file of report %s cannot be read.", report.pk)
        raise Refused(
            "The file of this report is missing from the store. It was logged; tell the help desk."
        ) from None
    if hashlib.sha256(content).hexdigest() != report.sha256:
        logger.error("The file of report %s differs from its registered hash.", report.pk)
        raise Refused(
            "The stored file is not the one that was registered, so it is not handed out. "
            "It was logged; tell the help desk."
        )
    return content
