"""What lies between two classifications of one candidate: answers, classes, findings and flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from classification.engine.outcomes import Outcome
from classification.engine.questions import QUESTIONS, Question

NOT_ASKED = "Not asked"

Note = Mapping[str, Any]
"""A finding or a flag as plain data: see `Finding.to_json` and `Flag.to_json`."""


@dataclass(frozen=True)
class Sheet:
    """One side: its answers by exchange name, which questions were asked, and the verdict as plain data.

    The verdict is the one that was given, so that a signed one is compared as it was signed.
    """

    answers: Mapping[str, str | list[str]]
    asked: AbstractSet[str]
    verdict: Mapping[str, Any]


@dataclass(frozen=True)
class ChangedAnswer:
    """One question with the answer of either side in words."""

    question: Question
    old: str
    new: str


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two sheets; `old` and `new` are the classes that each leaves open."""

    answers: tuple[ChangedAnswer, ...]
    old: tuple[Outcome, ...]
    new: tuple[Outcome, ...]
    findings_gone: tuple[Note, ...]
    findings_new: tuple[Note, ...]
    flags_gone: tuple[Note, ...]
    flags_new: tuple[Note, ...]

    @property
    def is_other_class(self) -> bool:
        """Whether the two sides lead to other classes."""
        return self.old != self.new

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs at all."""
        reasons = (self.findings_gone, self.findings_new, self.flags_gone, self.flags_new)
        return not self.is_other_class and not self.answers and not any(reasons)


def compare(old: Sheet, new: Sheet) -> Differences:
    """Compare two sheets; a finding or flag that says something else is gone and new at once."""
    old_findings, new_findings = old.verdict["findings"], new.verdict["findings"]
    old_flags, new_flags = old.verdict["flag_notes"], new.verdict["flag_notes"]
    return Differences(
        answers=tuple(_changed_answers(old, new)),
        old=_classes(old.verdict),
        new=_classes(new.verdict),
        findings_gone=_only_in(old_findings, new_findings, ("rule", "because")),
        findings_new=_only_in(new_findings, old_findings, ("rule", "because")),
        flags_gone=_only_in(old_flags, new_flags, ("code", "text")),
        flags_new=_only_in(new_flags, old_flags, ("code", "text")),
    )


def _changed_answers(old: Sheet, new: Sheet) -> Iterable[ChangedAnswer]:
    for question in QUESTIONS:
        before, after = _words(question, old), _words(question, new)
        if before != after:
            yield ChangedAnswer(question, before, after)


def _words(question: Question, sheet: Sheet) -> str:
    if question.key not in sheet.asked:
        return NOT_ASKED
    return question.in_words(sheet.answers.get(question.key))


def _classes(verdict: Mapping[str, Any]) -> tuple[Outcome, ...]:
    return tuple(Outcome(code) for code in verdict["outcomes"])


def _only_in(here: Sequence[Note], there: Sequence[Note], keys: tuple[str, ...]) -> tuple[Note, ...]:
    known = [[note[key] for key in keys] for note in there]
    return tuple(note for note in here if [note[key] for key in keys] not in known)
