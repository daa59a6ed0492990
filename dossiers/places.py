"""Where a file belongs and how it is named: guessed from its name and first pages, with the reason."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.text import slugify

from dossiers.structure import DATA, SectionRow, section_rows

NUMBER = re.compile(
    r"(?<![\w.])(M(?:ODULE )?|SECTION )?([1-5](?:\.(?:[0-9]{1,2}|[SPARI]|MD|PVS|CEP|TSE))+)(?!\w)(?!\.[0-9])"
)
FOLDED = re.compile(r"(?<![a-z0-9])32[-_ ]?([spar])[-_. ]?([0-9])[-_.]?([0-9])?(?![0-9a-z])", re.IGNORECASE)
VARIABLE = {"cc", "var", "ll"}
SMALL = {"and", "of", "or", "the", "for", "with", "in", "to", "a", "an"}
SHORT = {
    "spec": "specification",
    "specs": "specification",
    "qos": "quality overall summary",
    "rmp": "risk management system",
}


@dataclass(frozen=True)
class Place:
    """A suggested section and file name; `why` says what it was read from."""

    section: str = ""
    file_name: str = ""
    why: str = ""


@dataclass(frozen=True)
class NamePattern:
    """A file name that the Union recommends for a folder, without its variable parts."""

    folder: str
    stem: str


@cache
def patterns() -> tuple[NamePattern, ...]:
    """Return the recommended names: EU eCTD validation criteria v8.2, file and folder names."""
    with (DATA / "ectd_file_names.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(
        NamePattern(_plain(row["folder"]), "-".join(part for part in _parts(row["file_name"])))
        for row in rows
        if _parts(row["file_name"])
    )


def suggest(name: str, facts: Mapping[str, Any], sections: Iterable[str]) -> Place:
    """Suggest where a file goes among the sections that hold documents, by the surest sign."""
    open_here = {number.upper(): number for number in sections}
    section, why = (
        _number_in(name, open_here, "its name")
        or _number_in(str(facts.get("title", "")), open_here, "its title")
        or _number_on_pages(facts.get("texts", []), open_here)
        or _title_in(name, facts, open_here)
        or ("", "")
    )
    return Place(section, _named(section, name) if section else "", why)


def _number_in(text: str, open_here: Mapping[str, str], where: str) -> tuple[str, str] | None:
    for found in _numbers(text):
        if found in open_here:
            return open_here[found], f"{where} says {open_here[found]}"
    return None


def _number_on_pages(texts: list[str], open_here: Mapping[str, str]) -> tuple[str, str] | None:
    for page, text in enumerate(texts, start=1):
        for found in _numbers(text, is_prose=True):
            if found in open_here:
                return open_here[found], f"names {open_here[found]} on page {page}"
    return None


def _numbers(text: str, *, is_prose: bool = False) -> list[str]:
    """Find section numbers: "3.2.P.5.1" as written, "32p51" as folders have it.

    In prose "2.5" may be a dose: so short a number counts there only where it is called a section.
    """
    written = [
        found.group(2)
        for found in NUMBER.finditer(text.upper().removesuffix(".PDF"))
        if not is_prose or found.group(1) or found.group(2).count(".") > 1
    ]
    if is_prose:
        return written
    folded = [
        ".".join(part for part in ("3.2", letter.upper(), first, second) if part)
        for letter, first, second in FOLDED.findall(text)
    ]
    return written + folded


def _title_in(name: str, facts: Mapping[str, Any], open_here: Mapping[str, str]) -> tuple[str, str] | None:
    """Find the section of which the name, the title or the head of page 1 holds every word of the title."""
    head = " ".join((facts.get("texts") or [""])[0].split()[:60])
    for text, where in ((name, "its name"), (str(facts.get("title", "")), "its title"), (head, "page 1")):
        words = _words(text)
        fitting = [row for row in _rows(open_here) if row.keys and row.keys <= words]
        longest = max((len(row.keys) for row in fitting), default=0)
        best = _of_the_branch([row for row in fitting if len(row.keys) == longest], words)
        if len({row.number for row in best}) == 1:
            return best[0].number, f"{where} speaks of “{best[0].label}”"
    return None


def _of_the_branch(rows: list["_Keyed"], words: frozenset[str]) -> list["_Keyed"]:
    """Tell sections of drug substance and drug product apart, whose titles are alike."""
    branches = {"3.2.S": {"drug", "substance"}, "3.2.P": {"drug", "product"}}
    rows = [row for row in rows if not row.keys <= {"drug", "substance", "product"}] or rows
    named = tuple(number for number, keys in branches.items() if keys <= words)
    return [row for row in rows if row.number.startswith(named)] or rows if len(named) == 1 else rows


@dataclass(frozen=True)
class _Keyed:
    number: str
    label: str
    keys: frozenset[str]


def _rows(open_here: Mapping[str, str]) -> list[_Keyed]:
    return [row for row in _keyed() if row.number.upper() in open_here]


@cache
def _keyed() -> tuple[_Keyed, ...]:
    by_title = [_Keyed(row.number, row.title, _words(row.title)) for row in section_rows()]
    by_name = [
        _Keyed(row.number, pattern.stem.replace("-", " "), _words(pattern.stem))
        for row in section_rows()
        for pattern in patterns()
        if row.holds_documents and _plain(row.folder) == pattern.folder and _is_only(row, pattern)
    ]
    return (*by_title, *by_name)


def _is_only(row: SectionRow, pattern: NamePattern) -> bool:
    # Where a folder serves several sections its names say nothing, unless they are the title's own words.
    sharing = [other for other in section_rows() if other.folder == row.folder and other.holds_documents]
    return len(sharing) == 1 or len(_words(row.title) & _words(pattern.stem)) >= 2


def _words(text: str) -> frozenset[str]:
    bare = re.sub(r"\.pdf$", "", text, flags=re.IGNORECASE)
    found = slugify(SHORT_FORMS.sub(lambda short: SHORT[short.group().lower()], bare)).replace("_", "-")
    return frozenset(word.removesuffix("s") for word in found.split("-") if len(word) > 2) - SMALL


SHORT_FORMS = re.compile(rf"(?<![a-z])(?:{'|'.join(SHORT)})(?![a-z])", re.IGNORECASE)


def _named(section: str, original: str) -> str:
    """Suggest the recommended name of the section where it has one, else the person's own made fit."""
    row = next((row for row in section_rows() if row.number == section), None)
    fitting = [pattern for pattern in patterns() if row and pattern.folder == _plain(row.folder)]
    own = _words(row.title) if row else frozenset()
    best = max(fitting, key=lambda pattern: len(own & _words(pattern.stem)), default=None)
    if best and (len(fitting) == 1 or len(own & _words(best.stem)) >= min(2, len(own))):
        return f"{best.stem}.pdf"
    return ""


def _parts(file_name: str) -> list[str]:
    return [part for part in file_name.removesuffix(".pdf").split("-") if part not in VARIABLE]


def _plain(folder: str) -> str:
    """Write a folder without its variable parts, so that both tables name it alike."""
    fixed = {"drug-substance", "drug-product", "excipient", "compendial-excipients", "folder", "cc", "ll"}
    return "/".join(part for part in folder.split("/") if part not in fixed and not part.startswith("{"))
