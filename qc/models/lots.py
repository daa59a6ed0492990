"""Lots."""

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role, Side
from dossiers.models import Product
from qc.models.specifications import Specification
from qc.statuses import Certification, LotStatus


class LotQuerySet(models.QuerySet["Lot"]):
    """Lots."""

    def visible_to(self, user: User) -> Self:
        """Keep the sponsor's own; lots reach the authority as documents of the dossier."""
        match user.side:
            case Side.SPONSOR if user.role != Role.HELPER:
                return self.filter(organisation_id=user.organisation_id)
            case _:
                return self.none()


class Lot(models.Model):
    """A lot of a living drug: one patient's, or many doses from one donor."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lots")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lots")
    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="lots")
    number = models.CharField(max_length=40)
    patient_pseudonym = models.CharField(max_length=40, blank=True)
    chain_of_identity = models.CharField(max_length=60, blank=True)
    containers = models.PositiveSmallIntegerField(default=1)
    manufactured_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    clinical_contact = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=16, choices=LotStatus, default=LotStatus.QUARANTINE)
    certification = models.CharField(max_length=8, choices=Certification, default=Certification.NONE)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    finalised_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finalised_at = models.DateTimeField(null=True)
    rejection = models.CharField("reason of the rejection", max_length=500, blank=True)
    failed_at = models.DateTimeField("first late failing result", null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects = LotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-manufactured_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-manufactured_at"], name="lot_by_sponsor"),
            models.Index(
                fields=["organisation"],
                name="lot_watched",
                condition=Q(
                    status__in=[
                        LotStatus.QUARANTINE,
                        LotStatus.UNDER_REVIEW,
                        LotStatus.RELEASED_INITIAL,
                        LotStatus.LATE_OOS,
                    ]
                ),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="lot_number_per_sponsor"),
            models.CheckConstraint(
                condition=Q(certification=Certification.NONE)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="lot_certified_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(certification=Certification.FINAL)
                | Q(finalised_by__isnull=False, finalised_at__isnull=False),
                name="lot_certified_finally_who_when",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="lot_submitted_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=LotStatus.REJECTED) | ~Q(rejection=""), name="lot_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status=LotStatus.LATE_OOS) | Q(failed_at__isnull=False),
                name="lot_failed_late_when",
            ),
            models.CheckConstraint(condition=Q(containers__gte=1), name="lot_has_a_container"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the lot's page."""
        return reverse("qc:lot", args=[self.pk])

    @property
    def shelf_life(self) -> timedelta:
        """How long the lot lives, counted in elapsed hours whatever the clocks on the wall do."""
        return self.expires_at - self.manufactured_at

    def is_expired(self, now: datetime) -> bool:
        """Whether the shelf life is over."""
        return now >= self.expires_at

    def day_of(self, moment: datetime) -> int:
        """Return on which day after manufacture a moment lies, by the calendar of the site."""
        site = ZoneInfo(settings.SITE_TIME_ZONE)
        return (timezone.localdate(moment, site) - timezone.localdate(self.manufactured_at, site)).days
