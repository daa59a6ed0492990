"""What the rules make of the published facts of a case, and whether that is what was published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classification.engine import CURRENT_RULESET, classify
from classification.engine.outcomes import Outcome, in_code_order
from classification.engine.precedents.adapter import possible_facts
from classification.engine.precedents.cases import PublishedCase
from classification.engine.questions import QUESTION_OF, Question


class Agreement(StrEnum):
    """How the rules stand to a published outcome."""

    SAME = "same"
    OPEN = "open"
    CONTRADICTED = "contradicted"
    NO_FACTS = "no_facts"


@dataclass(frozen=True)
class Reading:
    """A published case read by the rules: the classes that its facts leave, and the question left open."""

    agreement: Agreement
    outcomes: tuple[Outcome, ...]
    open_question: Question | None


def reading_of(case: PublishedCase, ruleset: str = CURRENT_RULESET) -> Reading:
    """Classify a published case by its published facts."""
    if not case.facts:
        return Reading(Agreement.NO_FACTS, (), None)
    verdicts = [classify(facts, ruleset) for facts in possible_facts(case.facts)]
    outcomes = frozenset(outcome for verdict in verdicts for outcome in verdict.outcomes)
    if outcomes <= case.published:
        return Reading(Agreement.SAME, in_code_order(outcomes), None)
    agreement = Agreement.CONTRADICTED if outcomes.isdisjoint(case.published) else Agreement.OPEN
    open_questions = (verdict.first_open_question for verdict in verdicts)
    first = next((question for question in open_questions if question), None)
    # Where each active part leads to one class, the active part itself is what is not known.
    is_open = len(outcomes) > 1
    return Reading(
        agreement, in_code_order(outcomes), (first or QUESTION_OF["active_part"]) if is_open else None
    )
