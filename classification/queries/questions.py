"""The wizard and the page on which the answers are checked."""

from dataclasses import dataclass
from typing import Literal

from accounts.models import User
from audit.models import Event
from classification import permissions
from classification.engine import next_question
from classification.engine.questions import QUESTIONS, UNKNOWN, Question, Topic
from classification.events import ClassificationEvent
from classification.models import Assessment
from classification.queries.doubts import consequence_of_doubt
from classification.queries.words import TRUST_SENTENCES, Answer, words_of


def question_to_put(assessment: Assessment) -> Question | None:
    """Return the question that comes next, or None when none is left."""
    return next_question(assessment.facts, assessment.answers.keys(), assessment.ruleset)


@dataclass(frozen=True)
class TopicRow:
    """One topic of the questionnaire beside the question."""

    title: str
    state: Literal["done", "now", "open", "closed"]
    count: str
    first: Question | None


@dataclass(frozen=True)
class QuestionPage:
    """One question, with where it stands among the others."""

    assessment: Assessment
    question: Question
    topics: list[TopicRow]
    number: int
    back: Question | None
    left: int
    is_asked: bool
    trust: str
    doubt: str
    refusal: str | None


def question_page(assessment: Assessment, question: Question, user: User) -> QuestionPage:
    """Gather the page of one question."""
    asked = assessment.asked
    earlier = [other for other in asked if other.key in assessment.answers and _is_before(other, question)]
    return QuestionPage(
        assessment=assessment,
        question=question,
        topics=[_topic_row(topic, assessment, asked, question) for topic in Topic],
        number=list(Topic).index(question.topic) + 1,
        back=earlier[-1] if earlier else None,
        left=len(assessment.unanswered),
        is_asked=question in asked,
        trust=TRUST_SENTENCES[question.citation.trust],
        doubt=consequence_of_doubt(assessment, question),
        refusal=permissions.why_not_change(assessment, user),
    )


def _is_before(other: Question, question: Question) -> bool:
    return QUESTIONS.index(other) < QUESTIONS.index(question)


def _topic_row(
    topic: Topic, assessment: Assessment, asked: tuple[Question, ...], question: Question
) -> TopicRow:
    here = [other for other in asked if other.topic is topic]
    answered = [other for other in here if other.key in assessment.answers]
    count = f"{len(answered)} of {len(here)}"
    if question.topic is topic:
        return TopicRow(topic, "now", count if here else "", None)
    if not here:
        return TopicRow(topic, "closed", "not asked", None)
    if not answered:
        return TopicRow(topic, "open", "", None)
    return TopicRow(topic, "done" if answered == here else "open", count, here[0])


@dataclass(frozen=True)
class ConflictPage:
    """Two answers to one question, given at the same time in two places."""

    assessment: Assessment
    question: Question
    saved: str
    mine: str
    saving: Event | None


def conflict_page(assessment: Assessment, question: Question, mine: Answer) -> ConflictPage:
    """Gather what was saved meanwhile, by whom and when, beside what was chosen here."""
    answered = Event.objects.about(assessment).filter(code=ClassificationEvent.ANSWERED)
    return ConflictPage(
        assessment=assessment,
        question=question,
        saved=words_of(question, assessment.answers[question.key]),
        mine=words_of(question, mine),
        saving=answered.filter(data__has_key=question.key).first(),
    )


@dataclass(frozen=True)
class AnswerRow:
    """One question with its answer in words."""

    question: Question
    words: str
    is_answered: bool
    doubt: str = ""


@dataclass(frozen=True)
class CheckPage:
    """Every answer before the verdict is read."""

    assessment: Assessment
    topics: list[tuple[str, list[AnswerRow]]]
    kept: list[AnswerRow]
    unanswered: int
    refusal: str | None


def check_page(assessment: Assessment, user: User) -> CheckPage:
    """Gather the answers by topic; those of a branch that has closed stand apart."""
    asked = assessment.asked
    rows = [_answer_row(question, assessment) for question in asked]
    topics = [(str(topic), [row for row in rows if row.question.topic is topic]) for topic in Topic]
    closed = (question for question in QUESTIONS if question not in asked)
    return CheckPage(
        assessment=assessment,
        topics=[(topic, of_topic) for topic, of_topic in topics if of_topic],
        kept=[_kept_row(question, assessment) for question in closed if question.key in assessment.answers],
        unanswered=len(assessment.unanswered),
        refusal=permissions.why_not_change(assessment, user),
    )


def _answer_row(question: Question, assessment: Assessment) -> AnswerRow:
    answer = assessment.answers.get(question.key)
    doubt = consequence_of_doubt(assessment, question) if answer == UNKNOWN.value else ""
    return AnswerRow(question, words_of(question, answer), answer is not None, doubt)


def _kept_row(question: Question, assessment: Assessment) -> AnswerRow:
    return AnswerRow(question, words_of(question, assessment.answers[question.key]), is_answered=True)
