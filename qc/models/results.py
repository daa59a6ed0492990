"""Results."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from qc.evaluation import Reading, does_rounding_decide, figure, rounded
from qc.models.lots import Lot
from qc.models.specifications import SpecificationTest
from qc.statuses import Category, Conclusion, CriterionKind, ResultStatus


class Result(models.Model):
    """One reading of one test on one lot; never overwritten, a correction is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="results")
    test = models.ForeignKey(SpecificationTest, on_delete=models.PROTECT, related_name="results")
    raw = models.CharField("as typed", max_length=40, blank=True)
    qualifier = models.CharField(max_length=1, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    is_as_expected = models.BooleanField(null=True)
    text = models.CharField("as observed", max_length=200, blank=True)
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
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lot", "test"],
                condition=Q(is_final=True) & ~Q(status=ResultStatus.INVALIDATED),
                name="one_final_result_counts",
            ),
            models.UniqueConstraint(
                fields=["lot", "test", "read_on_day"],
                condition=Q(is_final=False) & ~Q(status=ResultStatus.INVALIDATED),
                name="one_read_a_day_counts",
            ),
            models.CheckConstraint(condition=Q(supersedes=None) | ~Q(reason=""), name="retest_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_final=True) | Q(read_on_day__isnull=False), name="interim_read_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(is_final=True) | ~Q(conclusion=Conclusion.COMPLIES),
                name="interim_read_never_complies",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="result_reviewed_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=ResultStatus.REVIEWED) | Q(reviewed_by__isnull=False),
                name="result_checked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test} of {self.lot}"

    @property
    def trail_root(self) -> Lot:
        """The record on whose page the trail is shown."""
        return self.lot

    @property
    def reading(self) -> Reading:
        """The reading as plain values, for the evaluation."""
        return Reading(self.value, self.qualifier, self.is_as_expected)

    @property
    def is_checked(self) -> bool:
        """Whether a second person has checked it."""
        return self.status == ResultStatus.REVIEWED

    @property
    def counts(self) -> bool:
        """Whether it was not taken back."""
        return self.status != ResultStatus.INVALIDATED

    @property
    def shown(self) -> str:
        """The result as the analyst read it, in words or as typed."""
        if self.value is not None:
            return f"{self.qualifier} {self.raw.lstrip('<> ')}".strip()
        return self.text or words_of(self)

    @property
    def compared_as(self) -> str:
        """The value as it is compared (USP General Notices 7.20), where the rounding decides; else empty."""
        if self.value is None or not does_rounding_decide(self.test.limit, self.reading):
            return ""
        return figure(rounded(self.value, self.test.decimals))


A_DAY = 24
"""Hours from which a test for microbes is a culture and shows growth; a quicker one is positive."""


def words_of(result: Result) -> str:
    """Say a finding of the eye in the words of its test."""
    if result.is_as_expected is None:
        return "cannot be judged"
    expected, otherwise = _words_for(result.test)
    return expected if result.is_as_expected else otherwise


def _words_for(test: SpecificationTest) -> tuple[str, str]:
    if test.criterion != CriterionKind.ABSENT:
        return "as described", "not as described"
    if test.category not in {Category.STERILITY, Category.BIOBURDEN}:
        return "not detected", "detected"
    return ("no growth", "growth") if test.turnaround_hours >= A_DAY else ("negative", "positive")
