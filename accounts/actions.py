"""What happens to people, invitations and organisations; the only writer of them."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts import permissions, tasks
from accounts.events import AccountsEvent
from accounts.models import (
    Invitation,
    Membership,
    Notice,
    Organisation,
    User,
    hash_of_token,
    invitation_end,
)
from accounts.roles import Role
from audit import trail
from audit.refusals import Refused

# Whoever keeps something for an invited person adds here what becomes of it when they accept; it runs in
# the same transaction.
WHEN_ACCEPTED: list[Callable[[Invitation, User], None]] = []


def demand(refusal: str | None) -> None:
    """Raise what a permission answered, unless it had nothing against the act."""
    if refusal:
        raise Refused(refusal)


@transaction.atomic
def invite(*, email: str, full_name: str, organisation: Organisation, role: str, by: User) -> Invitation:
    """Offer a person a place in an organisation; the link that accepts it is only in the mail."""
    email = email.strip().lower()
    demand(permissions.why_not_invite(organisation, by))
    return _offered(email, full_name, organisation, role, by)


@transaction.atomic
def invite_helper(*, email: str, full_name: str, organisation: Organisation, by: User) -> Invitation:
    """Offer a person from outside a place as a helper, who sees only what they are invited to.

    An offer that the person has not answered yet is good for what comes after it; when its time is over it
    is mailed anew.
    """
    demand(permissions.why_not_invite_helper(organisation, by))
    email = email.strip().lower()
    offered = (
        Invitation.objects.select_for_update(of=("self",))
        .unanswered()
        .filter(email=email, organisation=organisation, role=Role.HELPER)
        .first()
    )
    if offered is None:
        return _offered(email, full_name, organisation, Role.HELPER, by)
    return offered if offered.expires_at > timezone.now() else _sent_again(offered, by)


def _offered(email: str, full_name: str, organisation: Organisation, role: str, by: User) -> Invitation:
    demand(permissions.why_not_role(organisation, role))
    demand(permissions.why_not_address(email))
    token = Invitation.new_token()
    invitation = Invitation.objects.create(
        email=email,
        full_name=full_name,
        organisation=organisation,
        role=role,
        token_hash=hash_of_token(token),
        invited_by=by,
    )
    trail.record(
        AccountsEvent.INVITED,
        invitation,
        by=by,
        sentence=f"{full_name} invited as {Role(role).label.lower()} of {organisation}",
        data={"email": email, "role": role, "organisation": organisation.name},
    )
    transaction.on_commit(partial(tasks.mail_later, tasks.mail_invitation, str(invitation.pk), token))
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> Invitation:
    """Mail an invitation once more with a fresh link and a fresh time limit; the link sent before dies."""
    invitation = _locked(invitation)
    demand(permissions.why_not_send_again(invitation, by))
    return _sent_again(invitation, by)


def _sent_again(invitation: Invitation, by: User) -> Invitation:
    token = Invitation.new_token()
    before = invitation.expires_at
    invitation.token_hash = hash_of_token(token)
    invitation.expires_at = invitation_end()
    invitation.mailed_at = None
    invitation.save(update_fields=["token_hash", "expires_at", "mailed_at"])
    trail.record(
        AccountsEvent.INVITATION_SENT_AGAIN,
        invitation,
        by=by,
        sentence=f"Invitation of {invitation.full_name} sent again",
        data=trail.changes({"expires_at": before}, {"expires_at": invitation.expires_at}),
    )
    transaction.on_commit(partial(tasks.mail_later, tasks.mail_invitation, str(invitation.pk), token))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back; its link opens nothing any more."""
    invitation = _locked(invitation)
    demand(permissions.why_not_withdraw(invitation, by))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    trail.record(
        AccountsEvent.INVITATION_WITHDRAWN,
        invitation,
        by=by,
        sentence=f"Invitation of {invitation.full_name} withdrawn",
        data={"email": invitation.email},
    )
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, password: str) -> User:
    """Make the account of an invited person, once; from now on the link is used up."""
    token_hash, invitation = invitation.token_hash, _locked(invitation)
    if invitation.token_hash != token_hash:
        raise Refused("A newer mail replaced this link. Use the link in the newest invitation.")
    demand(permissions.why_not_accept(invitation))
    person = User.objects.create_user(invitation.email, invitation.full_name, password)
    Membership.objects.create(user=person, organisation=invitation.organisation, role=invitation.role)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    trail.record(
        AccountsEvent.INVITATION_ACCEPTED,
        invitation,
        by=person,
        sentence=f"Invitation accepted by {person}",
        data={"email": person.email},
    )
    trail.record(
        AccountsEvent.MEMBERSHIP_STARTED,
        person,
        by=person,
        sentence=f"Joined {invitation.organisation} as {Role(invitation.role).label.lower()}",
        data={"organisation": invitation.organisation.name, "role": invitation.role},
    )
    for follow in WHEN_ACCEPTED:
        follow(invitation, person)
    return person


