"""The rules of classification: answers in, verdict out. Plain Python; knows no database, clock or file."""

from __future__ import annotations

from classification.engine.facts import KEYS, BadAnswer, ProductFacts
from classification.engine.outcomes import ATMPS, COMBINED, Outcome, in_code_order
from classification.engine.paths import Step, path
from classification.engine.questions import QUESTIONS, Question, asked_questions, in_order, next_question
from classification.engine.reasoning import Answers, Prospect, prospect, splits
from classification.engine.rules import RULESETS, RuleSet
from classification.engine.rules.finding import Finding, Flag, FlagCode
from classification.engine.rules.flags import FLAGS, Situation
from classification.engine.verdict import Verdict
from classification.engine.what_if import Alternative, what_if

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
    "asked_questions",
    "classify",
    "next_question",
    "what_if",
]

CURRENT_RULESET = "EU-2009"
REFORM_RULESET = "EU-REFORM"


def classify(facts: ProductFacts, ruleset: str = CURRENT_RULESET) -> Verdict:
    """The class of one candidate: Regulation (EC) 1394/2007, Art 2; Directive 2001/83/EC, Annex I, Part IV.

    An unknown answer stands for every answer: if all lead to one class it is given, otherwise all are named.
    """
    answers = facts.answers()
    ahead = prospect(answers, ruleset)
    outcomes = in_code_order(ahead.outcomes)
    situation = Situation(
        facts=facts,
        outcomes=ahead.outcomes,
        findings=ahead.findings,
        rules=frozenset([finding.rule for finding in ahead.findings]),
        asked=ahead.asked,
        is_atmp=ahead.outcomes <= ATMPS,
        is_combined=ahead.outcomes <= COMBINED,
        is_changed_by_reform=_is_changed_by_reform(facts, answers, ahead, ruleset),
    )
    return Verdict(
        outcome=outcomes[0] if len(outcomes) == 1 else Outcome.UNDETERMINED,
        outcomes=outcomes,
        first_open_question=None if len(outcomes) == 1 else _first_open_question(answers, ahead, ruleset),
        path=path(answers, ahead.asked),
        findings=ahead.findings,
        flags=tuple(flag for rule in FLAGS if (flag := rule(situation)) is not None),
        ruleset=ruleset,
        ruleset_version=RULESETS[ruleset].version,
        facts=facts,
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
    if ruleset == REFORM_RULESET or facts.active_part is None or not facts.aims_at_sequence:
        return False
    return ahead.outcomes.isdisjoint(prospect(answers, REFORM_RULESET).outcomes)
