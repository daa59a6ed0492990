from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Membership, Notice
from accounts.roles import Role
from audit import signing
from audit.models import Event
from audit.refusals import Refused, Stale
from audit.signing import Proof
from qc import actions
from qc.models import Lot, Result
from qc.statuses import Certification, LotStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


def subjects(person):
    return list(person.notices.order_by("told_at").values_list("subject", "is_action_needed"))


def test_a_lot_is_registered_in_quarantine_with_its_expiry_in_elapsed_hours(norvia, analyst):
    """CI-09: over the night in which the clocks go back, 72 hours stay 72 hours."""
    with time_machine.travel(datetime(2026, 10, 26, 12, tzinfo=UTC)):
        specification = qc.specification_in_force(organisation=norvia, code="SPEC-1")
        lot = qc.lot(specification, number="NTG-1", manufactured_at=datetime(2026, 10, 24, 8, tzinfo=UTC))
    assert (lot.status, lot.certification) == (LotStatus.QUARANTINE, Certification.NONE)
    assert lot.expires_at == datetime(2026, 10, 27, 8, tzinfo=UTC)
    assert lot.shelf_life == timedelta(hours=72)
    event = Event.objects.get(code="qc.lot_registered")
    assert event.data["specification"] == "SPEC-1 version 1"
    assert (event.audience, event.root_id) == ("sponsor", lot.pk)


def test_a_number_is_registered_once(norvia):
    lot = qc.lot(organisation=norvia, number="NTG-1")
    with pytest.raises(Refused, match=r"There is a lot NTG-1 already\. Nothing was registered twice\."):
        qc.lot(lot.specification, number="NTG-1")
    assert Lot.objects.count() == 1


def test_a_lot_needs_a_specification_in_force(norvia):
    drafted = qc.draft(organisation=norvia, code="SPEC-1")
    with pytest.raises(Refused, match=r"SPEC-1 version 1 is not in force"):
        qc.lot(drafted)


def test_a_lot_is_not_registered_before_it_is_made(norvia):
    with pytest.raises(Refused, match=r"A lot is registered once it is made\."):
        qc.lot(organisation=norvia, manufactured_at=timezone.now() + timedelta(minutes=5))


@pytest.mark.parametrize("who", ["lead", "reader", "qualified_person", "coordinator"])
def test_others_do_not_register(norvia, who, request):
    specification = qc.specification_in_force(organisation=norvia)
    with pytest.raises(Refused, match=r"A QC analyst or quality assurance registers a lot\."):
        actions.register_lot(
            specification, number="N-1", manufactured_at=timezone.now(), by=request.getfixturevalue(who)
        )


def test_nobody_registers_a_lot_of_another_sponsor(ostrava, analyst):
    specification = qc.specification_in_force(organisation=ostrava)
    with pytest.raises(Refused, match=r"registered by the sponsor of the product\."):
        actions.register_lot(specification, number="N-1", manufactured_at=timezone.now(), by=analyst)


def test_the_clinical_contact_changes_with_its_trace(norvia, quality):
    lot = qc.lot(organisation=norvia, clinical_contact="")
    changed = actions.change_contact(lot, "Dr M. Vos", edition=1, by=quality)
    assert (changed.clinical_contact, changed.edition) == ("Dr M. Vos", 2)
    assert Event.objects.get(code="qc.clinical_contact_changed").data == {
        "clinical_contact": {"old": "", "new": "Dr M. Vos"}
    }
    with pytest.raises(Stale):
        actions.change_contact(lot, "Dr A. Other", edition=1, by=quality)
    actions.change_contact(lot, "Dr M. Vos", edition=2, by=quality)
    assert Event.objects.filter(code="qc.clinical_contact_changed").count() == 1


def test_a_rejected_lot_keeps_its_contact(norvia, quality, lead):
    lot = qc.lot_at(LotStatus.REJECTED, organisation=norvia)
    with pytest.raises(Refused, match="is rejected"):
        actions.change_contact(lot, "Dr M. Vos", edition=1, by=quality)
    with pytest.raises(Refused, match="keeps the clinical contact"):
        actions.change_contact(lot, "Dr M. Vos", edition=1, by=lead)


def test_submitting_signs_the_review_of_the_batch_record(norvia, quality, qualified_person):
    lot = qc.submit(qc.lot(organisation=norvia, number="NTG-1"))
    assert (lot.status, lot.submitted_by) == (LotStatus.UNDER_REVIEW, quality)
    (signature,) = signing.signatures_on(lot)
    assert (signature.meaning, signature.statement) == (
        "reviewed",
        "I reviewed the batch record and the audit trail of lot NTG-1. Both are complete.",
    )
    assert subjects(qualified_person) == [("Lot NTG-1 waits for you", True)]
    with pytest.raises(Refused, match="NTG-1 is under qp review; this cannot be done now"):
        qc.submit(lot)


def test_whoever_tested_does_not_review_the_record(norvia, analyst):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Viability"))
    Membership.objects.filter(user=analyst).update(role=Role.QUALITY_ASSURANCE)
    analyst = type(analyst).objects.get(pk=analyst.pk)
    with pytest.raises(Refused, match=r"You tested results of this lot; another person reviews its record\."):
        actions.submit_lot(lot, by=analyst, proof=qc.proof_on_lot(lot, analyst))


