"""Answers: written as drafts, sent signed and together, then judged one by one."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import moves, signing, trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from audit.signing import Proof
from dossiers import permissions, workflow
from dossiers.actions import clock
from dossiers.actions.filings import file_responses
from dossiers.events import DossierEvent
from dossiers.models import Answer, DocumentVersion, Dossier, Question
from dossiers.queries import people
from dossiers.queries.responses import responses_content
from dossiers.readiness import newest_versions
from dossiers.statuses import QuestionStatus

RESPONSES_STATEMENT = "I send these answers on behalf of the sponsor; they are complete and correct."


@transaction.atomic
def write_answer(
    question: Question,
    *,
    text: str,
    edition: int,
    by: User,
    version: DocumentVersion | None = None,
    page: int | None = None,
) -> Answer:
    """Save the draft of an answer; `edition` is 0 where none was saved before."""
    _lock_dossier(question)
    question = Question.objects.select_for_update().get(pk=question.pk)
    refusal = permissions.why_not_answer(question, by)
    if refusal:
        raise Refused(refusal)
    answer = Answer.objects.filter(question=question).first() or Answer(question=question, edition=0)
    if answer.edition != edition:
        raise Stale(f"The answer to {question} was changed after you opened it. Nothing was overwritten.")
    before = _answer_words(answer)
    answer.text, answer.version, answer.page = text, version, page
    changes = trail.changes(before, _answer_words(answer))
    if not changes:
        return answer
    answer.edition, answer.written_by, answer.written_at = edition + 1, by, timezone.now()
    answer.save()
    trail.record(
        DossierEvent.ANSWER_WRITTEN,
        answer,
        by=by,
        sentence=f"Answer to {question} written",
        data=changes,
        audience=Audience.SPONSOR,
    )
    return answer


def _answer_words(answer: Answer) -> Mapping[str, object]:
    return {"text": answer.text, "version": answer.version_id and str(answer.version_id), "page": answer.page}


@transaction.atomic
def send_responses(dossier: Dossier, *, by: User, proof: Proof) -> Dossier:
    """Sign and send all answers: they are filed as a sequence, and the clock goes on with the next day."""
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    _refuse_files_that_stop_filing(dossier)
    shown = responses_content(dossier)
    filing = file_responses(dossier, by=by)
    dossier = moves.make(
        workflow.SEND_RESPONSES,
        dossier,
        by=by,
        sentence=f"Responses sent, filed as {filing.place}",
        data={"sequence": filing.sequence.number, "attempt": filing.attempt, "hash": filing.content_hash},
        also={"changed_at": timezone.now()},
    )
    signing.sign(
        dossier,
        meaning="responses",
        statement=RESPONSES_STATEMENT,
        shown=shown,
        by=by,
        proof=proof,
    )
    now = timezone.now()
    for question in dossier.questions.filter(status=QuestionStatus.SENT):
        moves.make(
            workflow.ANSWER_QUESTION,
            question,
            by=by,
            also={"answered_at": now},
            sentence=f"{question} answered",
        )
    Answer.objects.filter(question__dossier=dossier, sent_at=None).update(sent_at=now)
    clock.restart(dossier, by=by, reason="Responses received")
    inbox.tell(
        [*people.review_team(dossier), *people.coordinators()],
        subject=f"{dossier}: the responses are in",
        text="The sponsor answered every question. The clock goes on; judge the answers.",
        path=reverse("dossiers:question_list", args=[dossier.pk]),
        is_action_needed=True,
    )
    return dossier


def _refuse_files_that_stop_filing(dossier: Dossier) -> None:
    """Hold responses to the same checks as the first filing: no file with a finding that stops it."""
    stopped = [version for version in newest_versions(dossier) if version.has_blocking_findings]
    if stopped:
        raise Refused(f"{stopped[0]} has a finding that stops filing. Add a version without it first.")


@transaction.atomic
def accept_answer(question: Question, *, by: User, note: str = "") -> Question:
    """Take an answer as sufficient."""
    _lock_dossier(question)
    return moves.make(
        workflow.ACCEPT_ANSWER,
        question,
        by=by,
        why=note,
        sentence=f"Answer to {question} accepted",
        also=_judged(by, note),
    )


@transaction.atomic
def reject_answer(question: Question, *, why: str, by: User) -> Question:
    """Find an answer insufficient without asking again; a major objection then stands."""
    _lock_dossier(question)
    return moves.make(
        workflow.REJECT_ANSWER,
        question,
        by=by,
        why=why,
        sentence=f"Answer to {question} not accepted",
        also=_judged(by, why),
    )


def _lock_dossier(question: Question) -> None:
    """Put this act in line with those that sign or send the whole dossier, in their order of locks."""
    Dossier.objects.select_for_update().get(pk=question.dossier_id)


def _judged(by: User, note: str) -> dict[str, object]:
    return {"judged_by": by, "judged_at": timezone.now(), "judgement": note}
