"""The plate of a dossier: what every page of it shows at its head."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Side
from dossiers import clock, combined, permissions, readiness, reclassification
from dossiers.clock import ClockReading
from dossiers.models import Document, Dossier, Question
from dossiers.statuses import DossierStatus, PartKind, QuestionStatus, RequirementState

IN_PREPARATION = frozenset({DossierStatus.DRAFT, DossierStatus.RETURNED})
IN_ASSESSMENT = frozenset({DossierStatus.IN_REVIEW, DossierStatus.CLOCK_STOPPED, DossierStatus.CONCLUDED})
WAITS = {
    DossierStatus.RETURNED: "Sent back to the sponsor",
    DossierStatus.FILED: "Waits for validation",
    DossierStatus.VALIDATED: "Waits for the start of the clock",
    DossierStatus.WITHDRAWN: "Withdrawn",
}
SHORT_PROCEDURES = {
    "maa": "Centralised MAA",
    "classification": "Classification request",
    "certification": "SME certification",
}


@dataclass(frozen=True)
class Readout:
    """The large figure of the plate with its scale, as on an instrument."""

    figure: str
    unit: str
    aside: str = ""
    url: str = ""
    done: int = 0
    of: int = 0
    label: str = ""
    ticks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Tab:
    """One tab under the plate; `key` is how a page names the one it stands on."""

    key: str
    label: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Plate:
    """What stands on the plate: the dossier, its read-out and its tabs."""

    dossier: Dossier
    facts: tuple[str, ...]
    readout: Readout
    tabs: tuple[Tab, ...]
    other_class: str = ""


def plate(dossier: Dossier, user: User) -> Plate:
    """Gather the plate of a dossier as a person sees it, in the same few queries for every dossier."""
    is_authority = user.side == Side.AUTHORITY
    facts = (
        ", ".join(part for part in (dossier.class_in_words, dossier.product.origin) if part),
        SHORT_PROCEDURES[dossier.procedure],
        *([dossier.organisation.name] if is_authority else []),
    )
    return Plate(
        dossier=dossier,
        facts=facts,
        readout=_readout(dossier, is_authority=is_authority),
        tabs=_tabs(dossier, user),
        other_class=_other_class(dossier, user),
    )


def _other_class(dossier: Dossier, user: User) -> str:
    """Say that the product carries another class than the dossier; the way to a class is the sponsor's."""
    if user.organisation_id != dossier.organisation_id or permissions.why_not_see_candidates(user):
        return ""
    if reclassification.follows_its_product(dossier):
        return ""
    return reclassification.sentence_about(dossier)


def _tabs(dossier: Dossier, user: User) -> tuple[Tab, ...]:
    documents = Document.objects.visible_to(user).in_place().filter(dossier=dossier).count()
    questions = Question.objects.visible_to(user).filter(dossier=dossier)
    asked = questions.exclude(status=QuestionStatus.WITHDRAWN).count()
    tabs = (
        ("overview", "Overview", "dossier", 0),
        ("sections", "Sections", "section_first", 0),
        ("requirements", "Requirements", "requirement_list", 0),
        ("documents", "Documents", "document_list", documents),
        ("questions", "Questions and clock", "question_list", asked),
        ("threads", "Comments", "thread_list", 0),
        ("people", "People", "people", 0),
        ("reports", "Reports", "dossier_reports", 0),
        ("trail", "Trail", "trail", 0),
    )
    shown = [
        Tab(key, label, reverse(f"dossiers:{name}", args=[dossier.pk]), count)
        for key, label, name, count in tabs
    ]
    if combined.is_asked(dossier):
        shown.insert(3, Tab("combined", "Combined", reverse("dossiers:combined", args=[dossier.pk])))
    if _has_assessment(dossier, user):
        part = reverse("dossiers:part", args=[dossier.pk, PartKind.MEDICINAL])
        shown.insert(-3, Tab("assessment", "Assessment", part, 0))
    return tuple(shown)


def _has_assessment(dossier: Dossier, user: User) -> bool:
    """Whether there are parts of an assessment that the person may read; the sponsor does at the end."""
    if user.side == Side.AUTHORITY:
        return dossier.status in IN_ASSESSMENT
    return dossier.status == DossierStatus.CONCLUDED


def _readout(dossier: Dossier, *, is_authority: bool) -> Readout:
    if dossier.status in IN_PREPARATION and not is_authority:
        return _completeness(dossier)
    if dossier.status == DossierStatus.CONCLUDED:
        return Readout(dossier.get_outcome_display(), "outcome", label="Concluded")
    return _clock(dossier)


def _completeness(dossier: Dossier) -> Readout:
    numbers = dossier.requirements.aggregate(
        met=Count("pk", filter=~Q(state=RequirementState.OPEN)), total=Count("pk")
    )
    stops = len(readiness.stoppers(dossier))
    unit = f"of {numbers['total']} requirements answered"
    return Readout(
        figure=str(numbers["met"]),
        unit=unit,
        aside=f"{stops} point{'s' if stops != 1 else ''} stop{'s' if stops == 1 else ''} filing"
        if stops
        else "Nothing stops filing",
        url=reverse("dossiers:file", args=[dossier.pk]),
        done=numbers["met"],
        of=numbers["total"],
        label=f"{numbers['met']} {unit}",
    )


def _clock(dossier: Dossier) -> Readout:
    reading = clock.day_of(dossier)
    if not reading.is_started:
        aside = WAITS.get(DossierStatus(dossier.status), "")
        return Readout("Day 0", f"of {reading.of}", aside, of=reading.of, label=reading.text)
    return Readout(
        f"Day {reading.day}",
        f"of {reading.of}",
        _what_next(reading),
        reverse("dossiers:question_list", args=[dossier.pk]),
        reading.day,
        reading.of,
        reading.text,
        reading.ticks,
    )


def _what_next(reading: ClockReading) -> str:
    if reading.is_over:
        return "Clock ended"
    if not reading.is_stopped:
        return reading.next_text
    stopped = f"Stopped {_days(reading.stopped_days)}"
    if reading.next_on is None:
        return stopped
    left = (reading.next_on - clock.site_date()).days
    return f"{stopped} · {_days(left)} left to answer" if left >= 0 else f"{stopped} · {_days(-left)} late"


def _days(number: int) -> str:
    return f"{number} day{'s' if number != 1 else ''}"
