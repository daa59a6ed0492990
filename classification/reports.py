"""The rationale of a classification as a report."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from audit import signing
from audit.models import Signature
from classification import queries
from classification.models import Assessment, AssessmentStatus


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
    flags: list[dict[str, str]]
    changes: list[dict[str, str]]
    signatures: list[dict[str, str]]

    @property
    def content(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)


def rationale(assessment: Assessment) -> Rationale:
    """Gather the rationale: of a signed classification as it was signed, of a draft as it stands now."""
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
        flags=[
            {"title": row.title, "text": f"{row.text} {row.citation}."}
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
        signatures=[_signature(signature) for signature in signing.signatures_on(assessment)],
    )


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
