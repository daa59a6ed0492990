"""Who stands on which side of a dossier, for notices, and the page of its people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS, Role, Side
from dossiers import permissions, workflow
from dossiers.models import Assignment, Dossier, DossierMembership
from dossiers.models.members import EDITING
from dossiers.queries.members import Colleagues, colleagues_of
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import DossierStatus


def _holders(roles: Iterable[Role], **where: object) -> QuerySet[User]:
    return User.objects.filter(
        is_active=True, memberships__ended_at=None, memberships__role__in=roles, **where
    )


def review_team(dossier: Dossier) -> QuerySet[User]:
    """Return the reviewers who have a duty on a dossier now."""
    return User.objects.filter(is_active=True, assignments__dossier=dossier, assignments__ended_at=None)


def coordinators() -> QuerySet[User]:
    """Return the coordinators of the authority."""
    return _holders([Role.COORDINATOR])


def sponsor_writers(dossier: Dossier) -> QuerySet[User]:
    """Return who writes in a dossier for its sponsor: by their role, or invited to it."""
    invited = DossierMembership.objects.in_force().filter(dossier=dossier, role__in=EDITING)
    return User.objects.filter(
        Q(memberships__role__in=SPONSOR_WRITERS) | Q(pk__in=invited.values("person")),
        is_active=True,
        memberships__ended_at=None,
        memberships__organisation=dossier.organisation_id,
    )


def assignable_reviewers(coordinator: User) -> QuerySet[User]:
    """Return the reviewers whom a coordinator may assign: those of the same authority."""
    return _holders([Role.REVIEWER], memberships__organisation=coordinator.organisation_id)


@dataclass(frozen=True)
class PeoplePage:
    """The duties of a dossier as a person may see them."""

    plate: Plate
    dossier: Dossier
    in_force: list[Assignment]
    ended: list[Assignment]
    assign_refusal: str | None
    is_authority: bool
    may_start: bool
    start_refusal: str | None
    colleagues: Colleagues


def people_page(dossier: Dossier, user: User) -> PeoplePage:
    """Gather who reviews a dossier; a sponsor learns who leads, the authority the whole team."""
    seen = list(
        Assignment.objects.visible_to(user)
        .filter(dossier=dossier)
        .select_related("reviewer", "assigned_by", "ended_by")
    )
    return PeoplePage(
        plate=plate(dossier, user),
        dossier=dossier,
        in_force=[assignment for assignment in seen if not assignment.ended_at],
        ended=[assignment for assignment in seen if assignment.ended_at],
        assign_refusal=permissions.why_not_change_people(dossier, user),
        is_authority=user.side == Side.AUTHORITY,
        may_start=user.role in workflow.START_REVIEW.roles and dossier.status == DossierStatus.VALIDATED,
        start_refusal=workflow.START_REVIEW.why_not(dossier, user),
        colleagues=colleagues_of(dossier, user),
    )
