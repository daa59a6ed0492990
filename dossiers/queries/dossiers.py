"""What the list and the overview of dossiers read."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role, Side
from audit import moves
from dossiers import clock, permissions, readiness, workflow
from dossiers.clock import ClockReading
from dossiers.models import Assignment, Dossier, Filing
from dossiers.queries import requirements, words
from dossiers.queries.plate import IN_PREPARATION, Plate, plate
from dossiers.readiness import Stopper
from dossiers.statuses import DossierStatus, Duty, Procedure
from dossiers.structure import ProcedureRow, procedures

PAGE_SIZE = 25
SHOWN_STOPPERS = 8
SORTS = {
    "number": ("number",),
    "product": ("product__name", "number"),
    "sponsor": ("organisation__name", "number"),
    "class": ("outcome_class", "number"),
    "procedure": ("procedure", "number"),
    "state": ("status", "number"),
    "filed": ("filed_at", "number"),
    "changed": ("changed_at", "number"),
}
STANDING_VIEWS = (
    ("All", None),
    ("Drafts", DossierStatus.DRAFT),
    ("To validate", DossierStatus.FILED),
    ("Sent back", DossierStatus.RETURNED),
    ("In review", DossierStatus.IN_REVIEW),
    ("Clock stopped", DossierStatus.CLOCK_STOPPED),
    ("Concluded", DossierStatus.CONCLUDED),
)


@dataclass(frozen=True)
class View:
    """A view that everybody has: a tab with its count."""

    label: str
    q: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Column:
    """A head of the list, with the way to sort by it."""

    label: str
    sort: str = ""
    order: str = ""
    next_sort: str = ""


@dataclass(frozen=True)
class Row:
    """A dossier in the list."""

    dossier: Dossier
    reading: ClockReading
    lead: str

    @property
    def procedure(self) -> str:
        """The procedure in as few words as a column has."""
        return "MAA" if self.dossier.procedure == Procedure.MAA else self.dossier.procedure.capitalize()


@dataclass(frozen=True)
class DossierList:
    """A page of the list of dossiers."""

    page_obj: Page[Dossier]
    rows: list[Row]
    views: list[View]
    columns: list[Column]
    filter: words.Filter
    total: int
    is_authority: bool
    create_refusal: str | None


def dossier_list(user: User, *, q: str = "", sort: str = "", page: str = "") -> DossierList:
    """Gather a page of the dossiers that a person may see; the same few queries for any number of them."""
    seen = Dossier.objects.visible_to(user)
    counts: dict[str, int] = dict(seen.order_by().values_list("status").annotate(count=Count("pk")))
    filtering = words.parse(q)
    found = filtering.apply(seen).select_related("product", "organisation")
    is_authority = user.side == Side.AUTHORITY
    # What a sponsor changes before it files is not the authority's to see, not even as an order.
    usual = "filed" if is_authority else "changed"
    key, is_descending = _order("" if is_authority and sort.endswith("changed") else sort)
    names = SORTS[key or usual]
    found = found.order_by(*(f"-{name}" if is_descending else name for name in names))
    page_obj = Paginator(found, PAGE_SIZE).get_page(page)
    return DossierList(
        page_obj=page_obj,
        rows=_rows(list(page_obj.object_list), user),
        views=_views(counts, q, is_authority=is_authority),
        columns=_columns(key, is_descending=is_descending, is_authority=is_authority),
        filter=filtering,
        total=sum(counts.values()),
        is_authority=is_authority,
        create_refusal=permissions.why_not_create_products(user),
    )


def _order(sort: str) -> tuple[str, bool]:
    key = sort.removeprefix("-")
    return (key, sort.startswith("-")) if key in SORTS else ("", True)


def _rows(dossiers: list[Dossier], user: User) -> list[Row]:
    readings = clock.readings(dossiers)
    leads = dict(
        Assignment.objects.visible_to(user)
        .in_force()
        .filter(dossier__in=dossiers, duty=Duty.LEAD)
        .order_by()
        .values_list("dossier", "reviewer__full_name")
    )
    return [Row(dossier, readings[dossier.pk], leads.get(dossier.pk, "")) for dossier in dossiers]


def _views(counts: dict[str, int], q: str, *, is_authority: bool) -> list[View]:
    views = []
    for label, status in STANDING_VIEWS:
        if is_authority and status == DossierStatus.DRAFT:
            continue
        if not is_authority and status == DossierStatus.FILED:
            label = "Filed"
        view_q = f"state:{status.value.replace('_', '-')}" if status else ""
        count = counts.get(status, 0) if status else sum(counts.values())
        views.append(View(label, view_q, count, q.strip() == view_q))
    return views


def _columns(key: str, *, is_descending: bool, is_authority: bool) -> list[Column]:
    heads = [("Number", "number"), ("Product", "product"), ("Sponsor", "sponsor"), ("Class", "class")]
    heads += [("Procedure", "procedure"), ("State", "state")]
    return [
        Column(
            label,
            sort,
            ("descending" if is_descending else "ascending") if sort == key else "",
            f"-{sort}" if sort == key and not is_descending else sort,
        )
        for label, sort in heads
        if is_authority or sort != "sponsor"
    ]


@dataclass(frozen=True)
class ModuleRow:
    """How complete a module is, as the person may see it."""

    number: int
    title: str
    url: str
    met: int
    total: int
    filled: int
    expected: int

    @property
    def in_words(self) -> str:
        """What its scale shows."""
        return f"{self.met} of {self.total} requirements answered"


@dataclass(frozen=True)
class MoveOffer:
    """A move as it is offered on the overview: a page to go to, or why it is refused."""

    label: str
    url: str
    refusal: str | None
    is_primary: bool


@dataclass(frozen=True)
class Overview:
    """The overview of a dossier."""

    plate: Plate
    dossier: Dossier
    stoppers: list[Stopper]
    modules: list[ModuleRow]
    offers: list[MoveOffer]
    filings: list[Filing]
    people: list[Assignment]
    is_sponsor: bool
    links_to_product: bool
    is_in_preparation: bool
    procedure: ProcedureRow

    @property
    def first_stoppers(self) -> list[Stopper]:
        """As many of the stoppers as the overview has room for."""
        return self.stoppers[:SHOWN_STOPPERS]

    @property
    def more_stoppers(self) -> int:
        """How many more there are."""
        return len(self.stoppers[SHOWN_STOPPERS:])


def overview(dossier: Dossier, user: User) -> Overview:
    """Gather the overview of a dossier as a person may see it."""
    is_sponsor = user.side == Side.SPONSOR
    is_in_preparation = is_sponsor and dossier.status in IN_PREPARATION
    return Overview(
        plate=plate(dossier, user),
        dossier=dossier,
        stoppers=readiness.stoppers(dossier) if is_in_preparation else [],
        modules=_modules(dossier, user),
        offers=_offers(dossier, user),
        filings=list(dossier.filings.order_by("-sequence__number", "-attempt")),
        people=list(
            Assignment.objects.visible_to(user).in_force().filter(dossier=dossier).select_related("reviewer")
        ),
        is_sponsor=is_sponsor,
        links_to_product=user.role != Role.HELPER,
        is_in_preparation=is_in_preparation,
        procedure=procedures()[dossier.procedure],
    )


def _modules(dossier: Dossier, user: User) -> list[ModuleRow]:
    answers = requirements.seen_by(user, dossier)
    expected = readiness.expected_sections(dossier) if user.side == Side.SPONSOR else []
    modules: list[Any] = list(dossier.sections.in_tree().filter(depth=0))
    rows = []
    for module in modules:
        asked = [answer for answer in answers if answer.requirement.section.module == module.module]
        places = [section for section in expected if section.module == module.module]
        rows.append(
            ModuleRow(
                module.module,
                module.title,
                module.get_absolute_url(),
                sum(not answer.is_open for answer in asked),
                len(asked),
                sum(place.is_filled for place in places),
                len(places),
            )
        )
    return rows


def _offers(dossier: Dossier, user: User) -> list[MoveOffer]:
    offered = moves.offers(workflow.DOSSIER_MOVES, dossier, user)
    return [
        MoveOffer(
            offer.move.label,
            reverse(f"dossiers:{offer.move.verb}", args=[dossier.pk]),
            offer.refusal,
            is_primary=place == 0,
        )
        for place, offer in enumerate(offered)
    ]
