"""What would change a verdict: each answer given otherwise, and the reform that is not yet law."""

from collections.abc import Iterator
from typing import Any

from classification.engine import Alternative, Outcome, ProductFacts, Verdict, classify, what_if
from classification.engine.questions import QUESTION_OF, Kind, Question
from classification.queries.words import classes_in_words, words_of

REFORM = "EU-REFORM"
IDLE = "No other answer changes it"

Leads = dict[str, list[Alternative]]


def leads_of(verdict: Verdict) -> Leads:
    """By question, every other answer with the classes it would leave possible."""
    leads: Leads = {}
    for alternative in what_if(verdict.facts, verdict.ruleset):
        leads.setdefault(alternative.question.key, []).append(alternative)
    return leads


def way_off(question: Question, leads: list[Alternative]) -> str:
    """Say where the other answers lead; of a yes-or-no question, each of them."""
    away = [lead for lead in leads if lead.is_change]
    if not away:
        return IDLE
    if question.kind is Kind.YES_NO:
        return "; ".join(f"{lead.label}: {classes_in_words(lead.outcomes)}" for lead in away)
    classes = [outcome for outcome in Outcome if any(outcome in lead.outcomes for lead in away)]
    return f"Otherwise: {classes_in_words(classes)}"


def would_change(verdict: Verdict, leads: Leads) -> list[dict[str, Any]]:
    """The known answers that, given otherwise, lead elsewhere; those that lead to the same stand together."""
    return [
        {
            **_row(question, same, verdict),
            "verdict": _verdict_words(same[0].outcomes),
            "because": _reason(verdict.facts.with_answer(question.key, same[0].answer), verdict),
        }
        for question, same in _alike(verdict, leads)
        if same[0].is_change
    ]


def would_not_change(verdict: Verdict, leads: Leads) -> list[dict[str, Any]]:
    """The known answers that could be given otherwise and would change nothing."""
    return [
        _row(question, same, verdict) for question, same in _alike(verdict, leads) if not same[0].is_change
    ]


def reform_of(verdict: Verdict) -> list[dict[str, Any]]:
    """What the same answers would lead to if the pharmaceutical reform were in force; it is not."""
    if verdict.ruleset == REFORM or not verdict.is_determined:
        return []
    then = classify(verdict.facts, REFORM)
    classes = classes_in_words(then.outcomes)
    return [
        {
            "question": "",
            "wording": "The pharmaceutical reform were in force",
            "given": "",
            "answer": "",
            "verdict": classes if then.outcomes != verdict.outcomes else f"{classes}, unchanged",
            "because": f"rule set {REFORM}, draft, not yet law",
        }
    ]


def _alike(verdict: Verdict, leads: Leads) -> Iterator[tuple[Question, list[Alternative]]]:
    """Other answers to one known question that leave the same classes."""
    for key, of_question in leads.items():
        if getattr(verdict.facts, key) is None:
            continue
        groups: dict[tuple[Outcome, ...], list[Alternative]] = {}
        for lead in of_question:
            groups.setdefault(lead.outcomes, []).append(lead)
        for same in groups.values():
            yield QUESTION_OF[key], same


def _row(question: Question, same: list[Alternative], verdict: Verdict) -> dict[str, Any]:
    return {
        "question": question.id,
        "wording": question.wording,
        "given": words_of(question, verdict.facts.to_exchange()[question.key]),
        "answer": " / ".join(lead.label for lead in same),
    }


def _verdict_words(outcomes: tuple[Outcome, ...]) -> str:
    return outcomes[0].label if len(outcomes) == 1 else classes_in_words(outcomes)


def _reason(facts: ProductFacts, now: Verdict) -> str:
    """Cite the finding that would make the difference, or name the question that would decide."""
    then = classify(facts, now.ruleset)
    if then.first_open_question:
        return f"{then.first_open_question.id} would decide"
    deciding = [finding for finding in then.findings if finding.leads_to is not None]
    known = {finding.rule for finding in now.findings}
    new = [finding for finding in deciding if finding.rule not in known]
    return "; ".join(citation.short for citation in (new or deciding)[-1].citations)
