"""What is asked of a combined product: fields of its parts, device requirements; data, no database."""

import csv
from dataclasses import dataclass
from functools import cache

from dossiers.structure import DATA, is_within

REQUIRED, CONDITIONAL, OPTIONAL = "yes", "if", "no"


@dataclass(frozen=True)
class FieldRow:
    """A field that the sponsor fills in; `required` is yes, no, or if: where the product calls for it."""

    group: str
    block: str
    name: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    required: str
    hint: str
    sections: tuple[str, ...]
    citation: str
    trust: str
    state: str

    @property
    def is_asked(self) -> bool:
        """Whether it counts: it must be filled in, or set aside with a reason."""
        return self.required != OPTIONAL

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table that is written line by line."""
        return tuple(label for _, label in self.choices) if self.kind == "table" else ()

    def word(self, value: str) -> str:
        """The value as people read it."""
        if self.kind == "yesno":
            return {"yes": "Yes", "no": "No"}.get(value, "")
        if self.kind in {"choice", "conditions"}:
            return dict(self.choices).get(value, value)
        return value


@dataclass(frozen=True)
class GsprRow:
    """A general safety and performance requirement; `place` is where its evidence usually stands."""

    position: int
    number: str
    chapter: str
    title: str
    sub_items: str
    expected: str
    hint: str
    place: str
    citation: str
    trust: str
    state: str

    @property
    def is_rare(self) -> bool:
        """Whether a scaffold usually has nothing to do with it."""
        return self.expected in {"rare", "not expected"}


@dataclass(frozen=True)
class GroupRow:
    """A block of fields as one page asks for them."""

    key: str
    title: str
    about: str


@dataclass(frozen=True)
class Column:
    """A place of the dossier in the matrix of the device requirements."""

    key: str
    label: str
    about: str

    def holds(self, section: str) -> bool:
        """Whether a section lies in this place."""
        if section == "3.2.R.MD":
            return self.key == "3.2.R.MD.3"
        return is_within(section, self.key)


GROUPS = (
    GroupRow("device-description", "Device: description", "What it is, for whom, and of what."),
    GroupRow("device-manufacture", "Device: label and manufacture", "How it is made, and where."),
    GroupRow("device-verification", "Device: evidence", "Risk management, tests, and what follows."),
    GroupRow("conformity", "Conformity", "How it is shown, and what a notified body left open."),
    GroupRow("medicinal", "Medicinal part", "Cells or genes, their materials, potency and release."),
    GroupRow("interface", "Interface", "How device and cells act on each other, and the whole product."),
)  # fmt: skip
COLUMNS = (
    Column("3.2.R.MD.1", "R.MD.1", "conformity"),
    Column("3.2.R.MD.2", "R.MD.2", "checklist"),
    Column("3.2.R.MD.3", "R.MD.3", "description"),
    Column("3.2.R.TSE", "R.TSE", "animal"),
    Column("3.2.P.2", "P.2", "development"),
    Column("3.2.P.8", "P.8", "stability"),
    Column("2", "2.x", "summaries"),
    Column("4.2", "4.2", "studies"),
    Column("5.3", "5.3", "clinical"),
    Column("1.3.1", "1.3.1", "label"),
)
ROUTES_OF_CERTIFICATE = frozenset({"certificate", "declaration"})
ROUTES_OF_OPINION = frozenset({"nb_opinion", "nb_report"})
NOTIFIED_BODY_FIELDS = (
    "notified_body_name",
    "notified_body_number",
    "certificate_or_opinion_number",
    "issue_date",
)


@cache
def field_rows() -> tuple[FieldRow, ...]:
    """Return every field, in order."""
    return tuple(
        FieldRow(
            row["group"], row["block"], row["name"], row["label"], row["kind"], _choices(row["choices"]),
            row["required"], row["hint"], tuple(filter(None, row["sections"].split("|"))),
            row["citation"], row["trust"], row["state"],
        )
        for row in _rows("combined_atmp_fields.csv")
    )  # fmt: skip


@cache
def gspr_rows() -> tuple[GsprRow, ...]:
    """Return every safety and performance requirement, in order."""
    return tuple(
        GsprRow(
            position, row["number"], row["chapter"], row["title"], row["sub_items"], row["expected"],
            row["hint"], row["place"], row["citation"], row["trust"], row["state"],
        )
        for position, row in enumerate(_rows("gspr_checklist.csv"), start=1)
    )  # fmt: skip


def fields_of(group: str) -> tuple[FieldRow, ...]:
    """Return the fields of a block."""
    return tuple(row for row in field_rows() if row.group == group)


@cache
def field_named() -> dict[str, FieldRow]:
    """Return the fields by name."""
    return {row.name: row for row in field_rows()}


@cache
def gspr_numbered() -> dict[str, GsprRow]:
    """Return the requirements by number."""
    return {row.number: row for row in gspr_rows()}


@cache
def group_keyed() -> dict[str, GroupRow]:
    """Return the blocks by the word in their address."""
    return {group.key: group for group in GROUPS}


def _choices(written: str) -> tuple[tuple[str, str], ...]:
    pairs = [choice.partition("=") for choice in written.split("|") if choice]
    return tuple((value, label or value) for value, _, label in pairs)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
