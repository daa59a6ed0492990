"""Who reviews: assigning, ending, and what each side learns of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Notice
from accounts.roles import Role, Side
from audit.models import Event
from audit.refusals import Refused
from dossiers.actions import people as actions
from dossiers.models import Assignment, Dossier
from dossiers.statuses import Discipline, DossierStatus, Duty
from tests.factories import people, reviews

pytestmark = pytest.mark.django_db


@pytest.fixture
def validated(lead, coordinator) -> Dossier:
    return reviews.dossier_at(DossierStatus.VALIDATED, lead.organisation)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def test_an_assigned_reviewer_is_told_and_sees_the_dossier(validated, coordinator, reviewer, browser):
    assert browser(reviewer).get(validated.get_absolute_url()).status_code == 404
    url = reverse("dossiers:assign", args=[validated.pk])
    sent = {"reviewer": reviewer.pk, "duty": Duty.LEAD, "discipline": ""}
    assert browser(coordinator).post(url, sent).url == reverse("dossiers:people", args=[validated.pk])
    assignment = Assignment.objects.get()
    assert (assignment.duty_line, assignment.assigned_by) == ("lead", coordinator)
    assert browser(reviewer).get(validated.get_absolute_url()).status_code == 200
    notice = Notice.objects.get(person=reviewer)
    assert (notice.subject, notice.text) == (f"{validated}: you are assigned", "Your duty: lead.")


def test_an_assessor_judges_a_discipline(validated, coordinator, reviewer, browser):
    url = reverse("dossiers:assign", args=[validated.pk])
    answer = browser(coordinator).post(url, {"reviewer": reviewer.pk, "duty": Duty.ASSESSOR})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"discipline": ["Name the discipline that the assessor judges."]}
    assert not Assignment.objects.exists()


def test_there_is_one_lead(validated, coordinator, reviewer, second_reviewer):
    reviews.assign(validated, reviewer)
    assert refusal(actions.assign, validated, second_reviewer, duty=Duty.LEAD, by=coordinator) == (
        "Sofia Marques is the lead already; end that duty first."
    )


def test_a_reviewer_has_one_duty(validated, coordinator, reviewer):
    reviews.assign(validated, reviewer)
    assert refusal(actions.assign, validated, reviewer, duty=Duty.PEER, by=coordinator) == (
        "Sofia Marques has a duty on this dossier already."
    )


def test_only_reviewers_of_the_same_authority_are_assigned(validated, coordinator, lead):
    elsewhere = people.authority()
    elsewhere.pk, elsewhere.name = None, "Another agency"
    elsewhere.save(force_insert=True)
    stranger = people.person("Stranger", elsewhere, Role.REVIEWER)
    assert refusal(actions.assign, validated, stranger, duty=Duty.PEER, by=coordinator) == (
        "Stranger does not review for your authority."
    )
    assert refusal(actions.assign, validated, lead, duty=Duty.PEER, by=coordinator) == (
        "Ines Halvorsen is not a reviewer."
    )


@pytest.mark.parametrize(
    ("years", "is_conflict"), [(2, True), (4, False)], ids=["two years ago", "four years ago"]
)
def test_who_worked_for_the_sponsor_waits_three_years(
    validated, coordinator, reviewer, lead, years, is_conflict
):
    ended = timezone.now() - timedelta(days=365 * years)
    Membership.objects.create(
        user=reviewer,
        organisation=lead.organisation,
        role=Role.CONTRIBUTOR,
        since=ended - timedelta(days=400),
        ended_at=ended,
    )
    if is_conflict:
        assert refusal(actions.assign, validated, reviewer, duty=Duty.LEAD, by=coordinator) == (
            "Sofia Marques worked for the sponsor less than three years ago and cannot review its dossier."
        )
    else:
        assert actions.assign(validated, reviewer, duty=Duty.LEAD, by=coordinator).reviewer == reviewer


@pytest.mark.parametrize("who", ["reviewer", "lead"])
def test_only_a_coordinator_assigns(in_review, who, unassigned, browser, request):
    user = request.getfixturevalue(who)
    sent = {"reviewer": unassigned.pk, "duty": Duty.PEER}
    answer = browser(user).post(reverse("dossiers:assign", args=[in_review.pk]), sent)
    assert answer.status_code == 409
    assert "Only a coordinator assigns reviewers." in answer.content.decode()
    assert browser(user).get(reverse("dossiers:people", args=[in_review.pk])).context["form"] is None


def test_nobody_is_assigned_once_the_procedure_is_over(lead, coordinator, unassigned):
    over = reviews.dossier_at(DossierStatus.CONCLUDED, lead.organisation)
    assert refusal(actions.assign, over, unassigned, duty=Duty.PEER, by=coordinator) == (
        f"{over} is concluded; nobody can be assigned now."
    )


def test_an_ended_duty_takes_the_dossier_away_and_keeps_what_was_written(
    in_review, assessor, coordinator, browser
):
    thread = reviews.thread(in_review, assessor)
    assignment = Assignment.objects.get(reviewer=assessor)
    url = reverse("dossiers:assignment_end", args=[in_review.pk, assignment.pk])
    assert browser(coordinator).get(url).status_code == 200
    assert browser(coordinator).post(url, {"why": ""}).status_code == 422
    browser(coordinator).post(url, {"why": "On leave."})
    assignment.refresh_from_db()
    assert (assignment.ended_by, assignment.end_reason) == (coordinator, "On leave.")
    assert browser(assessor).get(in_review.get_absolute_url()).status_code == 404
    assert thread.comments.count() == 1
    event = Event.objects.order_by("seq").last()
    assert (event.sentence, event.why, event.audience) == (
        "Duty ended: Lena Okafor, assessor, clinical", "On leave.", "authority",
    )  # fmt: skip
    assert Notice.objects.filter(person=assessor, subject=f"{in_review}: your duty has ended").exists()
    assert browser(coordinator).post(url, {"why": "Again."}).status_code == 409


@pytest.mark.parametrize("who", ["reviewer", "lead"])
def test_only_a_coordinator_ends_a_duty(in_review, who, browser, request):
    assignment = in_review.assignments.get()
    client = browser(request.getfixturevalue(who))
    url = reverse("dossiers:assignment_end", args=[in_review.pk, assignment.pk])
    assert client.post(url, {"why": "x"}).status_code == 409
    assert client.get(reverse("dossiers:assign", args=[in_review.pk])).url == reverse(
        "dossiers:people", args=[in_review.pk]
    )
    assert refusal(actions.end_assignment, assignment, why="x", by=request.getfixturevalue(who)) == (
        "Only a coordinator assigns reviewers."
    )


def test_the_sponsor_learns_who_leads_and_no_other_name(in_review, assessor, lead, browser):
    reviews.assign(in_review, reviews.reviewer("Piet van Aalst"), Duty.CO_LEAD)
    reviews.assign(in_review, reviews.reviewer("Eva Rossi"), Duty.ASSESSOR, Discipline.DEVICE)
    page = browser(lead).get(reverse("dossiers:people", args=[in_review.pk]))
    assert [str(assignment) for assignment in page.context["page"].in_force] == [
        "Sofia Marques, lead",
        "Piet van Aalst, co-lead",
    ]
    seen = Event.objects.about(in_review).readable_by(lead).values_list("sentence", flat=True)
    for text in (page.content.decode(), *seen):
        assert "Lena Okafor" not in text
        assert "Eva Rossi" not in text


def test_another_sponsor_sees_no_people(in_review, other_lead, browser):
    assert browser(other_lead).get(reverse("dossiers:people", args=[in_review.pk])).status_code == 404
    assignment = Assignment.objects.get()
    url = reverse("dossiers:assignment_end", args=[in_review.pk, assignment.pk])
    assert browser(other_lead).post(url, {"why": "x"}).status_code == 404
    assert not Assignment.objects.visible_to(other_lead).exists()
    assert other_lead.side == Side.SPONSOR


def test_the_assignment_of_another_dossier_is_not_found(in_review, lead, coordinator, browser):
    other = reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation)
    url = reverse("dossiers:assignment_end", args=[other.pk, in_review.assignments.get().pk])
    assert browser(coordinator).get(url).status_code == 404
