"""The reports of a classification: its rationale, and the request to the CAT."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from audit import signing
from audit.models import Signature
from classification import queries, request_form
from classification.models import Assessment, AssessmentStatus
from classification.queries import FieldState
from classification.queries.requests import PartRow
from classification.queries.verdicts import BranchRow


@dataclass(frozen=True)
class Rationale:
    """Content of the report, as its template names it."""

    issuer: str
    number: str
    heading: str
    lead: str
    notice: dict[str, str] | None
    candidate: dict[str, str]
    sponsor: str
    verdict: dict[str, str]
    facts: list[dict[str, Any]]
    path: list[dict[str, str]]
    findings: list[dict[str, str]]
    not_taken: list[dict[str, str]]
    flags: list[dict[str, Any]]
    changes: list[dict[str, str]]
    precedents: list[dict[str, str]]
    signatures: list[dict[str, str]]

    @property
    def content(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)


def rationale(assessment: Assessment, user: User) -> Rationale:
    """Gather the rationale: of a signed classification as it was signed, of a draft as it stands now.

    The precedents are those of the day on which the report is made, as that person may see them.
    """
    verdict = queries.frozen_or_now(assessment)
    is_open = verdict["answered"] < verdict["asked"]
    return Rationale(
        issuer=assessment.organisation.name,
        number=f"{assessment.code}, version {assessment.version}",
        heading=f"Classification of {assessment.code}",
        lead=f"{assessment.name}, for {assessment.indication}",
        notice=_notice(assessment),
        candidate={
            "code": assessment.code,
            "name": assessment.name,
            "indication": assessment.indication,
            "description": assessment.description,
            "mechanism": assessment.get_mechanism_display(),
            "mechanism_text": assessment.mechanism_text,
        },
        sponsor=assessment.organisation.name,
        verdict={
            "label": "No verdict yet" if is_open else verdict["label"],
            "lead": verdict["explanation"],
        },
        facts=_facts(assessment, verdict),
        path=[
            {"id": given["question"], "question": given["wording"], "answer": given["answer"]}
            for given in verdict["given"]
        ],
        findings=[
            {
                "rule": row.rule,
                "because": row.because,
                "citation": f"{row.citation} ({row.trust})",
            }
            for row in queries.finding_rows(verdict)
        ],
        not_taken=[
            {"rule": row.rule, "because": f"{row.title} {row.because}", "citation": _source(row)}
            for row in ([] if is_open else queries.branch_rows(verdict))
        ],
        flags=[
            {"title": row.title, "text": f"{row.text} {row.citation}.", "duties": row.obliges}
            for row in ([] if is_open else queries.flag_rows(verdict))
        ],
        changes=[
            {
                "change": f"{change['wording']} {change['answer']}".strip(),
                "question": change["question"],
                "verdict": change["verdict"],
                "because": change["because"],
            }
            for change in verdict["changes"]
        ],
        precedents=[
            {
                "ref": row.precedent.reference,
                "product": row.precedent.product,
                "indication": row.precedent.indication,
                "outcome": row.precedent.get_outcome_display(),
                "date": row.dated,
                "shared": row.shared,
            }
            for row in ([] if is_open else queries.precedents_near(assessment, user).rows)
        ],
        signatures=[_signature(signature) for signature in signing.signatures_on(assessment)],
    )


def _source(row: BranchRow) -> str:
    return f"{row.citation} ({row.trust})" if row.trust else row.citation


def _notice(assessment: Assessment) -> dict[str, str] | None:
    match assessment.status:
        case AssessmentStatus.DRAFT:
            return {
                "title": "Draft, not signed",
                "text": "Nobody has adopted this classification. Answers and verdict can still change.",
            }
        case AssessmentStatus.SUPERSEDED:
            return {
                "title": "Superseded",
                "text": "A later version of this classification is signed and has taken its place.",
            }
        case _:
            return None


def _facts(assessment: Assessment, verdict: dict[str, Any]) -> list[dict[str, Any]]:
    unknown = f"{verdict['unknown']} unknown" if verdict["unknown"] else "none unknown"
    facts = [
        {"term": "Class", "text": queries.outcome_words(verdict["outcome"])},
        {"term": "State", "text": assessment.get_status_display()},
        {"term": "Rules", "text": queries.ruleset_words(verdict)},
        {"term": "Answered", "text": f"{verdict['answered']} of {verdict['asked']}, {unknown}"},
    ]
    if len(verdict["outcomes"]) > 1:
        facts[0] = {"term": "Still possible", "text": "; ".join(queries.classes_of(verdict))}
    return facts


def _signature(signature: Signature) -> dict[str, str]:
    return {
        "name": signature.actor_name,
        "role": signature.actor_role,
        "meaning": signature.meaning,
        "statement": signature.statement,
        "hash": signature.shown_hash,
        **_instant(signature.at),
    }


def _instant(at: datetime) -> dict[str, str]:
    local = at.astimezone(ZoneInfo(settings.SITE_TIME_ZONE))  # a worker has no request to take the zone from
    return {
        "at": f"{local.day} {local:%b %Y, %H:%M %Z}",
        "utc": f"{at.astimezone(UTC):%H:%M} UTC",
    }


NOT_GIVEN = "Not given."


@dataclass(frozen=True)
class Request:
    """Content of the request to the CAT, as its PDF and its Word file name it."""

    issuer: str
    number: str
    heading: str
    lead: str
    notice: dict[str, str] | None
    facts: list[dict[str, str]]
    parts: list[dict[str, Any]]

    @property
    def content(self) -> dict[str, Any]:
        """The request as plain data."""
        return asdict(self)


def request(assessment: Assessment) -> Request:
    """Gather the request to the CAT as it stands now, empty fields said to be empty."""
    rows = queries.part_rows(queries.request_of(assessment))
    return Request(
        issuer=assessment.organisation.name,
        number=f"{assessment.code}, version {assessment.version}",
        heading=f"Request to the CAT about {assessment.code}",
        lead="For a recommendation on classification under Regulation (EC) No 1394/2007, Article 17.",
        notice=_request_notice(rows),
        facts=[
            {"term": "Classification", "text": f"{assessment}, {assessment.get_status_display().lower()}"},
            {"term": "To", "text": f"EMA, {request_form.MAILBOX}"},
            {"term": "Form", "text": f"After the {request_form.FORM.title} ({request_form.FORM.version})"},
        ],
        parts=[
            {
                "heading": row.part.heading,
                "fields": [_request_field(state) for state in row.fields],
            }
            for row in rows
        ],
    )


def _request_notice(rows: list[PartRow]) -> dict[str, str] | None:
    missing = [state.field.label for row in rows for state in row.missing]
    unseen = sum(len(row.unseen) for row in rows)
    behind = [state.field.label for row in rows for state in row.behind]
    said = [
        _unseen(unseen),
        f"Written before the answers changed: {'; '.join(behind)}." if behind else "",
    ]
    if missing:
        title = f"Draft: these mandatory fields are empty: {'; '.join(missing)}"
        said.append("The EMA does not take it like this.")
        return {"title": title, "text": "\n\n".join(filter(None, said))}
    if unseen or behind:
        return {"title": "Draft: not all of it was looked at", "text": "\n\n".join(filter(None, said))}
    return None


def _unseen(number: int) -> str:
    if number == 1:
        return "1 field holds what the answers gave, and nobody has looked at it yet."
    return f"{number} fields hold what the answers gave, and nobody has looked at them yet." if number else ""


def _request_field(state: FieldState) -> dict[str, str]:
    return {
        "label": f"{state.field.number} {state.field.label}",
        "text": state.words or (f"{NOT_GIVEN} Mandatory." if state.field.is_mandatory else NOT_GIVEN),
    }
