"""The way to a verdict, and what would have changed it: every question asked, with its other answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from classification.engine.facts import ANNEX_I_STEPS, Part, ProcessStep, ProductFacts, spoken
from classification.engine.outcomes import Outcome, in_code_order
from classification.engine.questions import Question, in_order
from classification.engine.reasoning import Answers, prospect
from classification.engine.rules import OUTCOME_KEYS
from classification.engine.rules.material import SUBSTANTIAL_STEPS, completions


@dataclass(frozen=True, slots=True)
class Lead:
    """Another answer to a question, with the classes it would leave possible."""

    answer: object
    label: str
    outcomes: tuple[Outcome, ...]

    @property
    def outcome(self) -> Outcome:
        """The one class it leads to, or `undetermined`."""
        return self.outcomes[0] if len(self.outcomes) == 1 else Outcome.UNDETERMINED

    def to_json(self) -> dict[str, object]:
        """The lead as plain data."""
        return {
            "answer": spoken(self.answer),
            "label": self.label,
            "outcomes": [str(outcome) for outcome in self.outcomes],
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the way: the answer that was given, and where the others would lead."""

    question: Question
    answer: object
    label: str
    otherwise: tuple[Lead, ...]

    def to_json(self) -> dict[str, object]:
        """The step as plain data."""
        return {
            "question": self.question.id,
            "key": self.question.key,
            "answer": spoken(self.answer),
            "label": self.label,
            "otherwise": [lead.to_json() for lead in self.otherwise],
        }


@dataclass(frozen=True, slots=True)
class Alternative:
    """What if: one question answered otherwise, everything else as it is, and the class that follows."""

    question: Question
    answer: object
    label: str
    outcome: Outcome
    outcomes: tuple[Outcome, ...]
    is_change: bool


def path(facts: ProductFacts, ruleset: str) -> tuple[Step, ...]:
    """The questions the rules looked at, in order, with every answer that was not given."""
    return _path(facts.only(OUTCOME_KEYS), ruleset)


def alternatives(facts: ProductFacts, ruleset: str = "EU-2009") -> list[Alternative]:
    """What would change the verdict: each known answer on the way, given otherwise."""
    answers = facts.answers()
    ahead = prospect(answers, ruleset)
    now = in_code_order(ahead.outcomes)
    return [
        Alternative(question, lead.answer, lead.label, lead.outcome, lead.outcomes, lead.outcomes != now)
        for question in in_order(ahead.asked)
        if answers[question.key] is not None
        for lead in _leads(question, answers, ruleset)
    ]


@lru_cache(maxsize=4096)
def _path(facts: ProductFacts, ruleset: str) -> tuple[Step, ...]:
    answers = facts.answers()
    steps = []
    for question in in_order(prospect(answers, ruleset).asked):
        given = answers[question.key]
        label = _label(question, given, given)
        steps.append(Step(question, given, label, _leads(question, answers, ruleset)))
    return tuple(steps)


def _leads(question: Question, answers: Answers, ruleset: str) -> tuple[Lead, ...]:
    given = answers[question.key]
    leads = []
    for answer in _other_answers(question.key, given, answers["viable_cells"]):
        outcomes = prospect({**answers, question.key: answer}, ruleset).outcomes
        leads.append(Lead(answer, _label(question, answer, given), in_code_order(outcomes)))
    return tuple(leads)


_LIVING = (Part.GM_CELLS, Part.VIABLE_CELLS_OR_TISSUE)
_NOT_LIVING = tuple(part for part in Part if part not in _LIVING)


def _other_answers(key: str, given: object, viable_cells: object) -> Iterator[object]:
    # There are too many lists to show: each part alone that agrees with Q07, the steps with one more or less.
    if key == "active_part":
        fitting = tuple(Part) if viable_cells is None else _LIVING if viable_cells else _NOT_LIVING
        others: list[object] = [frozenset({part}) for part in fitting]
    elif key == "process_steps" and isinstance(given, frozenset):
        others = [given - {step} for step in ProcessStep if step in given - ANNEX_I_STEPS]
        if len(others) > 1:
            others.append(given & ANNEX_I_STEPS)
        if given.isdisjoint(SUBSTANTIAL_STEPS):
            others.append(given | {ProcessStep.EXPANSION})
    else:
        others = list(completions(key))
    return (other for other in others if other != given)


def _label(question: Question, value: object, given: object) -> str:
    if isinstance(value, frozenset):
        if question.key == "process_steps" and isinstance(given, frozenset) and value != given:
            return _label_of_change(question, value, given)
        ticks = [question.label_of(tick) for tick in spoken(value)]
        return "; ".join(ticks) or "None of these"
    return question.label_of(str(spoken(value)))


def _label_of_change(question: Question, steps: frozenset[ProcessStep], given: frozenset[ProcessStep]) -> str:
    if added := steps - given:
        return f"With: {'; '.join(question.label_of(step) for step in added)}"
    return f"Without: {'; '.join(question.label_of(step) for step in ProcessStep if step in given - steps)}"
