"""The certificate of a lot as a report."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from audit import signing
from audit.models import Signature
from qc.models import Lot, Result
from qc.signed import results_in_words
from qc.standing import LotStanding, Standing, at_site, fresh_standing, site_time
from qc.statuses import Certification, LotStatus


@dataclass(frozen=True)
class Certificate:
    """Content of the certificate, as its template names it."""

    issuer: str
    number: str
    heading: str
    lead: str
    notice: dict[str, str] | None
    product: dict[str, str]
    certification: str
    facts: list[dict[str, Any]]
    results: list[dict[str, str]]
    pending: list[dict[str, str]]
    corrections: list[dict[str, str]]
    signatures: list[dict[str, str]]

    @property
    def content(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)


def certificate(lot: Lot) -> Certificate:
    """Gather the certificate of a lot as it stands now: its results, what is pending, who signed."""
    standing = fresh_standing(lot)
    fresh = standing.lot
    return Certificate(
        issuer=fresh.organisation.name,
        number=fresh.number,
        heading=f"Certificate of lot {fresh.number}",
        lead=f"{fresh.product.name}, {fresh.product.descriptor}",
        notice=_notice(standing),
        product={"name": fresh.product.name, "description": fresh.product.descriptor},
        certification=fresh.get_certification_display(),
        facts=_facts(fresh),
        results=[_line(each) for each in standing.standings],
        pending=[_pending(each) for each in standing.pending],
        corrections=[_correction(row) for each in standing.standings for row in each.invalidated],
        signatures=[_signature(signature) for signature in signing.signatures_on(fresh)],
    )


def _notice(standing: LotStanding) -> dict[str, str] | None:
    lot = standing.lot
    if lot.status == LotStatus.LATE_OOS:
        return _told(
            "Late failing result: the lot must not be given", "A result failed after the lot was released."
        )
    if lot.status == LotStatus.REJECTED:
        return _told("Rejected: the lot must not be given", lot.rejection)
    if lot.certification == Certification.NONE:
        return _told(
            "Not certified", "No Qualified Person has certified this lot. It must not leave quarantine."
        )
    if lot.certification == Certification.INITIAL:
        count = results_in_words(len(standing.pending))
        return _told(
            "Initial certification", f"{count} pending. The certification is final once they are in."
        )
    return None


def _told(title: str, text: str) -> dict[str, str]:
    return {"title": title, "text": text}


def _facts(lot: Lot) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"term": "Lot", "text": lot.number, "is_identifier": True},
        {"term": "Patient-specific", "text": "yes" if lot.product.is_autologous else "no"},
        {"term": "Patient", "text": lot.patient_pseudonym, "is_identifier": True},
        {"term": "Chain of identity", "text": lot.chain_of_identity, "is_identifier": True},
        {"term": "Containers", "text": str(lot.containers)},
        {"term": "Manufactured", "text": site_time(lot.manufactured_at), "utc": _utc(lot.manufactured_at)},
        {"term": "Expires", "text": site_time(lot.expires_at), "utc": _utc(lot.expires_at)},
        {"term": "Storage", "text": lot.specification.storage},
        {
            "term": "Specification",
            "text": f"{lot.specification}, section {lot.specification.dossier_section}",
        },
        {"term": "State", "text": lot.get_status_display()},
        {"term": "Clinical contact", "text": lot.clinical_contact},
    ]
    return [fact for fact in facts if fact["text"]]


def _line(standing: Standing) -> dict[str, str]:
    latest = standing.latest
    conclusion = standing.conclusion.label
    if latest is not None and not latest.is_checked:
        conclusion += ", not checked by a second person"
    return {
        "test": standing.test.name,
        "method": standing.test.method,
        "criterion": f"{standing.test.limit_in_words} {standing.test.unit}".strip(),
        "result": _result(latest),
        "conclusion": conclusion,
        "people": ", ".join(_people(latest)) if latest else "",
        "on": _day(latest.entered_at) if latest else "",
    }


def _result(latest: Result | None) -> str:
    if latest is None:
        return ""
    shown = f"{latest.shown} {latest.test.unit}".strip()
    if not latest.is_final:
        return f"{shown} to date, day {latest.read_on_day}"
    return f"{shown}, compared as {latest.compared_as}" if latest.compared_as else shown


def _people(result: Result) -> list[str]:
    return [result.analyst.full_name, *([result.reviewed_by.full_name] if result.reviewed_by else [])]


def _pending(standing: Standing) -> dict[str, str]:
    return {"test": standing.test.name, "due": _day(standing.due_at)}


def _correction(row: Result) -> dict[str, str]:
    newer = row.superseded_by
    return {
        "test": row.test.name,
        "old": row.shown,
        "new": _shown(newer, row),
        "by": newer.analyst.full_name,
        "reason": newer.reason,
    }


def _shown(newer: Result, row: Result) -> str:
    newer.test = row.test
    return newer.shown


def _signature(signature: Signature) -> dict[str, str]:
    return {
        "name": signature.actor_name,
        "role": signature.actor_role,
        "meaning": signature.meaning,
        "statement": signature.statement,
        "hash": signature.shown_hash,
        "at": site_time(signature.at),
        "utc": _utc(signature.at),
    }


def _day(moment: datetime) -> str:
    local = at_site(moment)
    return f"{local.day} {local:%b %Y}"


def _utc(moment: datetime) -> str:
    utc, site = moment.astimezone(UTC), at_site(moment)
    day = "" if utc.date() == site.date() else f"{utc.day} {utc:%b}, "
    return f"{day}{utc:%H:%M} UTC"
