"""Saying who is editing what: it warns colleagues, never stops them, and ends by itself."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.refusals import Refused
from dossiers import permissions
from dossiers.models import Editing, Requirement, Section
from dossiers.models.workspace import SILENCE


@transaction.atomic
def give_sign(thing: Section | Requirement, *, by: User) -> Editing:
    """Say that a person has a form open, now; a pause of more than two minutes starts anew.

    Not recorded in the trail: it says nothing about the dossier, and is gone in two minutes.
    """
    refusal = permissions.why_not_write_notes(thing.dossier, by)
    if refusal:
        raise Refused(refusal)
    now = timezone.now()
    sign, is_new = Editing.objects.get_or_create(
        **_place(thing), person=by, defaults={"dossier_id": thing.dossier_id, "since": now, "seen_at": now}
    )
    if not is_new:
        sign.since = now if sign.seen_at < now - SILENCE else sign.since
        sign.seen_at = now
        sign.save(update_fields=["since", "seen_at"])
    return sign


def stop(thing: Section | Requirement, *, by: User) -> None:
    """Say that a person is done."""
    Editing.objects.filter(**_place(thing), person=by).delete()


def forget_silent() -> int:
    """Delete those who gave no sign for two minutes; returns how many."""
    return Editing.objects.filter(seen_at__lte=timezone.now() - SILENCE).delete()[0]


def _place(thing: Section | Requirement) -> dict[str, Section | Requirement | None]:
    if isinstance(thing, Section):
        return {"section": thing, "requirement": None}
    return {"section": None, "requirement": thing}
