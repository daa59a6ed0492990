"""The questionnaire as data, and the order in which its questions are put."""

from __future__ import annotations

from classification.engine.questions.branching import (
    EVERY_QUESTION,
    QUESTION_OF,
    QUESTIONS,
    asked_questions,
    in_order,
    next_question,
    questions_of,
)
from classification.engine.questions.model import UNKNOWN, Choice, Kind, Question, Topic

__all__ = [
    "EVERY_QUESTION",
    "QUESTIONS",
    "QUESTION_OF",
    "UNKNOWN",
    "Choice",
    "Kind",
    "Question",
    "Topic",
    "asked_questions",
    "in_order",
    "next_question",
    "questions_of",
]
