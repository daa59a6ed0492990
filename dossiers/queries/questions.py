"""What the list of questions and the page of a question read, each side what it may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Side
from dossiers import clock, permissions, workflow
from dossiers.clock import Movement
from dossiers.models import Answer, DocumentVersion, Dossier, Question, Section, Thread
from dossiers.queries import ledger
from dossiers.queries.ledger import LedgerLine, WhatIf
from dossiers.queries.plate import Plate, plate
from dossiers.queries.reading import reading_url, thread_url
from dossiers.statuses import (
    ClockKind,
    Discipline,
    DossierStatus,
    QuestionKind,
    QuestionStatus,
)

JUDGED = frozenset({QuestionStatus.ACCEPTED, QuestionStatus.NOT_ACCEPTED, QuestionStatus.FOLLOWED_UP})
DISCIPLINES = list(Discipline.values)
KINDS = list(QuestionKind.values)


@dataclass(frozen=True)
class State:
    """Where a question stands, in the words of the side that looks."""

    tone: str
    words: str


def state_of(question: Question, user: User) -> State:
    """Say where a question stands; a sponsor learns a judgement with the follow-up or the outcome."""
    status = QuestionStatus(question.status)
    is_sponsor = user.side == Side.SPONSOR
    if status == QuestionStatus.SENT:
        if not is_sponsor:
            return State("open", "With the sponsor")
        return State("none", "Answer written") if _has_text(question) else State("open", "Not started")
    if is_sponsor and not shows_judgement(question, user):
        return State("none", "Answered")
    follow_up = getattr(question, "follow_up", None)
    match status:
        case QuestionStatus.ANSWERED:
            return State("warn", "To judge") if not is_sponsor else State("none", "Answered")
        case QuestionStatus.FOLLOWED_UP if follow_up:
            return State("go", f"Followed up by {follow_up}")
        case QuestionStatus.NOT_ACCEPTED:
            return State("stop", status.label)
        case QuestionStatus.ACCEPTED:
            return State("ok", status.label)
        case QuestionStatus.DRAFT:
            return State("open", "Draft")
        case _:
            return State("none", "Taken off the list")


def shows_judgement(question: Question, user: User) -> bool:
    """Tell whether the person may see how the answer was judged."""
    if user.side == Side.AUTHORITY or question.dossier.status == DossierStatus.CONCLUDED:
        return True
    follow_up = getattr(question, "follow_up", None)
    return question.status == QuestionStatus.FOLLOWED_UP and bool(follow_up and follow_up.sent_at)


def _has_text(question: Question) -> bool:
    answer = getattr(question, "answer", None)
    return bool(answer and answer.text.strip())


@dataclass(frozen=True)
class QuestionRow:
    """A question in a list."""

    question: Question
    state: State


@dataclass(frozen=True)
class Group:
    """The questions of one discipline, major objections first."""

    label: str
    rows: list[QuestionRow]
    done: int


@dataclass(frozen=True)
class QuestionList:
    """One list of questions: drafts, or a round that was sent."""

    title: str
    groups: list[Group]
    done: int
    total: int
    majors: int
    sent_at: datetime | None = None
    due_on: date | None = None
    done_word: str = "answered"

    @property
    def others(self) -> int:
        """How many are no major objection."""
        return self.total - self.majors

    @property
    def progress(self) -> str:
        """How far it is: "4 of 12 answered"."""
        return f"{self.done} of {self.total} {self.done_word}"


@dataclass(frozen=True)
class QuestionsPage:
    """Questions and clock of a dossier."""

    plate: Plate
    dossier: Dossier
    is_authority: bool
    drafts: QuestionList | None
    lists: list[QuestionList]
    ledger: list[LedgerLine]
    what_if: WhatIf | None
    ask_refusal: str | None
    send_refusal: str | None
    respond_refusal: str | None
    may_send: bool
    may_respond: bool


def questions_page(dossier: Dossier, user: User, responses_on: date | None = None) -> QuestionsPage:
    """Gather the lists of questions, the ledger and what a later answer would move."""
    is_authority = user.side == Side.AUTHORITY
    questions = list(_questions(dossier, user).exclude(status=QuestionStatus.WITHDRAWN))
    lines = ledger.entries(dossier)
    drafts = [question for question in questions if question.status == QuestionStatus.DRAFT]
    sent = [question for question in questions if question.sent_at]
    rounds = sorted({question.round for question in sent}, reverse=True)
    return QuestionsPage(
        plate=plate(dossier, user),
        dossier=dossier,
        is_authority=is_authority,
        drafts=_list("Draft list", drafts, user) if is_authority else None,
        lists=[
            _list(_title(number, lines), [question for question in sent if question.round == number], user)
            for number in rounds
        ],
        ledger=ledger.lines(dossier, lines, _due(sent)),
        what_if=ledger.what_if(dossier, lines, _due(sent), responses_on),
        ask_refusal=permissions.why_not_ask(dossier, user),
        send_refusal=workflow.SEND_QUESTIONS.why_not(dossier, user),
        respond_refusal=workflow.SEND_RESPONSES.why_not(dossier, user),
        may_send=user.role in workflow.SEND_QUESTIONS.roles and dossier.status == DossierStatus.IN_REVIEW,
        may_respond=user.role in workflow.SEND_RESPONSES.roles
        and dossier.status == DossierStatus.CLOCK_STOPPED,
    )


def _questions(dossier: Dossier, user: User) -> QuerySet[Question]:
    return (
        Question.objects.visible_to(user)
        .filter(dossier=dossier)
        .select_related("section", "answer", "follow_up", "dossier")
    )


def _due(sent: Iterable[Question]) -> date | None:
    waiting = [question.due_on for question in sent if question.status == QuestionStatus.SENT]
    return min((due for due in waiting if due), default=None)


def _title(number: int, lines: Iterable[Movement]) -> str:
    stops = [line for line in lines if line.kind == ClockKind.STOP]
    return f"List of questions, day {stops[number - 1].day}"


def _list(title: str, questions: list[Question], user: User) -> QuestionList:
    ordered = sorted(
        questions,
        key=lambda question: (
            DISCIPLINES.index(question.discipline), KINDS.index(question.kind), question.number
        ),
    )  # fmt: skip
    is_judging = user.side == Side.AUTHORITY and any(question.answered_at for question in questions)
    done = {question.pk for question in questions if _is_done(question, user, is_judging=is_judging)}
    groups = []
    for discipline in Discipline:
        within = [question for question in ordered if question.discipline == discipline]
        if within:
            rows = [QuestionRow(question, state_of(question, user)) for question in within]
            groups.append(Group(discipline.label, rows, sum(question.pk in done for question in within)))
    first = ordered[0] if ordered else None
    return QuestionList(
        title=title,
        groups=groups,
        done=len(done),
        total=len(ordered),
        majors=sum(question.kind == QuestionKind.MAJOR_OBJECTION for question in ordered),
        sent_at=first.sent_at if first else None,
        due_on=first.due_on if first else None,
        done_word="judged" if is_judging else "answered",
    )


def _is_done(question: Question, user: User, *, is_judging: bool) -> bool:
    if is_judging:
        return question.status in JUDGED
    if question.status == QuestionStatus.SENT:
        return user.side == Side.SPONSOR and _has_text(question)
    return question.answered_at is not None


@dataclass(frozen=True)
class Reference:
    """A page of a document version, with the way to it."""

    label: str
    url: str


def _reference(version: DocumentVersion | None, page: int | None) -> Reference | None:
    if version is None:
        return None
    label = f"{version}, page {page}" if page else str(version)
    return Reference(label, reading_url(version, page))


@dataclass(frozen=True)
class QuestionPage:
    """A question from the passage that raised it to the judgement of its answer."""

    plate: Plate
    dossier: Dossier
    question: Question
    state: State
    is_authority: bool
    asked_on: Reference | None
    thread_url: str
    answer: Answer | None
    answered_by: Reference | None
    follow_up: Question | None
    follows: Question | None
    shows_judgement: bool
    is_draft: bool
    waits_for_judgement: bool
    change_refusal: str | None
    answer_refusal: str | None
    judge_refusal: str | None


def question_page(question: Question, user: User) -> QuestionPage:
    """Gather a question; the answer reaches the authority once it is sent, a judgement the sponsor later."""
    is_authority = user.side == Side.AUTHORITY
    dossier = question.dossier
    answer = Answer.objects.visible_to(user).filter(question=question).first()
    follow_up = getattr(question, "follow_up", None)
    related = [question.follows_id, follow_up.pk if follow_up else None]
    seen = Question.objects.visible_to(user).in_bulk([pk for pk in related if pk])
    return QuestionPage(
        plate=plate(dossier, user),
        dossier=dossier,
        question=question,
        state=state_of(question, user),
        is_authority=is_authority,
        asked_on=_reference(question.asked_on, question.asked_page),
        thread_url=_thread_url(question, user),
        answer=answer,
        answered_by=_reference(answer.version, answer.page) if answer else None,
        follow_up=seen.get(follow_up.pk) if follow_up else None,
        follows=seen.get(question.follows_id) if question.follows_id else None,
        shows_judgement=question.judged_at is not None and shows_judgement(question, user),
        is_draft=question.status == QuestionStatus.DRAFT,
        waits_for_judgement=is_authority
        and question.status in {QuestionStatus.ANSWERED, QuestionStatus.NOT_ACCEPTED, QuestionStatus.ACCEPTED}
        and dossier.status == DossierStatus.IN_REVIEW,
        change_refusal=permissions.why_not_change_question(question, user),
        answer_refusal=permissions.why_not_answer(question, user),
        judge_refusal=permissions.why_not_judge_answer(question, user),
    )


def _thread_url(question: Question, user: User) -> str:
    if question.thread_id is None:
        return ""
    thread = (
        Thread.objects.visible_to(user)
        .select_related("version__document", "section")
        .filter(pk=question.thread_id)
        .first()
    )
    return thread_url(thread) if thread else ""


def discipline_of(section_number: str) -> str:
    """Propose the discipline that a section belongs to; the person may choose another."""
    if section_number.startswith("3.2.R.MD"):
        return Discipline.DEVICE
    match section_number[:1]:
        case "4":
            return Discipline.NON_CLINICAL
        case "5":
            return Discipline.CLINICAL
        case _:
            return Discipline.QUALITY


def first_wording(thread: Thread | None, section: Section | None) -> dict[str, Any]:
    """Return what the form of a new question starts with: the words of the thread, the usual discipline."""
    place = thread.section if thread else section
    if place is None:
        return {}
    first = thread.comments.order_by("written_at").first() if thread else None
    return {
        "section": place,
        "discipline": discipline_of(place.number),
        "text": first.text if first else "",
    }


@dataclass(frozen=True)
class SendingPage:
    """The draft list before it is sent."""

    plate: Plate
    dossier: Dossier
    drafts: QuestionList
    due_on: date
    latest: date
    refusal: str | None


def sending_page(dossier: Dossier, user: User) -> SendingPage:
    """Gather the draft list with the day on which answers are due by the rule."""
    drafts = list(_questions(dossier, user).filter(status=QuestionStatus.DRAFT))
    today = clock.site_date()
    return SendingPage(
        plate=plate(dossier, user),
        dossier=dossier,
        drafts=_list("Draft list", drafts, user),
        due_on=clock.answers_due(ledger.entries(dossier), today),
        latest=clock.months_after(today, clock.MOST_ANSWER_MONTHS),
        refusal=workflow.SEND_QUESTIONS.why_not(dossier, user),
    )
