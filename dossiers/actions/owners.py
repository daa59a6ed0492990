"""Saying who owns a section and all below it."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts import inbox
from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Dossier, Section
from dossiers.queries import people
from dossiers.queries.owners import is_below


@transaction.atomic
def own(
    section: Section,
    *,
    owner: User | None,
    due_on: date | None = None,
    is_for_all_below: bool = False,
    by: User,
) -> Section:
    """Give a section to an owner, or to nobody of its own; with one event for each section that changes.

    With `is_for_all_below` the sections below it lose their own owners, so that this one holds for all.
    """
    dossier = Dossier.objects.select_for_update().get(pk=section.dossier_id)
    refusal = permissions.why_not_own_sections(dossier, by)
    if refusal:
        raise Refused(refusal)
    if owner and not people.sponsor_writers(dossier).filter(pk=owner.pk).exists():
        raise Refused(f"{owner} does not write in this dossier, so a section cannot be theirs.")
    section = dossier.sections.get(pk=section.pk)
    is_new = owner is not None and section.owner_id != owner.pk
    _give(section, owner, due_on if owner else None, by)
    if is_for_all_below:
        for inner in dossier.sections.filter(owner__isnull=False).select_related("owner"):
            if is_below(inner, section):
                _give(inner, None, None, by)
    if is_new and owner and owner.pk != by.pk:
        inbox.tell(
            [owner],
            subject=f"{dossier}: {section.number} is yours",
            text=f"{by.full_name} gave you {section}{f', wanted by {due_on:%-d %B %Y}' if due_on else ''}.",
            path=reverse("dossiers:section", args=[dossier.pk, section.number]),
        )
    return section


def _give(section: Section, owner: User | None, due_on: date | None, by: User) -> None:
    before = _words(section)
    section.owner, section.due_on = owner, due_on
    changes = trail.changes(before, _words(section))
    if not changes:
        return
    section.save(update_fields=["owner", "due_on"])
    whose = f"owned by {owner.full_name}" if owner else "has no owner of its own"
    trail.record(
        DossierEvent.SECTION_OWNED,
        section,
        by=by,
        sentence=f"{section.number} {whose}",
        data=changes,
        audience=Audience.SPONSOR,
    )


def _words(section: Section) -> dict[str, object]:
    return {"owner": section.owner.full_name if section.owner else "", "due_on": section.due_on}
