"""Files on their way into a dossier: what has come of them, what the checks said, where they shall go."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from dossiers.models.documents import Document
from dossiers.models.dossiers import Dossier
from dossiers.statuses import UploadState

FOLDER = "uploads"


def in_some_days() -> datetime:
    """Return until when an upload waits for the person who began it."""
    return timezone.now() + timedelta(days=settings.UPLOAD_DAYS)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own, in dossiers that they still see: a file is shared once it is placed."""
        return self.filter(person_id=user.pk, dossier__in=Dossier.objects.visible_to(user))

    def waiting(self) -> Self:
        """Leave out what became a document."""
        return self.exclude(state=UploadState.PLACED)

    def left_by_a_worker(self) -> Self:
        """Keep what waits for the checks longer than a living worker would let it wait."""
        lease = timezone.now() - timedelta(seconds=settings.JOB_LEASE_SECONDS)
        return self.filter(state__in=[UploadState.ARRIVED, UploadState.CHECKING], changed_at__lt=lease)


class Upload(models.Model):
    """A file on its way; its key names it to the browser, its mark tells the same file sent again.

    The bytes lie beside the database under the key until the file is placed, refused or thrown away.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="uploads")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    mark = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.COMING)
    claim = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    wrong = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    md5 = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)
    section = models.CharField(max_length=20, blank=True)
    file_name = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=300, blank=True)
    typed = models.JSONField("what was typed about it", default=dict)
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_some_days)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at"]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="upload_expires")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "person", "mark"],
                condition=~Q(state=UploadState.PLACED),
                name="upload_of_a_file_once",
            ),
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_not_over_its_size"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return where its bytes are sent and its state is asked."""
        return reverse("dossiers:upload", args=[self.dossier_id, self.pk])

    @property
    def path(self) -> Path:
        """Where its bytes lie: under its own key, so that no name of a person's can matter."""
        return Path(settings.MEDIA_ROOT) / FOLDER / self.pk.hex[:2] / f"{self.pk}.part"

    @property
    def percent(self) -> int:
        """How much of it is here."""
        return 100 * self.received // self.size

    @property
    def is_settled(self) -> bool:
        """Whether nothing more happens to it without the person."""
        return self.state in {UploadState.FIT, UploadState.REFUSED, UploadState.PLACED}

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier
