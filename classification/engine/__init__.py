"""The rules of classification: answers in, verdict out. Plain Python; knows no database, clock or file."""

from __future__ import annotations

from classification.engine.differences import ChangedAnswer, Differences, Sheet, compare
from classification.engine.facts import KEYS, BadAnswer, ProductFacts
from classification.engine.outcomes import Outcome, in_code_order
from classification.engine.paths import Alternative, Lead, Step, alternatives
from classification.engine.questions import QUESTIONS, Question, asked_questions, in_order, next_question
from classification.engine.reasoning import Answers, Prospect, prospect, splits
from classification.engine.rules import RULESETS
from classification.engine.rules.finding import Finding, Flag, FlagCode
from classification.engine.rules.flags import FLAGS, Situation
from classification.engine.rules.material import names_genes
from classification.engine.verdict import Verdict

__all__ = [
    "CURRENT_RULESET",
    "KEYS",
    "QUESTIONS",
    "RULESETS",
    "Alternative",
    "BadAnswer",
    "ChangedAnswer",
    "Differences",
    "Finding",
    "Flag",
    "FlagCode",
    "Lead",
    "Outcome",
    "ProductFacts",
    "Question",
    "Sheet",
    "Step",
    "Verdict",
    "alternatives",
    "asked_questions",
    "classify",
    "compare",
    "next_question",
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
        facts, ahead.outcomes, ahead.findings, ahead.asked, _is_changed_by_reform(facts, ahead, ruleset)
    )
    return Verdict(
        outcome=outcomes[0] if len(outcomes) == 1 else Outcome.UNDETERMINED,
        outcomes=outcomes,
        first_open_question=None if len(outcomes) == 1 else _first_open_question(answers, ahead, ruleset),
        findings=ahead.findings,
        flags=tuple(flag for rule in FLAGS if (flag := rule(situation)) is not None),
        ruleset=ruleset,
        facts=facts,
    )


def _first_open_question(answers: Answers, ahead: Prospect, ruleset: str) -> Question:
    """The first unknown answer, in the order of the questionnaire, that could leave fewer classes.

    Rarely none could alone, because two unknowns matter only together; then it is the first of all.
    """
    unknown = [question for question in in_order(ahead.asked) if answers[question.key] is None]
    narrowing = (question for question in unknown if splits(question.key, answers, ruleset, ahead.outcomes))
    return next(narrowing, unknown[0])


def _is_changed_by_reform(facts: ProductFacts, ahead: Prospect, ruleset: str) -> bool:
    """Whether the draft reform leads elsewhere for certain; it only touches genes and editors."""
    if ruleset == REFORM_RULESET or facts.active_part is None:
        return False
    if not names_genes(facts.active_part) and not facts.aims_at_sequence:
        return False
    return ahead.outcomes.isdisjoint(prospect(facts.answers(), REFORM_RULESET).outcomes)