def _locked(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    return locked.get(pk=invitation.pk)


@transaction.atomic
def change_person(person: User, *, full_name: str, email: str, by: User) -> User:
    """Correct a person's name or address; evidence keeps the name under which they acted."""
    person = User.objects.select_for_update().get(pk=person.pk)
    demand(permissions.why_not_change_person(person, by))
    before = {"full_name": person.full_name, "email": person.email}
    person.full_name, person.email = full_name, email.strip().lower()
    changes = trail.changes(before, {"full_name": person.full_name, "email": person.email})
    if changes:
        person.save(update_fields=["full_name", "email"])
        trail.record(
            AccountsEvent.USER_CHANGED, person, by=by, sentence=f"Details of {person} changed", data=changes
        )
    return person


@transaction.atomic
def change_role(person: User, *, organisation: Organisation, role: str, why: str, by: User) -> Membership:
    """End the membership in force and start another; what the person did before keeps its old role."""
    person = User.objects.select_for_update().get(pk=person.pk)
    demand(permissions.why_not_change_role(person, by))
    demand(permissions.why_not_role(organisation, role))
    held = person.membership
    if held and (held.organisation_id, held.role) == (organisation.pk, role):
        raise Refused(f"{person} holds this role already.")
    if held:
        _end(held, why=why, by=by)
    started = Membership.objects.create(user=person, organisation=organisation, role=role)
    trail.record(
        AccountsEvent.MEMBERSHIP_STARTED,
        started,
        by=by,
        why=why,
        sentence=f"{person} became {Role(role).label.lower()} of {organisation}",
        data=trail.changes(_place(held), _place(started)),
    )
    return started


def _end(membership: Membership, *, why: str, by: User) -> None:
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    trail.record(
        AccountsEvent.MEMBERSHIP_ENDED,
        membership,
        by=by,
        why=why,
        sentence=(
            f"{membership.user} is no longer {Role(membership.role).label.lower()} "
            f"of {membership.organisation}"
        ),
        data=_place(membership),
    )


def _place(membership: Membership | None) -> dict[str, str | None]:
    if membership is None:
        return {"organisation": None, "role": None}
    return {"organisation": membership.organisation.name, "role": membership.role}


@transaction.atomic
def deactivate(person: User, *, why: str, by: User) -> User:
    """Shut a person out at once, open sessions included; nothing of theirs is deleted."""
    person = User.objects.select_for_update().get(pk=person.pk)
    demand(permissions.why_not_deactivate(person, by))
    person.is_active = False
    return _keep_activity(person, AccountsEvent.USER_DEACTIVATED, "deactivated", why=why, by=by)


@transaction.atomic
def reactivate(person: User, *, why: str, by: User) -> User:
    """Let a deactivated person in again, with the password and the role they had."""
    person = User.objects.select_for_update().get(pk=person.pk)
    demand(permissions.why_not_reactivate(person, by))
    person.is_active = True
    return _keep_activity(person, AccountsEvent.USER_REACTIVATED, "reactivated", why=why, by=by)


def _keep_activity(person: User, event: AccountsEvent, outcome: str, *, why: str, by: User) -> User:
    person.save(update_fields=["is_active"])
    trail.record(
        event,
        person,
        by=by,
        why=why,
        sentence=f"{person} {outcome}",
        data=trail.changes({"is_active": not person.is_active}, {"is_active": person.is_active}),
    )
    return person


@transaction.atomic
def set_password(person: User, password: str, *, by: User, sentence: str = "Password changed") -> User:
    """Give a person a new password; every other session of theirs ends."""
    person = User.objects.select_for_update().get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    trail.record(AccountsEvent.PASSWORD_CHANGED, person, by=by, sentence=sentence)
    return person


@transaction.atomic
def create_organisation(*, name: str, side: str, is_sme: bool, by: User) -> Organisation:
    """Take an organisation into the portal; people come into it by invitation."""
    demand(permissions.why_not_change_organisation(None, by))
    organisation = Organisation.objects.create(name=name, side=side, is_sme=is_sme)
    trail.record(
        AccountsEvent.ORGANISATION_CREATED,
        organisation,
        by=by,
        sentence=f"{organisation} created",
        data={"name": name, "side": side, "is_sme": is_sme},
    )
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, name: str, side: str, is_sme: bool, by: User
) -> Organisation:
    """Correct an organisation's details; its side stays once it has people."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    demand(permissions.why_not_change_organisation(organisation, by))
    before = _details(organisation)
    if side != organisation.side:
        demand(permissions.why_not_change_side(organisation))
    organisation.name, organisation.side, organisation.is_sme = name, side, is_sme
    changes = trail.changes(before, _details(organisation))
    if changes:
        organisation.save(update_fields=["name", "side", "is_sme"])
        trail.record(
            AccountsEvent.ORGANISATION_CHANGED,
            organisation,
            by=by,
            sentence=f"Details of {organisation} changed",
            data=changes,
        )
    return organisation


def _details(organisation: Organisation) -> dict[str, object]:
    return {"name": organisation.name, "side": organisation.side, "is_sme": organisation.is_sme}


def ask_for_password_link(email: str) -> None:
    """Mail a link for a new password to the address, if it is one of ours; nobody is told whether it is."""
    if not tasks.mail_later(tasks.mail_password_reset, email):
        raise Refused("The portal cannot send mail at the moment. Try again in a few minutes.")


def forget(person: User, path: str) -> int:
    """Take from a person's inbox what leads to a page or below it, which they see no longer."""
    deleted, _ = Notice.objects.filter(person=person, path__startswith=path).delete()
    return deleted


def read(notice: Notice, *, by: User) -> None:
    """Mark a notice as read, the first time it is opened."""
    Notice.objects.visible_to(by).filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def read_all(*, by: User) -> int:
    """Mark every notice of a person as read; returns how many were not."""
    return Notice.objects.visible_to(by).filter(read_at=None).update(read_at=timezone.now())
