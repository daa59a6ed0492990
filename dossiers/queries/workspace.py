"""What a section's page shows of the work on it: notes, who is editing, history, and its repetitions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import Side
from audit import trail
from audit.models import Event
from dossiers import permissions, repetitions
from dossiers.models import (
    Document,
    DocumentVersion,
    Dossier,
    Editing,
    Requirement,
    Section,
    SectionNote,
    Thread,
)
from dossiers.queries.plate import Plate, plate
from dossiers.repetitions import Repeatable

SHOWN_EVENTS = 40


@dataclass(frozen=True)
class Editor:
    """A colleague who has the form open, and since when."""

    name: str
    since: datetime


def editors(thing: Section | Requirement, user: User) -> list[Editor]:
    """Return the colleagues who have the form of a section or requirement open, besides the person."""
    place = {"section": thing} if isinstance(thing, Section) else {"requirement": thing}
    signs = Editing.objects.visible_to(user).going_on().filter(**place).exclude(person=user)
    return [Editor(_short(sign.person), sign.since) for sign in signs.select_related("person")]


def editing_url(thing: Section | Requirement) -> str:
    """Return where a person says again that they have the form open."""
    if isinstance(thing, Section):
        return reverse("dossiers:section_editing", args=[thing.dossier_id, thing.number])
    return reverse("dossiers:requirement_editing", args=[thing.dossier_id, thing.pk])


def _short(person: User) -> str:
    """Write a name as it is said among colleagues: "I. Halvorsen"."""
    first, _, last = person.full_name.rpartition(" ")
    return f"{first[0]}. {last}" if first else last


@dataclass(frozen=True)
class Notes:
    """The working notes of a section as the sponsor reads them."""

    text: str
    edition: int
    note: SectionNote | None
    url: str
    refusal: str | None


def notes(section: Section, user: User) -> Notes | None:
    """Return the notes on a section; None for the authority, which does not learn that there are any."""
    if user.side != Side.SPONSOR:
        return None
    note = SectionNote.objects.visible_to(user).filter(section=section).select_related("written_by").first()
    return Notes(
        note.text if note else "",
        note.edition if note else 0,
        note,
        reverse("dossiers:section_notes", args=[section.dossier_id, section.number]),
        permissions.why_not_write_notes(section.dossier, user),
    )


@dataclass(frozen=True)
class NotesPage:
    """The form of the notes, beside who else has it open."""

    plate: Plate | None
    section: Section
    notes: Notes | None
    editors: list[Editor]
    editing_url: str


def notes_page(section: Section, user: User, *, is_part: bool) -> NotesPage:
    """Gather the form of the notes, as a page or as a part of the section's page."""
    return NotesPage(
        None if is_part else plate(section.dossier, user),
        section,
        notes(section, user),
        editors(section, user),
        editing_url(section),
    )


@dataclass(frozen=True)
class HistoryLine:
    """What somebody did in a section, several times in a row told once."""

    event: Event
    times: int


def history(section: Section, user: User) -> list[HistoryLine]:
    """Return what happened in a section as the person may read it, newest first."""
    here: Iterable[QuerySet[Any]] = (
        Document.objects.filter(section=section),
        DocumentVersion.objects.filter(document__section=section),
        Requirement.objects.filter(section=section),
        Thread.objects.filter(section=section),
        SectionNote.objects.filter(section=section),
    )
    about = Q(object_id=section.pk)
    for things in here:
        about |= Q(object_id__in=things.order_by().values("pk"))
    events = list(trail.events_about(section.dossier, user).filter(about)[:SHOWN_EVENTS])
    runs = groupby(events, key=lambda event: (event.code, event.object_id, event.actor_id))
    lines = [list(run) for _, run in runs]
    return [HistoryLine(run[0], len(run)) for run in lines]


@dataclass(frozen=True)
class Repetition:
    """How a branch repeats: what this one is of, the others, and what may be done."""

    row: Repeatable
    labelled: list[tuple[str, str]]
    others: list[Section]
    repeat_refusal: str | None
    name_refusal: str | None
    take_out_refusal: str | None
    is_further: bool


def repetition(section: Section, sections: Sequence[Section], user: User) -> Repetition | None:
    """Return how a section repeats; None for one that is not the head of such a branch."""
    row = repetitions.repeatable(section)
    if not row:
        return None
    return Repetition(
        row,
        repetitions.labelled(section.attributes),
        [
            each
            for each in sections
            if each.printed_number == row.number and each.pk != section.pk and not each.is_left_out
        ],
        permissions.why_not_repeat(section, user),
        permissions.why_not_name_repetition(section, user),
        permissions.why_not_take_out(section, user),
        section.repetition > 1,
    )


@dataclass(frozen=True)
class RepetitionPage:
    """A page on which a repetition is made or named."""

    plate: Plate
    section: Section
    row: Repeatable
    others: list[Section]


def repetition_page(section: Section, row: Repeatable, user: User) -> RepetitionPage:
    """Gather the page with the attributes of a repetition."""
    dossier: Dossier = section.dossier
    others = [each for each in dossier.sections.in_tree() if each.printed_number == row.number]
    return RepetitionPage(plate(dossier, user), section, row, others)
