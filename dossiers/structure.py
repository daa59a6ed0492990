"""Which sections a dossier has and what the law asks of it, by procedure and class; data, no database."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from dossiers.statuses import PartKind, Procedure

STATE = "October 2026"
DATA = Path(__file__).parent / "data"
ASKED_OF = {
    "all": "every advanced therapy",
    "gtmp": "gene therapies",
    "sctmp": "somatic cell therapies",
    "tep": "tissue engineered products",
    "cell-based": "products with cells or tissue in their active part",
    "gmo": "products that are or hold a genetically modified organism",
    "non-gmo": "products without a genetically modified organism",
    "combined": "combined products, of which a device is an integral part",
}
NOT_ASKED_HERE = {
    "authority": "A step of the authority, not of the sponsor.",
    "other-medicine": "Only for other medicines with an integral device; the device part of a combined "
    "advanced therapy has requirements of its own.",
}
BASE_CLASSES = {"GTMP": "gtmp", "sCTMP": "sctmp", "TEP": "tep"}
STEP = 10_000
"""Between two sections of the tree there is room for the repetitions of a branch."""
LIVING_PARTS = frozenset({"gm_cells", "viable_cells_or_tissue"})


@dataclass(frozen=True)
class SectionRow:
    """A section of the Common Technical Document as the Union uses it."""

    position: int
    number: str
    title: str
    module: int
    parent: str
    depth: int
    folder: str
    applies_to: str
    holds_documents: bool
    purpose: str


@dataclass(frozen=True)
class RequirementRow:
    """What the law asks, and in which sections it may be answered; the text is ours, never a quotation.

    `trust` tells how far: V was checked against the source, K is known and still to be checked.
    """

    position: int
    code: str
    text: str
    applies_to: str
    procedures: frozenset[str]
    sections: tuple[str, ...]
    evidence: str
    citation: str
    trust: str


@dataclass(frozen=True)
class MinimumRow:
    """A section without which a dossier is not filed."""

    procedure: str
    applies_to: str
    section: str
    why: str
    citation: str


@dataclass(frozen=True)
class ProcedureRow:
    """A procedure: which sections it takes, and where it is laid down."""

    procedure: str
    sections: tuple[str, ...]
    about: str
    citation: str


@dataclass(frozen=True)
class Scope:
    """For what a dossier is made: the procedure, and every word of `applies_to` that fits the product."""

    procedure: str
    fits: frozenset[str]


@dataclass(frozen=True)
class PlacedRequirement:
    """A requirement with the section of this dossier on which it hangs."""

    row: RequirementRow
    section: str


@dataclass(frozen=True)
class Structure:
    """The sections and requirements of one dossier, and the sections that must hold a document."""

    sections: tuple[SectionRow, ...]
    requirements: tuple[PlacedRequirement, ...]
    expected: Mapping[str, MinimumRow]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of its sections."""
        return frozenset(row.number for row in self.sections)


def scope_of(procedure: str, outcome: str, answers: Mapping[str, Any]) -> Scope:
    """Read the scope off a classification: the outcome, and the answers on cells and genetic modification.

    Cells count where the class says so, and in a gene therapy whose active part holds cells.
    """
    base = BASE_CLASSES[outcome.removeprefix("combined-")]
    parts = frozenset(answers.get("active_part") or ())
    fits = {"all", base}
    if base != "gtmp" or answers.get("viable_cells") == "yes" or parts & LIVING_PARTS:
        fits.add("cell-based")
    fits.add("gmo" if base == "gtmp" or "gm_cells" in parts else "non-gmo")
    if outcome.startswith("combined-"):
        fits.add("combined")
    return Scope(procedure, frozenset(fits))


