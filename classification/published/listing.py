"""A published list, understood row by row: what was found, and which rows were not understood and why."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import BinaryIO

from classification.published.wording import NotUnderstood, date_in, fingerprint, outcome_in
from classification.published.workbook import UnreadableFile, sheets_in

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 5_000
MOST_LINES = 20_000
LONGEST = {"product": 1000, "indication": 600, "outcome": 300, "dated": 40}
LONGEST_HEADING = 120
HEADINGS_WITHIN = 40
SPREADSHEET, OLD_SPREADSHEET = b"PK", b"\xd0\xcf\x11\xe0"
FORMULA = ("=", "+", "@", "#")

HEADINGS = {
    "dated": ("date", "adopt", "year"),
    "outcome": ("outcome", "conclusion", "classification", "recommendation"),
    "indication": ("indication", "therapeutic area", "therapeutic", "disease", "condition", "intended use"),
    "product": ("description", "descriptor", "active substance", "product", "substance", "name"),
}
"""By what word a column is known; the earlier columns and words are given their choice first."""

NEEDED = ("product", "outcome", "dated")

csv.field_size_limit(LARGEST_FILE)  # a longer cell is reported by the number of its row


@dataclass(frozen=True, slots=True)
class Entry:
    """One published classification of a list."""

    product: str
    indication: str
    outcome: str
    outcome_words: str
    dated: str

    @property
    def fingerprint(self) -> str:
        """What tells it from the others, in every list and at every import."""
        return fingerprint(self.product, self.indication, self.outcome, date_in(self.dated))


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was not understood, by its number in the file."""

    number: int
    reason: str


@dataclass(frozen=True)
class Listing:
    """What a file holds."""

    entries: list[Entry]
    skipped: list[SkippedRow]

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.entries) + len(self.skipped)


def listing_in(stream: BinaryIO) -> Listing:
    """Read a list from a CSV file or a spreadsheet; raises UnreadableFile."""
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("The file is larger than 20 MB; published lists are a hundred times smaller.")
    for table in _tables(content):
        for number, cells in enumerate(table[:HEADINGS_WITHIN], 1):
            if columns := _columns(cells):
                return _listing(table[number:], number + 1, columns)
    raise UnreadableFile("No row names the columns product, outcome and date.")


def _tables(content: bytes) -> Iterator[list[list[str]]]:
    if content.startswith(SPREADSHEET):
        yield from sheets_in(content)
        return
    if content.startswith(OLD_SPREADSHEET):
        raise UnreadableFile("It is an old or a protected spreadsheet. Save it as .xlsx without a password.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("It is not UTF-8. Save it as “CSV UTF-8” or as .xlsx.") from None
    for delimiter in (",", ";", "\t"):
        try:
            yield list(_lines(text, delimiter))
        except csv.Error:
            raise UnreadableFile("It is not a CSV file that can be read.") from None


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter)):
        if number == MOST_LINES:
            raise UnreadableFile(f"The file has more than {MOST_LINES} lines. Split it.")
        yield cells


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Where the columns stand, if these cells are headings."""
    headings = [" ".join(cell.casefold().split()) for cell in cells]
    found: dict[str, int] = {}
    for column, words in HEADINGS.items():
        places = (
            place
            for word in words
            for place, heading in enumerate(headings)
            if word in heading and len(heading) <= LONGEST_HEADING and place not in found.values()
        )
        if (place := next(places, None)) is not None:
            found[column] = place
    return found if all(column in found for column in NEEDED) else None


def _listing(rows: list[list[str]], first: int, columns: dict[str, int]) -> Listing:
    entries: list[Entry] = []
    skipped: list[SkippedRow] = []
    for number, cells in enumerate(rows, first):
        if not any(cell.strip() for cell in cells):
            continue
        if len(entries) + len(skipped) == MOST_ROWS:
            raise UnreadableFile(f"The list has more than {MOST_ROWS} rows. Split it.")
        try:
            entries.append(_entry(cells, columns))
        except NotUnderstood as gap:
            skipped.append(SkippedRow(number, str(gap)))
    return Listing(entries, skipped)


def _entry(cells: list[str], columns: dict[str, int]) -> Entry:
    found = {column: cells[place] if place < len(cells) else "" for column, place in columns.items()}
    texts = {column: _clean(column, found.get(column, "")) for column in HEADINGS}
    for column in NEEDED:
        if not texts[column]:
            raise NotUnderstood(f"no {'date' if column == 'dated' else column}")
    if not any(character.isalpha() for character in texts["product"]):
        raise NotUnderstood("the product has no words")
    outcome = outcome_in(texts["outcome"])
    date_in(texts["dated"])
    return Entry(texts["product"], texts["indication"], outcome, texts["outcome"], texts["dated"])


def _clean(column: str, cell: str) -> str:
    name = "date" if column == "dated" else column
    if len(cell) > LONGEST[column] * 2:  # before anything is done with it
        raise NotUnderstood(f"the {name} is longer than {LONGEST[column]} characters")
    text = " ".join(cell.split())
    if len(text) > LONGEST[column]:
        raise NotUnderstood(f"the {name} is longer than {LONGEST[column]} characters")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise NotUnderstood(f"the {name} holds characters that are no text")
    if text.startswith(FORMULA):
        raise NotUnderstood(f"the {name} is a formula or an error of one")
    return "" if text in {"-", "–", "n/a", "N/A"} else text
