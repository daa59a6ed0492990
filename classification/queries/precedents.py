"""Published classifications: the list, one of them, and those nearest to a candidate."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet

from accounts.models import User
from classification.engine import classify
from classification.engine.precedents import Agreement, Fact, Library, Likeness, Reading, reading_of
from classification.models import Assessment, Precedent, PublishedOutcome, TrustMark
from classification.published.listing import Entry
from classification.published.shipped import undecided
from classification.published.wording import NotUnderstood, date_in
from classification.queries.words import MOST_WORDS, classes_in_words

PER_PAGE = 50
MOST_NEAR = 4
OLDEST_FIRST = "oldest"
IMPORTED = "EMA"


@dataclass(frozen=True)
class PrecedentList:
    """A page of the library with the filter that made it."""

    page: Page[Precedent]
    rows: list[tuple[Precedent, str]]
    total: int
    outcomes: list[tuple[str, str]]
    years: list[int]
    outcome: str
    year: str
    text: str
    is_oldest_first: bool

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.outcome or self.year or self.text)


def precedent_list(
    user: User, *, outcome: str, year: str, text: str, order: str, page: str | None
) -> PrecedentList:
    """Gather the published classifications that fit, the latest first unless asked otherwise."""
    everything = Precedent.objects.visible_to(user)
    years = list(everything.order_by("-year").values_list("year", flat=True).distinct())
    outcome = outcome if outcome in PublishedOutcome else ""
    year = year if year in {str(known) for known in years} else ""
    shown = _with_text(everything, text)
    if outcome:
        shown = shown.filter(outcome=outcome)
    if year:
        shown = shown.filter(year=int(year))
    is_oldest_first = order == OLDEST_FIRST
    if is_oldest_first:
        shown = shown.order_by("decided_on", "reference")
    of_page = Paginator(shown, PER_PAGE).get_page(page)
    is_filtered = bool(outcome or year or text)
    return PrecedentList(
        page=of_page,
        rows=[(precedent, dated_in_words(precedent.dated)) for precedent in of_page],
        total=everything.count() if is_filtered else of_page.paginator.count,
        outcomes=PublishedOutcome.choices,
        years=years,
        outcome=outcome,
        year=year,
        text=text,
        is_oldest_first=is_oldest_first,
    )


def _with_text(precedents: QuerySet[Precedent], text: str) -> QuerySet[Precedent]:
    for word in text.split()[:MOST_WORDS]:
        precedents = precedents.filter(
            Q(reference__icontains=word) | Q(product__icontains=word) | Q(indication__icontains=word)
        )
    return precedents


def dated_in_words(dated: str) -> str:
    """Say a published date alike everywhere: "Oct 2016"; one that is not understood as it was published."""
    try:
        return str(date_in(dated))
    except NotUnderstood:
        return dated


FACT_LABELS = {
    Fact.GENES: "Recombinant nucleic acid",
    Fact.EFFECT: "Effect comes directly from the sequence",
    Fact.INFECTION: "Vaccine against an infection",
    Fact.CELLS: "Living cells or tissue",
    Fact.SOURCE: "Source",
    Fact.MANIPULATION: "Substantial manipulation",
    Fact.USE: "Same essential function",
    Fact.ACTION: "Intended action",
    Fact.DEVICE: "Device as an integral part",
}
VALUE_WORDS = {
    "yes": "Yes",
    "no": "No",
    "unknown": "Not published",
    "not_applicable": "Does not apply",
    "autologous": "From the patient",
    "allogeneic": "From another person",
    "xenogeneic": "From an animal",
    "regenerate_repair_replace": "Regenerates, repairs or replaces tissue",
    "pharmacological_immunological_metabolic": "Pharmacological, immunological or metabolic",
    "structural": "Fills, covers or carries",
    "other": "Another",
}


TRUST_SENTENCES = {
    TrustMark.PRIMARY: "Checked against the publication of the EMA.",
    TrustMark.EPAR: "Checked against the public assessment report.",
    TrustMark.SECONDARY: "Checked against a secondary source that reports it.",
    TrustMark.COMPANY: "The company states it; the EMA's publication was not seen.",
    TrustMark.WELL_KNOWN: "Well known, and still to be checked against the source.",
    TrustMark.INFERRED: "That it is an ATMP was checked; which class is inferred and not relied on.",
    TrustMark.RECALLED: "From memory. It is shown, and nothing relies on it.",
    TrustMark.IMPORTED: "As the imported list has it; nobody has checked it here.",
}


@dataclass(frozen=True)
class PrecedentPage:
    """One published classification with what the rules make of its facts."""

    precedent: Precedent
    dated: str
    trust: str
    facts: list[tuple[str, str]]
    reading: Reading
    classes: str
    why_open: str

    @property
    def agrees(self) -> bool:
        """Whether the facts lead the rules to the published outcome alone."""
        return self.reading.agreement is Agreement.SAME

    @property
    def is_contradicted(self) -> bool:
        """Whether the facts lead the rules elsewhere."""
        return self.reading.agreement is Agreement.CONTRADICTED


def precedent_page(precedent: Precedent) -> PrecedentPage:
    """Gather the page of one published classification."""
    reading = reading_of(precedent.case)
    return PrecedentPage(
        precedent=precedent,
        dated=dated_in_words(precedent.dated),
        trust=TRUST_SENTENCES[TrustMark(precedent.verification)],
        facts=[
            (label, VALUE_WORDS[precedent.facts[fact]])
            for fact, label in FACT_LABELS.items()
            if fact in precedent.facts
        ],
        reading=reading,
        classes=classes_in_words(reading.outcomes) if reading.outcomes else "",
        why_open=undecided().get(precedent.reference, ""),
    )


@dataclass(frozen=True)
class NearRow:
    """A published classification near a candidate, ready for a margin or a table."""

    precedent: Precedent
    dated: str
    why: str
    shared: str
    unpublished: str


@dataclass(frozen=True)
class Near:
    """The published classifications nearest to a candidate; `against` speak against its verdict."""

    rows: list[NearRow]
    total: int
    sharing: int
    against: list[NearRow]


def precedents_near(assessment: Assessment, user: User, most: int = MOST_NEAR) -> Near:
    """Find what is near a candidate by answers and words; once all are given, what speaks against.

    One query, whatever the size of the library.
    """
    shelf = _shelf(user)
    facts = assessment.facts
    text = f"{assessment.name} {assessment.indication} {assessment.description}"
    against: list[Likeness] = []
    if assessment.is_final or not assessment.unanswered:
        verdict = classify(facts, assessment.ruleset)
        against = shelf.library.disagreeing(facts, verdict.outcomes, text)
    return Near(
        rows=shelf.rows(shelf.library.nearest(facts, text, most)),
        total=len(shelf.precedents),
        sharing=shelf.library.sharing(facts),
        against=shelf.rows(against),
    )


@dataclass(frozen=True)
class _Shelf:
    """The library as this process holds it."""

    library: Library
    precedents: Mapping[str, Precedent]

    def rows(self, found: Iterable[Likeness]) -> list[NearRow]:
        return [_near_row(likeness, self.precedents[likeness.case.reference]) for likeness in found]


def _shelf(user: User) -> _Shelf:
    # Whatever process changes the library changes its size or its latest time, and each one then reads anew.
    visible = Precedent.objects.visible_to(user)
    stamp = visible.aggregate(count=Count("pk"), latest=Max("imported_at"))
    return _read(stamp["count"], stamp["latest"])


@lru_cache(maxsize=2)
def _read(count: int, latest: datetime | None) -> _Shelf:
    precedents = {precedent.reference: precedent for precedent in Precedent.objects.all()} if count else {}
    return _Shelf(Library(precedent.case for precedent in precedents.values()), precedents)


def _near_row(likeness: Likeness, precedent: Precedent) -> NearRow:
    parts = []
    if likeness.same:
        parts.append(f"Same: {', '.join(likeness.same)}.")
    if likeness.differs:
        parts.append(f"Differs: {', '.join(likeness.differs)}.")
    comparison = likeness.comparison
    return NearRow(
        precedent=precedent,
        dated=dated_in_words(precedent.dated),
        why=" ".join(parts),
        shared=f"{len(comparison.agreeing)} of {comparison.compared}" if comparison.compared else "",
        unpublished=", ".join(likeness.unpublished),
    )


def not_in_library(entries: Iterable[Entry]) -> list[Entry]:
    """Keep what the library does not have yet; of equal rows the first."""
    known = set(Precedent.objects.values_list("fingerprint", flat=True))
    new: dict[str, Entry] = {}
    for entry in entries:
        fingerprint = entry.fingerprint
        if fingerprint not in known:
            new.setdefault(fingerprint, entry)
    return list(new.values())


def last_numbers() -> Counter[int]:
    """Return the number last given to an imported precedent, by year."""
    numbers: Counter[int] = Counter()
    given = Precedent.objects.filter(reference__startswith=f"{IMPORTED}-")
    for reference in given.values_list("reference", flat=True):
        _, year, number = reference.split("-")
        numbers[int(year)] = max(numbers[int(year)], int(number))
    return numbers
