"""Search in the text of documents: pages on which every word is, of what the person may read, best first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, overload

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from dossiers.models import Document, DocumentVersion, Dossier, PageText
from dossiers.queries.plate import Plate, plate
from dossiers.queries.reading import reading_url
from dossiers.wording import Token, tokens

LONGEST_SEARCH = 200
MOST_WORDS = 12
SHORTEST_PREFIX = 2
HITS_PER_PAGE = 20
AROUND = 110
MOST_MATCHES = 1_000
CHUNK = re.compile(r'"([^"]*)"?|([^\s"]+)')
SHOWN = ("version__document__section", "version__document__dossier__product")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What was typed, understood: phrases of words, of which the last may be only the beginning of a word."""

    phrases: tuple[Phrase, ...]
    is_beginning: bool
    is_cut: bool

    @property
    def for_sqlite(self) -> str:
        """The question in the language of FTS5: phrases in quotation marks, so that nothing is a sign."""
        quoted = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        return " ".join(quoted) + ("*" if self.is_beginning else "")

    @property
    def for_postgresql(self) -> str:
        """The question as a tsquery; words are letters and digits only, so that nothing is a sign."""
        joined = [" <-> ".join(f"'{word}'" for word in phrase) for phrase in self.phrases]
        return " & ".join(f"({phrase})" for phrase in [*joined[:-1], joined[-1] + ":*" * self.is_beginning])


