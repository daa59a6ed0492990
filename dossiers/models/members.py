"""Colleagues invited to one dossier, with a role in it and a last day."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.roles import Side
from dossiers.models.dossiers import Dossier, today_at_the_site
from dossiers.statuses import MemberRole

EDITING = frozenset({MemberRole.OWNER, MemberRole.EDITOR})


class DossierMembershipQuerySet(models.QuerySet["DossierMembership"]):
    """Colleagues of dossiers."""

    def in_force(self) -> Self:
        """Keep what holds today: not ended, and the last day is not over."""
        return self.filter(ended_at=None, ends_on__gte=today_at_the_site())

    def run_out(self) -> Self:
        """Keep what ended by itself and was not closed yet."""
        return self.filter(ended_at=None, ends_on__lt=today_at_the_site())

    def visible_to(self, user: User) -> Self:
        """Keep the colleagues on dossiers that the person sees; they are the sponsor's business."""
        if user.side != Side.SPONSOR:
            return self.none()
        return self.filter(dossier__in=Dossier.objects.visible_to(user))


class DossierMembership(models.Model):
    """That a person has a role in one dossier until a last day.

    `person` is empty until an outside helper accepts the `invitation`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="dossier_memberships")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole)
    ends_on = models.DateField("last day")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = DossierMembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["invited_at"]
        indexes: ClassVar = [
            models.Index(fields=["ends_on"], name="member_to_end", condition=Q(ended_at=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "person"], condition=Q(ended_at=None), name="member_once_in_a_dossier"
            ),
            models.UniqueConstraint(
                fields=["dossier", "invitation"],
                condition=Q(ended_at=None),
                name="member_invited_once_to_a_dossier",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(invitation__isnull=False), name="member_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="member_ended_by_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display().lower()}"

    @property
    def name(self) -> str:
        """Who it is: the person, or the one who was invited."""
        if self.person:
            return self.person.full_name
        return self.invitation.full_name if self.invitation else ""

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier
