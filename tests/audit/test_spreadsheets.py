import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from audit import spreadsheets

CONTENT = {
    "about": [["Made by", "Ines Halvorsen"]],
    "sheets": [{"name": "A name that is longer than a sheet may have", "head": ["Code", "Page"], "rows": [
        ["=cmd|' /C calc'!A0", 4], ["https://x.example", None], ["@SUM(1)", 5], ["-1 °C", 6],
    ]}],
}  # fmt: skip
AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_the_same_content_gives_the_same_bytes_and_comes_back_as_text():
    made = spreadsheets.workbook(CONTENT, title="Check list", made_at=AT)
    assert made == spreadsheets.workbook(CONTENT, title="Check list", made_at=AT)
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert book.sheet_names == ["A name that is longer than a sh"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["Made by", "Ines Halvorsen"],
        ["", ""],
        ["Code", "Page"],
        ["=cmd|' /C calc'!A0", 4.0],
        ["https://x.example", ""],
        ["@SUM(1)", 5.0],
        ["-1 °C", 6.0],
    ]


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="made_at needs a time zone"):
        spreadsheets.workbook(CONTENT, title="Check list", made_at=datetime(2026, 11, 25))  # noqa: DTZ001  # on purpose


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_sign_begins_a_formula_in_csv(sign):
    content = {"about": [], "sheets": [{"name": "A", "head": ["Reason"], "rows": [[f"{sign}1+1"]]}]}
    written = spreadsheets.comma_separated(content).decode("utf-8-sig")
    assert list(csv.reader(StringIO(written, newline="")))[-1] == [f"'{sign}1+1"]


def test_csv_is_marked_as_utf_8_and_makes_formulas_harmless():
    assert (
        spreadsheets.comma_separated(CONTENT)
        == (
            "\ufeffMade by,Ines Halvorsen\r\n\r\nCode,Page\r\n"
            "'=cmd|' /C calc'!A0,4\r\nhttps://x.example,\r\n'@SUM(1),5\r\n'-1 °C,6\r\n"
        ).encode()
    )
