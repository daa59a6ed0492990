"""Concluding: parts written, signed, reopened; one outcome over all of them."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from audit.models import Event, Signature
from audit.refusals import Refused, Stale
from dossiers.actions import answers
from dossiers.actions import conclusions as actions
from dossiers.models import ClockEntry, Dossier, Part
from dossiers.statuses import (
    ClockKind,
    Discipline,
    DossierOutcome,
    DossierStatus,
    Duty,
    PartKind,
    PartStatus,
    QuestionKind,
    Recommendation,
)
from tests.factories import reviews
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

MEDICINAL, DEVICE, INTERFACE = PartKind.MEDICINAL, PartKind.DEVICE, PartKind.INTERFACE


def url(name: str, of: Dossier, kind: str = MEDICINAL) -> str:
    return reverse(f"dossiers:{name}", args=[of.pk, kind])


def conclude_url(of: Dossier) -> str:
    return reverse("dossiers:conclude", args=[of.pk])


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def part(of: Dossier, kind: str = MEDICINAL) -> Part:
    return Part.objects.select_related("dossier").get(dossier=of, kind=kind)


# writing and signing a part


def test_the_lead_writes_a_part_and_signs_what_they_read(in_review, reviewer, coordinator, browser):
    client = browser(reviewer)
    sent = {"text": "Benefit outweighs risk.", "recommendation": "favourable", "edition": 1}
    client.post(url("part", in_review), sent)
    page = client.get(url("part_conclude", in_review))
    assert "Benefit outweighs risk." in page.content.decode()
    shown = page.context["form"].initial["shown"]
    answer = client.post(url("part_conclude", in_review), {"password": PASSWORD, "shown": shown})
    assert answer.url == url("part", in_review)
    concluded = part(in_review)
    assert (concluded.status, concluded.concluded_by) == (PartStatus.CONCLUDED, reviewer)
    signature = Signature.objects.latest("at")
    assert (signature.meaning, signature.actor, signature.shown["text"]) == (
        "conclusion", reviewer, "Benefit outweighs risk.",
    )  # fmt: skip
    assert signature.event.audience == "authority"
    assert Notice.objects.filter(person=coordinator, subject=f"{concluded}: concluded").exists()


def test_a_wrong_password_concludes_nothing(in_review, reviewer, browser):
    reviews.write_part(in_review)
    shown = browser(reviewer).get(url("part_conclude", in_review)).context["form"].initial["shown"]
    answer = browser(reviewer).post(url("part_conclude", in_review), {"password": "no", "shown": shown})
    assert answer.status_code == 422
    assert part(in_review).status == PartStatus.OPEN


def test_a_draft_that_changed_after_it_was_read_is_not_signed(in_review, reviewer):
    proof = reviews.proof_on_part(reviews.write_part(in_review), reviewer)
    reviews.write_part(in_review, text="Something else.")
    with pytest.raises(Stale):
        actions.conclude_part(part(in_review), by=reviewer, proof=proof)
    assert part(in_review).status == PartStatus.OPEN
    assert not Signature.objects.filter(meaning="conclusion").exists()


def test_two_writers_at_once_lose_nothing(in_review, reviewer, browser):
    co_lead = reviews.reviewer("Piet van Aalst")
    reviews.assign(in_review, co_lead, Duty.CO_LEAD)
    reviews.write_part(in_review, text="Of the lead.")
    sent = {"text": "Of the co-lead.", "recommendation": "", "edition": 1}
    answer = browser(co_lead).post(url("part", in_review), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Of the lead." in page
    assert "Of the co-lead." in page
    assert part(in_review).text == "Of the lead."
    browser(co_lead).post(url("part", in_review), {**sent, "edition": 2})
    assert part(in_review).text == "Of the co-lead."


def test_a_part_saved_unchanged_leaves_no_trace(in_review, reviewer):
    reviews.write_part(in_review)
    events = Event.objects.count()
    reviews.write_part(in_review)
    assert (part(in_review).edition, Event.objects.count()) == (2, events)


def test_an_empty_part_is_not_concluded(in_review, reviewer, browser):
    reason = "Write the assessment and choose a recommendation first."
    assert reason in browser(reviewer).get(url("part", in_review)).content.decode()
    assert browser(reviewer).get(url("part_conclude", in_review)).status_code == 409
    reviews.write_part(in_review, text="Words.", recommendation="")
    assert refusal(reviews.conclude_part, part(in_review)) == reason


def test_each_part_has_its_writers(combined, second_reviewer):
    device = reviews.reviewer("Eva Rossi")
    reviews.assign(combined, second_reviewer, Duty.ASSESSOR, Discipline.CLINICAL)
    written = {"text": "Words.", "recommendation": "", "edition": 1}
    reason = "Only the leads and the assessors of this part write its assessment."
    for kind, who, may in (
        (MEDICINAL, second_reviewer, True),
        (MEDICINAL, device, False),
        (DEVICE, device, True),
        (DEVICE, second_reviewer, False),
        (INTERFACE, second_reviewer, False),
        (INTERFACE, device, True),
    ):
        if may:
            assert actions.write_part(part(combined, kind), **written, by=who).text == "Words."
        else:
            edited = written | {"edition": part(combined, kind).edition}
            assert refusal(actions.write_part, part(combined, kind), **edited, by=who) == reason


def test_the_device_assessor_signs_the_device_part_and_no_other(combined, reviewer):
    device = reviews.reviewer("Eva Rossi")
    for kind in PartKind:
        reviews.write_part(combined, kind)
    assert refusal(reviews.conclude_part, part(combined, MEDICINAL), device) == (
        "The medicinal part is concluded by the lead."
    )
    assert refusal(reviews.conclude_part, part(combined, INTERFACE), device) == (
        "The interface is concluded by the lead."
    )
    assert reviews.conclude_part(part(combined, DEVICE), device).concluded_by == device
    assert reviews.conclude_part(part(combined, INTERFACE), reviewer).concluded_by == reviewer


def test_a_concluded_part_is_not_written(in_review, reviewer, browser):
    reviews.conclude_part(reviews.write_part(in_review))
    sent = {"text": "Other.", "recommendation": "", "edition": 2}
    answer = browser(reviewer).post(url("part", in_review), sent)
    assert answer.status_code == 409
    assert "The medicinal part is concluded; a coordinator can reopen it." in answer.content.decode()


def test_a_coordinator_reopens_a_part_with_a_reason(in_review, reviewer, coordinator, browser):
    reviews.conclude_part(reviews.write_part(in_review))
    client = browser(coordinator)
    assert client.get(url("part_reopen", in_review)).status_code == 200
    assert client.post(url("part_reopen", in_review), {"why": ""}).status_code == 422
    client.post(url("part_reopen", in_review), {"why": "New data came in."})
    again = part(in_review)
    assert (again.status, again.concluded_by, again.text) == (
        PartStatus.OPEN, None, "Benefit outweighs risk.",
    )  # fmt: skip
    event = Event.objects.order_by("seq").last()
    assert (event.sentence, event.why, event.audience) == (
        "Medicinal part reopened", "New data came in.", "authority",
    )  # fmt: skip
    assert Notice.objects.get(person=reviewer, subject=f"{again}: reopened").is_action_needed
    assert client.get(url("part_reopen", in_review)).status_code == 409
    assert browser(reviewer).get(url("part_reopen", in_review)).status_code == 409


def test_a_concluded_procedure_keeps_its_parts(lead, coordinator):
    over = reviews.dossier_at(DossierStatus.CONCLUDED, lead.organisation)
    assert refusal(actions.reopen_part, part(over), why="x", by=coordinator) == (
        "The procedure is over; its parts stay as they were signed."
    )


def test_a_withdrawn_procedure_is_not_assessed_further(in_review, reviewer):
    reviews.withdrawn(in_review)
    written = {"text": "Words.", "recommendation": "", "edition": 1}
    assert refusal(actions.write_part, part(in_review), **written, by=reviewer) == "The procedure is over."


def test_a_text_too_long_is_shown_again(in_review, reviewer, browser):
    sent = {"text": "x" * 50_001, "recommendation": "", "edition": 1}
    answer = browser(reviewer).post(url("part", in_review), sent)
    assert answer.status_code == 422
    assert sent["text"] in answer.content.decode()
    assert part(in_review).text == ""


def test_a_reviewer_reads_what_the_outcome_waits_for(in_review, reviewer, browser):
    reviews.conclude_parts(in_review)
    reviews.question(in_review)
    reviews.send_questions(in_review)
    page = browser(reviewer).get(url("part", in_review)).content.decode()
    assert "The sponsor has not answered every question." in page


# who reads a part


@pytest.mark.parametrize("name", ["part", "part_conclude", "part_reopen"])
def test_the_sponsor_finds_no_part_before_the_outcome(in_review, lead, other_lead, browser, name):
    reviews.conclude_part(reviews.write_part(in_review, text="Not for the sponsor yet."))
    assert browser(lead).get(url(name, in_review)).status_code == 404
    assert browser(other_lead).get(url(name, in_review)).status_code == 404


def test_the_sponsor_reads_the_assessment_with_the_outcome(in_review, lead, other_lead, browser):
    reviews.conclude(in_review)
    page = browser(lead).get(url("part", in_review))
    assert "Benefit outweighs risk." in page.content.decode()
    assert browser(other_lead).get(url("part", in_review)).status_code == 404


def test_the_sponsor_knows_the_leads_by_name_and_not_the_assessor_who_signed(
    combined, lead, coordinator, browser
):
    device = reviews.reviewer("Eva Rossi")
    for kind in PartKind:
        written = reviews.write_part(combined, kind)
        reviews.conclude_part(written, device if kind == DEVICE else None)
    reviews.record(combined)
    signers = {}
    for kind in (MEDICINAL, DEVICE):
        page = browser(lead).get(url("part", combined, kind))
        assert "Eva Rossi" not in page.content.decode()
        signers[kind] = page.context["page"].signer
    assert signers[MEDICINAL].startswith("Sofia Marques, ")
    assert signers[DEVICE] == "An assessor of the authority"
    assert "Eva Rossi" in browser(coordinator).get(url("part", combined, DEVICE)).content.decode()


def test_a_single_product_has_no_device_part(in_review, reviewer, browser):
    assert browser(reviewer).get(url("part", in_review, DEVICE)).status_code == 404
    assert browser(reviewer).get(url("part", in_review, "nonsense")).status_code == 404


# the outcome


def test_the_combined_conclusion_waits_for_all_three_parts(combined, coordinator, browser):
    for kind in (MEDICINAL, DEVICE):
        reviews.conclude_part(reviews.write_part(combined, kind))
    reason = "The combined conclusion cannot be signed before all three parts are."
    answer = browser(coordinator).get(conclude_url(combined))
    assert answer.status_code == 409
    assert reason in answer.content.decode()
    assert reason in browser(coordinator).get(url("part", combined)).content.decode()
    reviews.conclude_part(reviews.write_part(combined, INTERFACE))
    assert browser(coordinator).get(conclude_url(combined)).status_code == 200


def test_a_single_assessment_has_to_be_concluded(in_review, coordinator):
    proof = reviews.proof_on_outcome(in_review, coordinator, outcome="negative", grounds="x")
    given = {"outcome": "negative", "grounds": "x", "by": coordinator, "proof": proof}
    assert refusal(actions.conclude, in_review, **given) == (
        "The outcome cannot be recorded before the assessment is concluded."
    )


def test_the_outcome_waits_for_every_question(in_review, coordinator, reviewer):
    reviews.conclude_parts(in_review)
    asked = reviews.question(in_review)

    def reason() -> str:
        given = {"outcome": DossierOutcome.NEGATIVE, "grounds": "x"}
        proof = reviews.proof_on_outcome(in_review, coordinator, **given)
        return refusal(actions.conclude, in_review, **given, by=coordinator, proof=proof)

    assert reason() == "The draft list still holds questions: send them or take them off."
    reviews.send_questions(in_review)
    assert reason().endswith("is clock stopped; this cannot be done now.")
    reviews.send_responses(in_review)
    assert reason() == "1 answer has to be judged before the outcome."
    answers.accept_answer(asked, by=reviewer)
    done = reviews.record(in_review, DossierOutcome.NEGATIVE)
    assert done.outcome == DossierOutcome.NEGATIVE


@pytest.mark.parametrize(
    ("outcome", "is_refused"),
    [("positive", True), ("conditional", True), ("negative", False)],
)
def test_a_major_objection_that_stands_rules_out_a_favourable_outcome(
    in_review, coordinator, browser, outcome, is_refused
):
    reviews.reject(reviews.answered_question(in_review, kind=QuestionKind.MAJOR_OBJECTION))
    reviews.conclude_parts(in_review)
    reason = "The major objection Q-001 stands; the outcome cannot be favourable."
    answer = browser(coordinator).post(conclude_url(in_review), {"outcome": outcome, "grounds": "x"})
    if is_refused:
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"outcome": [reason]}
        assert refusal(reviews.record, in_review, outcome) == reason
    else:
        assert reviews.record(in_review, outcome).status == DossierStatus.CONCLUDED


def test_another_concern_that_stands_leaves_the_outcome_open(in_review, coordinator):
    reviews.reject(reviews.answered_question(in_review))
    reviews.conclude_parts(in_review)
    assert reviews.record(in_review, DossierOutcome.POSITIVE).outcome == DossierOutcome.POSITIVE


def test_one_unfavourable_part_is_enough_against_a_favourable_outcome(combined, coordinator):
    for kind in (MEDICINAL, INTERFACE):
        reviews.conclude_part(reviews.write_part(combined, kind))
    reviews.conclude_part(reviews.write_part(combined, DEVICE, recommendation=Recommendation.UNFAVOURABLE))
    assert refusal(reviews.record, combined, DossierOutcome.CONDITIONAL) == (
        "The device part is not favourable; the outcome cannot be either."
    )
    assert reviews.record(combined, DossierOutcome.NEGATIVE).outcome == DossierOutcome.NEGATIVE


def test_the_outcome_is_read_once_more_then_signed_and_told(in_review, coordinator, reviewer, lead, browser):
    reviews.conclude_parts(in_review)
    client = browser(coordinator)
    chosen = {"outcome": "conditional", "grounds": "A study after authorisation."}
    page = client.post(conclude_url(in_review), chosen)
    assert page.status_code == 200
    assert "Record the outcome: positive with conditions" in page.content.decode()
    assert Dossier.objects.get(pk=in_review.pk).status == DossierStatus.IN_REVIEW
    changed = client.post(conclude_url(in_review), {**chosen, "change": "1"})
    assert changed.context["sign_form"] is None
    sign = {**chosen, "shown": page.context["sign_form"].initial["shown"]}
    assert client.post(conclude_url(in_review), {**sign, "password": "no"}).status_code == 422
    answer = client.post(conclude_url(in_review), {**sign, "password": PASSWORD})
    assert answer.url == in_review.get_absolute_url()
    done = Dossier.objects.get(pk=in_review.pk)
    assert (done.status, done.outcome) == (DossierStatus.CONCLUDED, DossierOutcome.CONDITIONAL)
    assert done.concluded_at
    assert ClockEntry.objects.latest("written_at").kind == ClockKind.END
    signature = Signature.objects.latest("at")
    assert (signature.meaning, signature.shown["grounds"]) == ("outcome", "A study after authorisation.")
    assert signature.shown["parts"][0]["concluded_by"] == "Sofia Marques"
    for person in (lead, reviewer):
        notice = Notice.objects.get(person=person, subject=f"{done}: outcome")
        assert notice.text == "The procedure is concluded: positive with conditions."
    assert client.post(conclude_url(in_review), {**sign, "password": PASSWORD}).status_code == 409


def test_grounds_that_changed_after_they_were_read_are_not_signed(in_review, coordinator):
    reviews.conclude_parts(in_review)
    proof = reviews.proof_on_outcome(in_review, coordinator, outcome="positive", grounds="As read.")
    with pytest.raises(Stale):
        actions.conclude(in_review, outcome="positive", grounds="Swapped.", by=coordinator, proof=proof)
    assert Dossier.objects.get(pk=in_review.pk).status == DossierStatus.IN_REVIEW


@pytest.mark.parametrize("who", ["lead", "reviewer"])
def test_only_a_coordinator_records_the_outcome(in_review, who, browser, request):
    reviews.conclude_parts(in_review)
    answer = browser(request.getfixturevalue(who)).get(conclude_url(in_review))
    assert answer.status_code == 409
    assert "Your role does not allow you to conclude this." in answer.content.decode()
