"""What the checks of a PDF say about it: refusals, and findings with rule, level and remedy."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dossiers.structure import DATA, is_within

OLDEST, NEWEST = "1.4", "1.7"
MOST_PAGES = 5_000
BOOKMARKS_FROM = 6
EASY_BYTES = 100 * 1024**2
MAY_BE_RESTRICTED = ("1.0", "1.2", "3.3", "4.3", "5.4")
MAY_HOLD_FILES = ("1.2",)

Finding = dict[str, str]
AGAIN = "Save it again as PDF 1.7."


class BadFile(Exception):
    """A file that is not taken: what is wrong with it and what to do, in words for the person who sent it."""

    def __init__(self, wrong: str, remedy: str, rule: str = "") -> None:
        self.wrong, self.remedy, self.rule = wrong, remedy, rule
        super().__init__(f"{wrong} {remedy}{f' Criterion {rule}.' if rule else ''}")


@dataclass(frozen=True)
class Criterion:
    """A rule for files: of the Union, or of ICH where the number begins with "A7"."""

    number: str
    criterion: str
    level: str
    citation: str
    trust: str


@cache
def criteria() -> Mapping[str, Criterion]:
    """Return the rules for files by their number."""
    with (DATA / "pdf_criteria.csv").open(encoding="utf-8", newline="") as lines:
        return {row["number"]: Criterion(**row) for row in csv.DictReader(lines)}


def named(rule: str) -> str:
    """Say which rule a finding follows: "Criterion 16.3" of the Union, "ICH A7.1"."""
    return f"Criterion {rule}" if rule[:1].isdigit() else f"ICH {rule}"


def refuse(facts: Mapping[str, Any]) -> None:
    """Raise BadFile for the first thing for which a file is not taken at all.

    Source: EU validation criteria v8.2, 16.1, 16.2 and 16.5; what runs or hides is refused for safety.
    """
    match facts.get("wrong"):
        case "polyglot":
            raise BadFile(f"It is a PDF and {facts['what']} at once.", "Print it to a new PDF.")
        case "password":
            raise BadFile(
                "It asks for a password.",
                "Take the password off, or ask its author for an open copy.",
                "16.2",
            )
        case "heavy":
            raise BadFile(
                "Opening it takes more memory or time than any document needs.",
                "Print it to a new PDF, in parts if it is large.",
            )
        case "repairable":
            raise BadFile(
                "Its table of contents for readers is broken; they would have to repair it to open it.",
                AGAIN,
                "16.5",
            )
        case "damaged":
            raise BadFile("It is damaged and does not open.", AGAIN, "16.5")
    if facts["version"] < OLDEST:
        raise BadFile(
            f"It is PDF {facts['version']}; the agency takes 1.4 to 1.7.", "Save it as PDF 1.7.", "16.1"
        )
    if not facts["pages"]:
        raise BadFile("It has no pages.", "Save it again from the program that wrote it.", "16.5")
    if facts["pages"] > MOST_PAGES:
        raise BadFile(
            f"It has {facts['pages']:,} pages; a file may have up to {MOST_PAGES:,}.", "Split the document."
        )
    if facts["runs"]:
        raise BadFile(f"It contains {facts['runs']}.", "Print it to a new PDF, which leaves that out.")


def judge(facts: Mapping[str, Any], section: str, size: int) -> list[Finding]:
    """Return what a person should put right, for a file in a section; what stops filing comes first."""
    found = [*_of_the_union(facts, section, size), *_of_ich(facts, section, size)]
    return sorted(found, key=lambda finding: finding["level"] != "stop")


def _of_the_union(facts: Mapping[str, Any], section: str, size: int) -> Iterator[Finding]:
    if facts["is_restricted"] and not _is_in(section, MAY_BE_RESTRICTED):
        yield _finding(
            "16.3",
            "the file carries security settings that restrict printing, copying or changes.",
            "Save it without security settings and add that as a new version.",
            level="stop",
        )
    if facts["version"] > NEWEST:
        yield _finding(
            "16.BP1",
            f"the file is PDF {facts['version']}; 1.4 to 1.7 is best practice.",
            "Save it as PDF 1.7 and add that as a new version.",
        )
    if size > 500 * 1024**2:
        yield _finding("15.BP1", "the file is larger than 500 MB.", "Split the document.")


def _of_ich(facts: Mapping[str, Any], section: str, size: int) -> Iterator[Finding]:
    if facts["fonts"]:
        yield _finding(
            "A7.1",
            f"fonts are not embedded: {', '.join(facts['fonts'])}.",
            "Save it with all fonts embedded, so that every reader sees the same signs.",
        )
    if facts.get("pictures"):
        yield _finding(
            "A7.2",
            f"{_pages(facts['pictures'])} a picture without text; nobody can search or copy it.",
            "Run text recognition over the scan and add that as a new version.",
        )
    if facts["pages"] >= BOOKMARKS_FROM and not facts["bookmarks"]:
        yield _finding(
            "A7.3",
            f"{facts['pages']} pages and no bookmarks; a document of more than "
            f"{BOOKMARKS_FROM - 1} pages should have them.",
            "Save it with bookmarks from its headings.",
        )
    if facts.get("odd_pages"):
        yield _finding(
            "A7.4", f"{_pages(facts['odd_pages'])} not A4, Letter, A3 or Tabloid.", "Set the paper to A4."
        )
    if facts["links"]:
        yield _finding(
            "A7.5",
            f"{_counted(facts['links'], 'link')} to addresses outside the dossier.",
            "Put what is essential into the dossier; the agency does not open such links.",
        )
    if facts["embedded"] and not _is_in(section, MAY_HOLD_FILES):
        yield _finding(
            "A7.6",
            f"{_counted(facts['embedded'], 'file')} inside the file.",
            "Add each as a document of its own.",
        )
    if EASY_BYTES < size <= 500 * 1024**2:
        yield _finding(
            "A7.7", "the file is larger than 100 MB.", "Split it, or lower the resolution of scans."
        )


def _finding(rule: str, text: str, hint: str, *, level: str = "warn") -> Finding:
    return {"level": level, "rule": criteria()[rule].number, "text": text, "hint": hint}


def _is_in(section: str, places: tuple[str, ...]) -> bool:
    return any(is_within(section, place) for place in places)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _pages(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]} is"
    return f"pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} are each"
