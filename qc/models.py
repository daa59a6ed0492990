"""Specifications, lots and results."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Side
from dossiers.models import Product
from qc.statuses import (
    Certification,
    Conclusion,
    CriterionKind,
    LotStatus,
    ResultStatus,
    SpecificationStatus,
)


class OfSponsor(models.QuerySet["models.Model"]):
    """Rows that belong to one sponsor."""

    def visible_to(self, user: User) -> Self:
        """Keep the sponsor's own; lots reach the authority as documents of the dossier."""
        match user.side:
            case Side.SPONSOR:
                return self.filter(organisation_id=user.organisation_id)
            case _:
                return self.none()


class Specification(models.Model):
    """The specification of a product in one version; a lot is judged against the one in force for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="specifications")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="specifications")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=SpecificationStatus, default=SpecificationStatus.DRAFT)
    shelf_life_hours = models.PositiveIntegerField("shelf life in hours")
    dossier_section = models.CharField("section of the dossier", max_length=20, default="3.2.P.5.1")
    effective_from = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects = OfSponsor.as_manager()

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"], name="specification_code_version"
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(status=SpecificationStatus.EFFECTIVE),
                name="one_specification_in_force",
            ),
            models.CheckConstraint(
                condition=Q(status=SpecificationStatus.DRAFT)
                | Q(approved_by__isnull=False, approved_at__isnull=False, effective_from__isnull=False),
                name="specification_in_force_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}"

    def get_absolute_url(self) -> str:
        """Return the specification's page."""
        return reverse("qc:specification", args=[self.pk])


class SpecificationTest(models.Model):
    """One line of a specification: test, method, criterion, and when its result may arrive."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    specification = models.ForeignKey(Specification, on_delete=models.CASCADE, related_name="tests")
    position = models.PositiveIntegerField()
    category = models.CharField(max_length=40)
    name = models.CharField("test", max_length=200)
    method = models.CharField(max_length=200)
    criterion = models.CharField(max_length=8, choices=CriterionKind)
    lower = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    is_lower_inclusive = models.BooleanField(default=True)
    upper = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    is_upper_inclusive = models.BooleanField(default=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=40, blank=True)
    expected_text = models.CharField(max_length=200, blank=True)
    turnaround_hours = models.DecimalField(max_digits=7, decimal_places=2)
    may_follow_release = models.BooleanField(
        default=False, help_text="The result may arrive after the initial certification."
    )
    source = models.CharField(max_length=300, blank=True)
    is_template = models.BooleanField(
        default=True, help_text="The limit comes from a template and nobody has taken it over yet."
    )

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["specification", "position"], name="test_position")
        ]

    def __str__(self) -> str:
        return self.name


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
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfSponsor.as_manager()

    class Meta:
        ordering: ClassVar = ["-manufactured_at"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-manufactured_at"], name="lot_by_sponsor")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="lot_number_per_sponsor"),
            models.CheckConstraint(
                condition=Q(certification=Certification.NONE)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="lot_certified_who_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the lot's page."""
        return reverse("qc:lot", args=[self.pk])


class Result(models.Model):
    """One reading of one test on one lot; never overwritten, a correction is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="results")
    test = models.ForeignKey(SpecificationTest, on_delete=models.PROTECT, related_name="results")
    qualifier = models.CharField(max_length=1, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    text = models.CharField(max_length=200, blank=True)
    is_final = models.BooleanField(default=True)
    read_on_day = models.PositiveSmallIntegerField(null=True)
    conclusion = models.CharField(max_length=14, choices=Conclusion)
    status = models.CharField(max_length=12, choices=ResultStatus, default=ResultStatus.ENTERED)
    analyst = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["entered_at"]
        indexes: ClassVar = [models.Index(fields=["lot", "test"], name="result_by_lot_and_test")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(supersedes=None) | ~Q(reason=""), name="retest_has_a_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="result_reviewed_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test} of {self.lot}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.lot

    @property
    def reported(self) -> Decimal | str:
        """The value as it is compared: rounded to the decimals of the limit (USP General Notices 7.20)."""
        if self.value is None:
            return self.text
        return self.value.quantize(Decimal(1).scaleb(-self.test.decimals), ROUND_HALF_UP)
