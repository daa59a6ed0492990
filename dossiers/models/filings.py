"""Sequences of a dossier, the attempts to file each, and what a next sequence carries over."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from dossiers.models.dossiers import Dossier, Requirement, Section
from dossiers.statuses import CarriedKind, FilingKind, FilingResult

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


class Sequence(models.Model):
    """One number in the life of a dossier; it keeps the number however often it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sequences")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=FilingKind)
    answers_to = models.CharField("what it answers", max_length=200, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="sequence_number_once")
        ]

    def __str__(self) -> str:
        return f"Sequence {self.name}"

    @property
    def name(self) -> str:
        """The number as folders are named: "0000"."""
        return f"{self.number:04}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class FilingQuerySet(models.QuerySet["Filing"]):
    """Attempts to file."""

    def visible_to(self, user: User) -> Self:
        """Keep the filings of the dossiers that the person sees; every filing is for both sides."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def with_content(self) -> Self:
        """Fetch the content too, for who reads that of many filings."""
        return self.defer(None)

    def last_content(self, part: str) -> Any:
        """Return one part of what the last of these filings contained; None where nothing was filed."""
        parts = self.order_by("sequence__number", "attempt").values_list(f"content__{part}", flat=True)
        return parts.last()


class FilingManager(models.Manager["Filing"]):
    """Attempts to file, each with its sequence: nothing is said of one without its number.

    The content can be a megabyte and most pages show none of it, so it is fetched when it is asked for.
    """

    def get_queryset(self) -> Any:
        """Read the sequence along, and leave the content."""
        return super().get_queryset().select_related("sequence").defer("content")


class Filing(models.Model):
    """One attempt to file a sequence: what it contained, frozen under its hash, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="filings")
    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="attempts")
    attempt = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    document_count = models.PositiveIntegerField(default=0)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_by_name = models.CharField(max_length=200)
    filed_by_role = models.CharField(max_length=200, blank=True)
    filed_at = models.DateTimeField(default=timezone.now)
    result = models.CharField(max_length=12, choices=FilingResult, default=FilingResult.WAITING)
    result_reason = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True)

    objects = FilingManager.from_queryset(FilingQuerySet)()

    class Meta:
        ordering: ClassVar = ["sequence__number", "attempt"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sequence", "attempt"], name="filing_attempt_once"),
            models.CheckConstraint(
                condition=Q(result=FilingResult.WAITING, result_at=None)
                | (~Q(result=FilingResult.WAITING) & Q(result_at__isnull=False)),
                name="filing_result_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}, {self.place}"

    def get_absolute_url(self) -> str:
        """Return the page of what was filed."""
        return reverse("dossiers:filing", args=[self.dossier_id, self.pk])

    @property
    def sequence_number(self) -> str:
        """The sequence as folders are named: "0000"."""
        return self.sequence.name

    @property
    def kind_in_words(self) -> str:
        """What the sequence brings: "Responses to questions"."""
        return FilingKind(self.sequence.kind).label

    @property
    def place(self) -> str:
        """Which attempt at which sequence this is: "sequence 0001, second attempt"."""
        return in_words(self.sequence_number, self.attempt)

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


def in_words(number: str, attempt: int) -> str:
    """Name an attempt; the first is not counted."""
    if attempt == 1:
        return f"sequence {number}"
    ordinal = ORDINALS[attempt] if attempt < len(ORDINALS) else f"{attempt}th"
    return f"sequence {number}, {ordinal} attempt"


class Carried(models.Model):
    """Something that the next sequence takes over and that somebody has to look at again.

    `edition` is the version of the document or the edition of the answer or condition when it was taken over:
    what was changed since needs no second look.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="carried")
    kind = models.CharField(max_length=12, choices=CarriedKind)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(
        "dossiers.Document", null=True, on_delete=models.CASCADE, related_name="carried"
    )
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.CASCADE, related_name="carried")
    condition = models.ForeignKey(
        "dossiers.Condition", null=True, on_delete=models.CASCADE, related_name="carried"
    )
    edition = models.PositiveIntegerField()
    why = models.CharField(max_length=300)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["section__position", "kind", "pk"]
        verbose_name = "carried item"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sequence", "document"], name="carried_document_once"),
            models.UniqueConstraint(fields=["sequence", "requirement"], name="carried_answer_once"),
            models.UniqueConstraint(fields=["sequence", "condition"], name="carried_condition_once"),
            models.CheckConstraint(
                condition=Q(
                    kind=CarriedKind.DOCUMENT, document__isnull=False, requirement=None, condition=None
                )
                | Q(kind=CarriedKind.ANSWER, document=None, requirement__isnull=False, condition=None)
                | Q(kind=CarriedKind.CONDITION, document=None, requirement=None, condition__isnull=False),
                name="carried_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="carried_looked_by_and_at",
            ),
        ]

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.sequence.dossier