def understood(text: str) -> Asked:
    """Read what was typed; "3.2.P.8" is one phrase, as is what stands in quotation marks.

    Anything that is not a letter or a digit only parts words, so no input is an error.
    """
    phrases: list[Phrase] = []
    left, is_quoted = MOST_WORDS, False
    for chunk in CHUNK.finditer(text[:LONGEST_SEARCH]):
        words = tuple(token.word for token in tokens(chunk[0]))
        if words[:left]:
            phrases.append(words[:left])
            is_quoted = chunk[1] is not None
        left -= len(words)
        if left <= 0:
            break
    is_beginning = bool(phrases) and not is_quoted and len(phrases[-1][-1]) >= SHORTEST_PREFIX
    return Asked(tuple(phrases), is_beginning, is_cut=left < 0 or len(text) > LONGEST_SEARCH)


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet: as it stands on the page, and whether it is what was asked for."""

    text: str
    is_mark: bool = False


@dataclass(frozen=True)
class PageHit:
    """A page on which the words are."""

    document: Document
    version: DocumentVersion
    page: int
    snippet: tuple[Piece, ...]

    @property
    def dossier(self) -> Dossier:
        """The dossier that the document is in."""
        return self.document.dossier

    @property
    def url(self) -> str:
        """The very page in the reader."""
        return reading_url(self.version, self.page)


def searched_versions(user: User, dossier: Dossier | None = None) -> QuerySet[DocumentVersion]:
    """Return what a search looks into: of each document in place the newest version the person may read."""
    readable = DocumentVersion.objects.visible_to(user)
    newer = readable.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    seen = readable.filter(document__removed_at=None)
    if dossier:
        seen = seen.filter(document__dossier=dossier)
    return seen.filter(~Exists(newer.order_by())).order_by()


class Matches(Sequence[PageHit]):
    """The pages that match, best first; their text is fetched only as far as they are shown.

    Of more than MOST_MATCHES only so many are ranked, in whatever order the index has them: a word on more
    pages than that has to be narrowed by another one.
    """

    def __init__(self, asked: Asked, versions: QuerySet[DocumentVersion]) -> None:
        self.asked = asked
        self._versions = versions

    def __len__(self) -> int:
        return min(len(self._ranked), MOST_MATCHES)

    @property
    def is_more(self) -> bool:
        """Whether there are more pages than are ranked."""
        return len(self._ranked) > MOST_MATCHES

    @property
    def documents(self) -> int:
        """In how many documents the pages are."""
        return len({document for _, document in self._ranked[:MOST_MATCHES]})

    @overload
    def __getitem__(self, place: int) -> PageHit: ...
    @overload
    def __getitem__(self, place: slice) -> list[PageHit]: ...
    def __getitem__(self, place: int | slice) -> PageHit | list[PageHit]:
        if isinstance(place, int):
            return self._hits([self._ranked[:MOST_MATCHES][place]])[0]
        return self._hits(self._ranked[:MOST_MATCHES][place])

    def _hits(self, ranked: list[tuple[int, Any]]) -> list[PageHit]:
        texts = PageText.objects.select_related(*SHOWN).in_bulk([pk for pk, _ in ranked])
        rows = [texts[pk] for pk, _ in ranked if pk in texts]
        return [
            PageHit(row.version.document, row.version, row.page, snippet(row.text, self.asked))
            for row in rows
        ]

    @cached_property
    def _ranked(self) -> list[tuple[int, Any]]:
        """Return page and document of every match, best first."""
        if not self.asked.phrases:
            return []
        try:
            seen, params = self._versions.filter(pk=OF_THE_PAGE).values("pk").query.sql_with_params()
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            match connection.vendor:
                case "sqlite":
                    asked = [self.asked.for_sqlite]
                    sql = SQLITE
                case _:
                    asked = [self.asked.for_postgresql] * 2
                    sql = POSTGRESQL
            cursor.execute(sql.format(seen=seen), [*asked, *params, MOST_MATCHES + 1])
            return list(cursor.fetchall())


# Whether a person may see a version is asked of the pages that fit alone: to list every version that they
# may see takes as long as the site is large.
OF_THE_PAGE = RawSQL("text.version_id", ())  # a name of ours
SQLITE = """
    SELECT id, document_id FROM (
        SELECT text.id, held.document_id, found.rank AS place
        FROM dossiers_pagetext_fts found
        CROSS JOIN dossiers_pagetext text ON text.id = found.rowid
        JOIN dossiers_documentversion held ON held.id = text.version_id
        WHERE dossiers_pagetext_fts MATCH %s AND EXISTS ({seen})
        LIMIT %s
    ) ORDER BY place, id"""
POSTGRESQL = """
    SELECT id, document_id FROM (
        SELECT text.id, held.document_id, ts_rank(text.found_by, to_tsquery('simple', %s)) AS place
        FROM dossiers_pagetext text
        JOIN dossiers_documentversion held ON held.id = text.version_id
        WHERE text.found_by @@ to_tsquery('simple', %s) AND EXISTS ({seen})
        LIMIT %s
    ) ranked ORDER BY place DESC, id"""


def snippet(text: str, asked: Asked) -> tuple[Piece, ...]:
    """Cut out of a page what stands around the first place that fits, and mark what was asked for."""
    words = list(tokens(text))
    marks = _marks(words, asked)
    first = marks[0] if marks else (0, 0)
    start, stop = max(first[0] - AROUND, 0), min(first[1] + AROUND, len(text))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", stop) if text.find(" ", stop) > 0 else len(text)
    inside = [mark for mark in marks if start <= mark[0] and mark[1] <= stop]
    edges = [start, *(edge for mark in inside for edge in mark), stop]
    pieces = [Piece(text[a:b], bool(place % 2)) for place, (a, b) in enumerate(pairwise(edges)) if a < b]
    return (Piece("… "),) * (start > 0) + tuple(pieces) + (Piece(" …"),) * (stop < len(text))


def _marks(words: list[Token], asked: Asked) -> list[tuple[int, int]]:
    """Return where the phrases are in a text, from start to end and without overlap."""
    said, spans = [token.word for token in words], set()
    for number, phrase in enumerate(asked.phrases):
        may_go_on = asked.is_beginning and number == len(asked.phrases) - 1
        for place in range(len(words) - len(phrase) + 1):
            after = place + len(phrase)
            if _fits(said[place:after], phrase, may_go_on=may_go_on):
                spans.add((words[place].start, words[after - 1].end))
    marks: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not marks or span[0] >= marks[-1][1]:
            marks.append(span)
    return marks


def _fits(words: list[str], phrase: Phrase, *, may_go_on: bool) -> bool:
    if not may_go_on:
        return words == list(phrase)
    return words[:-1] == list(phrase[:-1]) and words[-1].startswith(phrase[-1])


def pages_with(user: User, text: str, dossier: Dossier | None = None) -> Matches:
    """Find the pages on which every word of the text is, among what the person may read."""
    return Matches(understood(text), searched_versions(user, dossier))


@dataclass(frozen=True)
class SearchPage:
    """What was found in the documents of a dossier, and what could not be looked into."""

    plate: Plate
    dossier: Dossier
    text: str
    asked: Asked
    matches: Matches
    page_obj: "Page[PageHit]"
    unread: int
    without_words: list[DocumentVersion]


def search_page(dossier: Dossier, user: User, text: str, page: str | None) -> SearchPage:
    """Search the documents of a dossier; honest about those whose words are not known."""
    matches = pages_with(user, text, dossier)
    versions = searched_versions(user, dossier)
    read = versions.filter(reading__read_at__isnull=False)
    return SearchPage(
        plate=plate(dossier, user),
        dossier=dossier,
        text=text[:LONGEST_SEARCH],
        asked=matches.asked,
        matches=matches,
        page_obj=Paginator(matches, HITS_PER_PAGE).get_page(page),
        unread=versions.count() - read.count(),
        without_words=list(
            read.exclude(reading__problem="", reading__pages_with_words__gt=0).select_related(
                "document__section", "reading"
            )
        ),
    )
