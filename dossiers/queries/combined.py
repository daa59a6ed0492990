"""What the pages of a combined product read: the sponsor as it stands, the authority as it was filed."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.roles import Side
from audit import moves
from audit.moves import Offer
from dossiers import combined, permissions, workflow
from dossiers.clock import site_date
from dossiers.combined import CONDITION_SOON, Content, Standing
from dossiers.combined_tables import (
    GROUPS,
    FieldRow,
    GroupRow,
    field_rows,
    fields_of,
    gspr_rows,
)
from dossiers.models import CombinedField, Conformity, Dossier
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import ConformityStatus

TONES = {
    ConformityStatus.UNKNOWN: "open",
    ConformityStatus.CERTIFICATE: "go",
    ConformityStatus.OPINION: "go",
    ConformityStatus.MISSING: "warn",
    ConformityStatus.REQUESTED: "paused",
    ConformityStatus.RECEIVED: "go",
    ConformityStatus.CONDITIONS: "warn",
    ConformityStatus.SATISFIED: "none",
    ConformityStatus.NOT_REQUIRED: "none",
}


def seen_by(user: User, dossier: Dossier) -> Standing:
    """Return the parts as the person may read them."""
    if user.side == Side.AUTHORITY:
        return combined.filed_standing(dossier)
    return combined.standing_of(dossier)


@dataclass(frozen=True)
class Progress:
    """How much of a block is filled in."""

    done: int
    of: int

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return "none" if self.done == self.of else "go" if self.done else "open"

    @property
    def words(self) -> str:
        """The count: "7 of 12"."""
        return "Completed" if self.done == self.of else f"{self.done} of {self.of}"


@dataclass(frozen=True)
class Task:
    """A line of the task list: a block, how far it is, and what is missing as links."""

    title: str
    about: str
    url: str
    progress: Progress
    missing: list[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class ConformityView:
    """Where the evidence of conformity stands, as one side may know it."""

    status: str
    word: str
    tone: str
    asked_on: date | None
    answer_due_on: date | None


@dataclass(frozen=True)
class Overview:
    """The parts of a combined product as a list of tasks."""

    plate: Plate
    dossier: Dossier
    tasks: list[Task]
    total: Progress
    conformity: ConformityView
    open_conditions: int
    is_as_filed: bool
    is_filed_here: bool
    edit_refusal: str | None


SHOWN_MISSING = 6


def overview(dossier: Dossier, user: User) -> Overview:
    """Gather the list of tasks; the same queries however much is filled in."""
    standing = seen_by(user, dossier)
    tasks = [_task(standing, group) for group in GROUPS]
    tasks.insert(3, _gspr_task(standing))
    return Overview(
        plate=plate(dossier, user),
        dossier=dossier,
        tasks=tasks,
        total=Progress(*standing.count(field_rows())),
        conformity=conformity_view(dossier, user, standing),
        open_conditions=len(standing.open_conditions),
        is_as_filed=user.side == Side.AUTHORITY,
        is_filed_here=bool(standing.gsprs),
        edit_refusal=permissions.why_not_edit_documents(dossier, user),
    )


def _task(standing: Standing, group: GroupRow) -> Task:
    rows = fields_of(group.key)
    missing = standing.missing(rows)
    return Task(
        group.title,
        group.about,
        reverse("dossiers:combined_block", args=[standing.dossier.pk, group.key]),
        Progress(*standing.count(rows)),
        [(row.label, combined.field_url(standing.dossier, row.name)) for row in missing[:SHOWN_MISSING]],
        len(missing[SHOWN_MISSING:]),
    )


def _gspr_task(standing: Standing) -> Task:
    page = reverse("dossiers:gspr_list", args=[standing.dossier.pk])
    missing = standing.open_gsprs
    return Task(
        "Safety and performance requirements",
        "Annex I of Regulation (EU) 2017/745: which apply, how they are met, and where it is shown.",
        page,
        Progress(len(gspr_rows()) - len(missing), len(gspr_rows())),
        [(f"GSPR {number}", f"{page}#gspr-{number}") for number in missing[:SHOWN_MISSING]],
        len(missing[SHOWN_MISSING:]),
    )


def conformity_view(dossier: Dossier, user: User, standing: Standing) -> ConformityView:
    """Tell where the conformity stands; what the sponsor declared since the filing is its own."""
    conformity = Conformity.objects.filter(dossier=dossier).first()
    status = ConformityStatus(conformity.status if conformity else ConformityStatus.UNKNOWN)
    if user.side == Side.AUTHORITY and status in workflow.DECLARABLE:
        status = ConformityStatus(standing.conformity)
    return ConformityView(
        status,
        status.label,
        TONES[status],
        conformity.asked_on if conformity else None,
        conformity.answer_due_on if conformity else None,
    )


@dataclass(frozen=True)
class ReadField:
    """A field as it is read."""

    row: FieldRow
    text: str
    document: str
    document_url: str
    page: int | None
    reason: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.text or self.document or self.reason)

    @property
    def lines(self) -> list[str]:
        """A list or table line by line."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class ConditionView:
    """A condition of the notified body as it is read."""

    key: str
    text: str
    due: date
    owner: str
    closed: date | None
    document: str
    document_url: str
    is_late: bool
    is_soon: bool


