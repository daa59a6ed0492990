"""The rules of classification: answers in, verdict out. Plain Python; knows no database, clock or file."""

from __future__ import annotations

from collections.abc import Collection

from classification.engine.facts import KEYS, BadAnswer, ProductFacts
from classification.engine.outcomes import Outcome, in_code_order
from classification.engine.paths import Step, path
from classification.engine.questions import (
    QUESTIONS,
    Question,
    asked_questions,
    in_order,
    next_question,
    questions_of,
)
from classification.engine.reasoning import Answers, Prospect, prospect, splits
from classification.engine.rules import RULESETS, RuleSet
from classification.engine.rules.finding import Finding, Flag, FlagCode
from classification.engine.rules.flags import Situation
from classification.engine.verdict import Verdict
from classification.engine.what_if import Alternative, what_if
from classification.engine.why_not import WhyNot, why_not

__all__ = [
    "CURRENT_RULESET",
    "KEYS",
    "QUESTIONS",
    "RULESETS",
    "Alternative",
    "BadAnswer",
    "Finding",
    "Flag",
    "FlagCode",
    "Outcome",
    "ProductFacts",
    "Question",
    "RuleSet",
    "Step",
    "Verdict",
    "WhyNot",
    "asked_questions",
    "classify",
    "differs",
    "next_question",
    "questions_of",
    "what_if",
    "why_not",
]

CURRENT_RULESET = "EU-2009"
REFORM_RULESET = "EU-REFORM"

_PASSED_TODAY = {Outcome.GTMP, Outcome.COMBINED_GTMP, Outcome.VACCINE}


def classify(facts: ProductFacts, ruleset: str = CURRENT_RULESET) -> Verdict:
    """The class of one candidate: Regulation (EC) 1394/2007, Art 2; Directive 2001/83/EC, Annex I, Part IV.

    An unknown answer stands for every answer: if all lead to one class it is given, otherwise all are named.
    Another rule set judges the same answers by other law.
    """
    rules = RULESETS[ruleset]
    answers = facts.answers()
    ahead = prospect(answers, ruleset)
    outcomes = in_code_order(ahead.outcomes)
    way = path(answers, ahead.asked)
    has_unknown = any(step.answer is None for step in way)
    situation = _situation(facts, ahead, has_unknown, _is_changed_by_reform(facts, answers, ahead, ruleset))
    return Verdict(
        outcome=outcomes[0] if len(outcomes) == 1 else Outcome.UNDETERMINED,
        outcomes=outcomes,
        first_open_question=None if len(outcomes) == 1 else _first_open_question(answers, ahead, ruleset),
        path=way,
        findings=ahead.findings,
        flags=tuple([flag for rule in rules.flags if (flag := rule(situation)) is not None]),
        ruleset=ruleset,
        ruleset_version=rules.version,
        facts=facts,
    )


def differs(outcomes: Collection[str], facts: ProductFacts, ruleset: str = CURRENT_RULESET) -> bool:
    """Whether the rules of today leave other classes than those once named: what a new version changes."""
    return set(outcomes) != set(prospect(facts.answers(), ruleset).outcomes)


def _situation(facts: ProductFacts, ahead: Prospect, has_unknown: bool, is_changed: bool) -> Situation:
    return Situation(
        facts=facts,
        outcomes=ahead.outcomes,
        findings=ahead.findings,
        rules=frozenset([finding.rule for finding in ahead.findings]),
        asked=ahead.asked,
        has_unknown=has_unknown,
        is_changed_by_reform=is_changed,
    )


def _first_open_question(answers: Answers, ahead: Prospect, ruleset: str) -> Question:
    """The first unknown answer, in the order of the questionnaire, that could leave fewer classes.

    Rarely none could alone, because two unknowns matter only together; then it is the first of all.
    """
    unknown = [question for question in in_order(ahead.asked) if answers[question.key] is None]
    narrowing = (question for question in unknown if splits(question.key, answers, ruleset, ahead.outcomes))
    return next(narrowing, unknown[0])


def _is_changed_by_reform(facts: ProductFacts, answers: Answers, ahead: Prospect, ruleset: str) -> bool:
    """Whether the draft reform leads elsewhere for certain; it only touches what aims at a sequence."""
    if ruleset != CURRENT_RULESET or facts.active_part is None or not facts.aims_at_sequence:
        return False
    # What passes the test of today passes that of the draft, which asks for less.
    if ahead.outcomes <= _PASSED_TODAY:
        return False
    return ahead.outcomes.isdisjoint(prospect(answers, REFORM_RULESET).outcomes)
