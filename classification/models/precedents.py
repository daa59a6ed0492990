"""Published classifications, the precedents: what was decided on which facts, and how far that is checked."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classification.engine.precedents import NOT_ATMP, PublishedCase, Verification


class PublishedOutcome(models.TextChoices):
    """What was published; of what is no ATMP the publication rarely says more."""

    GTMP = "GTMP", "GTMP"
    SCTMP = "sCTMP", "sCTMP"
    TEP = "TEP", "TEP"
    COMBINED_GTMP = "combined-GTMP", "Combined GTMP"
    COMBINED_SCTMP = "combined-sCTMP", "Combined sCTMP"
    COMBINED_TEP = "combined-TEP", "Combined TEP"
    NOT_ATMP = NOT_ATMP, "Not an ATMP"


class RowKind(models.TextChoices):
    """What kind of publication it is."""

    RECOMMENDATION = "cat_recommendation", "Recommendation of the CAT"
    AUTHORISED = "authorised_product", "Authorised product"
    APPLICATION = "maa_not_authorised", "Application without authorisation"
    EXAMPLE = "guidance_example", "Example in guidance"


class TrustMark(models.TextChoices):
    """What a published classification was checked against, or why it was not."""

    PRIMARY = str(Verification.PRIMARY), "Publication"
    EPAR = str(Verification.EPAR), "Assessment report"
    SECONDARY = str(Verification.SECONDARY), "Secondary source"
    COMPANY = str(Verification.COMPANY), "Company statement"
    WELL_KNOWN = str(Verification.WELL_KNOWN), "Well known"
    INFERRED = str(Verification.INFERRED), "Class inferred"
    RECALLED = str(Verification.RECALLED), "From memory"
    IMPORTED = str(Verification.IMPORTED), "Imported"


class PrecedentImport(models.Model):
    """One published list that was brought in: by whom, and what became of its rows."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    list_name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    skipped = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-imported_at"]

    def __str__(self) -> str:
        return self.list_name


class PrecedentQuerySet(models.QuerySet["Precedent"]):
    """Precedents."""

    def visible_to(self, user: User) -> Self:
        """Keep all for everybody who is logged in: what was published is no secret."""
        return self.all() if user.is_authenticated else self.none()


class Precedent(models.Model):
    """A published classification; `facts` holds what is known of the product, by column.

    `dated` is the date as it was published; the library also sorts by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=30, unique=True)
    product = models.CharField(max_length=1000)
    indication = models.CharField(max_length=600, blank=True)
    outcome = models.CharField(max_length=20, choices=PublishedOutcome)
    outcome_words = models.CharField(max_length=300)
    dated = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    source = models.CharField(max_length=300)
    source_url = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    row_kind = models.CharField(max_length=30, choices=RowKind)
    verification = models.CharField(max_length=30, choices=TrustMark)
    note = models.CharField(max_length=300, blank=True)
    list_name = models.CharField(max_length=120)
    imported_in = models.ForeignKey(
        PrecedentImport, null=True, on_delete=models.PROTECT, related_name="precedents"
    )
    imported_at = models.DateTimeField(default=timezone.now, db_index=True)
    fingerprint = models.CharField(max_length=64, unique=True)

    objects = PrecedentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-decided_on", "reference"]
        indexes: ClassVar = [models.Index(fields=["-decided_on", "reference"], name="precedent_by_date")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the page of the precedent."""
        return reverse("classification:precedent", args=[self.pk])

    @property
    def case(self) -> PublishedCase:
        """The precedent as the rules read it."""
        return PublishedCase(
            reference=self.reference,
            product=self.product,
            indication=self.indication,
            outcome=self.outcome,
            verification=self.verification,
            facts=self.facts,
            decided_on=self.decided_on,
        )
