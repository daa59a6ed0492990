"""Opening the parts of a combined product, and writing their fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from dossiers import combined, permissions
from dossiers.combined_tables import field_named, gspr_rows
from dossiers.events import DossierEvent
from dossiers.models import CombinedField, Conformity, Document, Dossier, Gspr
from dossiers.wording import goes_on


@dataclass(frozen=True)
class Written:
    """What stands in a field, or what somebody writes in it; `edition` is the one that they saw."""

    value: str = ""
    document: Document | None = None
    page: int | None = None
    reason: str = ""
    edition: int = 0

    @property
    def words(self) -> dict[str, Any]:
        """The content without its edition, as it is compared and kept in the trail."""
        return {
            "value": self.value,
            "document": self.document.file_name if self.document else "",
            "page": self.page if self.document else None,
            "reason": self.reason,
        }


class FieldsOvertaken(Stale):
    """Somebody wrote in the same fields after the page was opened; nothing was overwritten."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            "Somebody wrote in the same field after you opened the page; nothing was overwritten."
        )
        self.names = names


def open_parts(dossier: Dossier) -> None:
    """Open the sub-assessments of a combined product; what is there already stays."""
    if not combined.is_asked(dossier):
        return
    Conformity.objects.get_or_create(dossier=dossier)
    there = set(dossier.gsprs.values_list("number", flat=True))
    Gspr.objects.bulk_create(
        Gspr(dossier=dossier, number=row.number, position=row.position)
        for row in gspr_rows()
        if row.number not in there
    )


@transaction.atomic
def write_fields(dossier: Dossier, entries: Mapping[str, Written], *, by: User) -> list[CombinedField]:
    """Write fields that somebody touched; another's newer text is never overwritten.

    Raises FieldsOvertaken, and writes nothing, when a field changed after it was seen and something of that
    would be lost.
    """
    dossier = editable(dossier, by)
    check_documents(dossier, (entry.document for entry in entries.values()))
    there = {
        row.name: row
        for row in CombinedField.objects.select_for_update(of=("self",))
        .filter(dossier=dossier, name__in=entries)
        .select_related("document")
    }
    news = {name: entry for name, entry in entries.items() if _stands(there.get(name)).words != entry.words}
    overtaken = [name for name, entry in news.items() if _is_overtaken(_stands(there.get(name)), entry)]
    if overtaken:
        raise FieldsOvertaken(overtaken)
    if not news:
        return []
    rows = [_write(dossier, there.get(name), name, entry, by) for name, entry in news.items()]
    changes = {
        f"{field_named()[name].label}, {part}" if part != "value" else field_named()[name].label: change
        for name, entry in news.items()
        for part, change in trail.changes(_stands_of(there, name), entry.words).items()
    }
    trail.record(
        DossierEvent.COMBINED_WRITTEN,
        dossier,
        by=by,
        sentence=f"Combined product, written: {', '.join(field_named()[name].label for name in news)}",
        data=changes,
        audience=Audience.SPONSOR,
    )
    return rows


def _is_overtaken(stands: Written, entry: Written) -> bool:
    grown = replace(stands, value=entry.value, edition=entry.edition)
    is_longer = grown == entry and goes_on(entry.value, stands.value)
    return stands.edition != entry.edition and not is_longer


def _stands(row: CombinedField | None) -> Written:
    return Written(row.value, row.document, row.page, row.reason, row.edition) if row else Written()


def _stands_of(there: Mapping[str, CombinedField], name: str) -> dict[str, Any]:
    return _stands(there.get(name)).words


def _write(dossier: Dossier, row: CombinedField | None, name: str, entry: Written, by: User) -> CombinedField:
    written = CombinedField(dossier=dossier, name=name, edition=0)
    if row:
        written = CombinedField(pk=row.pk, dossier=dossier, name=name, edition=row.edition)
        written._state.adding = False
    written.value, written.reason = entry.value, entry.reason
    written.document, written.page = entry.document, entry.page if entry.document else None
    written.edition += 1
    written.changed_by, written.changed_at = by, timezone.now()
    written.save()
    return written


def editable(dossier: Dossier, by: User) -> Dossier:
    """Lock a dossier of a combined product that this person may change now."""
    locked = Dossier.objects.select_for_update(of=("self",)).select_related("product").get(pk=dossier.pk)
    refusal = permissions.why_not_edit_documents(locked, by)
    if refusal:
        raise Refused(refusal)
    if not combined.is_asked(locked):
        raise Refused(f"{locked} is not of a combined product.")
    return locked


def check_documents(dossier: Dossier, documents: Iterable[Document | None]) -> None:
    """Refuse evidence that is not in this dossier, or that leaves it with the next filing."""
    named = {document.pk: document for document in documents if document}
    staying = Document.objects.to_stay().filter(pk__in=named, dossier=dossier).values_list("pk", flat=True)
    for key in named.keys() - set(staying):
        raise Refused(f"{named[key]} is not in this dossier, or leaves it with the next filing.")
