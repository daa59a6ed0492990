"""Device requirements and points of the interface against the places of the dossier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Side
from dossiers import combined
from dossiers.combined import Content, Standing
from dossiers.combined_tables import COLUMNS, Column, FieldRow, GsprRow, fields_of, gspr_numbered
from dossiers.models import Dossier
from dossiers.queries.combined import document_url, seen_by
from dossiers.queries.plate import Plate, plate


@dataclass(frozen=True)
class Cell:
    """What the matrix says of a requirement at a place: evidence, a gap, or neither."""

    column: Column
    state: str
    document: str = ""
    url: str = ""

    @property
    def icon(self) -> str:
        """The mark of the cell."""
        return {"ok": "check", "gap": "warn", "no": "dash"}[self.state]

    @property
    def word(self) -> str:
        """The cell in words."""
        return {"ok": "Evidence here", "gap": "Gap", "no": "Not expected here"}[self.state]


@dataclass(frozen=True)
class MatrixRow:
    """A requirement of the device, or a point of the interface, against the places of the dossier."""

    code: str
    title: str
    standard: str
    url: str
    cells: list[Cell]
    elsewhere: str
    elsewhere_url: str

    @property
    def gaps(self) -> list[Cell]:
        """Where evidence is expected and not found."""
        return [cell for cell in self.cells if cell.state == "gap"]

    @property
    def found(self) -> list[Cell]:
        """Where evidence is."""
        return [cell for cell in self.cells if cell.state == "ok"]


@dataclass(frozen=True)
class Matrix:
    """Every device requirement that applies, and every point of the interface, against the dossier."""

    plate: Plate
    dossier: Dossier
    columns: Sequence[Column]
    groups: list[tuple[str, list[MatrixRow]]]
    gaps: int
    only_gaps: bool
    is_as_filed: bool
    has_rows: bool


def matrix(dossier: Dossier, user: User, *, only_gaps: bool = False) -> Matrix:
    """Gather the matrix, all of it or the rows with gaps."""
    standing = seen_by(user, dossier)
    is_authority = user.side == Side.AUTHORITY
    keys = dict(dossier.gsprs.values_list("number", "pk"))
    groups = [
        (chapter, [_gspr_row(standing, row, keys[row.number]) for row in rows])
        for chapter, rows in groupby(
            (gspr_numbered()[number] for number in standing.applying if number in keys),
            key=lambda row: row.chapter,
        )
    ]
    points = [row for row in fields_of("interface") if row.kind == "file"]
    if standing.gsprs:
        groups.append(("Interface", [_interface_row(standing, row) for row in points]))
    rows = [row for _, group in groups for row in group]
    kept = [(title, [row for row in group if row.gaps or not only_gaps]) for title, group in groups]
    return Matrix(
        plate=plate(dossier, user),
        dossier=dossier,
        columns=COLUMNS,
        groups=[(title, group) for title, group in kept if group],
        gaps=sum(len(row.gaps) for row in rows),
        only_gaps=only_gaps,
        is_as_filed=is_authority,
        has_rows=bool(rows),
    )


def _gspr_row(standing: Standing, row: GsprRow, key: Any) -> MatrixRow:
    written = standing.gsprs[row.number]
    page = reverse("dossiers:gspr", args=[standing.dossier.pk, key])
    expected = [written["place"] or row.place]
    return _matrix_row(standing, row.number, row.title, written["standard"], page, written, expected)


def _interface_row(standing: Standing, row: FieldRow) -> MatrixRow:
    written = standing.fields.get(row.name, {})
    page = combined.field_url(standing.dossier, row.name)
    return _matrix_row(standing, "Int.", row.label, row.citation, page, written, row.sections)


def _matrix_row(
    standing: Standing,
    code: str,
    title: str,
    standard: str,
    page: str,
    written: Content,
    expected: Iterable[str],
) -> MatrixRow:
    section = str(written.get("section", ""))
    document, url = str(written.get("document", "")), document_url(standing.dossier, written)
    cells = []
    for column in COLUMNS:
        if section and column.holds(section):
            cells.append(Cell(column, "ok", document, url))
        elif any(column.holds(place) for place in expected if place):
            cells.append(Cell(column, "gap", url=page))
        else:
            cells.append(Cell(column, "no"))
    is_elsewhere = bool(section) and not any(cell.state == "ok" for cell in cells)
    return MatrixRow(
        code, title, standard, page, cells,
        f"{section} {document}" if is_elsewhere else "", url if is_elsewhere else "",
    )  # fmt: skip
