"""Products and the classifications that they adopted."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role, Side
from classification.models import Assessment

COMBINED = "combined-"


def class_in_words(outcome: str) -> str:
    """Return the class as people write it: "combined-TEP" is "Combined TEP"."""
    return f"Combined {outcome.removeprefix(COMBINED)}" if outcome.startswith(COMBINED) else outcome


class ProductQuerySet(models.QuerySet["Product"]):
    """Products."""

    def visible_to(self, user: User) -> Self:
        """Keep the sponsor's own products, or those whose filed dossiers the person may see.

        An outside helper reads of a product what stands in the dossier, and nothing on its own page.
        """
        match user.role:
            case Role.HELPER:
                return self.none()
            case role if role and Role(role).side is Side.SPONSOR:
                return self.filter(organisation_id=user.organisation_id)
            case Role.COORDINATOR:
                return self.filter(
                    pk__in=Product.objects.filter(dossiers__filed_at__isnull=False).values("pk")
                )
            case Role.REVIEWER:
                assigned = Product.objects.filter(
                    dossiers__assignments__reviewer_id=user.pk, dossiers__assignments__ended_at=None
                )
                return self.filter(pk__in=assigned.values("pk"))
            case _:
                return self.none()


class Product(models.Model):
    """A living medicine of a sponsor, with the class that it adopted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=120)
    descriptor = models.CharField("short descriptor", max_length=200)
    indication = models.CharField(max_length=300)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    is_autologous = models.BooleanField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="product_name_per_sponsor")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the product's page."""
        return reverse("dossiers:product", args=[self.pk])

    @property
    def outcome(self) -> str:
        """The code of the class adopted, such as "combined-TEP"."""
        return self.assessment.outcome

    @property
    def is_combined(self) -> bool:
        """Whether a device is an integral part: Regulation (EC) No 1394/2007, Article 2(1)(d)."""
        return self.outcome.startswith(COMBINED)

    @property
    def class_in_words(self) -> str:
        """The class as people write it: "Combined TEP"."""
        return class_in_words(self.outcome)

    @property
    def mechanism(self) -> str:
        """The code of what the product is claimed to do, from the classification adopted; empty if unsaid."""
        return self.assessment.mechanism

    @property
    def origin(self) -> str:
        """Whose cells or tissue they are, where the classification said so."""
        return {True: "autologous", False: "allogeneic"}.get(self.is_autologous, "")  # type: ignore[arg-type]  # None is asked for too


class Adoption(models.Model):
    """That a product adopted a classification: its class history."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="adoptions")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="adoptions")
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-adopted_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment"], name="assessment_adopted_once")
        ]
