"""What the pages of products read."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import Side
from classification.models import Assessment, AssessmentStatus
from dossiers import permissions
from dossiers.models import Adoption, Dossier, Product


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
class ProductPage:
    """A product with its class, the history of it and its dossiers."""

    product: Product
    adoptions: list[Adoption]
    dossiers: list[Dossier]
    newer: list[Candidate]
    is_sponsor: bool
    adopt_refusal: str | None
    dossier_refusal: str | None


def product_page(product: Product, user: User) -> ProductPage:
    """Gather a product; the way to its class is shown to its sponsor only."""
    is_sponsor = user.side == Side.SPONSOR
    return ProductPage(
        product=product,
        adoptions=list(product.adoptions.select_related("assessment", "adopted_by")) if is_sponsor else [],
        dossiers=list(
            Dossier.objects.visible_to(user)
            .filter(product=product)
            .select_related("product")
            .order_by("number")
        ),
        newer=newer_versions(product, user) if is_sponsor else [],
        is_sponsor=is_sponsor,
        adopt_refusal=permissions.why_not_adopt(product, user),
        dossier_refusal=permissions.why_not_create_products(user),
    )


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
