"""Assessments: the classification of a candidate, from the first answer to the signed verdict."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role, Side
from classification.engine import ProductFacts, Question, asked_questions


class AssessmentStatus(models.TextChoices):
    """Where a classification stands."""

    DRAFT = "draft", "Draft"
    FINALISED = "finalised", "Signed"
    SUPERSEDED = "superseded", "Superseded"


class Mechanism(models.TextChoices):
    """What the applicant claims that the product does; a potency test is a functional test of this."""

    KILLS_TARGETS = "kills_targets", "Kills target cells"
    CALMS_IMMUNITY = "calms_immunity", "Calms the immune system"
    PRIMES_IMMUNITY = "primes_immunity", "Primes an immune response"
    SECRETES_FACTORS = "secretes_factors", "Secretes factors that act on tissue"
    MAKES_PROTEIN = "makes_protein", "Makes a missing protein from the transgene"
    CORRECTS_GENE = "corrects_gene", "Corrects or adds a gene"
    REBUILDS_BLOOD = "rebuilds_blood", "Rebuilds the blood system"
    FORMS_TISSUE = "forms_tissue", "Forms new tissue"
    CLOSES_WOUND = "closes_wound", "Covers or closes a wound"
    OTHER = "other", "Other"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def visible_to(self, user: User) -> Self:
        """Keep the sponsor's own; a candidate is not the business of the authority or of outside helpers."""
        match user.side:
            case Side.SPONSOR if user.role != Role.HELPER:
                return self.filter(organisation_id=user.organisation_id)
            case _:
                return self.none()

    def with_code(self, organisation: Organisation | None, code: str) -> Self:
        """Keep the versions of the candidate that an organisation calls by this code, whatever its case."""
        return self.filter(organisation=organisation, code__iexact=code)


def counted(facts: ProductFacts, ruleset: str) -> ProductFacts:
    """The facts without the answers of closed branches; under another law other branches are closed."""
    for _ in range(2):  # a closed branch can close the question about the donor behind it
        facts = facts.only(question.key for question in asked_questions(facts, ruleset))
    return facts


class Assessment(models.Model):
    """The classification of a candidate; it knows no product.

    `answers` holds exchange names; a given "unknown" is an answer, a question nobody has answered has no key.
    `supersedes` is the version before of the same candidate; `copied_from` another one whose answers it took.
    `ruleset_version` says which version of our encoding decided; it is empty until the signature.
    `changed_in` holds, for each answer and each described field, the edition in which it last changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assessments")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    name = models.CharField(max_length=200)
    indication = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    mechanism = models.CharField("claimed mechanism", max_length=20, choices=Mechanism, blank=True)
    mechanism_text = models.TextField("the claim in words", blank=True)
    answers = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    changed_in = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    ruleset = models.CharField(max_length=30, default="EU-2009")
    ruleset_version = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    verdict = models.JSONField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    finalised_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finalised_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-changed_at"], name="assessment_by_sponsor")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("code"), "version", name="assessment_code_version"),
            models.CheckConstraint(
                condition=Q(finalised_by=None, finalised_at=None)
                | Q(finalised_by__isnull=False, finalised_at__isnull=False),
                name="assessment_finalised_who_when",
            ),
            models.CheckConstraint(
                condition=Q(status=AssessmentStatus.DRAFT) | Q(finalised_at__isnull=False),
                name="assessment_final_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}" if self.version > 1 else self.code

    def get_absolute_url(self) -> str:
        """Return the page of the verdict."""
        return reverse("classification:assessment", args=[self.pk])

    @property
    def is_final(self) -> bool:
        """Whether a signature seals the answers."""
        return self.status != AssessmentStatus.DRAFT

    @property
    def facts(self) -> ProductFacts:
        """The answers that count; those of a closed branch are kept, but the rules do not see them."""
        return counted(ProductFacts.from_exchange(self.answers), self.ruleset)

    def facts_without(self, key: str) -> ProductFacts:
        """The answers that would count if one question had none; of its branches none is closed then."""
        others = {each: answer for each, answer in self.answers.items() if each != key}
        return counted(ProductFacts.from_exchange(others), self.ruleset)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that matter with these answers, or can still come to matter."""
        return asked_questions(self.facts, self.ruleset)

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The asked questions that nobody has answered, not even with "I do not know"."""
        return tuple(question for question in self.asked if question.key not in self.answers)
