"""What a question of the questionnaire is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classification.engine.citations import Citation


class Topic(StrEnum):
    """The headings of the questionnaire, in order."""

    PURPOSE = "Purpose"
    ACTIVE_PART = "Active part"
    GENES = "Genes"
    CELLS = "Cells"
    MANUFACTURE = "Manufacture"
    FUNCTION = "Function"
    CLAIMED_ACTION = "Claimed action"
    DEVICE = "Device"
    SOURCE = "Source"
    APPLICANT = "Applicant"


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: its exchange value, a label, a hint below it and a real example."""

    value: str
    label: str
    hint: str = ""
    example: str = ""

    def to_json(self) -> dict[str, str]:
        """The choice as plain data."""
        return {"value": self.value, "label": self.label, "hint": self.hint, "example": self.example}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its stable id and exchange name, the wording, why it is asked and on what ground.

    `find_out` tells those who do not know where the answer is to be had: whom to ask, which data to look at.
    """

    id: str
    key: str
    topic: Topic
    wording: str
    help: str
    why: str
    citation: Citation
    kind: Kind
    choices: tuple[Choice, ...]
    find_out: str = ""

    def label_of(self, value: str) -> str:
        """How one exchange value is called in this question; `unknown` has a label too."""
        return next((choice.label for choice in (*self.choices, UNKNOWN) if choice.value == value), value)

    def in_words(self, answer: str | list[str] | None) -> str:
        """An answer in exchange form in words; `None` is no answer at all."""
        if answer is None:
            return "Not answered"
        if isinstance(answer, list):
            return "; ".join(self.label_of(tick) for tick in answer) or "None of these"
        return self.label_of(answer)

    def to_json(self) -> dict[str, object]:
        """The question as plain data."""
        return {
            "id": self.id,
            "key": self.key,
            "topic": str(self.topic),
            "wording": self.wording,
            "help": self.help,
            "why": self.why,
            "citation": self.citation.to_json(),
            "kind": str(self.kind),
            "choices": [choice.to_json() for choice in self.choices],
            "find_out": self.find_out,
        }


UNKNOWN = Choice("unknown", "I do not know", "The verdict will then name every class that is still possible.")
"""The answer that every question accepts besides its own choices."""


def yes_or_no(
    yes: str = "", no: str = "", *, yes_example: str = "", no_example: str = ""
) -> tuple[Choice, ...]:
    """The two choices of a yes-or-no question with their hints and examples."""
    return (Choice("yes", "Yes", yes, yes_example), Choice("no", "No", no, no_example))
