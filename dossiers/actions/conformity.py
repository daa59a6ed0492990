"""The conditions of a notified body, and the way of a device to conformity."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from audit import moves, trail
from audit.models import Audience
from audit.moves import Move
from audit.refusals import Refused, Stale
from dossiers import combined, workflow
from dossiers.actions.combined import check_documents, editable
from dossiers.clock import site_date
from dossiers.events import DossierEvent
from dossiers.models import Condition, Conformity, Document, Dossier
from dossiers.statuses import ConformityStatus

WAITING = frozenset({workflow.ASK_ABOUT, workflow.ASK_OPINION})


@transaction.atomic
def write_condition(
    dossier: Dossier,
    *,
    text: str,
    due_on: date,
    owner: User,
    closed_on: date | None = None,
    document: Document | None = None,
    condition: Condition | None = None,
    edition: int = 1,
    by: User,
) -> Condition:
    """Add a condition of the notified body, change it, or close it on a day with a document."""
    dossier = editable(dossier, by)
    check_documents(dossier, [document])
    if bool(closed_on) != bool(document):
        raise Refused("A condition is closed on a day and with the document that shows it.")
    if owner.organisation_id != dossier.organisation_id:
        raise Refused("The owner is one of the sponsor's people.")
    row = Condition(dossier=dossier, edition=0)
    before: dict[str, Any] = {}
    if condition:
        row = Condition.objects.select_for_update().get(pk=condition.pk, dossier=dossier)
        before = _condition_words(row)
        if row.edition != edition:
            raise Stale("The condition was changed after you opened it. Nothing was overwritten.")
    row.text, row.due_on, row.owner = text, due_on, owner
    is_closing = bool(closed_on) and not row.closed_on
    row.closed_on, row.document = closed_on, document
    changes = trail.changes(before, _condition_words(row))
    if not changes:
        return row
    row.edition += 1
    row.save()
    trail.record(
        DossierEvent.CONDITION_CLOSED if is_closing else DossierEvent.CONDITION_WRITTEN,
        row,
        by=by,
        sentence=f"Condition of the notified body {'closed' if is_closing else 'written'}: {row.text}",
        data=changes,
        audience=Audience.SPONSOR,
    )
    return row


def _condition_words(row: Condition) -> dict[str, Any]:
    return {
        "text": row.text,
        "due": row.due_on,
        "owner": row.owner.full_name,
        "closed": row.closed_on,
        "document": row.document.file_name if row.document else "",
    }


@transaction.atomic
def move_conformity(
    conformity: Conformity, move: Move[Conformity, User], *, why: str = "", by: User
) -> Conformity:
    """Move the evidence of conformity on; a notified body that is asked has a month to answer."""
    Dossier.objects.select_for_update().get(pk=conformity.dossier_id)
    also: dict[str, object] = {}
    if move in WAITING:
        today = site_date()
        also = {"asked_on": today, "answer_due_on": one_month_after(today)}
    elif move.target in {ConformityStatus.RECEIVED, *combined.SETTLED}:
        also = {"answer_due_on": None}
    label = ConformityStatus(move.target).label
    return moves.make(
        move, conformity, by=by, why=why, sentence=f"Conformity of the device: {label.lower()}", also=also
    )


def one_month_after(day: date) -> date:
    """Return the same day of the next month, or its last day: Reg (EC) 1394/2007, Art 9(3)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for number in (day.day, 30, 29):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, 28)
