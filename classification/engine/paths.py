"""The way to a verdict: every question the rules looked at, with the answer it was given."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from classification.engine.facts import spoken
from classification.engine.questions import EVERY_QUESTION, Question
from classification.engine.reasoning import Answers

_QUESTIONS = {question.key: question for question in EVERY_QUESTION}  # in the order in which they are put


@dataclass(frozen=True)
class Step:
    """One question on the way and the answer that was given."""

    question: Question
    answer: object
    label: str

    def to_json(self) -> Mapping[str, object]:
        """The step as plain data; read only, because equal steps of all verdicts share it."""
        return self._plain

    @cached_property
    def _plain(self) -> Mapping[str, object]:
        return {
            "question": self.question.id,
            "key": self.question.key,
            "answer": spoken(self.answer),
            "label": self.label,
        }


def path(answers: Answers, asked: AbstractSet[str]) -> tuple[Step, ...]:
    """The questions asked, in order, with what was answered."""
    return tuple([_step(key, answers[key]) for key in _QUESTIONS if key in asked])


@lru_cache(maxsize=8192)
def _step(key: str, answer: object) -> Step:
    question = _QUESTIONS[key]
    return Step(question, answer, label_of(question, answer))


def label_of(question: Question, answer: object) -> str:
    """One answer in the words of its question: "Yes", "Cutting; Freezing", "I do not know"."""
    if isinstance(answer, frozenset):
        return "; ".join([question.label_of(tick) for tick in spoken(answer)]) or "None of these"
    return question.label_of(str(spoken(answer)))
