"""The list of candidates, where each stands, and what happened to one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.text import Truncator

from accounts.models import User
from audit import trail
from audit.models import Event
from classification import request_form
from classification.engine import classify
from classification.models import Assessment, AssessmentStatus, Mechanism
from classification.queries.words import MOST_WORDS, QUESTION_ANYWHERE, class_name, outcome_words, words_of

PER_PAGE = 25
MOST_EVENTS = 200
LONGEST_OLD_TEXT = 300
FIELD_WORDS = {
    "code": "Code",
    "name": "Name",
    "indication": "Indication",
    "description": "Description",
    "mechanism": "Claimed mechanism",
    "mechanism_text": "Claim in words",
}
TABS = {
    "": "All",
    AssessmentStatus.DRAFT: "Not signed",
    AssessmentStatus.FINALISED: "Signed",
    AssessmentStatus.SUPERSEDED: "Superseded",
}


@dataclass(frozen=True)
class Standing:
    """Where a classification stands: its class in few words, its state with a tone."""

    outcome: str
    tone: str
    words: str


def standing(assessment: Assessment) -> Standing:
    """Say where a classification stands: "Verdict TEP, not signed", "8 of about 14 questions"."""
    if assessment.is_final:
        return Standing(outcome_words(assessment.outcome), "none", assessment.get_status_display())
    asked, unanswered = assessment.asked, assessment.unanswered
    if unanswered:
        count = f"{len(asked) - len(unanswered)} of about {len(asked)} questions"
        return Standing("", "go" if assessment.answers else "open", count)
    verdict = classify(assessment.facts, assessment.ruleset)
    if not verdict.is_determined:
        return Standing("Undetermined", "warn", f"{len(verdict.outcomes)} classes possible, not signed")
    named = f"Verdict {class_name(verdict.outcome)}" if verdict.outcome.is_atmp else "Not an ATMP"
    return Standing(outcome_words(verdict.outcome), "go", f"{named}, not signed")


@dataclass(frozen=True)
class Tab:
    """One state of the list, with how many there are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class AssessmentList:
    """A page of candidates with the filter that made it."""

    tabs: list[Tab]
    state: str
    text: str
    page: Page[Assessment]
    rows: list[tuple[Assessment, Standing]]
    is_empty: bool


def assessment_list(user: User, *, state: str, text: str, page: str | None) -> AssessmentList:
    """Gather the candidates that a person may see, newest change first."""
    everything = _with_text(Assessment.objects.visible_to(user), text)
    counts = dict(everything.order_by().values_list("status").annotate(Count("pk")))
    counts[""] = sum(counts.values())
    state = state if state in TABS else ""
    shown = everything.filter(status=state) if state else everything
    of_page = Paginator(shown, PER_PAGE).get_page(page)
    return AssessmentList(
        tabs=[Tab(value, label, counts.get(value, 0)) for value, label in TABS.items()],
        state=state,
        text=text,
        page=of_page,
        rows=[(assessment, standing(assessment)) for assessment in of_page],
        is_empty=not counts[""] and not text,
    )


def _with_text(assessments: QuerySet[Assessment], text: str) -> QuerySet[Assessment]:
    for word in text.split()[:MOST_WORDS]:
        assessments = assessments.filter(
            Q(code__icontains=word) | Q(name__icontains=word) | Q(indication__icontains=word)
        )
    return assessments


@dataclass(frozen=True)
class Change:
    """One value that an event replaced, in words; empty when there was none."""

    what: str
    old: str


def history(assessment: Assessment, user: User) -> list[tuple[Event, list[Change]]]:
    """Return what happened to a classification, newest first, with the answers that were replaced."""
    return [(event, list(_changes(event))) for event in trail.events_about(assessment, user)[:MOST_EVENTS]]


def _changes(event: Event) -> Iterable[Change]:
    for key, value in event.data.items():
        if not isinstance(value, dict) or value.keys() != {"old", "new"}:
            continue
        if question := QUESTION_ANYWHERE.get(key):
            old = value["old"]
            yield Change(question.id, words_of(question, old) if old is not None else "")
        elif field := request_form.fields().get(key):
            yield Change(field.label, Truncator(field.words_of(value["old"])).chars(LONGEST_OLD_TEXT))
        else:
            yield Change(FIELD_WORDS[key], described(key, value["old"]))


def described(field: str, value: str) -> str:
    """Say a described field in words: all are text but the mechanism, which is one of a list."""
    return Mechanism(value).label if field == "mechanism" and value else value