def structure_of(scope: Scope) -> Structure:
    """Narrow the tree and the requirements to a procedure and a class."""
    wanted = procedures()[scope.procedure].sections
    kept = {
        row.number
        for row in section_rows()
        if row.applies_to in scope.fits and any(is_within(row.number, outer) for outer in wanted)
    }
    parents = {row.number: row.parent for row in section_rows()}
    with_parents = {outer for number in kept for outer in _line(number, parents)}
    requirements = tuple(
        PlacedRequirement(row, place)
        for row in requirement_rows()
        if scope.procedure in row.procedures and row.applies_to in scope.fits
        if (place := next((number for number in row.sections if number in with_parents), ""))
    )
    expected = {
        row.section: row
        for row in minimum_rows()
        if row.procedure == scope.procedure and row.applies_to in scope.fits
    }
    return Structure(
        tuple(row for row in section_rows() if row.number in with_parents), requirements, expected
    )


@dataclass(frozen=True)
class LeftOut:
    """A requirement of the table that a dossier does not have, and why."""

    row: RequirementRow
    why: str


def left_out(scope: Scope) -> tuple[LeftOut, ...]:
    """Name the requirements of the table that do not hold for a procedure and a class, and say why."""
    placed = {each.row.code for each in structure_of(scope).requirements}
    return tuple(
        LeftOut(row, _why_left_out(row, scope)) for row in requirement_rows() if row.code not in placed
    )


def _why_left_out(row: RequirementRow, scope: Scope) -> str:
    if row.applies_to not in scope.fits:
        return NOT_ASKED_HERE.get(row.applies_to) or f"Only for {ASKED_OF[row.applies_to]}."
    if scope.procedure not in row.procedures:
        asking = [kind.label for kind in Procedure if kind in row.procedures]
        return f"Only in: {', '.join(asking)}."
    return "Its sections are not part of this procedure."


def asked_of(code: str) -> str:
    """Say which products a requirement is asked of; nothing where the tables do not hold it any more."""
    return ASKED_OF.get(_applies_to().get(code, ""), "")


@cache
def _applies_to() -> dict[str, str]:
    return {row.code: row.applies_to for row in requirement_rows()}


def part_kinds(outcome: str) -> tuple[PartKind, ...]:
    """Name the parts of an assessment: a combined product has three, the others one."""
    return tuple(PartKind) if outcome.startswith("combined-") else (PartKind.MEDICINAL,)


def is_within(number: str, outer: str) -> bool:
    """Tell whether a section is another one or lies below it."""
    return number == outer or number.startswith(f"{outer}.")


def with_outer(numbers: Iterable[str]) -> set[str]:
    """Return sections together with every section in which they lie: what holds something itself or below."""
    parts = (number.split(".") for number in numbers)
    return {outer for steps in parts for outer in accumulate(steps, "{}.{}".format)}


@cache
def section_rows() -> tuple[SectionRow, ...]:
    """Return every section, in order."""
    rows = _rows("ctd_sections.csv")
    parents = {row["number"]: row["parent"] for row in rows}
    return tuple(
        SectionRow(
            position * STEP, row["number"], row["title"], int(row["module"]), row["parent"],
            len(_line(row["number"], parents)) - 1, row["folder"],
            row["applies_to"], row["holds"] == "yes", row["purpose"],
        )
        for position, row in enumerate(rows, start=1)
    )  # fmt: skip


@cache
def requirement_rows() -> tuple[RequirementRow, ...]:
    """Return every requirement, in order."""
    return tuple(
        RequirementRow(
            position, row["code"], row["text"], row["applies_to"], frozenset(row["procedures"].split("|")),
            tuple(row["sections"].split("|")), row["evidence"], row["citation"], row["trust"],
        )
        for position, row in enumerate(_rows("atmp_requirements.csv"), start=1)
    )  # fmt: skip


@cache
def minimum_rows() -> tuple[MinimumRow, ...]:
    """Return every section without which a dossier is not filed."""
    return tuple(MinimumRow(**row) for row in _rows("filing_minimum.csv"))


@cache
def procedures() -> dict[str, ProcedureRow]:
    """Return the procedures by their code."""
    return {
        row["procedure"]: ProcedureRow(
            row["procedure"], tuple(row["sections"].split("|")), row["about"], row["citation"]
        )
        for row in _rows("procedures.csv")
    }


def _line(number: str, parents: Mapping[str, str]) -> list[str]:
    line = []
    while number:
        line.append(number)
        number = parents[number]
    return line


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
