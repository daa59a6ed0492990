"""The classes that were not reached and why: a sentence each, its source, and the question it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from classification.engine.citations import Citation
from classification.engine.facts import ProductFacts
from classification.engine.outcomes import ATMPS
from classification.engine.questions import in_order
from classification.engine.reasoning import Answers, Prospect, leads, prospect
from classification.engine.rules.material import completions
from classification.engine.rules.united_kingdom import british
from classification.engine.why_not.obstacles import BRANCHES, Branch, Known


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one class was not reached; `is_open` says that it still can be, once a question is answered."""

    code: str
    because: str
    citations: tuple[Citation, ...]
    rule: str
    questions: tuple[str, ...]
    is_open: bool = False

    def to_json(self) -> dict[str, object]:
        """The reason as plain data."""
        return {
            "class": self.code,
            "because": self.because,
            "citations": [citation.short for citation in self.citations],
            "rule": self.rule,
            "questions": list(self.questions),
            "is_open": self.is_open,
        }


_CITED_AS: Mapping[str, Callable[[Citation], Citation]] = {
    "EU-2009": lambda citation: citation,
    "UK-2012": british,
}
"""The rule sets that have these classes by these tests, with how each cites them."""


def why_not(facts: ProductFacts, ruleset: str = "EU-2009") -> tuple[WhyNot, ...]:
    """Every branch that was not taken: the classes of ATMP, combined, and the ways out that lie nearest.

    Decision: only the law in force of the EU and of the United Kingdom is asked; elsewhere these classes are
    unknown, and a draft shuts nothing.
    """
    cited = _CITED_AS.get(ruleset)
    if cited is None:
        return ()
    answers = facts.answers()
    ahead = prospect(answers, ruleset)
    known = Known(
        facts, frozenset(finding.rule for finding in ahead.findings), ahead.outcomes.isdisjoint(ATMPS)
    )
    return tuple(
        _left_open(branch, answers, ahead, ruleset, cited)
        if branch.classes & ahead.outcomes
        else _shut(branch, known, ahead, cited)
        for branch in BRANCHES
        if not ahead.outcomes <= branch.classes
    )


def _left_open(
    branch: Branch, answers: Answers, ahead: Prospect, ruleset: str, cited: Callable[[Citation], Citation]
) -> WhyNot:
    unknown = [question for question in in_order(ahead.asked) if answers[question.key] is None]
    deciding = (
        question
        for question in unknown
        if any(
            branch.classes.isdisjoint(outcomes)
            for outcomes in leads(question.key, completions(question.key), answers, ruleset).values()
        )
    )
    question = next(deciding, unknown[0])
    because = f"Not ruled out: {question.id} is not answered."
    return WhyNot(branch.code, because, (cited(question.citation),), "", (question.id,), is_open=True)


def _shut(branch: Branch, known: Known, ahead: Prospect, cited: Callable[[Citation], Citation]) -> WhyNot:
    for obstacle in branch.obstacles:
        if obstacle.holds(known):
            hangs_on = f" ({', '.join(obstacle.questions)})" if obstacle.questions else ""
            citations = tuple(dict.fromkeys(map(cited, obstacle.citations)))
            because = f"{obstacle.text}{hangs_on}."
            return WhyNot(branch.code, because, citations, obstacle.rule, obstacle.questions)
    return _led_elsewhere(branch, ahead)


def _led_elsewhere(branch: Branch, ahead: Prospect) -> WhyNot:
    """No single obstacle shuts it: the last finding says where the answers lead instead."""
    if not ahead.findings:
        return WhyNot(branch.code, "Every answer that is still open leads elsewhere.", (), "", ())
    last = ahead.findings[-1]
    return WhyNot(branch.code, f"It leads elsewhere: {last.because}", last.citations, last.rule, ())
