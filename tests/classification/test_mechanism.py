"""The claimed mechanism: asked beside the indication, signed, printed and kept with every version."""

import pytest
from django.urls import reverse

from audit.models import Event, Signature
from audit.refusals import Stale
from audit.signing import Proof, shown_hash
from classification import actions, queries, reports
from classification.models import Assessment
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db
CLAIM = {"mechanism": "kills_targets", "mechanism_text": "Kills cells that carry CD19."}


@pytest.fixture
def draft(lead) -> Assessment:
    return cases.answered(cases.CAR_T, lead, code="NV-201")


def claim(draft: Assessment, by, **words: str) -> Assessment:
    return actions.describe(draft, by=by, edition=draft.edition, **(words or CLAIM))


def test_it_is_asked_with_the_description_and_shown(browser, lead, draft):
    address = reverse("classification:assessment_describe", args=[draft.pk])
    typed = {"code": "NV-201", "name": "CAR-T", "indication": "leukaemia", "edition": draft.edition, **CLAIM}
    assert browser(lead).post(address, typed).status_code == 302
    draft.refresh_from_db()
    assert (draft.mechanism, draft.mechanism_text) == ("kills_targets", "Kills cells that carry CD19.")
    page = browser(lead).get(draft.get_absolute_url()).content.decode()
    assert "<strong>Kills target cells</strong>. Kills cells that carry CD19.</p>" in page


def test_an_edit_keeps_old_and_new_and_the_history_says_the_old_in_words(lead, draft):
    claim(claim(draft, lead), lead, mechanism="calms_immunity")
    event = Event.objects.filter(code="classification.described").order_by("seq").last()
    assert event.sentence == "Changed: claimed mechanism"
    assert event.data == {"mechanism": {"old": "kills_targets", "new": "calms_immunity"}}
    draft.refresh_from_db()
    _, changes = queries.history(draft, lead)[0]
    assert [(change.what, change.old) for change in changes] == [("Claimed mechanism", "Kills target cells")]


def test_the_signature_binds_it(lead, contributor, draft):
    proof = Proof(user_id=lead.pk, shown_hash=shown_hash(queries.content_to_sign(draft)))
    draft = claim(draft, contributor)
    with pytest.raises(Stale):
        actions.finalise(draft, by=lead, proof=proof)
    cases.signed(draft, lead)
    signed = Signature.objects.get().shown["candidate"]
    assert (signed["mechanism"], signed["mechanism_text"]) == (
        "Kills target cells",
        "Kills cells that carry CD19.",
    )


def test_the_rationale_prints_it(lead, draft):
    candidate = reports.rationale(cases.signed(claim(draft, lead), lead), lead).content["candidate"]
    assert (candidate["mechanism"], candidate["mechanism_text"]) == (
        "Kills target cells",
        "Kills cells that carry CD19.",
    )


def test_the_next_version_starts_with_it(lead, draft):
    second = cases.revised(cases.signed(claim(draft, lead), lead), lead)
    assert (second.mechanism, second.mechanism_text) == ("kills_targets", "Kills cells that carry CD19.")
