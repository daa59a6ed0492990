"""Published lists as files: CSV and spreadsheets, good and hostile."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

HEADINGS = ("Product description", "Therapeutic area", "Outcome", "Date of adoption")
CARDIAC = ("Allogeneic cardiospheres, expanded", "Heart failure", "Tissue engineered product", "22/04/2021")
VECTOR = ("AAV9 vector encoding frataxin", "Friedreich's ataxia", "Gene therapy medicinal product", "Mar-21")


def csv_file(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode()


def xlsx_file(rows: Iterable[Sequence[object]], **sheets: Iterable[Sequence[object]]) -> bytes:
    """Write a spreadsheet; datetimes become dates, a text that starts with = a formula."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, of_sheet in {"List": rows, **sheets}.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(of_sheet):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def with_part(spreadsheet: bytes, name: str, content: bytes) -> bytes:
    """Put another part in the place of one of a spreadsheet."""
    file = BytesIO()
    with ZipFile(BytesIO(spreadsheet)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
    return file.getvalue()


def many(count: int) -> list[tuple[str, str, str, str]]:
    """Different rows of a list."""
    outcomes = ("Tissue engineered product", "GTMP", "Somatic cell therapy medicinal product", "Not an ATMP")
    return [
        (
            f"Cells number {number}",
            f"Disease {number % 40}",
            outcomes[number % 4],
            f"{number % 27 + 1}/03/2022",
        )
        for number in range(count)
    ]
