"""Specifications and their lines."""

from datetime import timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role, Side
from classification.models import Mechanism
from dossiers.models import Product
from qc.evaluation import Criterion, in_words
from qc.statuses import Category, CriterionKind, SpecificationStatus


class SpecificationQuerySet(models.QuerySet["Specification"]):
    """Specifications."""

    def visible_to(self, user: User) -> Self:
        """Keep the sponsor's own; the authority reads a specification as a document of the dossier."""
        match user.side:
            case Side.SPONSOR if user.role != Role.HELPER:
                return self.filter(organisation_id=user.organisation_id)
            case _:
                return self.none()

    def in_force(self) -> Self:
        """Keep the specifications that new lots are judged against."""
        return self.filter(status=SpecificationStatus.EFFECTIVE)


class Specification(models.Model):
    """The specification of a product in one version; a lot keeps the one that was in force for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="specifications")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="specifications")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=SpecificationStatus, default=SpecificationStatus.DRAFT)
    shelf_life_hours = models.PositiveIntegerField("shelf life in hours")
    storage = models.CharField("storage condition", max_length=60, blank=True)
    family = models.CharField("template that it began from", max_length=40, blank=True)
    dossier_section = models.CharField("section of the dossier", max_length=20, default="3.2.P.5.1")
    effective_from = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects = SpecificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "code", "-version"], name="specification_by_sponsor")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="specification_code_version"
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(status=SpecificationStatus.EFFECTIVE),
                name="one_specification_in_force",
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(status=SpecificationStatus.DRAFT),
                name="one_draft_of_a_specification",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[SpecificationStatus.DRAFT, SpecificationStatus.WITHDRAWN])
                | Q(approved_by__isnull=False, approved_at__isnull=False, effective_from__isnull=False),
                name="specification_in_force_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}"

    def get_absolute_url(self) -> str:
        """Return the specification's page."""
        return reverse("qc:specification", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether its lines may still change."""
        return self.status == SpecificationStatus.DRAFT


class SpecificationTest(models.Model):
    """One line of a specification: test, method, criterion, and when its result may arrive."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    specification = models.ForeignKey(Specification, on_delete=models.CASCADE, related_name="tests")
    position = models.PositiveIntegerField()
    category = models.CharField(max_length=40, choices=Category)
    name = models.CharField("test", max_length=200)
    method = models.CharField(max_length=200)
    criterion = models.CharField(max_length=8, choices=CriterionKind)
    lower = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    is_lower_inclusive = models.BooleanField(default=True)
    upper = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    is_upper_inclusive = models.BooleanField(default=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=80, blank=True)
    expected_text = models.CharField(max_length=200, blank=True)
    turnaround_hours = models.DecimalField(max_digits=7, decimal_places=2)
    may_follow_release = models.BooleanField(default=False)
    read_days = models.CharField("days of the interim reads", max_length=60, blank=True)
    alternative = models.CharField("alternatives", max_length=10, blank=True)
    mechanism = models.CharField(
        "mechanism that a potency test tests", max_length=20, choices=Mechanism, blank=True
    )
    source = models.CharField(max_length=300, blank=True)
    is_template = models.BooleanField(
        default=False, help_text="The limit comes from a template and nobody has taken it over yet."
    )
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["specification", "position"], name="test_position")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_root(self) -> Specification:
        """The record on whose page the trail is shown."""
        return self.specification

    @property
    def limit(self) -> Criterion:
        """The criterion as plain values, for the evaluation."""
        return Criterion(
            self.criterion,
            self.lower,
            self.is_lower_inclusive,
            self.upper,
            self.is_upper_inclusive,
            self.decimals,
            self.expected_text,
        )

    @property
    def limit_in_words(self) -> str:
        """The criterion as the table shows it, without the unit."""
        return in_words(self.limit)

    @property
    def is_numeric(self) -> bool:
        """Whether the result is a number."""
        return self.criterion not in {CriterionKind.TEXT, CriterionKind.ABSENT}

    @property
    def scheduled_reads(self) -> tuple[int, ...]:
        """The days on which the running test is read before it ends."""
        return tuple(int(day) for day in self.read_days.split(",") if day.strip())

    @property
    def turnaround(self) -> timedelta:
        """How long the test takes."""
        return timedelta(hours=float(self.turnaround_hours))

    @property
    def duration(self) -> str:
        """How long the test takes, as labs say it: "30 min", "6 h", "14 d"."""
        hours = self.turnaround_hours
        if hours < 1:
            return f"{hours * 60:.0f} min"
        if hours > 72 and hours % 24 == 0:
            return f"{hours / 24:.0f} d"
        return f"{hours.normalize():f} h"
