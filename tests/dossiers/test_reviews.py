"""Taking a filed dossier in, and the list of reviews."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from accounts.roles import Role
from audit.models import Event
from audit.refusals import Refused
from dossiers.actions import reviews as actions
from dossiers.models import ClockEntry, Dossier, Part
from dossiers.statuses import ClockKind, Discipline, DossierStatus, Duty, PartKind
from tests.factories import people, reviews

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(lead, coordinator) -> Dossier:
    return reviews.dossier_at(DossierStatus.FILED, lead.organisation)


@pytest.fixture
def validated(lead, coordinator, reviewer) -> Dossier:
    return reviews.dossier_at(DossierStatus.VALIDATED, lead.organisation)


def told(person) -> list[tuple[str, bool]]:
    return list(Notice.objects.filter(person=person).values_list("subject", "is_action_needed"))


def last_event() -> tuple[str, str, str, str]:
    event = Event.objects.order_by("seq").last()
    return event.code, event.sentence, event.why, event.audience


def test_a_coordinator_sees_what_was_filed_and_validates_it(filed, coordinator, lead, browser):
    page = browser(coordinator).get(reverse("dossiers:validate", args=[filed.pk]))
    assert page.status_code == 200
    assert page.context["page"].filing.sequence_number == "0000"
    answer = browser(coordinator).post(reverse("dossiers:validate", args=[filed.pk]))
    assert answer.url == reverse("dossiers:people", args=[filed.pk])
    assert Dossier.objects.get(pk=filed.pk).status == DossierStatus.VALIDATED
    assert last_event() == ("dossiers.validated", "Filing validated", "", "everyone")
    assert told(lead) == [(f"{filed}: validated", False)]


def test_a_filing_sent_back_tells_the_sponsor_why_and_can_be_filed_again(filed, coordinator, lead, browser):
    url = reverse("dossiers:send_back", args=[filed.pk])
    answer = browser(coordinator).post(url, {"why": "The cover letter is missing."})
    assert answer.status_code == 302
    returned = Dossier.objects.get(pk=filed.pk)
    assert returned.status == DossierStatus.RETURNED
    assert returned.is_editable
    assert last_event() == (
        "dossiers.sent_back", "Sent back to the sponsor", "The cover letter is missing.", "everyone",
    )  # fmt: skip
    assert told(lead) == [(f"{filed}: sent back", True)]
    assert "The cover letter is missing." in Notice.objects.get(person=lead).text


def test_sending_back_asks_for_a_reason(filed, coordinator, browser):
    answer = browser(coordinator).post(reverse("dossiers:send_back", args=[filed.pk]), {"why": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"why": ["This field is required."]}
    assert Dossier.objects.get(pk=filed.pk).status == DossierStatus.FILED


@pytest.mark.parametrize("name", ["validate", "send_back", "start_review"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_sponsor_cannot_take_its_own_filing_in(filed, lead, browser, name, method):
    answer = getattr(browser(lead), method)(reverse(f"dossiers:{name}", args=[filed.pk]))
    assert answer.status_code == 409
    assert Dossier.objects.get(pk=filed.pk).status == DossierStatus.FILED


@pytest.mark.parametrize("name", ["validate", "send_back", "start_review"])
def test_a_draft_is_nothing_that_a_coordinator_sees(lead, coordinator, browser, name):
    draft = reviews.dossier_at(DossierStatus.DRAFT, lead.organisation)
    assert browser(coordinator).get(reverse(f"dossiers:{name}", args=[draft.pk])).status_code == 404


def test_the_clock_does_not_start_without_a_lead(validated, coordinator):
    with pytest.raises(Refused) as refused:
        actions.start_review(validated, by=coordinator)
    assert refused.value.reason == "The clock cannot start before a lead is assigned."


def test_the_clock_of_a_combined_product_waits_for_the_assessor_of_the_device(lead, coordinator, reviewer):
    made = reviews.dossier_at(DossierStatus.VALIDATED, lead.organisation, outcome="combined-TEP")
    reviews.assign(made, reviewer)
    with pytest.raises(Refused) as refused:
        actions.start_review(made, by=coordinator)
    assert refused.value.reason == (
        "A device is part of this product: the clock cannot start before its assessor is assigned."
    )
    reviews.assign(made, reviews.reviewer("Eva Rossi"), Duty.ASSESSOR, Discipline.DEVICE)
    assert actions.start_review(made, by=coordinator).status == DossierStatus.IN_REVIEW
    assert list(Part.objects.filter(dossier=made).in_order().values_list("kind", flat=True)) == [
        PartKind.MEDICINAL, PartKind.DEVICE, PartKind.INTERFACE,
    ]  # fmt: skip


def test_starting_the_review_starts_the_clock_and_tells_both_sides(
    validated, coordinator, reviewer, lead, browser
):
    reviews.assign(validated, reviewer)
    url = reverse("dossiers:start_review", args=[validated.pk])
    assert browser(coordinator).get(url).status_code == 200
    browser(coordinator).post(url)
    entry = ClockEntry.objects.get(dossier=validated)
    assert (entry.kind, entry.day, entry.by) == (ClockKind.START, 1, coordinator)
    assert list(Part.objects.values_list("kind", flat=True)) == [PartKind.MEDICINAL]
    assert (f"{validated}: the clock has started", False) in told(lead)
    assert (f"{validated}: the review has started", True) in told(reviewer)
    assert browser(coordinator).post(url).status_code == 409
    assert ClockEntry.objects.count() == 1


def test_a_reviewer_lists_their_own_reviews(in_review, reviewer, unassigned, browser):
    reviews.question(in_review)
    reviews.thread(in_review)
    page = browser(reviewer).get(reverse("dossiers:review_list")).context["page"]
    row = page.rows[0]
    assert (row.dossier, row.duty, row.reading.day, row.open_questions, row.my_open_threads) == (
        in_review, "lead", 1, 1, 1,
    )  # fmt: skip
    assert browser(unassigned).get(reverse("dossiers:review_list")).context["page"].rows == []


def test_a_coordinator_lists_everything_under_review(in_review, lead, coordinator, browser):
    waiting = reviews.dossier_at(DossierStatus.FILED, lead.organisation)
    reviews.dossier_at(DossierStatus.CONCLUDED, lead.organisation)
    reviews.thread(in_review)
    page = browser(coordinator).get(reverse("dossiers:review_list")).context["page"]
    assert [(row.dossier, row.leads, row.my_open_threads) for row in page.rows] == [
        (in_review, "Sofia Marques", 0),
        (waiting, "", 0),
    ]


@pytest.mark.parametrize("role", [Role.REGULATORY_LEAD, Role.READER])
def test_a_sponsor_has_no_reviews(in_review, norvia, browser, role):
    page = browser(people.person("Somebody", norvia, role)).get(reverse("dossiers:review_list"))
    assert page.context["page"].rows == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_reviews_asks_the_same_few_questions(
    lead, coordinator, reviewer, browser, django_assert_num_queries, count
):
    for _ in range(count):
        made = reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation)
        reviews.question(made)
        reviews.thread(made)
    client = browser(reviewer)
    with django_assert_num_queries(11):
        assert len(client.get(reverse("dossiers:review_list")).context["page"].rows) == count
