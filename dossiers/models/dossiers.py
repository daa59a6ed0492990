"""Dossiers, their sections and requirements, and their clock."""

import re
from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Left, StrIndex
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role, Side
from classification.models import Assessment
from dossiers.models.products import COMBINED, Product, class_in_words
from dossiers.statuses import (
    EDITABLE,
    NEXT_KINDS,
    ClockKind,
    DossierOutcome,
    DossierStatus,
    Procedure,
    RequirementState,
)

TONES = {
    DossierStatus.DRAFT: "open",
    DossierStatus.FILED: "go",
    DossierStatus.RETURNED: "warn",
    DossierStatus.VALIDATED: "go",
    DossierStatus.IN_REVIEW: "go",
    DossierStatus.CLOCK_STOPPED: "paused",
    DossierStatus.CONCLUDED: "none",
    DossierStatus.WITHDRAWN: "none",
}


def today_at_the_site() -> date:
    """Return today's date at the site, in whatever zone the caller runs."""
    return timezone.localdate(timezone=ZoneInfo(settings.SITE_TIME_ZONE))


REPETITION = re.compile(r"-\d+")


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers."""

    def visible_to(self, user: User) -> Self:
        """Keep what the person may see.

        A sponsor sees its own, its outside helpers what they are invited to until their last day; a
        coordinator all that was ever filed; a reviewer what they are assigned to.
        """
        match user.role:
            case Role.HELPER:
                return self.filter(
                    organisation_id=user.organisation_id,
                    members__person_id=user.pk,
                    members__ended_at=None,
                    members__ends_on__gte=today_at_the_site(),
                )
            case role if role and Role(role).side is Side.SPONSOR:
                return self.filter(organisation_id=user.organisation_id)
            case Role.COORDINATOR:
                return self.filter(filed_at__isnull=False)
            case Role.REVIEWER:
                return self.filter(
                    assignments__reviewer_id=user.pk, assignments__ended_at=None, filed_at__isnull=False
                )
            case _:
                return self.none()

    def with_product(self) -> Self:
        """Fetch what every page of a dossier shows of its product and sponsor."""
        return self.select_related("product__assessment", "organisation")


class Dossier(models.Model):
    """The regulatory dossier of a product in one procedure.

    `assessment` and `outcome_class` are what its sections and requirements follow from; the product may have
    adopted a newer classification since. `next_sequence` is the one that the sponsor prepares now.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="dossiers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    procedure = models.CharField(max_length=20, choices=Procedure)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    outcome_class = models.CharField("class", max_length=30)
    structure = models.CharField("state of the structure", max_length=20)
    status = models.CharField(max_length=16, choices=DossierStatus, default=DossierStatus.DRAFT)
    outcome = models.CharField(max_length=16, choices=DossierOutcome, blank=True)
    planned_on = models.DateField("planned filing", null=True, blank=True)
    next_sequence = models.ForeignKey(
        "dossiers.Sequence", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(unique=True, default=uuid4)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-changed_at"], name="dossier_by_sponsor"),
            models.Index(fields=["status", "-changed_at"], name="dossier_by_status"),
            models.Index(fields=["-filed_at"], name="dossier_by_filing"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[DossierStatus.DRAFT, DossierStatus.WITHDRAWN])
                | Q(filed_at__isnull=False),
                name="dossier_filed_when",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="") & ~Q(status=DossierStatus.CONCLUDED))
                | (~Q(outcome="") & Q(status=DossierStatus.CONCLUDED)),
                name="dossier_concluded_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product.name}, {self.number}"

    def get_absolute_url(self) -> str:
        """Return the dossier's page."""
        return reverse("dossiers:dossier", args=[self.pk])

    @property
    def is_combined(self) -> bool:
        """Whether the device part and the interface are assessed too."""
        return self.outcome_class.startswith(COMBINED)

    @property
    def class_in_words(self) -> str:
        """The class as people write it: "Combined TEP"."""
        return class_in_words(self.outcome_class)

    @property
    def tone(self) -> str:
        """How urgent the state is, as the marks of the pages show it."""
        return TONES[DossierStatus(self.status)]

    @property
    def is_editable(self) -> bool:
        """Whether the sponsor may change its documents: while nothing is filed, or for the next sequence."""
        return self.status in EDITABLE or self.is_preparing_next

    @property
    def is_preparing_next(self) -> bool:
        """Whether the sponsor prepares the next sequence beside what the authority has."""
        return self.next_sequence_id is not None and self.status in NEXT_KINDS


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections."""

    def visible_to(self, user: User) -> Self:
        """Keep the sections of dossiers that the person sees; for the authority, no branch never filed.

        What a further repetition is of, a new manufacturer for one, is the sponsor's until it is filed.
        """
        seen = self.filter(dossier__in=Dossier.objects.visible_to(user))
        match user.side:
            case Side.SPONSOR:
                return seen
            case Side.AUTHORITY:
                filed = Section.objects.filter(
                    dossier=OuterRef("dossier"),
                    repetition=OuterRef("repetition"),
                    number__startswith=OuterRef("head"),
                    documents__filed_in__isnull=False,
                ).order_by()
                head = Left("number", StrIndex("number", Value("-")))  # "3.2.S-" of "3.2.S-2.2.3"
                return seen.alias(head=head).filter(Q(repetition=1) | Exists(filed))
            case _:
                return self.none()

    def in_tree(self) -> Self:
        """Leave out what the class of the product no longer asks for and nothing is in."""
        return self.filter(is_left_out=False)


class Section(models.Model):
    """A place in the tree of the Common Technical Document.

    A branch that stands there once per substance, product or indication has its further repetitions beside
    it: "3.2.S.2.3" of the first is "3.2.S-2.2.3" of the second. `attributes`, on the head of a branch, say
    what it is of; the eCTD tells the repetitions apart by them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="sections")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    module = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField()
    holds_documents = models.BooleanField()
    is_expected = models.BooleanField()
    why_expected = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("wanted by", null=True, blank=True)
    folder = models.CharField(max_length=160, blank=True)
    repetition = models.PositiveSmallIntegerField(default=1)
    attributes = models.JSONField(default=dict, blank=True)
    is_left_out = models.BooleanField("taken out of the tree with another class", default=False)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "position"], name="section_position"),
            models.UniqueConstraint(fields=["dossier", "number"], name="section_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"

    def get_absolute_url(self) -> str:
        """Return the section's page."""
        return reverse("dossiers:section", args=[self.dossier_id, self.number])

    @property
    def heading(self) -> str:
        """The title, with what the repetition is of: "Drug substance: vector, Norvia"."""
        return ": ".join(filter(None, (self.title, ", ".join(self.attributes.values()))))

    @property
    def branch(self) -> SectionQuerySet:
        """The section and everything below it."""
        below = Q(number=self.number) | Q(number__startswith=f"{self.number}.")
        return Section.objects.filter(below, dossier=self.dossier_id)

    @property
    def printed_number(self) -> str:
        """The number in the Common Technical Document, the same in every repetition."""
        return REPETITION.sub("", self.number)

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class Requirement(models.Model):
    """What the law asks of this dossier, and how the sponsor answers it.

    `earlier_answer` is what stood here before another class of the product put the requirement aside; it
    comes back with the requirement.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="requirements")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="requirements")
    code = models.CharField(max_length=20)
    text = models.TextField()
    evidence_hint = models.TextField(blank=True)
    citation = models.CharField(max_length=300)
    trust = models.CharField(max_length=4)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=RequirementState, default=RequirementState.OPEN)
    document = models.ForeignKey(
        "dossiers.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    page = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    earlier_answer = models.JSONField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "code"], name="requirement_code"),
            models.CheckConstraint(
                condition=Q(state=RequirementState.OPEN)
                | Q(state=RequirementState.MET, document__isnull=False)
                | (Q(state=RequirementState.NOT_APPLICABLE) & ~Q(reason="")),
                name="requirement_answer_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class ClockEntry(models.Model):
    """One line of the clock ledger: what moved the clock, when, and on which day of the procedure."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="clock")
    kind = models.CharField(max_length=10, choices=ClockKind)
    on = models.DateField()
    day = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["written_at"]
        verbose_name_plural = "clock entries"
