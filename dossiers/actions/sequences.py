"""The next sequence: open it, look at what it carries over, drop it; and what became of an attempt."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, refuse_if
from dossiers import combined, permissions
from dossiers.actions import contexts
from dossiers.events import DossierEvent
from dossiers.models import Carried, Dossier, Sequence
from dossiers.queries.carried import waiting
from dossiers.queries.content import next_place
from dossiers.readiness import newest_versions
from dossiers.statuses import NEXT_KINDS, CarriedKind, DossierStatus, FilingResult, RequirementState

OLD_AFTER = timedelta(days=365)
CARRIED = ("section", "document", "requirement", "condition")


@transaction.atomic
def open_next(dossier: Dossier, *, answers_to: str = "", by: User) -> Sequence:
    """Open the next sequence: documents can be changed again, and what is carried over is listed."""
    dossier = _locked(dossier)
    refuse_if(permissions.why_not_open_next(dossier, by))
    place = next_place(dossier, NEXT_KINDS[DossierStatus(dossier.status)])
    sequence = Sequence.objects.create(
        dossier=dossier, number=place.sequence, kind=place.kind, answers_to=answers_to, opened_by=by
    )
    lines = [*_carried_documents(sequence), *_carried_answers(sequence), *_carried_conditions(sequence)]
    Carried.objects.bulk_create(lines, batch_size=500)
    Dossier.objects.filter(pk=dossier.pk).update(next_sequence=sequence, changed_at=timezone.now())
    trail.record(
        DossierEvent.SEQUENCE_OPENED,
        dossier,
        by=by,
        sentence=f"Sequence {sequence.name} opened: {sequence.get_kind_display().lower()}",
        data={"sequence": sequence.number, "kind": sequence.kind, "carried": len(lines)},
        audience=Audience.SPONSOR,
    )
    return sequence


@transaction.atomic
def look_at(dossier: Dossier, lines: Iterable[UUID], *, by: User) -> int:
    """Find that what was carried over is still right; returns how many lines this settled."""
    dossier = _locked(dossier)
    refuse_if(permissions.why_not_look_at(dossier, by))
    chosen = list(waiting(dossier).filter(pk__in=lines).select_related(*CARRIED))
    if not chosen:
        return 0
    Carried.objects.filter(pk__in=[line.pk for line in chosen]).update(looked_at=timezone.now(), looked_by=by)
    named = [str(line.document or line.requirement or line.condition) for line in chosen]
    trail.record(
        DossierEvent.CARRIED_LOOKED_AT,
        dossier,
        by=by,
        sentence=f"Looked at, still right: {named[0] if len(named) == 1 else f'{len(named)} lines'}",
        data={"lines": named, "sections": sorted({line.section.number for line in chosen})},
        audience=Audience.SPONSOR,
    )
    return len(chosen)


@transaction.atomic
def drop(dossier: Dossier, *, why: str, by: User) -> None:
    """Drop the sequence that was opened and not filed; its number is free again, its documents stay."""
    dossier = _locked(dossier)
    sequence = dossier.next_sequence
    if sequence is None:
        raise Refused("No next sequence is open.")
    Dossier.objects.filter(pk=dossier.pk).update(next_sequence=None)
    sequence.delete()
    trail.record(
        DossierEvent.SEQUENCE_DROPPED,
        dossier,
        by=by,
        sentence=f"Sequence {sequence.name} dropped before it was filed",
        why=why,
        data={"sequence": sequence.number},
        audience=Audience.SPONSOR,
    )


def accept_waiting(dossier: Dossier) -> None:
    """Take everything that waits for the agency as accepted."""
    waits = dossier.filings.filter(result=FilingResult.WAITING)
    waits.update(result=FilingResult.ACCEPTED, result_at=timezone.now())


def send_back_last(dossier: Dossier, *, why: str) -> None:
    """Mark the last attempt as sent back: its number is used again, and so is what was chosen for it."""
    last = dossier.filings.filter(result=FilingResult.WAITING).last()
    if last:
        dossier.filings.filter(pk=last.pk).update(
            result=FilingResult.SENT_BACK, result_reason=why, result_at=timezone.now()
        )
        contexts.choose_again(last)


def _carried_documents(sequence: Sequence) -> list[Carried]:
    now = timezone.now()
    return [
        Carried(
            sequence=sequence,
            kind=CarriedKind.DOCUMENT,
            section=version.document.section,
            document=version.document,
            edition=version.number,
            why=_why_document(version.uploaded_at, now),
        )
        for version in newest_versions(sequence.dossier).exclude(filed_in=None)
    ]


def _why_document(uploaded_at: datetime, now: datetime) -> str:
    if now - uploaded_at > OLD_AFTER:
        return f"Older than a year: uploaded {uploaded_at:%d %b %Y}"
    return "Carried over"


def _carried_answers(sequence: Sequence) -> list[Carried]:
    answered = sequence.dossier.requirements.exclude(state=RequirementState.OPEN)
    return [
        Carried(
            sequence=sequence,
            kind=CarriedKind.ANSWER,
            section=requirement.section,
            requirement=requirement,
            edition=requirement.edition,
            why="Answer carried over",
        )
        for requirement in answered.select_related("section")
    ]


def _carried_conditions(sequence: Sequence) -> list[Carried]:
    """List the open conditions of the notified body, where the evidence of conformity stands."""
    dossier = sequence.dossier
    if not combined.is_asked(dossier):
        return []
    section = dossier.sections.get(number=combined.CONFORMITY_SECTION)
    return [
        Carried(
            sequence=sequence,
            kind=CarriedKind.CONDITION,
            section=section,
            condition=condition,
            edition=condition.edition,
            why=f"Open condition of the notified body, due {condition.due_on:%d %b %Y}",
        )
        for condition in dossier.conditions.filter(closed_on=None)
    ]


def _locked(dossier: Dossier) -> Dossier:
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("product", "organisation", "next_sequence")
        .get(pk=dossier.pk)
    )
