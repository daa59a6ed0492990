"""Requests to the CAT: what a sponsor writes when it asks for a recommendation on a class."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.utils import timezone

from accounts.models import User
from classification.models.assessments import Assessment


class ClassificationRequestQuerySet(models.QuerySet["ClassificationRequest"]):
    """Requests to the CAT."""

    def visible_to(self, user: User) -> Self:
        """Keep those about the classifications that the person sees: the sponsor's own."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user))


class ClassificationRequest(models.Model):
    """The request about one version of a classification, made when a person first saves a part of it.

    `values` holds the text of each field that a person saved. `seen` holds, for each of them, the mark of the
    text that the answers gave then: a saved text with another mark was written by a person, and stays when
    the answers change; one with the same mark follows them. `changed_in` holds, for each written field, the
    edition in which it last changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="request")
    values = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    changed_in = models.JSONField(default=dict)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ClassificationRequestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Request to the CAT about {self.assessment}"

    @property
    def trail_root(self) -> Assessment:
        """The classification, on whose page its trail is shown."""
        return self.assessment
