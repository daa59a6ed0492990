"""Evidence as rows: trail events, signatures, issued reports and background jobs."""

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from audit.actors import Actor


Row = TypeVar("Row", bound=models.Model)


class Audience(models.TextChoices):
    """Who may read a piece of evidence, besides whether they may see the record at all."""

    EVERYONE = "everyone", "everyone who sees the record"
    SPONSOR = "sponsor", "the sponsor"
    AUTHORITY = "authority", "the authority"
    ACTOR = "actor", "only the person who acted"


class AboutRecord(models.Model):
    """The record that a piece of evidence is about: its kind, key and name at that time."""

    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    object_label = models.CharField(max_length=300)

    class Meta:
        abstract = True


class ForAudience(models.QuerySet[Row]):
    """Rows that carry an audience and the person who made them."""

    actor_field: ClassVar[str] = "actor"

    def readable_by(self, user: "Actor") -> Self:
        """Keep the rows whose audience includes the person; seeing the record itself is asked apart."""
        return self.filter(
            Q(audience=Audience.EVERYONE)
            | Q(audience=user.side)
            | Q(**{"audience": Audience.ACTOR, f"{self.actor_field}_id": user.pk})
        )


class EventQuerySet(ForAudience["Event"]):
    """Trail events."""

    def about(self, root: models.Model) -> Self:
        """Keep the events shown on the page of this record, its parts included, newest first."""
        return self.filter(root_type=root._meta.label_lower, root_id=root.pk).order_by("-seq")


class Event(AboutRecord):
    """One line of the append-only trail, chained to the line before it by its hash."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=200)
    code = models.CharField(max_length=60)
    sentence = models.CharField(max_length=400)
    why = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    root_type = models.CharField(max_length=60)
    root_id = models.UUIDField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["root_type", "root_id", "seq"], name="event_by_root"),
            models.Index(fields=["code"], name="event_by_code"),
        ]
        verbose_name = "trail event"

    def __str__(self) -> str:
        return f"Event {self.seq}, {self.code}"


class TrailHead(models.Model):
    """The one row that holds the end of the chain; locking it puts writers of the trail in line."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class Signature(AboutRecord):
    """A signature: who, in which role, when, with which meaning, over the hash of what was shown."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=200)
    at = models.DateTimeField()
    meaning = models.CharField(max_length=60)
    statement = models.TextField()
    shown = models.JSONField()
    shown_hash = models.CharField(max_length=64)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="signature")

    class Meta:
        ordering: ClassVar = ["at"]
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"], name="signature_by_object")]

    def __str__(self) -> str:
        return f"{self.meaning} by {self.actor_name}, {self.object_label}"


class JobState(models.TextChoices):
    """Where a background job stands."""

    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class JobQuerySet(models.QuerySet["Job"]):
    """Background jobs."""

    def visible_to(self, user: "Actor") -> Self:
        """Keep the jobs that the person asked for on behalf of the organisation they act for now."""
        if user.acts_since is None:
            return self.none()
        return self.filter(requested_by_id=user.pk, requested_at__gte=user.acts_since)


class Job(AboutRecord):
    """A piece of background work that someone asked for, with its progress; it survives a killed worker.

    `asked` says which of several answers is wanted, as the query of an address: a format, a filter.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=200)
    task = models.CharField(max_length=120)
    asked = models.CharField(max_length=1500, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    claim = models.UUIDField(null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["heartbeat_at"], name="job_unfinished", condition=Q(state__in=["queued", "running"])
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "object_id", "requested_by", "asked"],
                condition=Q(state__in=["queued", "running"]),
                name="job_under_way_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.object_label}"

    @property
    def is_live(self) -> bool:
        """Whether the job can still move without a person."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}


class MediaType(models.TextChoices):
    """What kind of file a report is, as browsers name it."""

    PDF = "application/pdf", "PDF"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word file"
    SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Spreadsheet"
    CSV = "text/csv", "CSV file"
    ZIP = "application/zip", "ZIP archive"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return {
            MediaType.PDF: ".pdf",
            MediaType.WORD: ".docx",
            MediaType.SPREADSHEET: ".xlsx",
            MediaType.CSV: ".csv",
            MediaType.ZIP: ".zip",
        }[self]


class IssuedReportQuerySet(ForAudience["IssuedReport"]):
    """Issued reports."""

    actor_field = "issued_by"


class IssuedReport(AboutRecord):
    """A report as it left the portal: the file, its SHA-256 and the content that it was made from.

    `pages` is empty where only the program that opens the file can count them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    file = models.FileField(upload_to="reports/%Y/%m")
    file_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100, choices=MediaType, default=MediaType.PDF)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)
    content = models.JSONField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_by_name = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report")

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-issued_at"]
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"], name="report_by_object")]
        verbose_name = "issued report"

    def __str__(self) -> str:
        return f"{self.title}, {self.object_label}"
