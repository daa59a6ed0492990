"""Working notes of a sponsor on a section: saved under an edition, never over what somebody else saved."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Section, SectionNote
from dossiers.wording import goes_on


@transaction.atomic
def write(section: Section, *, text: str, edition: int, by: User) -> SectionNote:
    """Save the notes on a section; `edition` is 0 where none were saved before.

    The same text sent again changes nothing. Raises Stale when another edition came between, of which
    something would be lost.
    """
    refusal = permissions.why_not_write_notes(section.dossier, by)
    if refusal:
        raise Refused(refusal)
    Section.objects.select_for_update().get(pk=section.pk)
    note = SectionNote.objects.filter(section=section).first() or SectionNote(section=section)
    if note.text == text:
        return note
    if note.edition != edition and not goes_on(text, note.text):
        raise Stale(f"The notes on {section.number} were changed after you opened them.")
    before = {"text": note.text}
    note.text, note.edition = text, note.edition + 1
    note.written_by, note.written_at = by, timezone.now()
    note.save()
    trail.record(
        DossierEvent.NOTES_WRITTEN,
        note,
        by=by,
        sentence=f"Notes on {section.number} written, version {note.edition}",
        data=trail.changes(before, {"text": text}),
        audience=Audience.SPONSOR,
    )
    return note