def test_the_initial_certification_names_the_number_of_results_pending(norvia, analyst, quality):
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia, number="NTG-1")
    by = qc.colleague(norvia, Role.QUALIFIED_PERSON)
    assert (lot.certification, lot.released_by, lot.finalised_by) == (Certification.INITIAL, by, None)
    signature = signing.signatures_on(lot)[-1]
    assert (signature.meaning, signature.actor_name) == ("certified-initial", by.full_name)
    assert signature.statement == (
        "I certify that lot NTG-1 was made and tested in accordance with its authorisation and GMP, "
        "with 2 results pending."
    )
    assert signature.shown["pending"] == ["Vector copies", "Sterility"]
    event = Event.objects.get(code="qc.lot_certified_initially")
    assert event.sentence == "Lot released with 2 results pending"
    assert event.data["pending"] == ["Vector copies", "Sterility"]
    assert ("Lot NTG-1 is released", False) in subjects(analyst)
    assert ("Lot NTG-1 is released", False) in subjects(quality)


def test_the_final_certification_keeps_who_released_first(norvia):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:2])
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, specification)
    first = lot.released_by
    qc.result(lot, specification.tests.get(name="Vector copies"))
    second = people.person("Jun Sato", norvia, Role.QUALIFIED_PERSON)
    lot = actions.certify_finally(lot, by=second, proof=qc.proof_on_lot(lot, second))
    assert (lot.status, lot.certification) == (LotStatus.RELEASED_FINAL, Certification.FINAL)
    assert (lot.released_by, lot.finalised_by) == (first, second)
    assert signing.signatures_on(lot)[-1].statement.endswith("Every result is final and complies.")


def test_a_lot_with_every_result_in_is_certified_finally_at_once(norvia):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:1])
    lot = qc.certify_finally(qc.lot_at(LotStatus.UNDER_REVIEW, specification))
    assert (lot.status, lot.released_by) == (LotStatus.RELEASED_FINAL, lot.finalised_by)


def test_a_result_that_arrives_between_reading_and_signing_stops_the_signature(norvia):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    by = qc.colleague(norvia, Role.QUALIFIED_PERSON)
    proof = qc.proof_on_lot(lot, by)
    qc.result(lot, lot.specification.tests.get(name="Vector copies"))
    with pytest.raises(Stale):
        actions.certify_initially(lot, by=by, proof=proof)
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.UNDER_REVIEW


def test_a_released_lot_is_not_released_twice(norvia):
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia)
    with pytest.raises(Refused, match="is released, results pending; this cannot be done now"):
        qc.certify_initially(lot)
    assert Event.objects.filter(code="qc.lot_certified_initially").count() == 1


def test_no_final_certification_after_a_late_failing_result(norvia):
    """RL-04."""
    lot = qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    with pytest.raises(Refused, match="is failed after release; this cannot be done now"):
        qc.certify_finally(lot)
    assert Lot.objects.get(pk=lot.pk).certification == Certification.INITIAL


@pytest.mark.parametrize("who", ["analyst", "quality", "lead", "coordinator"])
def test_only_a_qualified_person_certifies(norvia, who, request):
    """RL-01."""
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    by = request.getfixturevalue(who)
    with pytest.raises(Refused, match="Your role does not allow"):
        actions.certify_initially(lot, by=by, proof=Proof(by.pk, ""))


def test_whoever_tested_or_checked_does_not_certify(norvia, qualified_person):
    """RL-10, also when the tester became a Qualified Person since."""
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    Result.objects.filter(lot=lot).update(reviewed_by=qualified_person)
    with pytest.raises(Refused) as refused:
        qc.certify_initially(lot)
    assert refused.value.reason == (
        "You tested or checked results of this lot; another Qualified Person certifies it."
    )


def test_a_lot_is_rejected_by_signature_with_the_reason(norvia, analyst, qualified_person):
    lot = qc.reject(qc.lot(organisation=norvia, number="NTG-1"), "The bag leaks")
    assert (lot.status, lot.rejection) == (LotStatus.REJECTED, "The bag leaks")
    event = Event.objects.get(code="qc.lot_rejected")
    assert (event.why, event.actor_name) == ("The bag leaks", "Aoife Brennan")
    assert signing.signatures_on(lot)[-1].statement == "I reject lot NTG-1. It must not be given to anybody."
    assert subjects(analyst)[-1] == ("Lot NTG-1 is rejected", False)


def test_what_was_released_is_not_rejected(norvia):
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia)
    with pytest.raises(Refused, match="this cannot be done now"):
        qc.reject(lot)


def test_people_of_another_sponsor_hear_nothing(norvia, ostrava):
    stranger = people.person("Petra Svobodová", ostrava, Role.QUALIFIED_PERSON)
    gone = people.person("Gone Person", norvia, Role.QUALIFIED_PERSON)
    Membership.objects.filter(user=gone).update(ended_at=timezone.now())
    qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    assert Notice.objects.exists()
    assert not Notice.objects.filter(person__in=[stranger, gone]).exists()
