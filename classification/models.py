"""Assessments: the classification of a candidate, from the first answer to the signed verdict."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Side


class AssessmentStatus(models.TextChoices):
    """Where a classification stands."""

    DRAFT = "draft", "Draft"
    FINALISED = "finalised", "Signed"
    SUPERSEDED = "superseded", "Superseded"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def visible_to(self, user: User) -> Self:
        """Keep the sponsor's own; a candidate is not the authority's business."""
        match user.side:
            case Side.SPONSOR:
                return self.filter(organisation_id=user.organisation_id)
            case _:
                return self.none()


class Assessment(models.Model):
    """The classification of a candidate; it knows no product."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assessments")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    name = models.CharField(max_length=200)
    indication = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    ruleset = models.CharField(max_length=30, default="EU-2009")
    outcome = models.CharField(max_length=30, blank=True)
    verdict = models.JSONField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    finalised_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finalised_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-changed_at"], name="assessment_by_sponsor")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="assessment_code_version"
            ),
            models.CheckConstraint(
                condition=Q(finalised_by=None, finalised_at=None)
                | Q(finalised_by__isnull=False, finalised_at__isnull=False),
                name="assessment_finalised_who_when",
            ),
            models.CheckConstraint(
                condition=Q(status=AssessmentStatus.DRAFT) | Q(finalised_at__isnull=False),
                name="assessment_final_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}" if self.version > 1 else self.code

    def get_absolute_url(self) -> str:
        """Return the page of the verdict, or of the wizard while answers are missing."""
        return reverse("classification:assessment", args=[self.pk])

    @property
    def is_final(self) -> bool:
        """Whether a signature seals the answers."""
        return self.status != AssessmentStatus.DRAFT

    def answered(self) -> dict[str, Any]:
        """Return the answers under their exchange names, a given "unknown" included."""
        return dict(self.answers)
