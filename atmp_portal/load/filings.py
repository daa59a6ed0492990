"""Filings: what a dossier contains, frozen and signed, then taken in by the authority."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from atmp_portal.load.chain import Chain
from atmp_portal.load.dossiers import Built
from atmp_portal.load.people import Authority
from audit import trail
from dossiers.events import DossierEvent
from dossiers.models import ContextOfUse, Dossier, Filing, Sequence
from dossiers.queries import filings
from dossiers.queries.content import content_of, next_place
from dossiers.statuses import DossierStatus, FilingKind, FilingResult, Operation

A_MOMENT = timedelta(seconds=1)
WHY_BACK = "The tracking table names documents that are not there."


def filing_of(built: Built, chain: Chain) -> Filing:
    """File a dossier whose rows are written: freeze and sign what the portal itself says it contains."""
    lead, at = built.sponsor.lead, built.life.filed_at
    if at is None:
        raise ValueError(f"{built.dossier} was never filed.")
    dossier = Dossier.objects.select_related("product__assessment", "assessment", "organisation").get(
        pk=built.dossier.pk
    )
    place = next_place(dossier, FilingKind.APPLICATION)
    content = content_of(dossier, place)
    sequence = Sequence.objects.create(
        dossier=dossier, number=place.sequence, kind=place.kind, opened_by=lead, opened_at=at
    )
    filing = Filing(
        pk=built.filing_id, dossier=dossier, sequence=sequence, attempt=place.attempt,
        content=content, content_hash=trail.digest(content), document_count=len(content["documents"]),
        filed_by=lead, filed_by_name=lead.full_name, filed_by_role=lead.role_line, filed_at=at,
        **_result(built),
    )  # fmt: skip
    chain.tell(
        DossierEvent.FILED, dossier, at=at, by=lead,
        sentence=f"Filed as sequence {place.sequence:04}: {len(content['documents'])} documents",
        data={
            "from": "draft", "to": "filed", "sequence": place.sequence, "attempt": place.attempt,
            "hash": filing.content_hash,
        },
    )  # fmt: skip
    chain.sign(
        filing, at=at, by=lead, meaning="filed", shown=content,
        statement=filings.STATEMENT.format(sponsor=dossier.organisation),
    )  # fmt: skip
    return filing


def _result(built: Built) -> dict[str, Any]:
    life = built.life
    if life.taken_at is None:
        return {}
    if life.status == DossierStatus.RETURNED:
        return {"result": FilingResult.SENT_BACK, "result_reason": WHY_BACK, "result_at": life.taken_at}
    return {"result": FilingResult.ACCEPTED, "result_at": life.taken_at}


def operations_of(built: Built, filing: Filing) -> list[ContextOfUse]:
    """Return what a first filing does with its documents: each of them is new."""
    places = {section.number: section.pk for section in built.sections}
    return [
        ContextOfUse(
            dossier=filing.dossier, section_id=places[row["section"]], document_id=UUID(row["document"]),
            version_id=UUID(row["id"]), operation=Operation.NEW, filing=filing,
            written_by=filing.filed_by, written_at=filing.filed_at,
        )
        for row in filing.content["documents"]
    ]  # fmt: skip


def take_in(built: Built, authority: Authority, chain: Chain) -> None:
    """Tell how the authority took the filing in: as valid, or back to the sponsor."""
    life, dossier = built.life, built.dossier
    by = authority.coordinators[int(dossier.number[1:]) % len(authority.coordinators)]
    if life.taken_at is None:
        return
    if life.status == DossierStatus.RETURNED:
        chain.tell(
            DossierEvent.SENT_BACK, dossier, at=life.taken_at, by=by, sentence="Sent back to the sponsor",
            why=WHY_BACK,
            data={"from": "filed", "to": "returned"},
        )  # fmt: skip
        return
    chain.tell(
        DossierEvent.VALIDATED, dossier, at=life.taken_at, by=by, sentence="Filing validated",
        data={"from": "filed", "to": "validated"},
    )  # fmt: skip
