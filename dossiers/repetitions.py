"""Which branches of the tree repeat, by which attributes, and what numbers and folders repetitions have."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.text import slugify

from dossiers.models import Section
from dossiers.structure import DATA, STEP, is_within, section_rows

MOST = 90
"""So many repetitions of a branch find room between it and the next section."""
STRIDE = STEP // 100
LONGEST_SLUG = 30
LABELS = {
    "substance": "Active substance",
    "manufacturer": "Manufacturer",
    "product-name": "Product name",
    "dosageform": "Dosage form",
    "indication": "Indication",
}


@dataclass(frozen=True)
class Repeatable:
    """A branch that stands in the dossier once per substance, product or indication.

    `is_fixed` branches keep their attributes once filed; in 3.2.A the criteria let them be edited.
    """

    number: str
    attributes: tuple[str, ...]
    required: frozenset[str]
    what: str
    is_fixed: bool
    has_own_folder: bool
    citation: str


@cache
def repeatables() -> dict[str, Repeatable]:
    """Return the branches that repeat, by the number of their head."""
    with (DATA / "repeatable_sections.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["number"]: Repeatable(
                row["number"],
                tuple(row["attributes"].split("|")),
                frozenset(filter(None, row["required"].split("|"))),
                row["what"],
                row["is_fixed"] == "yes",
                row["has_own_folder"] == "yes",
                row["citation"],
            )
            for row in csv.DictReader(lines)
        }


def repeatable(section: Section) -> Repeatable | None:
    """Return how a section repeats; None for one that is not the head of such a branch."""
    return repeatables().get(section.printed_number)


def number_in(number: str, head: str, repetition: int) -> str:
    """Return the number of a section in another repetition of its branch: "3.2.S-2.2.3"."""
    return f"{head}-{repetition}{number.removeprefix(head)}"


def position_in(position: int, head: Section, repetition: int) -> int:
    """Place a section of a repetition behind the whole branch, in the order of the repetitions."""
    last = max(row.position for row in section_rows() if is_within(row.number, head.printed_number))
    return last + (repetition - 1) * STRIDE + (position - head.position) // STEP


def slug_of(attributes: Mapping[str, str]) -> str:
    """Return the folder word of a repetition, from what it is of."""
    return slugify("-".join(attributes.values()))[:LONGEST_SLUG].strip("-")


def folder_of(section: Section, row: Repeatable, slug: str) -> str:
    """Return the folder of a section in a repetition with this word; the word may be empty."""
    template = _folders().get(section.printed_number, section.folder)
    if not slug:
        return template
    if row.has_own_folder:
        return f"{template}/{slug}"
    for named in ("{substance-manufacturer}", "{product-dosageform-manufacturer}", "{indication}"):
        template = template.replace(named, slug)
    return template


@cache
def _folders() -> dict[str, str]:
    return {row.number: row.folder for row in section_rows()}


def labelled(attributes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a repetition is of, each value with its name."""
    return [(LABELS[name], value) for name, value in attributes.items()]
