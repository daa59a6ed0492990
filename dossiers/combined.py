"""How far the parts of a combined product are filled in, what stops its filing, and what a filing freezes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from dossiers.clock import site_date
from dossiers.combined_tables import (
    CONDITIONAL,
    NOTIFIED_BODY_FIELDS,
    REQUIRED,
    ROUTES_OF_CERTIFICATE,
    ROUTES_OF_OPINION,
    FieldRow,
    field_named,
    field_rows,
    gspr_numbered,
    gspr_rows,
)
from dossiers.models import Conformity, Document, Dossier
from dossiers.statuses import Applicability, ConformityStatus, Procedure

SOON = timedelta(days=90)
CONDITION_SOON = timedelta(days=30)
SETTLED = frozenset({ConformityStatus.SATISFIED, ConformityStatus.NOT_REQUIRED})
CHECKED = "V"
CONFORMITY_SECTION = "3.2.R.MD.1"
PROCEDURES = frozenset({Procedure.MAA, Procedure.CERTIFICATION})
NOT_DECLARED = "The route to conformity is not declared."
QA = "EMA questions and answers on Reg (EU) 2017/745, May 2024"

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Point:
    """Something amiss: what, where it is put right, how, by which rule, and whether it stops filing."""

    text: str
    url: str
    hint: str
    rule: str
    is_stop: bool


def is_asked(dossier: Dossier) -> bool:
    """Whether the parts of a combined product are filled in: the class is combined, and data are filed."""
    return dossier.is_combined and dossier.procedure in PROCEDURES


def content_of(dossier: Dossier) -> dict[str, Any]:
    """Return what a filing now would freeze of the parts; nothing for a product without a device."""
    if not is_asked(dossier):
        return {}
    conformity = Conformity.objects.filter(dossier=dossier).values_list("status", flat=True).first()
    return {
        "combined": {
            "fields": [
                {
                    "name": row.name,
                    "label": field_named()[row.name].label,
                    "value": row.value,
                    **_evidence(row, row.page),
                    "reason": row.reason,
                }
                for row in _with_evidence(dossier.combined_fields).order_by("name")
                if row.name in field_named()
            ],
            "gsprs": [
                {
                    "number": row.number,
                    "title": gspr_numbered()[row.number].title,
                    "applicability": row.applicability,
                    "reason": row.reason,
                    "standard": row.standard,
                    **_evidence(row, row.page),
                    "place": row.place,
                }
                for row in _with_evidence(dossier.gsprs)
            ],
            "conformity": conformity or ConformityStatus.UNKNOWN.value,
            "conditions": [
                {
                    "id": str(row.pk),
                    "text": row.text,
                    "due_on": row.due_on.isoformat(),
                    "owner": row.owner.full_name,
                    "closed_on": row.closed_on.isoformat() if row.closed_on else "",
                    **_evidence(row, None),
                }
                for row in _with_evidence(dossier.conditions).select_related("owner")
            ],
        }
    }


def _with_evidence(rows: Any) -> Any:
    stays = Exists(Document.objects.to_stay().filter(pk=OuterRef("document")).order_by())
    return rows.annotate(has_evidence=stays).select_related("document__section")


def _evidence(row: Any, page: int | None) -> dict[str, Any]:
    """A document that was taken out again, or that leaves with the next filing, is no evidence."""
    document = row.document
    if not row.has_evidence:
        return {"document": "", "document_id": "", "section": "", "page": None}
    return {
        "document": document.file_name,
        "document_id": str(document.pk),
        "section": document.section.number,
        "page": page,
    }


@dataclass(frozen=True)
class Standing:
    """The parts as they stand, or as they were filed."""

    dossier: Dossier
    fields: Mapping[str, Content]
    gsprs: Mapping[str, Content]
    conditions: Sequence[Content]
    conformity: str

    def value(self, name: str) -> str:
        """What is written in a field."""
        return str(self.fields[name]["value"]) if name in self.fields else ""

    def day(self, name: str) -> date | None:
        """The day that is written in a field."""
        value = self.value(name)
        return date.fromisoformat(value) if value else None

    def is_filled(self, row: FieldRow) -> bool:
        """Whether a field is filled in, or set aside with a reason where it may be."""
        written = self.fields.get(row.name)
        match row.kind:
            case "gspr":
                return not self.open_gsprs
            case "conditions":
                stated = written["value"] if written else ""
                return bool(self.conditions) if stated != "none" else not self.open_conditions
        if written is None:
            return False
        is_set_aside = row.required == CONDITIONAL and bool(written["reason"])
        return is_set_aside or bool(written["document" if row.kind == "file" else "value"])

    def count(self, rows: Sequence[FieldRow]) -> tuple[int, int]:
        """How many of the fields that are asked for are filled in, and how many there are."""
        asked = [row for row in rows if row.is_asked]
        return sum(self.is_filled(row) for row in asked), len(asked)

    def missing(self, rows: Sequence[FieldRow]) -> list[FieldRow]:
        """The fields that are asked for and empty."""
        return [row for row in rows if row.is_asked and not self.is_filled(row)]

    def is_open(self, number: str) -> bool:
        """Whether a requirement is not decided, or applies without evidence or place."""
        row = self.gsprs.get(number, {})
        match row.get("applicability"):
            case Applicability.DOES_NOT_APPLY:
                return False
            case Applicability.APPLIES:
                return not row["document"]
        return True

    @property
    def open_gsprs(self) -> list[str]:
        """The numbers of the requirements that are not decided or lack their evidence."""
        return [row.number for row in gspr_rows() if self.is_open(row.number)]

    @property
    def applying(self) -> list[str]:
        """The numbers of the requirements that apply."""
        return [number for number, row in self.gsprs.items() if row["applicability"] == Applicability.APPLIES]

    @property
    def open_conditions(self) -> list[Content]:
        """The conditions of the notified body that are not closed."""
        return [row for row in self.conditions if not row["closed_on"]]


def standing_of(dossier: Dossier) -> Standing:
    """Read how the parts stand now."""
    return _standing(dossier, content_of(dossier).get("combined", {}))


def filed_standing(dossier: Dossier) -> Standing:
    """Read how the parts stood when the dossier was filed last."""
    return _standing(dossier, dossier.filings.last_content("combined") or {})


def _standing(dossier: Dossier, found: Content) -> Standing:
    return Standing(
        dossier,
        {row["name"]: row for row in found.get("fields", ())},
        {row["number"]: row for row in found.get("gsprs", ())},
        found.get("conditions", ()),
        found.get("conformity", ConformityStatus.UNKNOWN),
    )


def why_unsettled(dossier: Dossier) -> str | None:
    """Say that the conformity of the device is not settled, which a favourable outcome needs."""
    if not is_asked(dossier):
        return None
    if Conformity.objects.filter(dossier=dossier, status__in=SETTLED).exists():
        return None
    return "The conformity of the device is not shown yet: a clean opinion is needed before the end."


def points_of(dossier: Dossier) -> list[Point]:
    """Return what stops the filing of a combined product, or warns; only an authorisation is stopped."""
    if not is_asked(dossier):
        return []
    standing = standing_of(dossier)
    points = [
        *_field_points(standing),
        *_gspr_points(standing),
        *route_points(standing),
        *_condition_points(standing),
    ]
    if dossier.procedure == Procedure.MAA:
        return points
    return [replace(point, is_stop=False) for point in points]


def _field_points(standing: Standing) -> Iterator[Point]:
    for row in standing.missing(field_rows()):
        if row.kind == "gspr" or row.required != REQUIRED:
            continue
        yield Point(
            f"{row.label} is not filled in.",
            field_url(standing.dossier, row.name),
            "Fill in the field of the "
            + ("device part." if row.block == "device" else f"{row.block} block."),
            row.citation,
            row.trust == CHECKED,
        )


def _gspr_points(standing: Standing) -> Iterator[Point]:
    for number in standing.open_gsprs:
        row = gspr_numbered()[number]
        decided = standing.gsprs.get(number, {}).get("applicability") == Applicability.APPLIES
        yield Point(
            f"GSPR {number}, {row.title}, {'has no evidence' if decided else 'is not decided'}.",
            f"{reverse('dossiers:gspr_list', args=[standing.dossier.pk])}#gspr-{number}",
            "Name the document and page." if decided else "Say whether it applies.",
            row.citation,
            True,
        )


def route_points(standing: Standing) -> Iterator[Point]:
    """Say what the evidence of conformity lacks, by the route that was chosen."""
    route = standing.value("route")
    needed = NOTIFIED_BODY_FIELDS if route in {"certificate", *ROUTES_OF_OPINION} else ()
    for name in needed:
        if not standing.value(name):
            row = field_named()[name]
            yield _conformity(standing, name, f"{row.label} is not filled in.", "This route needs it.")
    if standing.value("intended_purpose_matches_maa") == "no":
        yield _conformity(
            standing,
            "intended_purpose_matches_maa",
            "The certificate or opinion is for another intended purpose than the one applied for.",
            "Ask the notified body for an opinion on the device as part of this product.",
        )
    expiry, today = standing.day("expiry_date"), site_date()
    if expiry and expiry < today:
        yield _conformity(
            standing,
            "expiry_date",
            f"The certificate or opinion expired on {expiry:%d %b %Y}.",
            "Bring the new one.",
        )
    elif expiry and expiry <= today + SOON:
        yield _conformity(
            standing,
            "expiry_date",
            f"The certificate or opinion expires on {expiry:%d %b %Y}.",
            "It must be valid when the product is authorised.",
            is_stop=False,
        )
    if route and standing.conformity not in declared_by(route):
        yield _conformity(
            standing,
            "route",
            NOT_DECLARED,
            "The regulatory lead declares it on the page of the conformity.",
        )


def _condition_points(standing: Standing) -> Iterator[Point]:
    today = site_date()
    for row in standing.open_conditions:
        due = date.fromisoformat(row["due_on"])
        state = "overdue since" if due < today else "open, due"
        yield _conformity(
            standing,
            "conditions_open",
            f"A condition of the notified body is {state} {due:%d %b %Y}: {row['text']}",
            "It becomes a question of the assessment; a clean opinion is needed before the end.",
            is_stop=False,
        )


def _conformity(standing: Standing, name: str, text: str, hint: str, *, is_stop: bool = True) -> Point:
    return Point(text, field_url(standing.dossier, name), hint, QA, is_stop)


def declared_by(route: str) -> frozenset[str]:
    """Return the states to which the sponsor's declaration of a route leads, and all that follow."""
    follow = {ConformityStatus.CONDITIONS, *SETTLED}
    if route in ROUTES_OF_CERTIFICATE:
        return frozenset({ConformityStatus.CERTIFICATE, *follow})
    if route in ROUTES_OF_OPINION:
        return frozenset({ConformityStatus.OPINION, *follow})
    return frozenset(
        {ConformityStatus.MISSING, ConformityStatus.REQUESTED, ConformityStatus.RECEIVED, *follow}
    )


def field_url(dossier: Dossier, name: str) -> str:
    """Return where a field is filled in."""
    row = field_named()[name]
    return f"{reverse('dossiers:combined_block', args=[dossier.pk, row.group])}#div_id_{name}"
