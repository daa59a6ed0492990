"""What it means to leave one question open: the classes that stay possible, and what no flag can say yet."""

from __future__ import annotations

from dataclasses import dataclass

from classification.engine import classify
from classification.engine.facts import ProductFacts
from classification.engine.outcomes import Outcome, in_code_order
from classification.engine.questions import Kind, Question, in_order
from classification.engine.reasoning import leads, prospect
from classification.engine.rules import RULESETS
from classification.engine.rules.finding import FlagCode
from classification.engine.rules.material import completions


@dataclass(frozen=True, slots=True)
class Doubt:
    """The classes possible while one question is open, what each answer would leave, the flags that wait.

    `asks_the_cat` says that the class is certain, yet the open answer is a reason to ask the CAT.
    """

    outcomes: tuple[Outcome, ...]
    leads: tuple[tuple[Outcome, ...], ...]
    flags: tuple[FlagCode, ...]
    asks_the_cat: bool

    @property
    def matters(self) -> bool:
        """Whether any answer would leave other classes than an open question does."""
        return any(lead != self.outcomes for lead in self.leads)


def doubt(facts: ProductFacts, question: Question, ruleset: str) -> Doubt:
    """What an unknown answer to this question leads to, the other answers as they are."""
    key = question.key
    open_facts = facts.with_answer(key, None)
    if key not in RULESETS[ruleset].reads:
        return Doubt(
            classify(open_facts, ruleset).outcomes, (), _waiting(open_facts, question, ruleset), False
        )
    answers = open_facts.answers()
    outcomes = in_code_order(prospect(answers, ruleset).outcomes)
    each = leads(key, completions(key), answers, ruleset)
    left = tuple(in_code_order(outcomes) for outcomes in each.values())
    return Doubt(outcomes, left, (), len(outcomes) == 1 and _asks_the_cat(open_facts, key, ruleset))


def _waiting(open_facts: ProductFacts, question: Question, ruleset: str) -> tuple[FlagCode, ...]:
    """The flags that some answer raises and the open question cannot."""
    raised_now = _flags(open_facts, ruleset)
    answers = (choice.value for choice in question.choices if question.kind is not Kind.MULTI)
    parsed = (ProductFacts.from_exchange({question.key: answer}) for answer in answers)
    raised = {
        code
        for answer in parsed
        for code in _flags(open_facts.with_answer(question.key, getattr(answer, question.key)), ruleset)
    }
    return tuple(code for code in FlagCode if code in raised - raised_now)


def _asks_the_cat(open_facts: ProductFacts, key: str, ruleset: str) -> bool:
    if FlagCode.SEEK_CAT not in _flags(open_facts, ruleset):
        return False
    return any(
        FlagCode.SEEK_CAT not in _flags(open_facts.with_answer(key, answer), ruleset)
        for answer in completions(key)
    )


def _flags(facts: ProductFacts, ruleset: str) -> frozenset[FlagCode]:
    return frozenset(flag.code for flag in classify(facts, ruleset).flags)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to one question."""

    question: Question
    answer: object


def way_to(outcome: Outcome, facts: ProductFacts, ruleset: str) -> tuple[Given, ...]:
    """Answers to unknown questions that leave this class alone: as few as a step-by-step search finds."""
    answers = dict(facts.answers())
    taken: dict[str, object] = {}
    ahead = prospect(answers, ruleset)
    while len(ahead.outcomes) > 1:
        key, answer = _nearest(outcome, answers, ahead.asked, ruleset)
        answers[key] = taken[key] = answer
        ahead = prospect(answers, ruleset)
    for key in tuple(taken):
        if prospect({**answers, key: None}, ruleset).outcomes == {outcome}:
            answers[key] = None
            del taken[key]
    return tuple(Given(question, taken[question.key]) for question in in_order(taken.keys()))


def _nearest(
    outcome: Outcome, answers: dict[str, object], asked: frozenset[str], ruleset: str
) -> tuple[str, object]:
    """The answer to an unknown question that keeps the class possible and leaves the fewest others."""
    left = {
        (question.key, answer): outcomes
        for question in in_order(asked)
        if answers[question.key] is None
        for answer, outcomes in leads(question.key, completions(question.key), answers, ruleset).items()
        if outcome in outcomes
    }
    return min(left, key=lambda step: len(left[step]))
