"""Who reviews a dossier, in which duty, and the parts that are concluded."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from dossiers.models.dossiers import Dossier
from dossiers.statuses import Discipline, DossierStatus, Duty, PartKind, PartStatus, Recommendation

LEADS = frozenset({Duty.LEAD, Duty.CO_LEAD})


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments."""

    def in_force(self) -> Self:
        """Keep the duties that people hold now."""
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> Self:
        """Keep what the person may see; a sponsor knows its lead and co-lead, and nobody else."""
        seen = self.filter(dossier__in=Dossier.objects.visible_to(user))
        match user.side:
            case Side.SPONSOR:
                return seen.filter(ended_at=None, duty__in=LEADS)
            case Side.AUTHORITY:
                return seen
            case _:
                return self.none()


class Assignment(models.Model):
    """That a reviewer has a duty on a dossier."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=10, choices=Duty)
    discipline = models.CharField(max_length=16, choices=Discipline, blank=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects = AssignmentQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="assignment_ended_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(duty=Duty.ASSESSOR, discipline=""),
                name="assessor_of_a_discipline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.duty_line}"

    @property
    def duty_line(self) -> str:
        """The duty in words, with the discipline of an assessor: "assessor, quality"."""
        words = (self.get_duty_display(), self.get_discipline_display() if self.discipline else "")
        return ", ".join(word.lower() for word in words if word)

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class PartQuerySet(models.QuerySet["Part"]):
    """Parts of assessments."""

    def visible_to(self, user: User) -> Self:
        """Keep what the person may see; a sponsor reads the assessment once the outcome is recorded."""
        seen = self.filter(dossier__in=Dossier.objects.visible_to(user))
        match user.side:
            case Side.SPONSOR:
                return seen.filter(dossier__status=DossierStatus.CONCLUDED)
            case Side.AUTHORITY:
                return seen
            case _:
                return self.none()

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
    together = models.TextField("how device and medicine work together", blank=True)
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

    def get_absolute_url(self) -> str:
        """Return the part's page."""
        return reverse("dossiers:part", args=[self.dossier_id, self.kind])

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier
