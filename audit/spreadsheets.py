"""Writes tables as spreadsheets and as CSV: plain content in, bytes out. Stores nothing."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook

BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet program knows that a CSV file is UTF-8."""
# Some programs take the wide signs too.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDEST, NARROWEST = 60, 8
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31


def workbook(content: Mapping[str, Any], *, title: str, made_at: datetime) -> bytes:
    """Write `content` as a spreadsheet; the same input gives the same bytes.

    `content` holds `about`, rows of a term and a text that stand above each table, and `sheets` of `name`,
    `head` and `rows`. Every cell is text or a number: nothing a person typed becomes a formula or a link.
    """
    if made_at.tzinfo is None:
        raise ValueError("made_at needs a time zone, or the bytes depend on the machine.")
    written = BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.set_properties({"title": title, "created": made_at.astimezone(UTC).replace(microsecond=0)})
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in content["sheets"]:
        page = book.add_worksheet(sheet["name"][:LONGEST_SHEET_NAME])
        for row, (term, text) in enumerate(content["about"]):
            page.write_string(row, 0, term, strong)
            page.write_string(row, 1, text[:LONGEST_CELL])
        top = len(content["about"]) + 1
        for column, words in enumerate(sheet["head"]):
            page.write_string(top, column, words, strong)
            page.set_column(column, column, _width(column, sheet["head"], sheet["rows"]))
        for row, cells in enumerate(sheet["rows"], start=top + 1):
            for column, cell in enumerate(cells):
                _write(page, row, column, cell, plain)
        page.freeze_panes(top + 1, 1)
        page.repeat_rows(top)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    book.close()
    return written.getvalue()


def _write(page: Any, row: int, column: int, cell: str | int | None, form: Any) -> None:
    if isinstance(cell, int):
        page.write_number(row, column, cell, form)
    else:
        page.write_string(row, column, (cell or "")[:LONGEST_CELL], form)


def _width(column: int, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    longest = max((len(str(row[column] or "")) for row in rows), default=0)
    return min(WIDEST, max(NARROWEST, len(head[column]), longest) + 1)


def comma_separated(content: Mapping[str, Any]) -> bytes:
    """Write `content` as one CSV file in UTF-8 with a byte order mark, its tables below one another.

    A text that a spreadsheet program would take for a formula gets an apostrophe in front.
    """
    written = StringIO(newline="")
    rows = csv.writer(written)
    rows.writerows([_harmless(cell) for cell in row] for row in content["about"])
    for sheet in content["sheets"]:
        rows.writerow([])
        rows.writerow([_harmless(cell) for cell in sheet["head"]])
        rows.writerows([_harmless(cell) for cell in row] for row in sheet["rows"])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _harmless(cell: str | int | None) -> str | int:
    if isinstance(cell, int):
        return cell
    text = cell or ""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
