"""What changed between two sequences, told from what was frozen in both."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from dossiers.models import Dossier, Filing
from dossiers.queries.content import APPEND, DELETE, NEW, REPLACE, UNCHANGED, documents_by_key, key_of
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import RequirementState

Row = Mapping[str, Any]

WORDS = {NEW: "New", REPLACE: "Replaced", APPEND: "Appended", DELETE: "Deleted", UNCHANGED: "Unchanged"}
MARKS = {NEW: "go", REPLACE: "warn", APPEND: "go", DELETE: "stop", UNCHANGED: "none"}


@dataclass(frozen=True)
class DocumentChange:
    """A document that is in either of two sequences."""

    operation: str
    section: str
    file_name: str
    title: str
    earlier: Row | None
    later: Row | None

    @property
    def word(self) -> str:
        """What happened to it."""
        return WORDS[self.operation]

    @property
    def mark(self) -> str:
        """How the page marks it."""
        return MARKS[self.operation]

    @property
    def adds_to(self) -> Row | None:
        """The filed document to which it was added."""
        return (self.later or {}).get("modifies") if self.operation == APPEND else None

    @property
    def document(self) -> str:
        """The key of the document, where the content names it."""
        return str((self.later or self.earlier or {}).get("document", ""))


@dataclass(frozen=True)
class AnswerChange:
    """A requirement that is answered otherwise, or asked in one of two sequences only."""

    code: str
    text: str
    earlier: str
    later: str


@dataclass(frozen=True)
class SectionChange:
    """A section that is in one of two sequences only, or that has another title."""

    number: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Difference:
    """What changed from one frozen content to another."""

    documents: list[DocumentChange]
    answers: list[AnswerChange]
    sections: list[SectionChange]

    @property
    def changed(self) -> list[DocumentChange]:
        """The documents that are not the same in both."""
        return [change for change in self.documents if change.operation != UNCHANGED]

    @property
    def unchanged(self) -> list[DocumentChange]:
        """The documents that are the same in both."""
        return [change for change in self.documents if change.operation == UNCHANGED]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many documents are new, replaced, appended, deleted and unchanged."""
        operations = [change.operation for change in self.documents]
        return [(word, operations.count(operation)) for operation, word in WORDS.items()]


@dataclass(frozen=True)
class ComparePage:
    """Two sequences of a dossier side by side."""

    plate: Plate
    dossier: Dossier
    filings: list[Filing]
    earlier: Filing | None
    later: Filing | None
    difference: Difference | None


def compare_page(dossier: Dossier, user: User, *, earlier: str, later: str) -> ComparePage:
    """Gather the difference between two filings; without a choice, between the last two."""
    filings = dossier.filings.all()
    listed = list(filings)
    keys = [str(filing.pk) for filing in listed]
    first = _chosen(filings, keys, earlier or (keys[-2] if len(keys) > 1 else ""))
    second = _chosen(filings, keys, later or (keys[-1] if keys else ""))
    return ComparePage(
        plate=plate(dossier, user),
        dossier=dossier,
        filings=listed,
        earlier=first,
        later=second,
        difference=difference(first.content, second.content) if first and second else None,
    )


def _chosen(filings: QuerySet[Filing], keys: list[str], key: str) -> Filing | None:
    if not key:
        return None
    if key not in keys:
        raise Http404("No such filing of this dossier.")
    return filings.get(pk=key)


def difference(earlier: Row, later: Row) -> Difference:
    """Compare two frozen contents."""
    return Difference(_documents(earlier, later), _answers(earlier, later), _sections(earlier, later))


def _documents(earlier: Row, later: Row) -> list[DocumentChange]:
    old = documents_by_key(earlier)
    by_place = {_place(row): key for key, row in old.items()}
    changes = []
    for row in later["documents"]:
        key = key_of(row) if key_of(row) in old else by_place.get(_place(row), "")
        changes.append(_change(old.pop(key, None), row))
    changes += [_change(row, None) for row in old.values()]
    return changes


def _place(row: Row) -> str:
    return f"{row['section']}/{row['file_name']}"


def _change(old: Row | None, new: Row | None) -> DocumentChange:
    row = new or old or {}
    return DocumentChange(
        _operation(old, new), row["section"], row["file_name"], row["title"], earlier=old, later=new
    )


def _operation(old: Row | None, new: Row | None) -> str:
    if new is None:
        return DELETE
    if old and old["sha256"] == new["sha256"]:
        return UNCHANGED
    if new.get("operation") == APPEND:
        return APPEND
    return REPLACE if old else NEW


def _answers(earlier: Row, later: Row) -> list[AnswerChange]:
    old = {row["code"]: row for row in earlier["requirements"]}
    new = {row["code"]: row for row in later["requirements"]}
    return [
        AnswerChange(
            code, (new.get(code) or old[code])["text"], _answer(old.get(code)), _answer(new.get(code))
        )
        for code in dict.fromkeys(chain(new, old))
        if _answer(old.get(code)) != _answer(new.get(code))
    ]


def _answer(row: Row | None) -> str:
    if row is None:
        return "Not asked"
    match row["state"]:
        case RequirementState.OPEN:
            return "Not provided"
        case RequirementState.MET:
            return f"{row['document']}, page {row['page']}" if row["page"] else str(row["document"])
        case _:
            return f"Does not apply: {row['reason']}"


def _sections(earlier: Row, later: Row) -> list[SectionChange]:
    if "sections" not in earlier or "sections" not in later:
        return []  # filed before the tree was part of the content: nothing can be said of it
    old = {row["number"]: row["title"] for row in earlier["sections"]}
    new = {row["number"]: row["title"] for row in later["sections"]}
    return [
        SectionChange(number, old.get(number, ""), new.get(number, ""))
        for number in dict.fromkeys(chain(new, old))
        if old.get(number) != new.get(number)
    ]
