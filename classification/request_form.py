"""The form on which the CAT is asked for a class: its parts and fields as data, no database.

The words are ours; they name what the EMA's form asks and never quote it.
"""

import csv
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from classification.engine.citations import CHECKED, Citation, Instrument, Trust

FORM = Instrument(
    "EMA request form and briefing information for a classification under Article 17, with the administrative"
    " information sheet",
    "EMA request form",
    "copy read in autumn 2026; no version of its own was found",
)
MAILBOX = "atmpclassification@ema.europa.eu"
DATA = Path(__file__).parent / "data" / "cat_request.csv"


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form; `prefilled_from` says in words where its first text comes from."""

    part: str
    number: str
    key: str
    label: str
    help: str
    kind: Kind
    is_mandatory: bool
    choices: tuple[tuple[str, str], ...]
    citation: Citation
    prefilled_from: str

    def words_of(self, value: str) -> str:
        """Say a value in words; a text is its own words."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form with its fields, in order."""

    key: str
    number: str
    title: str
    lead: str
    fields: tuple[Field, ...]

    @property
    def heading(self) -> str:
        """The title with the number that the form gives it, if it gives one."""
        return f"{self.number} {self.title}".strip()

    @property
    def source(self) -> str:
        """The form that asks for these fields, with its version and the month of the last check."""
        return f"{FORM.title}; {FORM.version}. Checked {CHECKED}."

    @property
    def unchecked(self) -> list[Field]:
        """The fields that were not compared with the form itself."""
        return [field for field in self.fields if field.citation.trust is not Trust.VERIFIED]


_TITLES = {
    "request": ("", "Request", "Who asks, about what, and for which class. All of it is mandatory."),
    "summary": ("", "Proposed public summary", "The EMA publishes it without what is confidential."),
    "position": (
        "",
        "Applicant's position",
        "The class that you hold to be right, and the law it comes near to.",
    ),
    "substance": ("1.1", "Active substance", "What it is made of, and how."),
    "product": ("1.2", "Finished product", "What is released, and what is given."),
    "mechanism": (
        "1.3",
        "Mechanism of action and proposed use",
        "What it does in the patient, and for what.",
    ),
    "development": ("1.4", "Status of development", "The main points only."),
    "law": ("2", "Legal and regulatory aspects", "Your reasons, definition by definition."),
    "administration": ("", "Administrative sheet", "It goes with the request as a sheet of its own."),
}
_YES_NO = (("yes", "Yes"), ("no", "No"))


@cache
def parts() -> tuple[Part, ...]:
    """Return the parts of the form in its order."""
    with DATA.open(encoding="utf-8", newline="") as file:
        fields = [_field(row) for row in csv.DictReader(file)]
    return tuple(
        Part(key, *title, tuple(field for field in fields if field.part == key))
        for key, title in _TITLES.items()
    )


@cache
def fields() -> dict[str, Field]:
    """Return every field of the form by its key, in the form's order."""
    return {field.key: field for part in parts() for field in part.fields}


def part_of(key: str) -> Part | None:
    """Return the part with this key."""
    return next((part for part in parts() if part.key == key), None)


def part_after(part: Part) -> Part | None:
    """Return the part that follows, if one does."""
    following = parts().index(part) + 1
    return parts()[following] if following < len(parts()) else None


def _field(row: dict[str, str]) -> Field:
    kind = Kind(row["kind"])
    return Field(
        part=row["part"],
        number=row["number"],
        key=row["key"],
        label=row["label"],
        help=row["help"],
        kind=kind,
        is_mandatory=row["mandatory"] == "yes",
        choices=_YES_NO if kind is Kind.YES_NO else _choices(row["choices"]),
        citation=Citation(row["key"], FORM, row["article"], Trust(row["trust"]), row["label"]),
        prefilled_from=row["prefilled_from"],
    )


def _choices(written: str) -> tuple[tuple[str, str], ...]:
    pairs = [choice.partition("=") for choice in written.split("|") if choice]
    return tuple((value, label) for value, _, label in pairs)


def tidy(text: str) -> str:
    """Write a text in one way only, so that a page that sends it back unchanged sends the same text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_of(text: str) -> str:
    """Return a short mark by which a text is recognised."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as a page sends it back: its text now, and the marks of what the page had shown.

    `shown` marks the text that stood in the field, `prefilled` the one that the answers gave at that time.
    """

    text: str
    shown: str
    prefilled: str

    @property
    def is_touched(self) -> bool:
        """Whether the person changed the text."""
        return mark_of(tidy(self.text)) != self.shown
