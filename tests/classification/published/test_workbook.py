"""Spreadsheets made to do harm: each is refused with a reason, before its content fills the memory."""

import struct
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from classification.published.workbook import UnreadableFile, sheets_in
from tests.factories.lists import CARDIAC, HEADINGS, with_part, xlsx_file

GOOD = xlsx_file([HEADINGS, CARDIAC])
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
DAMAGED = "It is not a spreadsheet that can be read, or it is damaged."
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: bytes) -> bytes:
    return with_part(GOOD, SHEET, b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, rows))


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(sheets_in(content))
    return str(caught.value)


def test_a_good_spreadsheet_is_read_from_its_first_row():
    assert list(sheets_in(xlsx_file([(), HEADINGS, CARDIAC]))) == [[[""] * 4, list(HEADINGS), list(CARDIAC)]]


def test_a_bomb_is_refused_while_it_swells():
    bomb = with_part(GOOD, SHEET, b" " * 300_000_000)
    assert len(bomb) < 500_000
    tracemalloc.start()
    assert refusal(bomb) == "Unpacked, the spreadsheet is larger than 30 MB."
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


def test_the_size_that_an_archive_tells_is_not_believed():
    content = bytearray(with_part(GOOD, SHEET, b" " * 1_000_000))
    told = struct.pack("<L", 1_000_000)
    assert content.count(told) >= 2
    assert refusal(bytes(content).replace(told, struct.pack("<L", 10))) == DAMAGED


def test_few_cells_far_apart_are_refused():
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(sheet(far)) == "A sheet of the spreadsheet is larger than a list can be."


def test_cells_without_a_place_are_counted_where_they_fall():
    hidden = b"<row>" + b"<c><v>1</v></c>" * 2000 + b'</row><row r="1048576"><c><v>1</v></c></row>'
    assert refusal(sheet(hidden)) == "A sheet of the spreadsheet is larger than a list can be."


def test_a_cell_of_ten_megabytes_is_refused():
    strings = b"<sst %s><si><t>%s</t></si></sst>" % (MAIN, b"x" * 10_000_000)
    assert (
        refusal(with_part(GOOD, STRINGS, strings))
        == "A cell of the spreadsheet is longer than a cell can be."
    )


def test_one_long_string_in_many_cells_is_refused():
    strings = b"<sst %s><si><t>%s</t></si></sst>" % (MAIN, b"x" * 400_000)
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 3000)
    )
    many = with_part(sheet(cells), STRINGS, strings)
    assert refusal(many) == "The cells of the spreadsheet are longer than those of a list can be."


def test_a_string_is_measured_from_its_first_beginning():
    hidden = b"<sst %s><si><t>%s</t><si/></si></sst>" % (MAIN, b"x" * 600_000)
    assert (
        refusal(with_part(GOOD, STRINGS, hidden)) == "A cell of the spreadsheet is longer than a cell can be."
    )


def test_a_long_sheet_with_one_string_in_its_last_cell_is_read():
    numbers = b"".join(
        b'<row r="%d"><c r="A%d"><v>12345</v></c></row>' % (row, row) for row in range(1, 20_000)
    )
    last = b'<row r="20000"><c r="A20000" t="inlineStr"><is><t>the last</t></is></c></row>'
    (rows,) = sheets_in(sheet(numbers + last))
    assert (rows[0], rows[-1]) == (["12345"], ["the last"])


@pytest.mark.parametrize("flood", [b"</si>", b"<si>", b"<c>", b' r="A1"', b"<row>", b"<", b' r = "'])
def test_a_flood_of_marks_is_refused(flood):
    assert refusal(with_part(GOOD, STRINGS, flood * (2_000_000 // len(flood))))


def test_many_parts_are_refused():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for number in range(301):
            archive.writestr(f"part{number}", b"")
    assert refusal(file.getvalue()) == "The spreadsheet has more than 300 parts."


@pytest.mark.parametrize(
    "content",
    [
        b"PK",
        b"PK\x03\x04" + b"\x00" * 60,
        GOOD[: len(GOOD) // 2],
        with_part(GOOD, "xl/workbook.xml", b"<workbook"),
        with_part(GOOD, SHEET, b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99</v></c></row>"),
    ],
)
def test_a_damaged_spreadsheet_is_refused(content):
    assert refusal(content) == DAMAGED


def test_another_archive_is_no_spreadsheet():
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", b"Product, outcome, date")
    assert refusal(file.getvalue()) == DAMAGED


def test_an_entity_is_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "%s">]><sst %s><si><t>%s</t></si></sst>' % (
        b"x" * 1000,
        MAIN,
        b"&a;" * 1000,
    )
    assert refusal(with_part(GOOD, STRINGS, bomb)) == DAMAGED
