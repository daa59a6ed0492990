"""Inviting colleagues to one dossier, changing their part in it, and ending it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions as accounts
from accounts import inbox
from accounts.models import Invitation, User
from accounts.roles import Role
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Dossier, DossierMembership
from dossiers.models.dossiers import today_at_the_site
from dossiers.queries import members as queries
from dossiers.statuses import MemberRole

MOST_AT_ONCE = 500
BY_DATE = "Its last day is over."


@transaction.atomic
def invite(dossier: Dossier, person: User, *, role: str, ends_on: date, by: User) -> DossierMembership:
    """Invite a person of the organisation, or a helper who is in it already; they are told at once."""
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    _demand(permissions.why_not_invite_member(dossier, by))
    if not queries.invitable(dossier).filter(pk=person.pk).exists():
        raise Refused(f"{person} does not act for {dossier.organisation}, or has a part in it already.")
    if person.role == Role.HELPER:
        _demand(permissions.why_not_invite_helper(dossier, by))
    _demand(permissions.why_not_role_in_dossier(person, role))
    _demand(_why_not_last_day(ends_on))
    member = DossierMembership.objects.create(
        dossier=dossier, person=person, role=role, ends_on=ends_on, invited_by=by
    )
    _record_invited(member, by)
    _tell(member, f"{by.full_name} invited you as {_role(member)}, until {ends_on:%-d %B %Y}.")
    return member


@transaction.atomic
def invite_helper(
    dossier: Dossier, *, email: str, full_name: str, role: str, ends_on: date, by: User
) -> DossierMembership:
    """Invite a person from outside by mail; once they accept they see this dossier and nothing else.

    A helper who works for the organisation already is invited as such.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    _demand(permissions.why_not_invite_helper(dossier, by))
    _demand(permissions.why_not_role_in_dossier(None, role))
    _demand(_why_not_last_day(ends_on))
    known = queries.colleagues(dossier).filter(email=email.strip().lower()).first()
    if known:
        return invite(dossier, known, role=role, ends_on=ends_on, by=by)
    invitation = accounts.invite_helper(
        email=email, full_name=full_name, organisation=dossier.organisation, by=by
    )
    if dossier.members.filter(invitation=invitation, ended_at=None).exists():
        raise Refused(f"{invitation.full_name} is invited to this dossier already.")
    member = DossierMembership.objects.create(
        dossier=dossier, invitation=invitation, role=role, ends_on=ends_on, invited_by=by
    )
    _record_invited(member, by)
    return member


def join(invitation: Invitation, person: User) -> None:
    """Give a person who accepted an invitation their part in the dossiers that wait for them."""
    waiting = DossierMembership.objects.filter(invitation=invitation, person=None, ended_at=None)
    for member in waiting.select_related("dossier__product", "invitation"):
        member.person = person
        member.save(update_fields=["person"])
        trail.record(
            DossierEvent.MEMBER_JOINED,
            member,
            by=person,
            sentence=f"Joined the dossier: {member}",
            data={"person": person.pk, "role": member.role, "ends_on": member.ends_on},
            audience=Audience.SPONSOR,
        )
        _tell(member, f"Your part: {_role(member)}, until {member.ends_on:%-d %B %Y}.")


@transaction.atomic
def change(member: DossierMembership, *, role: str, ends_on: date, by: User) -> DossierMembership:
    """Change the role or the last day of a colleague in a dossier; they are told."""
    member = _locked(member)
    _demand(permissions.why_not_change_member(member, by))
    _demand(permissions.why_not_role_in_dossier(member.person, role))
    _demand(_why_not_last_day(ends_on))
    before = {"role": member.role, "ends_on": member.ends_on}
    changes = trail.changes(before, {"role": role, "ends_on": ends_on})
    if not changes:
        return member
    member.role, member.ends_on = role, ends_on
    member.save(update_fields=["role", "ends_on"])
    trail.record(
        DossierEvent.MEMBER_CHANGED,
        member,
        by=by,
        sentence=f"Part changed: {member}, until {ends_on:%-d %B %Y}",
        data=changes,
        audience=Audience.SPONSOR,
    )
    _tell(member, f"{by.full_name} changed your part: {_role(member)}, until {ends_on:%-d %B %Y}.")
    return member


