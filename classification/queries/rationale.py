"""The reasons behind a verdict as plain data: what a page shows, a signature freezes and a report prints."""

from typing import Any

from classification.engine import RULESETS, Verdict, classify, why_not
from classification.engine.citations import weakest
from classification.engine.doubt import way_to
from classification.engine.facts import spoken
from classification.engine.questions import Question
from classification.models import Assessment
from classification.queries.changes import IDLE, leads_of, reform_of, way_off, would_change, would_not_change
from classification.queries.words import words_of


def rationale_of(assessment: Assessment) -> dict[str, Any]:
    """Work out the verdict with its reasons as plain data: what the page shows and a signature freezes."""
    verdict = classify(assessment.facts, assessment.ruleset)
    asked, unanswered = assessment.asked, assessment.unanswered
    given = [question for question in asked if question not in unanswered]
    return {
        **verdict.to_json(),
        "consequence": verdict.consequence,
        "is_atmp": verdict.outcome.is_atmp,
        **_reasons(verdict, given, is_complete=not unanswered),
        "given": [_given(question, assessment) for question in given],
        "answered": len(given),
        "asked": len(asked),
        "unknown": sum(assessment.answers[question.key] == "unknown" for question in given),
    }


def _reasons(verdict: Verdict, given: list[Question], *, is_complete: bool) -> dict[str, Any]:
    leads = leads_of(verdict)
    steps = []
    for step in verdict.path:
        if step.question in given:
            off = way_off(step.question, leads.get(step.question.key, []))
            more = {"wording": step.question.wording, "off": off, "is_decisive": off != IDLE}
            steps.append({**step.to_json(), **more})
    return {
        "path": steps,
        "changes": [*would_change(verdict, leads), *reform_of(verdict)] if is_complete else [],
        "not_taken": _not_taken(verdict) if is_complete else [],
        "unchanged": would_not_change(verdict, leads) if is_complete else [],
        "possible": _possible(verdict) if is_complete and not verdict.is_determined else [],
    }


def _not_taken(verdict: Verdict) -> list[dict[str, Any]]:
    """Each class that was not reached and why, with how far the source of that was checked."""
    reasons = why_not(verdict.facts, verdict.ruleset)
    trusts = ({citation.trust for citation in reason.citations} for reason in reasons)
    return [
        {**reason.to_json(), "trust": str(weakest(marks)) if marks else ""}
        for reason, marks in zip(reasons, trusts, strict=True)
    ]


def _possible(verdict: Verdict) -> list[dict[str, Any]]:
    """Each class still possible, with the answers that it would take."""
    return [
        {
            "outcome": str(outcome),
            "label": outcome.label,
            "consequence": RULESETS[verdict.ruleset].consequence_of(outcome),
            "takes": [
                {
                    "question": step.question.id,
                    "key": step.question.key,
                    "wording": step.question.wording,
                    "answer": words_of(step.question, spoken(step.answer)),
                }
                for step in way_to(outcome, verdict.facts, verdict.ruleset)
            ],
        }
        for outcome in verdict.outcomes
    ]


def _given(question: Question, assessment: Assessment) -> dict[str, str]:
    answer = words_of(question, assessment.answers[question.key])
    return {"question": question.id, "wording": question.wording, "answer": answer}


def content_to_sign(assessment: Assessment) -> dict[str, Any]:
    """Return what the signature binds: the candidate, every answer, the verdict with its reasons."""
    return {**candidate_to_sign(assessment), "verdict": rationale_of(assessment)}


def candidate_to_sign(assessment: Assessment) -> dict[str, Any]:
    """Return the candidate and every answer, as the signature binds them beside the verdict."""
    return {
        "candidate": {
            "code": assessment.code,
            "version": assessment.version,
            "name": assessment.name,
            "indication": assessment.indication,
            "description": assessment.description,
            "mechanism": assessment.get_mechanism_display(),
            "mechanism_text": assessment.mechanism_text,
        },
        "answers": assessment.answers,
    }


def statement_of(assessment: Assessment) -> str:
    """Return the words that the lead signs."""
    return (
        "I have read the answers, the findings and the flags, and adopt this classification for"
        f" {assessment.organisation.name}."
    )
