"""Answers and findings as sentences: known ones are said, unknown ones are named as open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from classification.engine import Outcome, ProductFacts, Question
from classification.engine.facts import spoken
from classification.engine.questions import QUESTION_OF
from classification.models import Assessment
from classification.queries.verdicts import frozen_or_now


@dataclass(frozen=True)
class Told:
    """What is known of a candidate: the answers that count, the questions asked, the verdict with reasons."""

    assessment: Assessment
    facts: ProductFacts
    asked: tuple[Question, ...]
    verdict: dict[str, Any]

    @classmethod
    def about(cls, assessment: Assessment) -> Self:
        """Gather it: of a signed classification as it was signed, of a draft as it stands now."""
        return cls(assessment, assessment.facts, assessment.asked, frozen_or_now(assessment))

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every class still possible."""
        return tuple(Outcome(code) for code in self.verdict["outcomes"])

    @property
    def outcome(self) -> Outcome | None:
        """The one class that is left, if there is one."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None

    def given(self, key: str) -> str:
        """Return an answer in its exchange form, and nothing where it is not known."""
        answer = getattr(self.facts, key)
        return "" if answer is None else str(spoken(answer))

    def said(self, key: str, **sentences: str) -> str:
        """Say an answer; say that it is not known where it is asked and nobody knows; else say nothing."""
        answer = getattr(self.facts, key)
        if answer is None:
            return self.open(key)
        return sentences.get(str(spoken(answer)), "")

    def said_list(self, key: str, sentence: Callable[[list[str]], str]) -> str:
        """Say a list of ticks by its labels."""
        ticks = getattr(self.facts, key)
        if ticks is None:
            return self.open(key)
        return sentence(self.labels(key, spoken(ticks)))

    def open(self, key: str) -> str:
        """Name a question that is asked and whose answer is not known."""
        question = QUESTION_OF[key]
        if question not in self.asked or getattr(self.facts, key) is not None:
            return ""
        return f"Not known: {question.wording} ({question.id})"

    def labels(self, key: str, ticks: Iterable[str]) -> list[str]:
        """Name ticks in the words of their question, as they stand inside a sentence."""
        return [_lowered(QUESTION_OF[key].label_of(tick)) for tick in ticks]

    def findings(self, *rules: str) -> list[str]:
        """Say findings with their sources: of a rule "ENG-3", of a family "ENG-", or all of them ""."""
        return [
            f"{finding['because']} ({'; '.join(finding['citations'])})"
            for finding in self.verdict["findings"]
            if any(_is_of(finding["rule"], rule) for rule in rules)
        ]


def lines(*sentences: str) -> str:
    """Set sentences one under the other; empty and repeated ones are left out."""
    return "\n".join(dict.fromkeys(filter(None, sentences)))


def paragraph(*sentences: str) -> str:
    """Set sentences one after the other."""
    return " ".join(filter(None, sentences))


def _is_of(rule: str, wanted: str) -> bool:
    is_family = wanted in {"", rule[: rule.find("-") + 1]}
    return is_family or rule == wanted


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]
