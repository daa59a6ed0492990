"""What a demo document is made of: sections, paragraphs, lists, tables, and short ways to write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import dedent
from typing import TypeAlias


@dataclass(frozen=True)
class Sponsor:
    """Who files the document, and the typeface of its house style."""

    name: str
    address: str
    typeface: str


@dataclass(frozen=True)
class Table:
    """A table with its caption; `widths` are relative, `right` are the columns set flush right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bullets:
    """A list; each item is one paragraph."""

    items: tuple[str, ...]


Block: TypeAlias = "str | Bullets | Table | Section"


@dataclass(frozen=True)
class Section:
    """A numbered heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Letter:
    """The lines round the text of a letter."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    reference: tuple[str, ...]
    subject: str
    closing: tuple[str, ...]
    salutation: str = "Dear Madam, dear Sir,"


@dataclass(frozen=True)
class Document:
    """One document as a sponsor files it, without its typesetting."""

    sponsor: Sponsor
    product: str
    section: str
    section_title: str
    title: str
    written_on: date
    author: str
    approver: str
    sections: tuple[Section, ...]
    version: int = 1
    history: tuple[tuple[int, date, str], ...] = ()
    letter: Letter | None = None


def section(title: str, *blocks: Block) -> Section:
    """A section; a text with blank lines in it becomes as many paragraphs."""
    parted: list[Block] = []
    for block in blocks:
        parted.extend(paragraphs(block) if isinstance(block, str) else [block])
    return Section(title, tuple(parted))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of an indented text, each on one line."""
    return tuple(" ".join(part.split()) for part in dedent(text).strip().split("\n\n") if part.strip())


def bullets(text: str) -> Bullets:
    """A list with one item per paragraph of the text."""
    return Bullets(paragraphs(text))


def table(caption: str, text: str, *, widths: Iterable[int] = (), right: Iterable[int] = ()) -> Table:
    """A table written as lines with bars between the cells, its head first."""
    lines = [tuple(" ".join(cell.split()) for cell in line.split("|")) for line in text.strip().splitlines()]
    return table_of(caption, lines[0], lines[1:], widths=widths, right=right)


def table_of(
    caption: str,
    head: Iterable[str],
    rows: Iterable[Iterable[str]],
    *,
    widths: Iterable[int] = (),
    right: Iterable[int] = (),
) -> Table:
    """A table from rows at hand; a row of another length than the head is a mistake in the demo story."""
    names = tuple(head)
    filled = tuple(tuple(row) for row in rows)
    shares = tuple(widths) or (1,) * len(names)
    wrong = [row for row in filled if len(row) != len(names)]
    if wrong or len(shares) != len(names):
        raise ValueError(f"{caption}: {wrong or shares} does not fit {names}.")
    return Table(caption, names, filled, shares, tuple(right))


def day(when: date) -> str:
    """A date in words: 2 October 2026."""
    return f"{when.day} {when:%B %Y}"
