"""The wizard and the page on which the answers are checked."""

from dataclasses import dataclass
from typing import Literal

from accounts.models import User
from audit.models import Event
from classification import permissions
from classification.engine import next_question
from classification.engine.citations import CHECKED, Trust
from classification.engine.questions import QUESTION_OF, QUESTIONS, Kind, Question, Topic
from classification.events import ClassificationEvent
from classification.models import Assessment

Answer = str | list[str]
TRUST_WORDS = {
    Trust.VERIFIED: f"Checked against the text, {CHECKED}.",
    Trust.SECONDARY: f"Checked against a secondary source, {CHECKED}.",
    Trust.RECALLED: "The article is named; its wording is still to be checked.",
}


def words_of(question: Question, answer: Answer | None) -> str:
    """Say an answer in exchange form in words."""
    return question.in_words(answer)


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
        trust=TRUST_WORDS[question.citation.trust],
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
    is_list: bool


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
    kept = [QUESTION_OF[key] for key in assessment.answers if QUESTION_OF[key] not in asked]
    return CheckPage(
        assessment=assessment,
        topics=[(topic, of_topic) for topic, of_topic in topics if of_topic],
        kept=[_answer_row(question, assessment) for question in sorted(kept, key=QUESTIONS.index)],
        unanswered=len(assessment.unanswered),
        refusal=permissions.why_not_change(assessment, user),
    )


def _answer_row(question: Question, assessment: Assessment) -> AnswerRow:
    answer = assessment.answers.get(question.key)
    return AnswerRow(question, words_of(question, answer), answer is not None, question.kind is Kind.MULTI)
