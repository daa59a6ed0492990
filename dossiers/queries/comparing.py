"""What the page reads on which two versions of a document are compared."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.template.defaultfilters import filesizeformat

from accounts.models import User
from dossiers import comparing
from dossiers.comparing import Difference, PagePair
from dossiers.models import Document, DocumentVersion, PageText, TextReading
from dossiers.queries.plate import Plate, plate
from dossiers.queries.reading import reading_url

PAGES_AT_ONCE = 20


@dataclass(frozen=True)
class Fact:
    """Something about the file in both versions."""

    name: str
    before: str
    after: str

    @property
    def is_other(self) -> bool:
        """Whether it is not the same."""
        return self.before != self.after


@dataclass(frozen=True)
class Row:
    """A pair of pages with their addresses in the reader, and their texts where they stand side by side."""

    pair: PagePair
    before_url: str
    after_url: str
    before: str
    after: str


@dataclass(frozen=True)
class ComparePage:
    """Two versions of a document: what changed in their words and of their files."""

    plate: Plate
    document: Document
    versions: list[DocumentVersion]
    before: DocumentVersion
    after: DocumentVersion
    facts: list[Fact]
    summary: str
    unread: list[DocumentVersion]
    is_side_by_side: bool
    page_obj: "Page[PagePair]"
    rows: list[Row]


def two_versions(
    document: Document, user: User, first: str, second: str
) -> tuple[DocumentVersion, DocumentVersion] | None:
    """Return the two versions that were asked for, older first; unless asked the newest and the one before.

    Asked for one only, it is compared with the one before. None when the person may not read two such.
    """
    seen = list(
        DocumentVersion.objects.visible_to(user).filter(document=document).with_filing().order_by("number")
    )
    by_number = {str(version.number): version for version in seen}
    if not first:
        second = second or (str(seen[-1].number) if seen else "")
        before_it = [number for number in by_number if second in by_number and int(number) < int(second)]
        first = before_it[-1] if before_it else ""
    if first == second or not {first, second} <= set(by_number):
        return None
    before, after = sorted((by_number[first], by_number[second]), key=lambda version: version.number)
    return before, after


def compare_page(
    before: DocumentVersion, after: DocumentVersion, user: User, *, is_side_by_side: bool, page: str | None
) -> ComparePage:
    """Compare two versions; the pages shown are limited, the summary is of all of them."""
    document = after.document
    old, new = _texts(before), _texts(after)
    difference = comparing.compare(old, new)
    shown = difference.pairs if is_side_by_side else difference.changed
    page_obj = Paginator(shown, PAGES_AT_ONCE).get_page(page)
    read = set(
        TextReading.objects.filter(version__in=[before, after], pages_with_words__gt=0).values_list(
            "pk", flat=True
        )
    )
    return ComparePage(
        plate=plate(document.dossier, user),
        document=document,
        versions=list(DocumentVersion.objects.visible_to(user).filter(document=document)),
        before=before,
        after=after,
        facts=_facts(before, after),
        summary=in_words(difference),
        unread=[version for version in (before, after) if version.pk not in read],
        is_side_by_side=is_side_by_side,
        page_obj=page_obj,
        rows=[_row(pair, before, after, old, new) for pair in page_obj.object_list],
    )


def in_words(difference: Difference) -> str:
    """Sum a difference up: "12 words changed on 3 pages"."""
    changed = [pair for pair in difference.pairs if pair.changed]
    moved = [pair for pair in difference.pairs if pair.is_moved]
    words = f"{_several(difference.words, 'word')} changed on {_several(len(changed), 'page')}"
    if not changed:
        words = "No word changed"
    return f"{words}; {_several(len(moved), 'page')} moved." if moved else f"{words}."


def _several(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _texts(version: DocumentVersion) -> list[str]:
    kept = dict(PageText.objects.filter(version=version).values_list("page", "text"))
    last = max([version.pages, *kept])  # a scan has pages without words; they stand beside each other as well
    return [kept.get(page, "") for page in range(1, last + 1)]


def _facts(before: DocumentVersion, after: DocumentVersion) -> list[Fact]:
    def row(version: DocumentVersion) -> list[tuple[str, str]]:
        return [
            ("Pages", str(version.pages)),
            ("Size", filesizeformat(version.size)),
            ("PDF version", version.pdf_version),
            ("Original name", version.original_name),
            ("Filed in", version.filed_in.sequence_number if version.filed_in else "not yet"),
            ("What changed, in the sponsor's words", version.note or "nothing said"),
        ]

    return [Fact(one[0], one[1], other[1]) for one, other in zip(row(before), row(after), strict=True)]


def _row(
    pair: PagePair, before: DocumentVersion, after: DocumentVersion, old: list[str], new: list[str]
) -> Row:
    return Row(
        pair,
        reading_url(before, pair.old) if pair.old else "",
        reading_url(after, pair.new) if pair.new else "",
        old[pair.old - 1] if pair.old else "",
        new[pair.new - 1] if pair.new else "",
    )
