"""The list of questions: raise, reword, take off, send, and ask again after an answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import moves, trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from dossiers import clock, permissions, workflow
from dossiers.actions import clock as ledger
from dossiers.events import DossierEvent
from dossiers.models import Dossier, Question, Section, Thread
from dossiers.queries import people
from dossiers.statuses import ClockKind, QuestionStatus


@dataclass(frozen=True)
class Wording:
    """What a question asks: its kind, discipline and text."""

    kind: str
    discipline: str
    text: str


@transaction.atomic
def raise_question(
    section: Section, wording: Wording, *, form_key: UUID, by: User, thread: Thread | None = None
) -> Question:
    """Put a question on the draft list, alone or from a thread; a form sent twice gives one question."""
    dossier = Dossier.objects.select_for_update().get(pk=section.dossier_id)
    raised = Question.objects.filter(form_key=form_key, raised_by=by).first()
    if raised:
        return raised
    refusal = permissions.why_not_ask(dossier, by)
    if refusal:
        raise Refused(refusal)
    if thread:
        known = Question.objects.filter(thread=thread).first()
        if known:
            raise Refused(f"This thread became {known} already.")
    return _create(dossier, section, wording, by=by, thread=thread, form_key=form_key)


def _create(
    dossier: Dossier, section: Section, wording: Wording, *, by: User, form_key: UUID, **more: Any
) -> Question:
    thread: Thread | None = more.get("thread")
    number = dossier.questions.aggregate(last=Max("number"))["last"] or 0
    question = Question.objects.create(
        dossier=dossier,
        section=section,
        number=number + 1,
        round=_lists_sent(dossier) + 1,
        kind=wording.kind,
        discipline=wording.discipline,
        text=wording.text,
        asked_on=thread.version if thread else None,
        asked_page=thread.page if thread else None,
        raised_by=by,
        form_key=form_key,
        **more,
    )
    trail.record(
        DossierEvent.QUESTION_RAISED,
        question,
        by=by,
        sentence=f"{question} raised: {question.get_kind_display().lower()}, {section.number}",
        data={"kind": wording.kind, "discipline": wording.discipline, "text": wording.text},
        audience=Audience.AUTHORITY,
    )
    return question


def _lists_sent(dossier: Dossier) -> int:
    return dossier.clock.filter(kind=ClockKind.STOP).count()


@transaction.atomic
def reword(question: Question, wording: Wording, *, edition: int, by: User) -> Question:
    """Change a question that is not sent yet; the trail keeps every wording."""
    Dossier.objects.select_for_update().get(pk=question.dossier_id)  # first, as whoever sends the list does
    question = Question.objects.select_for_update().get(pk=question.pk)
    refusal = permissions.why_not_change_question(question, by)
    if refusal:
        raise Refused(refusal)
    if question.edition != edition:
        raise Stale(f"{question} was changed after you opened it. Nothing was overwritten.")
    after = {"kind": wording.kind, "discipline": wording.discipline, "text": wording.text}
    changes = trail.changes({name: getattr(question, name) for name in after}, after)
    if not changes:
        return question
    question.kind, question.discipline, question.text = wording.kind, wording.discipline, wording.text
    question.edition += 1
    question.save(update_fields=[*after, "edition"])
    trail.record(
        DossierEvent.QUESTION_REWORDED,
        question,
        by=by,
        sentence=f"{question} reworded",
        data=changes,
        audience=Audience.AUTHORITY,
    )
    return question


@transaction.atomic
def withdraw(question: Question, *, by: User) -> Question:
    """Take a draft off the list; an answer that it followed up waits to be judged again."""
    Dossier.objects.select_for_update().get(pk=question.dossier_id)  # first, as whoever sends the list does
    followed = question.follows
    question = moves.make(
        workflow.WITHDRAW_QUESTION,
        question,
        by=by,
        sentence=f"{question} taken off the draft list",
        also={"follows": None, "thread": None},
        data={"follows": followed and str(followed), "thread": question.thread_id},
    )
    if followed:
        moves.make(
            workflow.JUDGE_AGAIN,
            followed,
            by=by,
            sentence=f"The answer to {followed} waits to be judged again",
            also={"judged_by": None, "judged_at": None, "judgement": ""},
        )
    return question


@transaction.atomic
def send_questions(dossier: Dossier, *, due_on: date, by: User) -> Dossier:
    """Send the draft list to the sponsor and stop the clock until the answers come."""
    dossier = moves.make(
        workflow.SEND_QUESTIONS,
        dossier,
        by=by,
        data={"due_on": due_on},
        sentence="List of questions sent",
        also={"changed_at": timezone.now()},
    )
    latest = clock.months_after(clock.site_date(), clock.MOST_ANSWER_MONTHS)
    if not clock.site_date() < due_on <= latest:
        raise Refused(f"Answers are due within {clock.MOST_ANSWER_MONTHS} months from now.")
    sent = {"sent_at": timezone.now(), "due_on": due_on, "round": _lists_sent(dossier) + 1}
    for question in dossier.questions.filter(status=QuestionStatus.DRAFT):
        moves.make(workflow.SEND_QUESTION, question, by=by, also=sent, sentence=f"{question} sent")
    ledger.stop(dossier, by=by, reason="List of questions sent")
    path = reverse("dossiers:question_list", args=[dossier.pk])
    inbox.tell(
        people.sponsor_writers(dossier),
        subject=f"{dossier}: list of questions",
        text=f"The clock has stopped. Answers are due on {due_on.day} {due_on:%b %Y}.",
        path=path,
        is_action_needed=True,
    )
    inbox.tell(
        people.review_team(dossier),
        subject=f"{dossier}: the list of questions was sent",
        text="The clock has stopped until the sponsor answers.",
        path=path,
    )
    return dossier


@transaction.atomic
def follow_up(question: Question, wording: Wording, *, form_key: UUID, by: User) -> Question:
    """Ask again: the answer is followed up by a new question on the draft list."""
    dossier = Dossier.objects.select_for_update().get(pk=question.dossier_id)
    raised = Question.objects.filter(form_key=form_key, raised_by=by).first()
    if raised:
        return raised
    followed = moves.make(
        workflow.FOLLOW_UP,
        question,
        by=by,
        sentence=f"Answer to {question} followed up",
        also={"judged_by": by, "judged_at": timezone.now(), "judgement": ""},
    )
    return _create(dossier, followed.section, wording, by=by, form_key=form_key, follows=followed)
