"""Threads of comments on the place that they speak of."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from dossiers.models.documents import DocumentVersion
from dossiers.models.dossiers import Dossier, Section
from dossiers.statuses import ThreadAudience, ThreadStatus


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads."""

    def visible_to(self, user: User) -> Self:
        """Keep the threads on dossiers that the person sees and whose audience includes them."""
        own = Q(audience=ThreadAudience.PRIVATE, started_by_id=user.pk)
        match user.side:
            case Side.SPONSOR:
                shared = Q(audience__in=[ThreadAudience.SPONSOR_TEAM, ThreadAudience.SPONSOR_AND_REVIEW])
            case Side.AUTHORITY:
                shared = Q(audience__in=[ThreadAudience.REVIEW_TEAM, ThreadAudience.SPONSOR_AND_REVIEW])
            case _:
                return self.none()
        return self.filter(own | shared, dossier__in=Dossier.objects.visible_to(user))


class Thread(models.Model):
    """A thread on a section, or on a page and passage of a document version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="threads")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="threads")
    version = models.ForeignKey(DocumentVersion, null=True, on_delete=models.PROTECT, related_name="threads")
    page = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=200, blank=True)
    quads = models.JSONField(default=list)
    audience = models.CharField(max_length=16, choices=ThreadAudience)
    status = models.CharField(max_length=10, choices=ThreadStatus, default=ThreadStatus.OPEN)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["started_at"]
        indexes: ClassVar = [
            models.Index(fields=["dossier", "status"], name="thread_by_dossier"),
            models.Index(fields=["-started_at"], name="thread_by_date"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(version=None, page=None) | Q(version__isnull=False),
                name="thread_page_of_a_version",
            ),
            models.CheckConstraint(
                condition=Q(status=ThreadStatus.OPEN, resolved_by=None, resolved_at=None)
                | Q(status=ThreadStatus.RESOLVED, resolved_by__isnull=False, resolved_at__isnull=False),
                name="thread_resolved_who_when",
            ),
        ]

    def __str__(self) -> str:
        return "Comment thread"  # a number would tell how many threads others keep

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class Comment(models.Model):
    """One contribution to a thread."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(unique=True, default=uuid4)

    class Meta:
        ordering: ClassVar = ["written_at"]
        indexes: ClassVar = [models.Index(fields=["-written_at"], name="comment_by_date")]

    def __str__(self) -> str:
        return self.text[:60]
