"""Making products and adopting classifications."""

from django.db import transaction

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from classification.models import Assessment
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Adoption, Product
from dossiers.models.products import class_in_words


@transaction.atomic
def create(assessment: Assessment, *, name: str, descriptor: str, indication: str, by: User) -> Product:
    """Make a product of a candidate; it adopts the signed classification."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    refusal = permissions.why_not_create_product(assessment, by)
    if refusal:
        raise Refused(refusal)
    product = Product.objects.create(
        organisation=assessment.organisation,
        name=name,
        descriptor=descriptor,
        indication=indication,
        assessment=assessment,
        is_autologous=is_autologous(assessment),
        created_by=by,
    )
    Adoption.objects.create(product=product, assessment=assessment, adopted_by=by)
    trail.record(
        DossierEvent.PRODUCT_CREATED,
        product,
        by=by,
        sentence=f"Product made from {assessment}, classified as {class_in_words(assessment.outcome)}",
        data={"assessment": assessment.pk, "outcome": assessment.outcome},
        audience=Audience.SPONSOR,
    )
    return product


@transaction.atomic
def adopt(product: Product, assessment: Assessment, *, by: User) -> Product:
    """Adopt a newer signed classification; the earlier ones stay in the history of the product."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    refusal = permissions.why_not_adopt_assessment(product, assessment, by)
    if refusal:
        raise Refused(refusal)
    before = {"assessment": str(product.assessment), "outcome": product.outcome}
    product.assessment = assessment
    product.is_autologous = is_autologous(assessment)
    product.save(update_fields=["assessment", "is_autologous"])
    Adoption.objects.create(product=product, assessment=assessment, adopted_by=by)
    trail.record(
        DossierEvent.CLASSIFICATION_ADOPTED,
        product,
        by=by,
        sentence=f"Adopted {assessment}: {class_in_words(assessment.outcome)}",
        data=trail.changes(before, {"assessment": str(assessment), "outcome": assessment.outcome}),
        audience=Audience.SPONSOR,
    )
    return product


def is_autologous(assessment: Assessment) -> bool | None:
    """Read off the answers whether the cells come from the patient; None where that is not said."""
    return {"autologous": True, "allogeneic": False}.get(assessment.answers.get("source", ""))
