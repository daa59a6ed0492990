"""What a sponsor's colleagues share while they work: notes that are never filed, and who is editing what."""

from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from dossiers.models.dossiers import Dossier, Requirement, Section

SILENCE = timedelta(minutes=2)
"""After so long without a sign a person is not editing any more."""


class OfTheSponsorQuerySet(models.QuerySet["SectionNote"]):
    """Working notes."""

    def visible_to(self, user: User) -> Self:
        """Keep the notes of the person's own organisation; the authority never reads them."""
        if user.side != Side.SPONSOR:
            return self.none()
        return self.filter(section__dossier__in=Dossier.objects.visible_to(user))


class SectionNote(models.Model):
    """The working notes of a sponsor on a section; never filed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    section = models.OneToOneField(Section, on_delete=models.CASCADE, related_name="note")
    text = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = OfTheSponsorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Notes on {self.section.number}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.section.dossier


class EditingQuerySet(models.QuerySet["Editing"]):
    """People at work on a form."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own organisation: nobody else hears who works on what."""
        if user.side != Side.SPONSOR:
            return self.none()
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def going_on(self) -> Self:
        """Keep those who gave a sign within the last two minutes."""
        return self.filter(seen_at__gt=timezone.now() - SILENCE)


class Editing(models.Model):
    """A person has the form of a section or requirement open. It warns others and never stops them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.CASCADE, related_name="+")
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = EditingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since"]
        verbose_name = "open form"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(section=None, requirement__isnull=False)
                | Q(section__isnull=False, requirement=None),
                name="editing_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["section", "person"], condition=Q(requirement=None), name="editing_section_once"
            ),
            models.UniqueConstraint(
                fields=["requirement", "person"], condition=Q(section=None), name="editing_requirement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.section or self.requirement}"
