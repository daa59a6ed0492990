"""What would have changed a verdict: each answer that was not given, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from classification.engine.facts import ANNEX_I_STEPS, Part, ProcessStep, ProductFacts, spoken
from classification.engine.outcomes import Outcome, in_code_order
from classification.engine.paths import label_of
from classification.engine.questions import Question, in_order
from classification.engine.reasoning import leads, prospect
from classification.engine.rules import RULESETS
from classification.engine.rules.material import SUBSTANTIAL_STEPS, completions


@dataclass(frozen=True, slots=True)
class Alternative:
    """What if: one question answered otherwise, everything else as it is, and the classes that follow.

    `given` is the answer that stands; where that is unknown, every answer is another one.
    """

    question: Question
    given: object
    answer: object
    label: str
    outcomes: tuple[Outcome, ...]
    is_change: bool

    @property
    def outcome(self) -> Outcome:
        """The one class it leads to, or `undetermined`."""
        return self.outcomes[0] if len(self.outcomes) == 1 else Outcome.UNDETERMINED

    def to_json(self) -> dict[str, object]:
        """The alternative as plain data."""
        return {
            "question": self.question.id,
            "key": self.question.key,
            "given": spoken(self.given),
            "answer": spoken(self.answer),
            "label": self.label,
            "outcome": str(self.outcome),
            "outcomes": [str(outcome) for outcome in self.outcomes],
            "is_change": self.is_change,
        }


def what_if(facts: ProductFacts, ruleset: str = "EU-2009") -> tuple[Alternative, ...]:
    """Each question that was asked, in order, with every other answer and where it would lead."""
    answers = facts.answers()
    ahead = prospect(answers, ruleset)
    alternatives = []
    for question in in_order(ahead.asked):
        given = answers[question.key]
        others = _other_answers(question.key, given, facts.viable_cells, ruleset)
        for answer, then in leads(question.key, others, answers, ruleset).items():
            label = _label(question, answer, given)
            alternatives.append(
                Alternative(question, given, answer, label, in_code_order(then), then != ahead.outcomes)
            )
    return tuple(alternatives)


_LIVING = (Part.GM_CELLS, Part.VIABLE_CELLS_OR_TISSUE)
_NOT_LIVING = tuple(part for part in Part if part not in _LIVING)


def _other_answers(key: str, given: object, viable_cells: bool | None, ruleset: str) -> list[object]:
    # There are too many lists to show: each part alone that agrees with Q07, the steps with one more or less,
    # or where they are unknown one list of each kind that the rules tell apart.
    if key == "active_part":
        fitting = tuple(Part) if viable_cells is None else _LIVING if viable_cells else _NOT_LIVING
        others: list[object] = [frozenset({part}) for part in fitting]
    elif key == "process_steps" and isinstance(given, frozenset):
        others = [given - {step} for step in ProcessStep if step in given - ANNEX_I_STEPS]
        if len(others) > 1:
            others.append(given & ANNEX_I_STEPS)
        if given.isdisjoint(SUBSTANTIAL_STEPS):
            others.append(given | {ProcessStep.EXPANSION})
    elif key == "process_steps":
        others = list(RULESETS[ruleset].completions(key))
    else:
        others = list(completions(key))
    return [other for other in others if other != given]


def _label(question: Question, answer: object, given: object) -> str:
    if (
        question.key != "process_steps"
        or not isinstance(answer, frozenset)
        or not isinstance(given, frozenset)
    ):
        return label_of(question, answer)
    word = "With" if answer > given else "Without"
    return f"{word}: {label_of(question, answer ^ given)}"
