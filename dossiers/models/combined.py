"""What a sponsor fills in for a combined product: fields of its parts, device requirements, conformity."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from dossiers.models.documents import Document
from dossiers.models.dossiers import Dossier
from dossiers.statuses import Applicability, ConformityStatus, GsprJudgement


class CombinedField(models.Model):
    """The value of one field of the device part, the conformity, the medicinal part or the interface.

    A row is made when somebody first writes in the field. `reason` says why a field that depends on the
    product does not apply to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="combined_fields")
    name = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "name"], name="combined_field_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.dossier}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class Gspr(models.Model):
    """A general safety and performance requirement of the device, and how this dossier meets it.

    The sponsor says whether it applies and where the evidence is; the authority's judgement stands apart.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="gsprs")
    number = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField()
    applicability = models.CharField(max_length=16, choices=Applicability, default=Applicability.NOT_DECIDED)
    reason = models.TextField("why it does not apply", blank=True)
    standard = models.CharField("standard or solution", max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(null=True)
    place = models.CharField("place in the dossier", max_length=20, blank=True)
    edition = models.PositiveIntegerField(default=1)
    judgement = models.CharField(max_length=16, choices=GsprJudgement, default=GsprJudgement.OPEN)
    remark = models.TextField(blank=True)
    judged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)
    judgement_edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = "safety and performance requirement"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="gspr_number"),
            models.CheckConstraint(
                condition=~Q(applicability=Applicability.DOES_NOT_APPLY) | ~Q(reason=""),
                name="gspr_left_out_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None)
                | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="gspr_judged_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"GSPR {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is not decided, or applies without evidence in place."""
        if self.applicability == Applicability.APPLIES:
            return self.document is None or self.document.removed_at is not None
        return self.applicability == Applicability.NOT_DECIDED

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class Conformity(models.Model):
    """Where the device part of a combined product stands on its way to conformity: Art 9 of Reg 1394/2007.

    `answer_due_on` is the day by which a notified body that the agency asked has to answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="conformity")
    status = models.CharField(max_length=24, choices=ConformityStatus, default=ConformityStatus.UNKNOWN)
    asked_on = models.DateField(null=True)
    answer_due_on = models.DateField(null=True)

    class Meta:
        verbose_name = "route to conformity"
        verbose_name_plural = "routes to conformity"

    def __str__(self) -> str:
        return f"Conformity of the device of {self.dossier}"

    def get_absolute_url(self) -> str:
        """Return the page of the route to conformity."""
        return reverse("dossiers:combined_block", args=[self.dossier_id, "conformity"])

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class Condition(models.Model):
    """A condition that a notified body set: what, until when, who sees to it, and with what it was closed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="conditions")
    text = models.TextField()
    due_on = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["due_on", "written_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on=None, document=None)
                | Q(closed_on__isnull=False, document__isnull=False),
                name="condition_closed_with_a_document",
            )
        ]

    def __str__(self) -> str:
        return f"Condition of the notified body, due {self.due_on:%d %b %Y}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier
