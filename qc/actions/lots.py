"""Registering, submitting, certifying and rejecting lots."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.inbox import tell
from accounts.models import User
from audit import moves, signing, trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from audit.signing import Proof
from qc import people, permissions, signed, workflow
from qc.events import QCEvent
from qc.models import Lot, Specification
from qc.signed import results_in_words
from qc.standing import fresh_standing, site_time
from qc.statuses import Certification, SpecificationStatus

SIGNED_MOVES = {
    signed.REVIEWED: workflow.SUBMIT,
    signed.CERTIFIED_INITIAL: workflow.CERTIFY_INITIAL,
    signed.CERTIFIED_FINAL: workflow.CERTIFY_FINAL,
    signed.REJECTED: workflow.REJECT,
}


@transaction.atomic
def register_lot(
    specification: Specification,
    *,
    number: str,
    manufactured_at: datetime,
    by: User,
    patient_pseudonym: str = "",
    chain_of_identity: str = "",
    containers: int = 1,
    clinical_contact: str = "",
) -> Lot:
    """Register a lot in quarantine; its shelf life is counted in elapsed hours from its manufacture."""
    locked = Specification.objects.select_for_update().select_related("product").get(pk=specification.pk)
    reason = permissions.why_not_register(by)
    if reason:
        raise Refused(reason)
    if locked.organisation_id != by.organisation_id:
        raise Refused("A lot is registered by the sponsor of the product.")
    if locked.status != SpecificationStatus.EFFECTIVE:
        raise Refused(f"{locked} is not in force; a lot is judged against the specification in force.")
    if manufactured_at > timezone.now():
        raise Refused("A lot is registered once it is made.")
    try:
        with transaction.atomic():
            lot = Lot.objects.create(
                organisation_id=locked.organisation_id,
                product=locked.product,
                specification=locked,
                number=number,
                patient_pseudonym=patient_pseudonym,
                chain_of_identity=chain_of_identity,
                containers=containers,
                manufactured_at=manufactured_at,
                expires_at=manufactured_at + timedelta(hours=locked.shelf_life_hours),
                clinical_contact=clinical_contact,
                created_by=by,
            )
    except IntegrityError as error:
        raise Refused(f"There is a lot {number} already. Nothing was registered twice.") from error
    trail.record(
        QCEvent.LOT_REGISTERED,
        lot,
        by=by,
        data={
            "specification": str(locked),
            "manufactured_at": lot.manufactured_at,
            "expires_at": lot.expires_at,
            "containers": containers,
        },
        audience=Audience.SPONSOR,
    )
    return lot


@transaction.atomic
def change_contact(lot: Lot, clinical_contact: str, *, edition: int, by: User) -> Lot:
    """Name whom to call at the hospital; raises Stale when somebody changed it since."""
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    reason = permissions.why_not_change_contact(locked, by)
    if reason:
        raise Refused(reason)
    if locked.edition != edition:
        raise Stale(
            f"The clinical contact of {locked} was changed after you opened it. Nothing was overwritten."
        )
    changed = trail.changes(
        {"clinical_contact": locked.clinical_contact}, {"clinical_contact": clinical_contact}
    )
    if changed:
        locked.clinical_contact = clinical_contact
        locked.edition += 1
        locked.save(update_fields=["clinical_contact", "edition"])
        trail.record(QCEvent.CLINICAL_CONTACT_CHANGED, locked, by=by, data=changed, audience=Audience.SPONSOR)
    return locked


@transaction.atomic
def submit_lot(lot: Lot, *, by: User, proof: Proof) -> Lot:
    """Sign the review of batch record and audit trail, and hand the lot to the Qualified Persons."""
    _sign(lot, signed.REVIEWED, by, proof)
    moved = moves.make(
        workflow.SUBMIT,
        lot,
        by=by,
        sentence="Lot submitted to the Qualified Persons",
        also={"submitted_by": by, "submitted_at": timezone.now()},
    )
    tell(
        people.qualified_persons(moved.organisation_id),
        subject=f"Lot {moved} waits for you",
        text=f"{by.full_name} reviewed its batch record. It expires {site_time(moved.expires_at)}.",
        path=moved.get_absolute_url(),
        is_action_needed=True,
    )
    return moved


@transaction.atomic
def certify_initially(lot: Lot, *, by: User, proof: Proof) -> Lot:
    """Release the lot by signature while the results that may follow are still awaited."""
    pending = _sign(lot, signed.CERTIFIED_INITIAL, by, proof)
    moved = moves.make(
        workflow.CERTIFY_INITIAL,
        lot,
        by=by,
        sentence=f"Lot released with {results_in_words(len(pending))} pending",
        data={"pending": pending},
        also={
            "certification": Certification.INITIAL,
            "released_by": by,
            "released_at": timezone.now(),
        },
    )
    _tell_team(
        moved,
        by,
        f"Lot {moved} is released",
        f"{results_in_words(len(pending))} pending: {', '.join(pending)}.",
    )
    return moved


@transaction.atomic
def certify_finally(lot: Lot, *, by: User, proof: Proof) -> Lot:
    """Certify by signature that every result is in and complies."""
    _sign(lot, signed.CERTIFIED_FINAL, by, proof)
    now = timezone.now()
    before = Lot.objects.get(pk=lot.pk)
    first = {"released_by": before.released_by or by, "released_at": before.released_at or now}
    moved = moves.make(
        workflow.CERTIFY_FINAL,
        lot,
        by=by,
        also={"certification": Certification.FINAL, "finalised_by": by, "finalised_at": now, **first},
    )
    _tell_team(moved, by, f"Lot {moved} is certified finally", "Every result is in and complies.")
    return moved


@transaction.atomic
def reject_lot(lot: Lot, *, reason: str, by: User, proof: Proof) -> Lot:
    """Reject a lot by signature, with the reason; nobody may give it."""
    _sign(lot, signed.REJECTED, by, proof)
    moved = moves.make(workflow.REJECT, lot, by=by, why=reason, also={"rejection": reason})
    _tell_team(moved, by, f"Lot {moved} is rejected", f"{by.full_name} rejected it. Tell the clinical site.")
    return moved


def _sign(lot: Lot, meaning: str, by: User, proof: Proof) -> list[str]:
    """Sign the lot as the locked row stands before the move; returns the names of the pending tests."""
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    refusal = SIGNED_MOVES[meaning].why_not(locked, by)
    if refusal:
        raise Refused(refusal)
    standing = fresh_standing(locked)
    signing.sign(
        locked,
        meaning=meaning,
        statement=signed.lot_statement(standing, meaning),
        shown=signed.lot_content(standing),
        by=by,
        proof=proof,
        audience=Audience.SPONSOR,
    )
    return [each.test.name for each in standing.pending]


def _tell_team(lot: Lot, by: User, subject: str, text: str) -> None:
    team = people.in_roles(lot.organisation_id, permissions.WRITERS | permissions.APPROVERS)
    tell([person for person in team if person != by], subject=subject, text=text, path=lot.get_absolute_url())
