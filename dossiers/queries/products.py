"""What the pages of products read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import Side
from classification.models import Assessment, AssessmentStatus
from dossiers import permissions, reclassification
from dossiers.models import Adoption, Dossier, Product
from dossiers.models.products import class_in_words
from dossiers.queries.plate import IN_PREPARATION
from dossiers.reclassification import Consequences


def product_rows(user: User) -> QuerySet[Product]:
    """Return the products that a person may see, each with its number of dossiers that they may see."""
    seen = Q(dossiers__in=Dossier.objects.visible_to(user).order_by())
    return (
        Product.objects.filter(pk__in=Product.objects.visible_to(user).order_by().values("pk"))
        .select_related("assessment", "organisation")
        .annotate(dossier_count=Count("dossiers", filter=seen, distinct=True))
        .order_by("name")
    )


@dataclass(frozen=True)
class Candidate:
    """A candidate on the way to becoming a product, or why it cannot."""

    assessment: Assessment
    refusal: str | None


def candidates(user: User) -> list[Candidate]:
    """Return the newest classifications of the organisation; those that may become products first."""
    newest = (
        Assessment.objects.visible_to(user)
        .exclude(status=AssessmentStatus.SUPERSEDED)
        .select_related("organisation")
        .order_by("-changed_at")[:200]
    )
    adoptions = Adoption.objects.filter(product__organisation_id=user.organisation_id).order_by()
    adopted = dict(adoptions.values_list("assessment__code", "product__name"))
    found = []
    for assessment in newest:
        refusal = permissions.why_not_become_product(assessment)
        if assessment.code in adopted:
            refusal = f"It is the classification of {adopted[assessment.code]} already."
        found.append(Candidate(assessment, refusal))
    return sorted(found, key=lambda candidate: candidate.refusal is not None)


@dataclass(frozen=True)
class ClassRow:
    """A class that the product carries or carried: from when, until when."""

    adoption: Adoption
    class_in_words: str
    mechanism: str
    replaced_at: datetime | None


@dataclass(frozen=True)
class Offer:
    """A newer signed classification that the product can adopt, with what it would change."""

    assessment: Assessment
    old_class: str
    new_class: str
    old_mechanism: str
    new_mechanism: str
    consequences: list[Consequences]

    @property
    def is_other_class(self) -> bool:
        """Whether the product would carry another class."""
        return self.old_class != self.new_class

    @property
    def is_other_mechanism(self) -> bool:
        """Whether the product would be claimed to do something else."""
        return self.old_mechanism != self.new_mechanism

    @property
    def to_prepare(self) -> list[Consequences]:
        """The dossiers not filed yet that would have to be brought to it."""
        return [
            each for each in self.consequences if each.dossier.status in IN_PREPARATION and not each.is_empty
        ]

    @property
    def to_tell(self) -> list[Consequences]:
        """The filed dossiers of which the authority would have to be told."""
        settled = IN_PREPARATION | reclassification.OVER
        return [each for each in self.consequences if each.dossier.status not in settled]


@dataclass(frozen=True)
class ProductPage:
    """A product with its class, the history of it and its dossiers."""

    product: Product
    adoptions: list[Adoption]
    classes: list[ClassRow]
    dossiers: list[Dossier]
    newer: list[Candidate]
    offer: Offer | None
    is_sponsor: bool
    adopt_refusal: str | None
    dossier_refusal: str | None


def product_page(product: Product, user: User) -> ProductPage:
    """Gather a product; the way to its class is shown to its sponsor only."""
    is_sponsor = user.side == Side.SPONSOR
    adoptions = list(product.adoptions.select_related("assessment", "adopted_by")) if is_sponsor else []
    newer = newer_versions(product, user) if is_sponsor else []
    return ProductPage(
        product=product,
        adoptions=adoptions,
        classes=_classes(adoptions),
        dossiers=list(
            Dossier.objects.visible_to(user)
            .filter(product=product)
            .select_related("product")
            .order_by("number")
        ),
        newer=newer,
        offer=offer_of(product, newer),
        is_sponsor=is_sponsor,
        adopt_refusal=permissions.why_not_adopt(product, user),
        dossier_refusal=permissions.why_not_create_products(user),
    )


def _classes(adoptions: list[Adoption]) -> list[ClassRow]:
    """Return the classes of a product, newest first, each until the next one was adopted."""
    replaced = [None, *(adoption.adopted_at for adoption in adoptions)]
    return [
        ClassRow(
            adoption,
            class_in_words(adoption.assessment.outcome),
            adoption.assessment.get_mechanism_display(),
            replaced_at,
        )
        for adoption, replaced_at in zip(adoptions, replaced, strict=False)
    ]


def offer_of(product: Product, newer: list[Candidate]) -> Offer | None:
    """Say what the newest signed version would change: the class, the claim, and every dossier."""
    newest = next((each.assessment for each in newer if _leads_to_a_class_here(each.assessment)), None)
    if newest is None:
        return None
    dossiers = list(product.dossiers.select_related("product").order_by("number"))
    adopted = product.assessment
    return Offer(
        assessment=newest,
        old_class=product.class_in_words,
        new_class=class_in_words(newest.outcome),
        old_mechanism=adopted.get_mechanism_display(),
        new_mechanism=newest.get_mechanism_display(),
        consequences=reclassification.consequences_of(dossiers, newest),
    )


def _leads_to_a_class_here(assessment: Assessment) -> bool:
    return permissions.why_not_become_product(assessment) is None


def newer_versions(product: Product, user: User) -> list[Candidate]:
    """Return the classifications of the same candidate that are newer than the adopted one."""
    newer = Assessment.objects.filter(
        organisation=product.organisation_id,
        code=product.assessment.code,
        version__gt=product.assessment.version,
    ).order_by("-version")
    return [
        Candidate(assessment, permissions.why_not_adopt_assessment(product, assessment, user))
        for assessment in newer
    ]
