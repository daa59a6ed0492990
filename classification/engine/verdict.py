"""The result of a classification: class or classes, reasons, flags, and the way that was taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from classification.engine.facts import ProductFacts
from classification.engine.outcomes import Outcome
from classification.engine.paths import Step
from classification.engine.questions.model import Question
from classification.engine.rules import RULESETS
from classification.engine.rules.finding import Finding, Flag, FlagCode

__all__ = ["Finding", "Flag", "FlagCode", "Outcome", "Step", "Verdict"]


@dataclass(frozen=True)
class Verdict:
    """What the rules make of the answers about one candidate.

    `outcomes` holds every class still possible; `outcome` is the only one, or `undetermined`.
    """

    outcome: Outcome
    outcomes: tuple[Outcome, ...]
    first_open_question: Question | None
    path: tuple[Step, ...]
    findings: tuple[Finding, ...]
    flags: tuple[Flag, ...]
    ruleset: str
    ruleset_version: str
    facts: ProductFacts = field(repr=False)

    @property
    def is_determined(self) -> bool:
        """Whether the answers leave one class only."""
        return self.outcome is not Outcome.UNDETERMINED

    @property
    def consequence(self) -> str:
        """One sentence on the regime the class leads to under the law it was judged by."""
        return RULESETS[self.ruleset].consequence_of(self.outcome)

    @property
    def explanation(self) -> str:
        """The verdict as one paragraph in plain words, made of the findings."""
        sentences = [finding.because for finding in self.findings]
        if self.first_open_question is None:
            return " ".join([*sentences, self.consequence])
        classes = ", ".join(outcome.label for outcome in self.outcomes)
        question = self.first_open_question
        sentences.append(f"The answers leave {len(self.outcomes)} classes possible: {classes}.")
        sentences.append(f"The first question that decides is {question.id}: {question.wording}")
        return " ".join(sentences)

    def to_json(self) -> dict[str, object]:
        """The verdict as plain data; this is what `manage.py classify` prints."""
        question = self.first_open_question
        return {
            "outcome": str(self.outcome),
            "outcomes": [str(outcome) for outcome in self.outcomes],
            "label": self.outcome.label,
            "first_open_question": None if question is None else question.id,
            "first_open_key": None if question is None else question.key,
            "path": [step.to_json() for step in self.path],
            "flags": [str(flag.code) for flag in self.flags],
            "flag_notes": [flag.to_json() for flag in self.flags],
            "findings": [finding.to_json() for finding in self.findings],
            "explanation": self.explanation,
            "ruleset": self.ruleset,
            "ruleset_version": self.ruleset_version,
            "answers": self.facts.to_exchange(),
        }
