"""What a classification changes against the one it came from: the version before, or the candidate copied."""

from dataclasses import dataclass

from classification.engine import ChangedAnswer, Outcome, Sheet, classify, compare
from classification.engine.questions import QUESTIONS
from classification.models import Assessment
from classification.queries.candidates import FIELD_WORDS, described
from classification.queries.verdicts import FindingRow, FlagRow, finding_rows, flag_rows
from classification.queries.words import classes_in_words, outcome_words


@dataclass(frozen=True)
class ChangedWords:
    """One field of the description with its old and its new text."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """What one classification changes against another one, in words."""

    assessment: Assessment
    base: Assessment
    is_copy: bool
    described: list[ChangedWords]
    answers: tuple[ChangedAnswer, ...]
    old_class: str
    new_class: str
    findings_gone: list[FindingRow]
    findings_new: list[FindingRow]
    flags_gone: list[FlagRow]
    flags_new: list[FlagRow]

    @property
    def is_other_class(self) -> bool:
        """Whether it leads to another class."""
        return self.old_class != self.new_class

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        reasons = (self.findings_gone, self.findings_new, self.flags_gone, self.flags_new)
        return not (self.is_other_class or self.described or self.answers or any(reasons))

    @property
    def summary(self) -> str:
        """Count what has changed: "2 answers, 1 flag"."""
        counts = (
            (len(self.answers), "answer"),
            (len(self.described), "text"),
            (len(self.findings_gone) + len(self.findings_new), "finding"),
            (len(self.flags_gone) + len(self.flags_new), "flag"),
        )
        return ", ".join(f"{count} {noun}{'s' if count != 1 else ''}" for count, noun in counts if count)


def changes_of(assessment: Assessment) -> Changes | None:
    """Compare a classification with the one it came from; None when it came from nowhere.

    What was signed is compared as it was signed, never worked out again.
    """
    base = assessment.supersedes or assessment.copied_from
    if base is None:
        return None
    found = compare(_sheet(base), _sheet(assessment))
    return Changes(
        assessment=assessment,
        base=base,
        is_copy=assessment.supersedes_id is None,
        described=_described(base, assessment),
        answers=found.answers,
        old_class=_class_words(found.old),
        new_class=_class_words(found.new),
        findings_gone=finding_rows({"findings": found.findings_gone}),
        findings_new=finding_rows({"findings": found.findings_new}),
        flags_gone=flag_rows({"flag_notes": found.flags_gone}),
        flags_new=flag_rows({"flag_notes": found.flags_new}),
    )


def _sheet(assessment: Assessment) -> Sheet:
    if assessment.is_final:
        verdict = assessment.verdict or {}
        given = {row["question"] for row in verdict.get("given", ())}
        # Two questions may share one number; of those, the ones that were asked are answered.
        asked = {question.key for question in QUESTIONS if question.id in given} & assessment.answers.keys()
        return Sheet(assessment.answers, asked or verdict["answers"].keys(), verdict)
    verdict_now = classify(assessment.facts, assessment.ruleset)
    return Sheet(
        assessment.answers,
        {question.key for question in assessment.asked},
        {
            "outcomes": verdict_now.outcomes,
            "findings": [finding.to_json() for finding in verdict_now.findings],
            "flag_notes": [flag.to_json() for flag in verdict_now.flags],
        },
    )


def _described(base: Assessment, assessment: Assessment) -> list[ChangedWords]:
    changed = []
    for field, what in FIELD_WORDS.items():
        old, new = getattr(base, field), getattr(assessment, field)
        if old != new:
            changed.append(ChangedWords(what, described(field, old), described(field, new)))
    return changed


def _class_words(outcomes: tuple[Outcome, ...]) -> str:
    return outcome_words(outcomes[0]) if len(outcomes) == 1 else classes_in_words(outcomes)
