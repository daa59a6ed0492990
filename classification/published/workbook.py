"""Rows of a spreadsheet file, opened only after it is known that it cannot swell to more than we can hold."""

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineWorkbook

MOST_PARTS = 300
LARGEST_UNPACKED = 30 * 1024 * 1024
LONGEST_STRING = 500_000
"""In bytes with its markup; a cell of Excel ends at 32,767 characters."""

MOST_CELLS = 1_000_000
LARGEST_TEXT = 500 * 1024 * 1024
"""Cells times the longest string: each cell that names a shared string gets a copy of it."""

CHUNK = 1024 * 1024
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,8})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_STRING = re.compile(rb"<(?P<end>/?)(?:\w+:)?(?:si|is)[\s/>]")


class UnreadableFile(Exception):
    """A file that cannot be read at all; the message says why, for the person who gave it."""


def sheets_in(content: bytes) -> Iterator[list[list[str]]]:
    """The rows of every sheet as texts, from the first row on; raises UnreadableFile."""
    _refuse_what_would_swell(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [[_text(cell) for cell in row] for row in rows]
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a reader written in Rust also fails outside of Exception
        raise UnreadableFile("It is not a spreadsheet that can be read, or it is damaged.") from error


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _refuse_what_would_swell(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise UnreadableFile(f"The spreadsheet has more than {MOST_PARTS} parts.")
            unpacked = cells = longest = 0
            for part in parts:
                text = _unpacked(archive, part, LARGEST_UNPACKED - unpacked)
                unpacked += len(text)
                cells += _cells_of(text)
                longest = max(longest, _longest_string(text))
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise UnreadableFile("It is not a spreadsheet that can be read, or it is damaged.") from error
    if longest > LONGEST_STRING:
        raise UnreadableFile("A cell of the spreadsheet is longer than a cell can be.")
    if cells * longest > LARGEST_TEXT:
        raise UnreadableFile("The cells of the spreadsheet are longer than those of a list can be.")


def _unpacked(archive: ZipFile, part: ZipInfo, left: int) -> bytes:
    """Unpack one part and check its sum; what the archive says of its size is not believed."""
    text = bytearray()
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text += chunk
            if len(text) > left:
                raise UnreadableFile("Unpacked, the spreadsheet is larger than 30 MB.")
    return bytes(text)


def _cells_of(text: bytes) -> int:
    """Count the cells of a part; refuse few that stand far apart: all between them would be held."""
    cells = sum(1 for _ in _CELL.finditer(text))
    rows = sum(1 for _ in _ROW.finditer(text))
    with_place = columns = 0
    for place in _PLACE.finditer(text):
        rows = max(rows, int(place[2]))
        if place[1]:
            with_place += 1
            columns = max(columns, _column(place[1]))
    if rows * max(columns, cells - with_place) > MOST_CELLS:
        raise UnreadableFile("A sheet of the spreadsheet is larger than a list can be.")
    return cells


def _longest_string(text: bytes) -> int:
    """Measure from where a string begins first to where it ends; what stands inside belongs to it."""
    longest, start = 0, None
    for tag in _STRING.finditer(text):
        if not tag["end"]:
            start = tag.start() if start is None else start
        elif start is not None:
            longest, start = max(longest, tag.start() - start), None
    return longest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
