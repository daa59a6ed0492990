"""The colleagues of one dossier: who sees it, and why."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import SPONSOR_ROLES, SPONSOR_WRITERS, Role, Side
from dossiers import permissions
from dossiers.models import Dossier, DossierMembership
from dossiers.statuses import MemberRole

WHAT_THEY_DO = {
    MemberRole.OWNER: "Edits, invites colleagues",
    MemberRole.EDITOR: "Edits, comments, answers questions",
    MemberRole.READER: "Reads",
}


def colleagues(dossier: Dossier) -> QuerySet[User]:
    """Return the people who act for the sponsor of a dossier, outside helpers included."""
    return User.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role__in=SPONSOR_ROLES,
        memberships__organisation=dossier.organisation_id,
    )


def invitable(dossier: Dossier) -> QuerySet[User]:
    """Return the colleagues who have no part of their own in the dossier."""
    taken = dossier.members.filter(ended_at=None, person__isnull=False).values("person")
    return colleagues(dossier).exclude(pk__in=taken)


@dataclass(frozen=True)
class SeenBy:
    """Somebody who sees a dossier, what they do in it and why they may."""

    name: str
    what: str
    why: str


@dataclass(frozen=True)
class Colleagues:
    """The sponsor's people on a dossier, as one of them sees the list; empty for everybody else."""

    is_shown: bool = False
    in_force: list[tuple[DossierMembership, str | None]] = field(default_factory=list)
    ended: list[DossierMembership] = field(default_factory=list)
    seen_by: list[SeenBy] = field(default_factory=list)
    invite_refusal: str | None = None
    helper_refusal: str | None = None


def colleagues_of(dossier: Dossier, user: User) -> Colleagues:
    """Gather the colleagues of a dossier; an outside helper learns who is in it, not who was."""
    if user.side != Side.SPONSOR:
        return Colleagues()
    members = list(
        DossierMembership.objects.visible_to(user)
        .filter(dossier=dossier)
        .select_related("person", "invitation", "invited_by", "ended_by")
        .prefetch_related("person__memberships__organisation")
    )
    for member in members:
        member.dossier = dossier
    refusal = permissions.why_not_invite_member(dossier, user)
    is_over = {member.pk for member in members if member.ended_at}
    current = [member for member in members if member.pk not in is_over]
    is_helper = user.role == Role.HELPER
    return Colleagues(
        is_shown=True,
        in_force=[(member, refusal or _why_not_own_part(member, user)) for member in current],
        ended=[] if is_helper else [member for member in members if member.pk in is_over],
        seen_by=[] if is_helper else _seen_by(dossier, current),
        invite_refusal=refusal,
        helper_refusal=permissions.why_not_invite_helper(dossier, user),
    )


def _why_not_own_part(member: DossierMembership, user: User) -> str | None:
    return "Another person changes your part in the dossier." if member.person_id == user.pk else None


def _seen_by(dossier: Dossier, members: list[DossierMembership]) -> list[SeenBy]:
    """Say of each person of the organisation and each helper what they do here, and why they may."""
    invited = {member.person_id: member for member in members}
    rows = []
    for person in colleagues(dossier).prefetch_related("memberships__organisation").order_by("full_name"):
        member = invited.get(person.pk)
        if person.role in SPONSOR_WRITERS:
            what, why = "Edits", f"{Role(person.role).label} of {dossier.organisation}"
        elif person.role == Role.HELPER and member is None:
            continue
        elif member:
            what = WHAT_THEY_DO[MemberRole(member.role)]
            why = f"Invited to this dossier until {member.ends_on:%-d %B %Y}"
        else:
            what, why = "Reads", f"{Role(person.role).label} of {dossier.organisation}"
        rows.append(SeenBy(person.full_name, what, why))
    return rows