@dataclass(frozen=True)
class BlockPage:
    """A block of fields, to write or to read."""

    plate: Plate
    dossier: Dossier
    group: GroupRow
    rows: list[ReadField]
    progress: Progress
    edit_refusal: str | None
    is_as_filed: bool
    has_gsprs: bool
    following: GroupRow | None
    conformity: ConformityView | None
    conditions: list[ConditionView]
    offers: list[Offer[Conformity, User]]
    points: list[combined.Point]


def block_page(dossier: Dossier, group: GroupRow, user: User) -> BlockPage:
    """Gather a block as the person may see it."""
    standing = seen_by(user, dossier)
    place = GROUPS.index(group)
    is_conformity = group.key == "conformity"
    rows = fields_of(group.key)
    return BlockPage(
        plate=plate(dossier, user),
        dossier=dossier,
        group=group,
        rows=[_read(standing, row) for row in rows if row.kind not in {"gspr", "conditions"}],
        progress=Progress(*standing.count(rows)),
        edit_refusal=permissions.why_not_edit_documents(dossier, user),
        is_as_filed=user.side == Side.AUTHORITY,
        has_gsprs=any(row.kind == "gspr" for row in rows),
        following=GROUPS[place + 1] if place + 1 < len(GROUPS) else None,
        conformity=conformity_view(dossier, user, standing) if is_conformity else None,
        conditions=[_condition(dossier, row) for row in standing.conditions] if is_conformity else [],
        offers=_offers(dossier, user) if is_conformity else [],
        points=list(combined.route_points(standing)) if is_conformity else [],
    )


def _read(standing: Standing, row: FieldRow) -> ReadField:
    written = standing.fields.get(row.name, {})
    value = str(written.get("value", ""))
    if row.kind == "date" and value:
        found = date.fromisoformat(value)
        value = f"{found.day} {found:%b %Y}"
    return ReadField(
        row,
        row.word(value),
        str(written.get("document", "")),
        document_url(standing.dossier, written),
        written.get("page"),
        str(written.get("reason", "")),
    )


def document_url(dossier: Dossier, written: Content) -> str:
    """Return where a document that is named as evidence is read."""
    key = written.get("document_id")
    return reverse("dossiers:document", args=[dossier.pk, key]) if key else ""


def _condition(dossier: Dossier, row: Content) -> ConditionView:
    due, today = date.fromisoformat(row["due_on"]), site_date()
    closed = date.fromisoformat(row["closed_on"]) if row["closed_on"] else None
    return ConditionView(
        row["id"],
        row["text"],
        due,
        row["owner"],
        closed,
        row["document"],
        document_url(dossier, row),
        is_late=closed is None and due < today,
        is_soon=closed is None and today <= due <= today + CONDITION_SOON,
    )


def _offers(dossier: Dossier, user: User) -> list[Offer[Conformity, User]]:
    conformity = Conformity.objects.filter(dossier=dossier).select_related("dossier").first()
    if conformity is None:
        return []
    offered = moves.offers(workflow.CONFORMITY_MOVES, conformity, user)
    if user.side == Side.AUTHORITY:
        return offered if dossier.status in permissions.ASSESSED else []
    fitting = [offer for offer in offered if offer.refusal is None]
    return fitting or offered[:1]


def written_fields(dossier: Dossier, group: GroupRow) -> dict[str, CombinedField]:
    """Return what is written in the fields of a block, by name."""
    names = [row.name for row in fields_of(group.key)]
    found = dossier.combined_fields.filter(name__in=names).select_related("document", "changed_by")
    return {row.name: row for row in found}


@dataclass(frozen=True)
class SectionNote:
    """What a section of the device says of the device part: "41 of 66 fields"."""

    text: str
    url: str
    link: str


def section_note(dossier: Dossier, number: str, user: User) -> SectionNote | None:
    """Return what stands in the device part, on the sections of 3.2.R where the device lands."""
    if not number.startswith("3.2.R.MD") or not combined.is_asked(dossier):
        return None
    standing = seen_by(user, dossier)
    if number == "3.2.R.MD.2":
        done = len(gspr_rows()) - len(standing.open_gsprs)
        page = reverse("dossiers:gspr_list", args=[dossier.pk])
        return SectionNote(
            f"From the device part: {done} of {len(gspr_rows())} requirements shown or set aside.",
            page,
            "Open the check list",
        )
    filled = sum(standing.is_filled(row) for row in field_rows())
    page = reverse("dossiers:combined", args=[dossier.pk])
    return SectionNote(
        f"From the device part: {filled} of {len(field_rows())} fields.", page, "Open the device part"
    )
