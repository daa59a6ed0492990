"""The same answers under the law of other regions, side by side; only the EU law in force is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from classification import permissions
from classification.engine import RULESETS, Finding, ProductFacts, RuleSet, asked_questions, classify
from classification.engine.facts import REGIONAL_KEYS
from classification.engine.questions import EVERY_QUESTION, Kind, Question, in_order
from classification.engine.reasoning import prospect
from classification.models import Assessment, counted
from classification.queries.words import TRUST_WORDS, Answer, class_name, listed

HOME = "EU-2009"
MOST_FINDINGS = 3


@dataclass(frozen=True)
class Reason:
    """A finding that decided, with its source and how far that was checked."""

    rule: str
    because: str
    citation: str
    trust: str


@dataclass(frozen=True)
class Column:
    """What one set of rules makes of the answers."""

    ruleset: RuleSet
    dated: date
    outcome: str
    consequence: str
    reasons: list[Reason]
    decides: Question | None
    is_regional: bool

    @property
    def is_open(self) -> bool:
        """Whether more than one class is still possible."""
        return self.decides is not None


@dataclass(frozen=True)
class RegionPage:
    """One candidate under every set of rules."""

    assessment: Assessment
    columns: list[Column]
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    is_look: bool
    refusal: str | None


def region_page(
    assessment: Assessment, user: User, looked_at: Mapping[str, Answer] | None = None
) -> RegionPage:
    """Gather the comparison; `looked_at` holds regional answers that are tried and not stored."""
    answers = {**assessment.answers, **(looked_at or {})}
    facts = ProductFacts.from_exchange(answers)
    regional = regional_questions(answers)
    return RegionPage(
        assessment=assessment,
        columns=[_column(ruleset, facts, regional) for ruleset in RULESETS.values()],
        questions=regional,
        answers=answers,
        is_look=looked_at is not None,
        refusal=permissions.why_not_change(assessment, user),
    )


def open_to_other_regions(answers: Mapping[str, Answer]) -> frozenset[str]:
    """The questions that EU law in force does not ask with these answers; lists to tick are left out."""
    facts = counted(ProductFacts.from_exchange(answers), HOME)
    asked_at_home = {question.key for question in asked_questions(facts, HOME)}
    single = {question.key for question in EVERY_QUESTION if question.kind is not Kind.MULTI}
    return frozenset(single - asked_at_home)


def regional_questions(answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """What other regions ask besides: what matters there, and what only they ask if it has an answer."""
    facts = ProductFacts.from_exchange(answers)
    matters = {key for code in RULESETS for key in prospect(counted(facts, code).answers(), code).asked}
    given = answers.keys() & set(REGIONAL_KEYS)
    return in_order(open_to_other_regions(answers) & (matters | given))


def _column(ruleset: RuleSet, facts: ProductFacts, regional: tuple[Question, ...]) -> Column:
    verdict = classify(counted(facts, ruleset.code), ruleset.code)
    decides = verdict.first_open_question
    names = [class_name(outcome) for outcome in verdict.outcomes]
    return Column(
        ruleset=ruleset,
        dated=date.fromisoformat(ruleset.dated),
        outcome=verdict.outcome.label if decides is None else f"Still possible: {listed(names)}",
        consequence=verdict.consequence if decides is None else "",
        reasons=[_reason(finding) for finding in verdict.findings if finding.leads_to][-MOST_FINDINGS:],
        decides=decides,
        is_regional=decides in regional,
    )


def _reason(finding: Finding) -> Reason:
    return Reason(
        rule=finding.rule,
        because=finding.because,
        citation="; ".join(citation.short for citation in finding.citations),
        trust=TRUST_WORDS[finding.trust],
    )
