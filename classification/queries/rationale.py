"""The reasons behind a verdict as plain data: what a page shows, a signature freezes and a report prints."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from classification.engine import Alternative, Outcome, Step, Verdict, classify, what_if
from classification.engine.questions import Kind, Question
from classification.models import Assessment
from classification.queries.questions import words_of

# How a class is called where there is no room for its whole name.
SHORT = {
    Outcome.COMBINED_GTMP: "Combined GTMP",
    Outcome.COMBINED_SCTMP: "Combined sCTMP",
    Outcome.COMBINED_TEP: "Combined TEP",
    Outcome.DEVICE: "device",
    Outcome.TISSUE_CELL_SOHO: "tissues and cells",
    Outcome.BLOOD: "blood",
    Outcome.VACCINE: "vaccine",
    Outcome.BIOLOGICAL: "biological",
    Outcome.CHEMICAL: "chemical",
    Outcome.MICROBIOTA_SOHO: "microbiota",
    Outcome.NOT_MEDICINE: "not a medicine",
    Outcome.UNDETERMINED: "Undetermined",
}
REFORM = "EU-REFORM"
MOST_CLASSES = 3


def class_name(code: str) -> str:
    """Name a class in few words: "TEP", "Combined TEP", "tissues and cells"."""
    return SHORT.get(Outcome(code), code)


def outcome_words(code: str) -> str:
    """Name a class, and of what is no ATMP say so: "Not an ATMP: tissues and cells"."""
    outcome = Outcome(code)
    if outcome.is_atmp or outcome is Outcome.UNDETERMINED:
        return class_name(code)
    return f"Not an ATMP: {class_name(code)}"


def classes_in_words(outcomes: Iterable[Outcome]) -> str:
    """Name several classes in few words: the first three, and how many more there are."""
    names = [class_name(outcome) for outcome in outcomes]
    if len(names) > MOST_CLASSES:
        names[MOST_CLASSES:] = [f"{len(names) - MOST_CLASSES} more"]
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def rationale_of(assessment: Assessment) -> dict[str, Any]:
    """Work out the verdict with its reasons as plain data: what the page shows and a signature freezes."""
    verdict = classify(assessment.facts, assessment.ruleset)
    asked, unanswered = assessment.asked, assessment.unanswered
    given = [question for question in asked if question not in unanswered]
    alternatives = what_if(verdict.facts, verdict.ruleset)
    other_answers = {key: list(same) for key, same in groupby(alternatives, lambda one: one.question.key)}
    return {
        **verdict.to_json(),
        "consequence": verdict.consequence,
        "is_atmp": verdict.outcome.is_atmp,
        "path": [
            _step(step, other_answers.get(step.question.key, []))
            for step in verdict.path
            if step.question in given
        ],
        "changes": [] if unanswered else [*_changes(alternatives, verdict), *_reform(verdict)],
        "given": [_given(question, assessment) for question in given],
        "answered": len(given),
        "asked": len(asked),
        "unknown": sum(assessment.answers[question.key] == "unknown" for question in given),
    }


def _given(question: Question, assessment: Assessment) -> dict[str, str]:
    answer = words_of(question, assessment.answers[question.key])
    return {"question": question.id, "wording": question.wording, "answer": answer}


def _step(step: Step, other_answers: list[Alternative]) -> dict[str, Any]:
    return {**step.to_json(), "wording": step.question.wording, "off": _way_off(step, other_answers)}


def _way_off(step: Step, other_answers: list[Alternative]) -> str:
    """Say where the other answers lead; of a yes-or-no question, each of them."""
    leads = [other for other in other_answers if other.is_change]
    if not leads:
        return "No other answer changes it"
    if step.question.kind is Kind.YES_NO:
        return "; ".join(f"{lead.label}: {classes_in_words(lead.outcomes)}" for lead in leads)
    classes = [outcome for outcome in Outcome if any(outcome in lead.outcomes for lead in leads)]
    return f"Otherwise: {classes_in_words(classes)}"


def _changes(alternatives: Sequence[Alternative], verdict: Verdict) -> list[dict[str, Any]]:
    """What would change the verdict: answers to one question that lead to the same classes stand together.

    Where the answer is unknown there is nothing to change yet; the verdict names that question itself.
    """
    groups: dict[tuple[str, tuple[Outcome, ...]], list[Alternative]] = {}
    for alternative in alternatives:
        if alternative.is_change and alternative.given is not None:
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
            "mechanism": assessment.get_mechanism_display(),
            "mechanism_text": assessment.mechanism_text,
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
