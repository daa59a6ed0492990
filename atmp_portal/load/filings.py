"""Filings: what a dossier contains, frozen and signed, then taken in by the authority."""

from datetime import timedelta

from atmp_portal.load.chain import Chain
from atmp_portal.load.dossiers import Built
from atmp_portal.load.people import Authority
from audit import trail
from dossiers.events import DossierEvent
from dossiers.models import Dossier, Filing
from dossiers.queries import filings
from dossiers.statuses import DossierStatus, FilingKind

A_MOMENT = timedelta(seconds=1)


def filing_of(built: Built, chain: Chain) -> Filing:
    """File a dossier whose rows are written: freeze and sign what the portal itself says it contains."""
    lead, at = built.sponsor.lead, built.life.filed_at
    if at is None:
        raise ValueError(f"{built.dossier} was never filed.")
    dossier = Dossier.objects.select_related("product__assessment", "assessment", "organisation").get(
        pk=built.dossier.pk
    )
    place = filings.next_place(dossier, FilingKind.APPLICATION)
    content = filings.content_of(dossier, place)
    filing = Filing(
        pk=built.filing_id, dossier=dossier, sequence=place.sequence, attempt=place.attempt, kind=place.kind,
        content=content, content_hash=trail.digest(content), filed_by=lead, filed_at=at,
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


def take_in(built: Built, authority: Authority, chain: Chain) -> None:
    """Tell how the authority took the filing in: as valid, or back to the sponsor."""
    life, dossier = built.life, built.dossier
    by = authority.coordinators[int(dossier.number[1:]) % len(authority.coordinators)]
    if life.taken_at is None:
        return
    if life.status == DossierStatus.RETURNED:
        chain.tell(
            DossierEvent.SENT_BACK, dossier, at=life.taken_at, by=by, sentence="Sent back to the sponsor",
            why="The tracking table names documents that are not there.",
            data={"from": "filed", "to": "returned"},
        )  # fmt: skip
        return
    chain.tell(
        DossierEvent.VALIDATED, dossier, at=life.taken_at, by=by, sentence="Filing validated",
        data={"from": "filed", "to": "validated"},
    )  # fmt: skip
