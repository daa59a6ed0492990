"""What the next sequence carries over, and what of it nobody has looked at yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from dossiers import permissions
from dossiers.clock import site_date
from dossiers.models import Carried, Condition, Document, Dossier, Requirement, Sequence
from dossiers.queries.plate import Plate, plate
from dossiers.readiness import Stopper
from dossiers.statuses import CarriedKind


@dataclass(frozen=True)
class CarriedLine:
    """One thing carried over: what, where, why it is to be looked at, and whether that is settled."""

    line: Carried
    name: str
    url: str
    why: str
    settled: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has looked at it yet."""
        return not self.settled


@dataclass(frozen=True)
class CarriedSection:
    """A section with what it carries over."""

    number: str
    title: str
    lines: tuple[CarriedLine, ...]

    @property
    def waiting(self) -> int:
        """How many of its lines wait."""
        return sum(line.is_waiting for line in self.lines)


@dataclass(frozen=True)
class NextPage:
    """The next sequence: what it carries over, by section."""

    plate: Plate
    dossier: Dossier
    sequence: Sequence | None
    sections: tuple[CarriedSection, ...]
    waiting: int
    total: int
    open_refusal: str | None
    look_refusal: str | None


def next_page(dossier: Dossier, user: User) -> NextPage:
    """Gather what the next sequence carries over and who may do what about it."""
    lines = list(_lines(dossier))
    return NextPage(
        plate=plate(dossier, user),
        dossier=dossier,
        sequence=dossier.next_sequence if dossier.is_preparing_next else None,
        sections=tuple(
            CarriedSection(section.number, section.title, tuple(inside))
            for section, inside in groupby(lines, key=lambda shown: shown.line.section)
        ),
        waiting=sum(shown.is_waiting for shown in lines),
        total=len(lines),
        open_refusal=permissions.why_not_open_next(dossier, user),
        look_refusal=permissions.why_not_look_at(dossier, user),
    )


def waiting(dossier: Dossier) -> QuerySet[Carried]:
    """Return what nobody has looked at: not marked, and neither replaced nor answered anew since."""
    return (
        Carried.objects.filter(sequence=dossier.next_sequence_id, looked_at=None)
        .annotate(newest=Max("document__versions__number"))
        .filter(
            Q(kind=CarriedKind.DOCUMENT, newest=F("edition"), document__removed_at=None)
            | Q(kind=CarriedKind.ANSWER, requirement__edition=F("edition"))
            | Q(kind=CarriedKind.CONDITION, condition__edition=F("edition"))
        )
    )


def _lines(dossier: Dossier) -> Iterator[CarriedLine]:
    if not dossier.is_preparing_next:
        return
    found = (
        Carried.objects.filter(sequence=dossier.next_sequence_id)
        .select_related("section", "document", "requirement", "condition", "looked_by")
        .order_by("section__position", "-kind", "document__file_name", "requirement__position")
    )
    newest = dict(
        Document.objects.filter(carried__sequence=dossier.next_sequence_id)
        .order_by()
        .annotate(newest=Max("versions__number"))
        .values_list("pk", "newest")
    )
    editions = {line.document_id: line.edition for line in found}
    changed = {pk for pk, number in newest.items() if number != editions[pk]}
    for line in found:
        if line.document:
            yield _document_line(line, line.document, newest[line.document.pk])
        elif line.requirement:
            yield _answer_line(line, line.requirement, changed)
        elif line.condition:
            yield _condition_line(line, line.condition)


def _document_line(line: Carried, document: Document, newest: int) -> CarriedLine:
    changed = "Removed" if document.removed_at else ""
    if newest != line.edition:
        changed = f"Replaced by version {newest}"
    return CarriedLine(
        line, document.file_name, document.get_absolute_url(), line.why, changed or _looked(line)
    )


def _answer_line(line: Carried, requirement: Requirement, changed: set[UUID]) -> CarriedLine:
    is_moved = requirement.document_id in changed
    return CarriedLine(
        line,
        f"{requirement.code}: {requirement.text}",
        reverse("dossiers:requirement_answer", args=[requirement.dossier_id, requirement.pk]),
        "The document that answers it has a newer version" if is_moved else line.why,
        "Answered anew" if requirement.edition != line.edition else _looked(line),
    )


def _condition_line(line: Carried, condition: Condition) -> CarriedLine:
    changed = "Changed" if condition.edition != line.edition else ""
    if condition.closed_on:
        changed = f"Closed on {condition.closed_on:%d %b %Y}"
    is_late = condition.due_on < site_date()
    return CarriedLine(
        line,
        condition.text,
        reverse("dossiers:condition", args=[condition.dossier_id, condition.pk]),
        f"Condition of the notified body, overdue since {condition.due_on:%d %b %Y}" if is_late else line.why,
        changed or _looked(line),
    )


def _looked(line: Carried) -> str:
    return f"Looked at by {line.looked_by.full_name}" if line.looked_by else ""


def warnings(dossier: Dossier) -> list[Stopper]:
    """Warn of what the next sequence carries over and nobody has looked at."""
    count = waiting(dossier).count() if dossier.is_preparing_next else 0
    if not count:
        return []
    were = "s were" if count > 1 else " was"
    return [
        Stopper(
            f"{count} carried-over line{were} not looked at again.",
            reverse("dossiers:next_sequence", args=[dossier.pk]),
            "Look whether they are still right, line by line or section by section.",
            "Carried over",
            "Carried over",
        )
    ]
