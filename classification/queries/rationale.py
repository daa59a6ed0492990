"""The reasons behind a verdict as plain data: what a page shows, a signature freezes and a report prints."""

from typing import Any

from classification.engine import Alternative, Outcome, Step, Verdict, alternatives, classify
from classification.engine.questions import Kind, Question
from classification.models import Assessment
from classification.queries.words import classes_in_words, words_of

REFORM = "EU-REFORM"


def rationale_of(assessment: Assessment) -> dict[str, Any]:
    """Work out the verdict with its reasons as plain data: what the page shows and a signature freezes."""
    verdict = classify(assessment.facts, assessment.ruleset)
    asked, unanswered = assessment.asked, assessment.unanswered
    given = [question for question in asked if question not in unanswered]
    return {
        **verdict.to_json(),
        "consequence": verdict.outcome.consequence,
        "is_atmp": verdict.outcome.is_atmp,
        "path": [_step(step, verdict) for step in verdict.path if step.question in given],
        "changes": [] if unanswered else [*_changes(verdict), *_reform(verdict)],
        "given": [_given(question, assessment) for question in given],
        "answered": len(given),
        "asked": len(asked),
        "unknown": sum(assessment.answers[question.key] == "unknown" for question in given),
    }


def _given(question: Question, assessment: Assessment) -> dict[str, str]:
    answer = words_of(question, assessment.answers[question.key])
    return {"question": question.id, "wording": question.wording, "answer": answer}


def _step(step: Step, verdict: Verdict) -> dict[str, Any]:
    return {**step.to_json(), "wording": step.question.wording, "off": _way_off(step, verdict)}


def _way_off(step: Step, verdict: Verdict) -> str:
    """Say where the other answers lead; of a yes-or-no question, each of them."""
    leads = [lead for lead in step.otherwise if lead.outcomes != verdict.outcomes]
    if not leads:
        return "No other answer changes it"
    if step.question.kind is Kind.YES_NO:
        return "; ".join(f"{lead.label}: {classes_in_words(lead.outcomes)}" for lead in leads)
    classes = [outcome for outcome in Outcome if any(outcome in lead.outcomes for lead in leads)]
    return f"Otherwise: {classes_in_words(classes)}"


def _changes(verdict: Verdict) -> list[dict[str, Any]]:
    """What would change the verdict: answers to one question that lead to the same classes stand together."""
    groups: dict[tuple[str, tuple[Outcome, ...]], list[Alternative]] = {}
    for alternative in alternatives(verdict.facts, verdict.ruleset):
        if alternative.is_change:
            groups.setdefault((alternative.question.key, alternative.outcomes), []).append(alternative)
    return [_change(same, verdict) for same in groups.values()]


def _change(same: list[Alternative], verdict: Verdict) -> dict[str, Any]:
    first = same[0]
    is_one = len(first.outcomes) == 1
    then = classify(verdict.facts.with_answer(first.question.key, first.answer), verdict.ruleset)
    return {
        "question": first.question.id,
        "wording": first.question.wording,
        "answer": " / ".join(alternative.label for alternative in same),
        "verdict": first.outcome.label if is_one else classes_in_words(first.outcomes),
        "because": _reason(then, verdict),
    }


def _reason(then: Verdict, now: Verdict) -> str:
    """Cite the finding that would make the difference, or name the question that would decide."""
    if then.first_open_question:
        return f"{then.first_open_question.id} would decide"
    deciding = [finding for finding in then.findings if finding.leads_to is not None]
    known = {finding.rule for finding in now.findings}
    new = [finding for finding in deciding if finding.rule not in known]
    return "; ".join(citation.short for citation in (new or deciding)[-1].citations)


def _reform(verdict: Verdict) -> list[dict[str, Any]]:
    """What the same answers would lead to if the pharmaceutical reform were in force; it is not."""
    if verdict.ruleset == REFORM or not verdict.is_determined:
        return []
    then = classify(verdict.facts, REFORM)
    classes = classes_in_words(then.outcomes)
    return [
        {
            "question": "",
            "wording": "The pharmaceutical reform were in force",
            "answer": "",
            "verdict": classes if then.outcomes != verdict.outcomes else f"{classes}, unchanged",
            "because": f"rule set {REFORM}, a draft and not yet law",
        }
    ]


def content_to_sign(assessment: Assessment) -> dict[str, Any]:
    """Return what the signature binds: the candidate, every answer, the verdict with its reasons."""
    return {
        "candidate": {
            "code": assessment.code,
            "version": assessment.version,
            "name": assessment.name,
            "indication": assessment.indication,
            "description": assessment.description,
        },
        "answers": assessment.answers,
        "verdict": rationale_of(assessment),
    }


def statement_of(assessment: Assessment) -> str:
    """Return the words that the lead signs."""
    return (
        "I have read the answers, the findings and the flags, and adopt this classification for"
        f" {assessment.organisation.name}."
    )
