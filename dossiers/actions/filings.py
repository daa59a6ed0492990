"""Filing a dossier, filing responses, withdrawing."""

from django.db import transaction
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import moves, signing, trail
from audit.signing import Proof
from dossiers import readiness, workflow
from dossiers.actions import clock, contexts
from dossiers.models import Document, DocumentVersion, Dossier, Filing
from dossiers.queries import filings, people
from dossiers.statuses import FilingKind


@transaction.atomic
def file(dossier: Dossier, *, by: User, proof: Proof) -> Filing:
    """File a dossier: freeze what it contains under a hash, sign it, and hand it to the agency.

    A second click with the same proof gives the filing that the first one made.
    """
    dossier = _locked(dossier)
    made = dossier.filings.filter(content_hash=proof.shown_hash, filed_by=by).first()
    if made:
        return made
    place = filings.next_place(dossier, FilingKind.APPLICATION)
    content = filings.content_of(dossier, place)
    now = timezone.now()
    moves.make(
        workflow.FILE,
        dossier,
        by=by,
        sentence=f"Filed as sequence {place.sequence:04}: {len(content['documents'])} documents",
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
def file_responses(dossier: Dossier, *, by: User) -> Filing:
    """Freeze what goes with responses to questions, under the next sequence number.

    Moving the dossier, signing and telling people belong to the sending of the responses.
    """
    dossier = _locked(dossier)
    place = filings.next_place(dossier, FilingKind.RESPONSES)
    return _freeze(dossier, place, filings.content_of(dossier, place), by=by)


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


def _freeze(dossier: Dossier, place: filings.Place, content: dict[str, object], *, by: User) -> Filing:
    filing = Filing.objects.create(
        dossier=dossier,
        sequence=place.sequence,
        attempt=place.attempt,
        kind=place.kind,
        content=content,
        content_hash=trail.digest(content),
        filed_by=by,
    )
    versions = list(readiness.newest_versions(dossier).values_list("pk", "document_id"))
    DocumentVersion.objects.filter(pk__in=[pk for pk, _ in versions], filed_in=None).update(filed_in=filing)
    Document.objects.filter(pk__in=[pk for _, pk in versions], filed_in=None).update(filed_in=filing)
    contexts.record(filing)
    return filing
