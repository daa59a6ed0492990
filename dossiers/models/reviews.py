"""Who reviews a dossier, in which duty, and the parts that are concluded."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from dossiers.models.dossiers import Dossier
from dossiers.statuses import Discipline, Duty, PartKind, PartStatus, Recommendation


class Assignment(models.Model):
    """That a reviewer has a duty on a dossier."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=10, choices=Duty)
    discipline = models.CharField(max_length=16, choices=Discipline, blank=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["assigned_at"]
        indexes: ClassVar = [models.Index(fields=["reviewer", "dossier"], name="assignment_by_reviewer")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "reviewer"], condition=Q(ended_at=None), name="one_duty_per_reviewer"
            ),
            models.UniqueConstraint(
                fields=["dossier", "duty"],
                condition=Q(ended_at=None, duty__in=[Duty.LEAD, Duty.CO_LEAD]),
                name="one_lead_and_one_co_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.get_duty_display().lower()}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class PartQuerySet(models.QuerySet["Part"]):
    """Parts of assessments."""

    def in_order(self) -> Self:
        """Sort as they are read: medicinal, device, interface."""
        order = models.Case(
            *[models.When(kind=kind, then=place) for place, kind in enumerate(PartKind.values)],
            output_field=models.IntegerField(),
        )
        return self.order_by(order)


class Part(models.Model):
    """A part of the assessment of a dossier, with its conclusion."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=12, choices=PartKind)
    status = models.CharField(max_length=10, choices=PartStatus, default=PartStatus.OPEN)
    recommendation = models.CharField(max_length=16, choices=Recommendation, blank=True)
    text = models.TextField("assessment", blank=True)
    edition = models.PositiveIntegerField(default=1)
    concluded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "kind"], name="part_kind"),
            models.CheckConstraint(
                condition=Q(concluded_by=None, concluded_at=None)
                | Q(concluded_by__isnull=False, concluded_at__isnull=False),
                name="part_concluded_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.dossier}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier
