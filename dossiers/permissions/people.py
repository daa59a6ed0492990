"""Who writes in one dossier, and who may invite colleagues into it."""

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS, Role, Side
from dossiers.models import Dossier, DossierMembership
from dossiers.models.members import EDITING
from dossiers.statuses import MemberRole


def role_in(dossier: Dossier, user: User) -> str:
    """Return the role to which the person is invited in a dossier of theirs; empty without one."""
    if user.side != Side.SPONSOR or user.organisation_id != dossier.organisation_id:
        return ""
    held = DossierMembership.objects.in_force().filter(dossier=dossier, person=user.pk)
    return held.values_list("role", flat=True).first() or ""


def is_writer(dossier: Dossier, user: User) -> bool:
    """Tell whether the person writes in a dossier: by their role for the sponsor, or invited to it."""
    if user.organisation_id != dossier.organisation_id:
        return False
    return user.role in SPONSOR_WRITERS or role_in(dossier, user) in EDITING


def why_not_see_candidates(user: User) -> str | None:
    """Keep the classification of a product, past and to come, from outside helpers."""
    return "The classification of the product is the sponsor's own." if user.role == Role.HELPER else None


def why_not_invite_member(dossier: Dossier, user: User) -> str | None:
    """Leave the colleagues of a dossier to the regulatory lead and to those who own it."""
    if user.organisation_id != dossier.organisation_id:
        return "Only the sponsor chooses who works on its dossier."
    if user.role != Role.REGULATORY_LEAD and role_in(dossier, user) != MemberRole.OWNER:
        return "Only the regulatory lead and the owners of the dossier invite colleagues."
    return None


def why_not_invite_helper(dossier: Dossier, user: User) -> str | None:
    """Leave people from outside to the regulatory lead."""
    if user.organisation_id != dossier.organisation_id or user.role != Role.REGULATORY_LEAD:
        return "Only the regulatory lead invites people from outside the organisation."
    return None


def why_not_change_member(member: DossierMembership, user: User) -> str | None:
    """Refuse to change one's own part, and one that is over."""
    refusal = why_not_invite_member(member.dossier, user)
    if refusal:
        return refusal
    if member.ended_at:
        return f"The part of {member.name} in this dossier has ended already."
    if member.person_id == user.pk:
        return "Another person changes your part in the dossier."
    return None


def why_not_role_in_dossier(person: User | None, role: str) -> str | None:
    """Keep a dossier in the hands of the organisation: an outside helper never owns it."""
    if role == MemberRole.OWNER and (person is None or person.role == Role.HELPER):
        return "An outside helper edits or reads; only people of the organisation own a dossier."
    return None


def why_not_own_sections(dossier: Dossier, user: User) -> str | None:
    """Leave the owners of sections to those who write in the dossier."""
    if not is_writer(dossier, user):
        return "Only those who write in the dossier say who owns its sections."
    return None
