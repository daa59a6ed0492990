"""Which questions matter, given the answers so far; the rules themselves say so, no second tree is kept."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from classification.engine.facts import Part, ProductFacts
from classification.engine.questions.manufacture import MANUFACTURE_QUESTIONS
from classification.engine.questions.model import Question
from classification.engine.questions.product import PRODUCT_QUESTIONS
from classification.engine.questions.regional import REGIONAL_QUESTIONS
from classification.engine.questions.use import USE_QUESTIONS
from classification.engine.reasoning import Prospect, prospect, waiting
from classification.engine.rules import RULESETS
from classification.engine.rules.material import CELL_PARTS, can_be_protein_editor

QUESTIONS: tuple[Question, ...] = (*PRODUCT_QUESTIONS, *MANUFACTURE_QUESTIONS, *USE_QUESTIONS)
"""The whole questionnaire, in order."""

EVERY_QUESTION: tuple[Question, ...] = (*QUESTIONS, *REGIONAL_QUESTIONS)
"""The questionnaire, and behind it what only the law of other regions asks."""

QUESTION_OF: dict[str, Question] = {question.key: question for question in QUESTIONS}
"""Each question of the questionnaire by its exchange name."""


def questions_of(ruleset: str) -> tuple[Question, ...]:
    """The questionnaire, and behind it what these rules ask besides."""
    reads = RULESETS[ruleset].reads
    return (*QUESTIONS, *[question for question in REGIONAL_QUESTIONS if question.key in reads])


_FROM_A_DONOR = CELL_PARTS | {Part.CELL_DERIVED, Part.ANUCLEATE_BLOOD}


def in_order(keys: AbstractSet[str]) -> tuple[Question, ...]:
    """The questions with these exchange names, in the order of the questionnaire."""
    return tuple(question for question in EVERY_QUESTION if question.key in keys)


def asked_questions(facts: ProductFacts, ruleset: str = "EU-2009") -> tuple[Question, ...]:
    """Every question that matters with these answers or can still come to matter, in order.

    A question that a given answer has closed is missing; an unknown answer closes nothing.
    """
    ahead = prospect(facts.answers(), ruleset)
    return in_order(ahead.asked | _asked_for_flags(facts, ahead))


def next_question(
    facts: ProductFacts, answered: AbstractSet[str], ruleset: str = "EU-2009"
) -> Question | None:
    """The question to put next, or none when the rest is closed.

    `answered` holds the exchange names of all questions put so far, those answered with "unknown" included.
    """
    open_now = waiting(facts.answers(), frozenset(answered), ruleset)
    if not open_now:
        open_now = _asked_for_flags(facts, prospect(facts.answers(), ruleset)) - frozenset(answered)
    return next(iter(in_order(open_now)), None)


def _asked_for_flags(facts: ProductFacts, ahead: Prospect) -> frozenset[str]:
    keys: set[str] = set()
    if any(outcome.is_atmp for outcome in ahead.outcomes):
        keys |= {"hospital_custom_made", "sme"}
    if facts.is_medicine is not False and _may_have_a_donor(facts):
        keys.add("source")
    if facts.is_medicine is not False and facts.active_part and can_be_protein_editor(facts.active_part):
        keys.add("aims_at_sequence")
    return frozenset(keys)


def _may_have_a_donor(facts: ProductFacts) -> bool:
    if facts.active_part is None or facts.viable_cells:
        return True
    return not _FROM_A_DONOR.isdisjoint(facts.active_part)
