"""Filing a dossier, the next sequence and responses; withdrawing."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import moves, signing, trail
from audit.refusals import Refused
from audit.signing import Proof
from dossiers import permissions, readiness, workflow
from dossiers.actions import clock, contexts
from dossiers.events import DossierEvent
from dossiers.models import Document, DocumentVersion, Dossier, Filing, Sequence
from dossiers.queries import filings, people
from dossiers.queries.content import Place, content_of, next_place
from dossiers.statuses import NEXT_KINDS, DossierStatus, FilingKind, FilingResult


@transaction.atomic
def file(dossier: Dossier, *, by: User, proof: Proof) -> Filing:
    """File a dossier: freeze what it contains under a hash, sign it, and hand it to the agency.

    A second click with the same proof gives the filing that the first one made.
    """
    dossier = _locked(dossier)
    made = dossier.filings.filter(content_hash=proof.shown_hash, filed_by=by).first()
    if made:
        return made
    place = next_place(dossier, FilingKind.APPLICATION)
    content = content_of(dossier, place)
    now = timezone.now()
    moves.make(
        workflow.FILE,
        dossier,
        by=by,
        sentence=f"Filed as {place.in_words}: {len(content['documents'])} documents",
        data={"sequence": place.sequence, "attempt": place.attempt, "hash": trail.digest(content)},
        also={"filed_at": now, "changed_at": now},
    )
    filing = _freeze(dossier, place, content, by=by)
    signing.sign(
        filing,
        meaning="filed",
        statement=filings.STATEMENT.format(sponsor=dossier.organisation),
        shown=content,
        by=by,
        proof=proof,
    )
    inbox.tell(
        people.coordinators(),
        subject=f"{dossier}: filed by {dossier.organisation}",
        text="The filing waits for validation.",
        path=dossier.get_absolute_url(),
        is_action_needed=True,
    )
    return filing


@transaction.atomic
def file_next(dossier: Dossier, *, by: User, proof: Proof) -> Filing:
    """File the next sequence beside what the agency has: the dossier stays where it stands.

    Nothing validates supplementary information here, so it is accepted as it comes; a response to the
    validation waits with the application for the coordinator.
    """
    dossier = _locked(dossier)
    made = dossier.filings.filter(content_hash=proof.shown_hash, filed_by=by).first()
    if made:
        return made
    refusal = permissions.why_not_file_next(dossier, by)
    if refusal:
        raise Refused(refusal)
    place = next_place(dossier, NEXT_KINDS[DossierStatus(dossier.status)])
    content = content_of(dossier, place)
    filing = _freeze(dossier, place, content, by=by)
    trail.record(
        DossierEvent.SEQUENCE_FILED,
        dossier,
        by=by,
        sentence=f"Filed as {place.in_words}: {place.kind.label.lower()}",
        data={"sequence": place.sequence, "attempt": place.attempt, "hash": filing.content_hash},
    )
    signing.sign(
        filing,
        meaning="filed",
        statement=filings.STATEMENT.format(sponsor=dossier.organisation),
        shown=content,
        by=by,
        proof=proof,
    )
    inbox.tell(
        [*people.coordinators(), *people.review_team(dossier)],
        subject=f"{dossier}: {place.in_words} filed",
        text=f"{dossier.organisation} has filed: {place.kind.label.lower()}.",
        path=filing.get_absolute_url(),
    )
    return filing


@transaction.atomic
def file_responses(dossier: Dossier, *, by: User) -> Filing:
    """Freeze what goes with responses to questions, under the next sequence number.

    Moving the dossier, signing and telling people belong to the sending of the responses.
    """
    dossier = _locked(dossier)
    place = next_place(dossier, FilingKind.RESPONSES)
    return _freeze(dossier, place, content_of(dossier, place), by=by)


@transaction.atomic
def withdraw(dossier: Dossier, *, why: str, by: User) -> Dossier:
    """Withdraw a filed dossier; its clock ends and everyone concerned is told."""
    dossier = moves.make(
        workflow.WITHDRAW,
        dossier,
        by=by,
        why=why,
        sentence="Withdrawn by the sponsor",
        also={"changed_at": timezone.now()},
    )
    clock.end(dossier, by=by, reason="Dossier withdrawn")
    inbox.tell(
        [*people.coordinators(), *people.review_team(dossier)],
        subject=f"{dossier}: withdrawn",
        text=f"{dossier.organisation} has withdrawn the dossier. The reason: {why}",
        path=dossier.get_absolute_url(),
    )
    return dossier


def _locked(dossier: Dossier) -> Dossier:
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("product__assessment", "organisation")
        .get(pk=dossier.pk)
    )


def _freeze(dossier: Dossier, place: Place, content: dict[str, Any], *, by: User) -> Filing:
    is_judged = place.kind in {FilingKind.APPLICATION, FilingKind.VALIDATION}
    now = timezone.now()
    filing = Filing.objects.create(
        dossier=dossier,
        sequence=_sequence(dossier, place, by=by),
        attempt=place.attempt,
        content=content,
        content_hash=trail.digest(content),
        document_count=len(content["documents"]),
        filed_by=by,
        filed_by_name=by.full_name,
        filed_by_role=by.role_line,
        filed_at=now,
        result=FilingResult.WAITING if is_judged else FilingResult.ACCEPTED,
        result_at=None if is_judged else now,
    )
    Dossier.objects.filter(pk=dossier.pk).update(next_sequence=None, changed_at=now)
    versions = list(readiness.newest_versions(dossier).values_list("pk", "document_id"))
    DocumentVersion.objects.filter(pk__in=[pk for pk, _ in versions], filed_in=None).update(filed_in=filing)
    Document.objects.filter(pk__in=[pk for _, pk in versions], filed_in=None).update(filed_in=filing)
    contexts.record(filing)
    return filing


def _sequence(dossier: Dossier, place: Place, *, by: User) -> Sequence:
    """Return the sequence of a place; one opened for another kind brings what it is filed as."""
    sequence, _ = Sequence.objects.get_or_create(
        dossier=dossier, number=place.sequence, defaults={"kind": place.kind, "opened_by": by}
    )
    if sequence.kind != place.kind:
        sequence.kind = place.kind
        sequence.save(update_fields=["kind"])
    return sequence
