"""Why a person may not do a thing to people, invitations and organisations."""

from django.utils import timezone

from accounts.models import Invitation, Organisation, User
from accounts.roles import Role, Side

NOT_AN_ADMINISTRATOR = "Only an administrator manages people and organisations."


def why_not_invite(organisation: Organisation | None, user: User) -> str | None:
    """Say why the user may not invite people to an organisation."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    return None


def why_not_invite_helper(organisation: Organisation, user: User) -> str | None:
    """Say why the user may not invite a helper from outside: a regulatory lead does, for their own."""
    if user.role != Role.REGULATORY_LEAD or user.organisation_id != organisation.pk:
        return "Only the regulatory lead invites people from outside the organisation."
    return None


def why_not_address(email: str) -> str | None:
    """Say why nobody can be invited under an address."""
    if User.objects.filter(email=email).exists():
        return f"{email} has an account already. Open it under Users and change its role."
    if Invitation.objects.unanswered().filter(email=email).exists():
        return f"{email} has an unanswered invitation already. Send that one again, or withdraw it first."
    return None


def why_not_send_again(invitation: Invitation, user: User) -> str | None:
    """Say why an invitation may not be mailed once more."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    if invitation.accepted_at:
        return "This invitation was accepted."
    if invitation.withdrawn_at:
        return "This invitation was withdrawn. Invite the person anew."
    return None


def why_not_withdraw(invitation: Invitation, user: User) -> str | None:
    """Say why an invitation may not be withdrawn."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    if invitation.accepted_at:
        return "This invitation was accepted. Deactivate the person instead."
    if invitation.withdrawn_at:
        return "This invitation is withdrawn already."
    return None


def why_not_accept(invitation: Invitation) -> str | None:
    """Say why an invitation can no longer be accepted, and what to do; names nobody."""
    if invitation.accepted_at:
        return (
            "This invitation was used already. If it was you, log in with your e-mail address and password; "
            "if not, tell the help desk."
        )
    if invitation.withdrawn_at:
        return "This invitation was withdrawn. If you still need access, ask the person who invited you."
    if invitation.expires_at <= timezone.now():
        return "This invitation has expired. Ask the person who invited you to send it again."
    if User.objects.filter(email=invitation.email).exists():
        return (
            "You already have an account with this e-mail address. Log in with it, and ask the "
            "administrator to move you to the new organisation."
        )
    return None


def why_not_role(organisation: Organisation, role: str) -> str | None:
    """Say why a role cannot be held in an organisation: each side of the procedure has its own roles."""
    wanted = Role(role)
    if wanted.side != organisation.side:
        return (
            f"{wanted.label} is a role on the {wanted.side.label.lower()} side; "
            f"{organisation} is on the {Side(organisation.side).label.lower()} side."
        )
    return None


def why_not_change_person(person: User, user: User) -> str | None:
    """Say why the user may not change a person's name or address."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    return None


def why_not_change_role(person: User, user: User) -> str | None:
    """Say why the user may not move a person to another role or organisation."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    if person.pk == user.pk:
        return "You cannot change your own role; another administrator can."
    return None


def why_not_deactivate(person: User, user: User) -> str | None:
    """Say why a person may not be shut out."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    if person.pk == user.pk:
        return "You cannot deactivate yourself; another administrator can."
    if not person.is_active:
        return f"{person} is deactivated already."
    return None


def why_not_reactivate(person: User, user: User) -> str | None:
    """Say why a person may not be let in again."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    if person.is_active:
        return f"{person} is active already."
    return None


def why_not_change_organisation(organisation: Organisation | None, user: User) -> str | None:
    """Say why the user may not create or change an organisation."""
    if user.role != Role.ADMINISTRATOR:
        return NOT_AN_ADMINISTRATOR
    return None


def why_not_change_side(organisation: Organisation) -> str | None:
    """Say why an organisation may not cross to another side of the procedure."""
    if organisation.memberships.exists() or organisation.invitations.exists():
        return f"{organisation} has people or invitations; its side cannot change."
    return None
