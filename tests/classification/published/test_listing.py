from datetime import date, datetime
from io import BytesIO

import pytest

from classification.published import listing
from classification.published.listing import Entry, SkippedRow, listing_in
from classification.published.workbook import UnreadableFile
from tests.factories import lists
from tests.factories.lists import CARDIAC, HEADINGS, VECTOR, csv_file, xlsx_file

FOUND = [
    Entry(CARDIAC[0], CARDIAC[1], "TEP", CARDIAC[2], "22/04/2021"),
    Entry(VECTOR[0], VECTOR[1], "GTMP", VECTOR[2], "Mar-21"),
]


def read(content):
    return listing_in(BytesIO(content))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_with_or_without_a_mark_and_with_any_delimiter(delimiter, mark):
    found = read(mark + csv_file(CARDIAC, VECTOR, delimiter=delimiter))
    assert (found.entries, found.skipped, found.rows) == (FOUND, [], 2)


def test_spreadsheet_with_real_dates_and_a_title_above():
    rows = [
        ("Scientific recommendations on classification",),
        (),
        HEADINGS,
        (*CARDIAC[:3], datetime(2021, 4, 22)),  # noqa: DTZ001  # a spreadsheet knows no zones
        (*VECTOR[:3], date(2021, 3, 1)),
        (*VECTOR[:1], "Another ataxia", "GTMP", 2021),
    ]
    found = read(xlsx_file(rows))
    assert [entry.dated for entry in found.entries] == ["2021-04-22", "2021-03-01", "2021"]
    assert found.skipped == []


def test_the_sheet_with_the_headings_is_read():
    assert read(xlsx_file([("Read me",)], Data=[HEADINGS, CARDIAC])).entries == FOUND[:1]


@pytest.mark.parametrize(
    "headings",
    [
        ("Short description of the product", "Proposed indication", "CAT classification", "Adoption date"),
        ("Name of active substance", "Disease", "CAT Outcome", "Year"),
        ("PRODUCT", "Therapeutic\narea", "Recommendation", "Adopted on"),
    ],
)
def test_columns_are_known_by_many_names(headings):
    assert read(csv_file(CARDIAC, headings=headings)).entries == FOUND[:1]


def test_columns_may_stand_in_any_order_beside_others():
    headings = ("No.", "Date of classification", "Outcome", "Product name", "Product description", "Remarks")
    row = ("7", "22/04/2021", "TEP", "Cardiosan", "Allogeneic cardiospheres", "")
    (entry,) = read(csv_file(row, headings=headings)).entries
    assert entry == Entry("Allogeneic cardiospheres", "", "TEP", "TEP", "22/04/2021")


def test_rows_that_are_not_understood_are_named_and_the_good_ones_kept():
    rows = [
        CARDIAC,
        ("", "Heart", "TEP", "2021"),
        ("", "", "", ""),
        ("Cells", "Heart", "", "2021"),
        ("Cells", "Heart", "TEP", "-"),
        ("Cells", "Heart", "pending", "2021"),
        ("Cells", "Heart", "TEP", "soon"),
        ("=HYPERLINK(1)", "Heart", "TEP", "2021"),
        ("@SUM(1)", "Heart", "TEP", "2021"),
        ("Cells\0", "Heart", "TEP", "2021"),
        ("Cells", "H" * 601, "TEP", "2021"),
        ("C" * 10_000_000, "Heart", "TEP", "2021"),
        ("Cells",),
        VECTOR,
    ]
    found = read(csv_file(*rows))
    assert found.entries == FOUND
    assert found.skipped == [
        SkippedRow(3, "no product"),
        SkippedRow(5, "no outcome"),
        SkippedRow(6, "no date"),
        SkippedRow(7, "the outcome names no class"),
        SkippedRow(8, "the date is not understood"),
        SkippedRow(9, "the product is a formula or an error of one"),
        SkippedRow(10, "the product is a formula or an error of one"),
        SkippedRow(11, "the product holds characters that are no text"),
        SkippedRow(12, "the indication is longer than 600 characters"),
        SkippedRow(13, "the product is longer than 1000 characters"),
        SkippedRow(14, "no outcome"),
    ]


def test_a_formula_of_a_spreadsheet_is_read_as_the_value_it_was_saved_with():
    found = read(xlsx_file([HEADINGS, ("=1+1", *CARDIAC[1:]), CARDIAC]))  # saved with 0
    assert (found.entries, found.skipped) == (FOUND[:1], [SkippedRow(2, "the product has no words")])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "No row names the columns product, outcome and date."),
        (b"a,b,c\n1,2,3\n", "No row names the columns product, outcome and date."),
        (b"product,outcome\nCells,TEP\n", "No row names the columns product, outcome and date."),
        ("Product;Outcome;Date\nPré;TEP;2021".encode("cp1252"), "It is not UTF-8."),
        ("Product;Outcome;Date".encode("utf-16"), "It is not UTF-8."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "It is an old or a protected spreadsheet."),
        (b"\x00\x01\x02" * 50, "No row names the columns product, outcome and date."),
    ],
)
def test_a_file_that_is_no_list_says_why(content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content)


def test_a_list_may_have_so_many_rows(monkeypatch):
    monkeypatch.setattr(listing, "MOST_ROWS", 3)
    assert read(csv_file(*lists.many(3))).rows == 3
    with pytest.raises(UnreadableFile, match="more than 3 rows"):
        read(csv_file(*lists.many(4)))


def test_a_file_of_empty_lines_is_not_held():
    with pytest.raises(UnreadableFile, match="more than 20000 lines"):
        read(b"\n" * 20_001)


def test_a_large_file_is_not_read_to_its_end():
    class Endless:
        read_so_far = 0

        def read(self, size):
            self.read_so_far += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(UnreadableFile, match="larger than 20 MB"):
        listing_in(stream)
    assert stream.read_so_far == 20 * 1024 * 1024 + 1
