"""Search over everything that a person may see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from classification.models import Assessment
from dossiers import structure
from dossiers.models import Document, Dossier, Product, Question
from dossiers.models.dossiers import REPETITION
from dossiers.queries import texts
from dossiers.queries.texts import Piece
from qc.models import Lot

HITS_PER_KIND = 8
SHORTEST_WORD = 2
LONGEST_SEARCH = 100
QUESTION_NUMBER = re.compile(r"q-?0*([0-9]{1,6})", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """Something that was found: its name, what it is about, where it is, and the words around it."""

    name: str
    about: str
    url: str
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Hits:
    """What was found of one kind; `is_more` when the list was cut."""

    kind: str
    hits: list[Hit]
    is_more: bool


@dataclass(frozen=True)
class Kind:
    """A kind of thing to search: what of it is seen, in which fields, and how a hit is worded."""

    label: str
    seen: Callable[[User], QuerySet[Any]]
    fields: tuple[str, ...]
    hit: Callable[[Any], Hit]
    also: Callable[[str], Q] = lambda _word: Q()


def by_question_number(word: str) -> Q:
    """Find a question by its number as people say it: "Q-004", "q4"."""
    said = QUESTION_NUMBER.fullmatch(word)
    return Q(number=int(said[1])) if said else Q()


def by_section(word: str) -> Q:
    """Find what stands in a section by its number or title.

    The titles of the law's tree are looked through here: the database would read the section of every
    document.
    """
    rows, plain = structure.section_rows(), word.lower()
    found = Q(section__title__in={row.title for row in rows if plain in row.title.lower()})
    if any(REPETITION.sub("", plain) in row.number.lower() for row in rows):
        found |= Q(section__number__icontains=word)
    return found


KINDS = (
    Kind(
        "Candidates",
        lambda user: Assessment.objects.visible_to(user),
        ("code", "name", "indication"),
        lambda found: Hit(found.code, f"{found.name}, {found.indication}", found.get_absolute_url()),
    ),
    Kind(
        "Products",
        lambda user: Product.objects.visible_to(user),
        ("name", "descriptor", "indication"),
        lambda found: Hit(found.name, f"{found.descriptor}, {found.indication}", found.get_absolute_url()),
    ),
    Kind(
        "Dossiers",
        lambda user: Dossier.objects.visible_to(user).select_related("product"),
        ("number", "product__name", "product__descriptor"),
        lambda found: Hit(
            found.number, f"{found.product}, {found.get_procedure_display()}", found.get_absolute_url()
        ),
    ),
    Kind(
        "Documents",
        lambda user: (
            Document.objects.visible_to(user)
            .in_place()
            .select_related("section", "dossier__product")
            .order_by()  # of thousands eight are shown, and sorting them all would take most of the search
        ),
        ("title", "file_name"),
        lambda found: Hit(
            found.title, f"{found.section}, {found.dossier.product.name}", found.get_absolute_url()
        ),
        also=by_section,
    ),
    Kind(
        "Questions",
        lambda user: Question.objects.visible_to(user).select_related("dossier__product"),
        ("text", "section__number", "section__title"),
        lambda found: Hit(
            found.code, f"{found.headline} {found.dossier.product.name}", found.get_absolute_url()
        ),
        also=by_question_number,
    ),
    Kind(
        "Lots",
        lambda user: Lot.objects.visible_to(user).select_related("product"),
        ("number", "product__name", "patient_pseudonym", "chain_of_identity"),
        lambda found: Hit(
            found.number,
            f"{found.product.name}. {found.get_status_display()}",
            found.get_absolute_url(),
        ),
    ),
)


def search(user: User, text: str) -> list[Hits]:
    """Find what the person may see and every word of the text occurs in; last the pages of documents."""
    words = [word for word in text[:LONGEST_SEARCH].split() if len(word) >= SHORTEST_WORD]
    found = [*(_hits(kind, user, words) for kind in KINDS), _in_documents(user, text)] if words else []
    return [hits for hits in found if hits.hits]


def _hits(kind: Kind, user: User, words: list[str]) -> Hits:
    rows = kind.seen(user)
    for word in words:
        in_any = kind.also(word)
        for field in kind.fields:
            in_any |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(in_any)
    some = list(rows[: HITS_PER_KIND + 1])
    return Hits(kind.label, [kind.hit(row) for row in some[:HITS_PER_KIND]], len(some) > HITS_PER_KIND)


def _in_documents(user: User, text: str) -> Hits:
    """Find the pages of documents on which every word of the text is."""
    some = texts.pages_with(user, text[:LONGEST_SEARCH])[: HITS_PER_KIND + 1]
    hits = [
        Hit(
            f"{hit.document.title}, page {hit.page}",
            f"{hit.document.section.number}, version {hit.version.number}, {hit.dossier.product.name}",
            hit.url,
            hit.snippet,
        )
        for hit in some[:HITS_PER_KIND]
    ]
    return Hits("In documents", hits, len(some) > HITS_PER_KIND)