@transaction.atomic
def end(member: DossierMembership, *, why: str, by: User) -> DossierMembership:
    """End the part of a colleague today; what they did stays under their name."""
    member = _locked(member)
    _demand(permissions.why_not_change_member(member, by))
    return _ended(member, why, by)


def end_run_out() -> int:
    """Close what ended by itself and tell the people; returns how many."""
    over = DossierMembership.objects.run_out().values_list("pk", flat=True)[:MOST_AT_ONCE]
    return sum(_end_run_out(key) for key in list(over))


@transaction.atomic
def _end_run_out(key: UUID) -> bool:
    found = DossierMembership.objects.run_out().filter(pk=key).first()
    member = _locked(found) if found else None
    if member is None or member.ended_at or member.ends_on >= today_at_the_site():
        return False
    _ended(member, BY_DATE, None)
    return True


def _ended(member: DossierMembership, why: str, by: User | None) -> DossierMembership:
    member.ended_at, member.ended_by, member.end_reason = timezone.now(), by, why
    member.save(update_fields=["ended_at", "ended_by", "end_reason"])
    left = _let_go_of_sections(member)
    trail.record(
        DossierEvent.MEMBER_ENDED,
        member,
        by=by,
        why=why,
        sentence=f"Part ended: {member}",
        data={
            "person": member.person_id,
            "role": member.role,
            "ends_on": member.ends_on,
            **({"sections without an owner": ", ".join(left)} if left else {}),
        },
        audience=Audience.SPONSOR,
    )
    if member.person is None:
        return member
    if member.person.role == Role.HELPER:
        accounts.forget(member.person, member.dossier.get_absolute_url())
    inbox.tell(
        [member.person],
        subject="Your part in a dossier has ended" if by is None else "Your part in a dossier was ended",
        text=f"You were {_role(member)} of dossier {member.dossier.number}.",
        path=reverse("dossiers:dossier_list"),
    )
    return member


def _let_go_of_sections(member: DossierMembership) -> list[str]:
    """Leave the sections of a person who no longer writes in the dossier without an owner; return which."""
    if member.person is None or permissions.is_writer(member.dossier, member.person):
        return []
    owned = member.dossier.sections.filter(owner=member.person)
    numbers = list(owned.values_list("number", flat=True))
    owned.update(owner=None, due_on=None)
    return numbers


def _locked(member: DossierMembership) -> DossierMembership:
    Dossier.objects.select_for_update().get(pk=member.dossier_id)
    return DossierMembership.objects.select_related(
        "dossier__product", "dossier__organisation", "person", "invitation"
    ).get(pk=member.pk)


def _record_invited(member: DossierMembership, by: User) -> None:
    trail.record(
        DossierEvent.MEMBER_INVITED,
        member,
        by=by,
        sentence=f"Invited to the dossier: {member}, until {member.ends_on:%-d %B %Y}",
        data={"name": member.name, "role": member.role, "ends_on": member.ends_on},
        audience=Audience.SPONSOR,
    )


def _tell(member: DossierMembership, text: str) -> None:
    if member.person:
        inbox.tell(
            [member.person],
            subject=f"{member.dossier}: your part in it",
            text=text,
            path=member.dossier.get_absolute_url(),
        )


def _role(member: DossierMembership) -> str:
    return MemberRole(member.role).label.lower()


def _why_not_last_day(ends_on: date) -> str | None:
    if ends_on < today_at_the_site():
        return "The last day is over already."
    return None


def _demand(refusal: str | None) -> None:
    if refusal:
        raise Refused(refusal)
