import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import leaving
from accounts.leaving import OpenWork
from accounts.models import Invitation, Notice, User
from accounts.roles import Role
from atmp_portal.queries import waiting
from atmp_portal.queries.home import home_page
from audit.models import Job, JobState
from dossiers.models import Dossier
from dossiers.statuses import Duty
from tests.factories import classification, dossiers, people, qc, reviews
from tests.factories.reports import job, strand


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def tasks(user) -> list[tuple[str, str]]:
    return [(task.what, task.note) for task in waiting.tasks_of(user)]


def tell(person, subject="Look at this", path="/help/", **fields):
    return Notice.objects.create(
        person=person, subject=subject, text="Because", path=path, is_action_needed=True, **fields
    )


# Tasks of a sponsor


@pytest.fixture
def stopped(norvia, lead):
    """A dossier whose clock is stopped: two questions sent, one of them answered in draft."""
    made = reviews.dossier_at("in_review", organisation=norvia)
    first = reviews.question(made, kind="major_objection")
    reviews.question(made)
    made = reviews.send_questions(made, due_on=date(2027, 2, 1))
    return made, first


def test_questions_wait_for_the_sponsor_with_their_date(stopped, lead):
    dossier, first = stopped
    Notice.objects.all().delete()
    (task,) = waiting.tasks_of(lead)
    assert (task.what, task.about, task.note, task.due, task.url) == (
        "Answer 2 questions",
        str(dossier),
        "0 of 2 answered, 1 major objection",
        date(2027, 2, 1),
        reverse("dossiers:question_list", args=[dossier.pk]),
    )
    reviews.answer(first)
    assert tasks(lead) == [("Answer 1 question", "1 of 2 answered")]
    reviews.answer(dossier.questions.exclude(pk=first.pk).get())
    assert tasks(lead) == [("Send the responses", "all 2 answered")]


def test_the_notice_of_a_task_is_not_told_twice(stopped, lead):
    dossier, _ = stopped
    tell(lead, "The list of questions", path=reverse("dossiers:question_list", args=[dossier.pk]))
    tell(lead, "Something else", path="/help/")
    assert [what for what, _ in tasks(lead)] == ["Answer 2 questions", "Something else"]


def test_what_was_sent_back_waits(norvia, lead):
    made = reviews.dossier_at("returned", organisation=norvia)
    assert tasks(lead) == [("Put right what was sent back", "")]
    assert waiting.tasks_of(lead)[0].url == made.get_absolute_url()


def test_a_rationale_waits_for_the_one_who_signs(lead, contributor):
    draft = classification.answered(classification.CAR_T, by=lead)
    assert tasks(lead) == [(f"Sign the rationale of {draft}", "classification")]
    assert tasks(contributor) == []


@pytest.mark.parametrize("person", ["reader", "analyst", "other_lead", "second_reviewer", "administrator"])
def test_nothing_of_it_waits_for_others(request, stopped, person):
    user = request.getfixturevalue(person)
    Notice.objects.filter(person=user).delete()
    assert tasks(user) == []


# Tasks of the authority


def test_each_step_of_a_filing_waits_for_the_coordinator(norvia, coordinator, reviewer):
    made = dossiers.dossier_at("filed", organisation=norvia)
    assert tasks(coordinator) == [("Validate the filing", "")]
    made = reviews.reviews.validate(made, by=coordinator)
    assert tasks(coordinator) == [("Assign a lead", "")]
    reviews.assign(made, reviewer, by=coordinator)
    assert tasks(coordinator) == [("Start the clock", "")]
    made = reviews.reviews.start_review(made, by=coordinator)
    assert tasks(coordinator) == []
    reviews.question(made)
    assert tasks(coordinator) == [("Send the list of questions", "1 question on the draft list")]


def test_the_outcome_waits_when_every_part_is_concluded(norvia, coordinator):
    made = reviews.dossier_at("in_review", organisation=norvia)
    reviews.conclude_parts(made)
    assert tasks(coordinator) == [("Record the outcome", "every part is concluded")]


def test_the_home_page_of_a_coordinator_counts_what_it_does_not_show(norvia, coordinator, monkeypatch):
    for _ in range(3):
        dossiers.dossier_at("filed", organisation=norvia)
    reviews.dossier_at("in_review", organisation=norvia)
    monkeypatch.setattr("atmp_portal.queries.home.SHOWN_TASKS", 2)
    page = home_page(coordinator)
    assert ([task.what for task in page.tasks.shown], page.tasks.total) == (["Validate the filing"] * 2, 3)


def test_answers_wait_for_the_reviewers_of_the_dossier(norvia, reviewer, second_reviewer):
    made = reviews.dossier_at("in_review", organisation=norvia, lead=reviewer)
    reviews.answered_question(made)
    Notice.objects.all().delete()
    assert tasks(reviewer) == [("Judge 1 answer", "")]
    assert tasks(second_reviewer) == []


# Notices


def test_notices_that_need_action_wait_until_they_are_read(reader):
    tell(reader, "Needs you")
    tell(reader, "Read before", read_at=timezone.now())
    Notice.objects.create(person=reader, subject="For information", text="", path="/")
    assert [what for what, _ in tasks(reader)] == ["Needs you"]


def test_a_notice_about_a_dossier_is_no_task_once_its_state_has_moved_on(norvia, coordinator, reviewer):
    made = dossiers.dossier_at("filed", organisation=norvia)
    assert Notice.objects.get(person=coordinator).is_action_needed
    reviews.reviews.validate(made, by=coordinator)
    reviews.assign(made, reviewer, by=coordinator)
    assert tasks(coordinator) == [("Start the clock", "")]
    assert [what for what, _ in tasks(reviewer)] == [f"{made}: you are assigned"]


def test_a_lot_waits_on_the_home_page_of_quality_and_not_among_its_tasks(qualified_person):
    tell(qualified_person, "Lot waits", path="/quality/lots/x/")
    tell(qualified_person, "Read this")
    assert [what for what, _ in tasks(qualified_person)] == ["Read this"]


def test_tasks_stand_in_the_order_of_their_dates(lead, norvia):
    late = reviews.dossier_at("in_review", organisation=norvia)
    reviews.question(late)
    reviews.send_questions(late, due_on=date(2027, 3, 1))
    soon = reviews.dossier_at("in_review", organisation=norvia)
    reviews.question(soon)
    reviews.send_questions(soon, due_on=date(2027, 2, 1))
    Notice.objects.all().delete()
    tell(lead)
    assert [task.due for task in waiting.tasks_of(lead)] == [date(2027, 2, 1), date(2027, 3, 1), None]


# Pages


def test_home_of_a_sponsor_counts_what_is_late(browser, lead, stopped, time_machine):
    time_machine.move_to(date(2027, 2, 2))
    page = text_of(browser(lead).get("/"))
    assert "My tasks 1 open, 1 late" in page
    assert "1 day late" in page


def test_home_shows_what_stops_the_dossier_that_is_filed_next(browser, lead, norvia):
    later, soon = dossiers.dossier(organisation=norvia), dossiers.dossier(organisation=norvia)
    Dossier.objects.filter(pk=later.pk).update(planned_on=date(2027, 6, 1))
    Dossier.objects.filter(pk=soon.pk).update(planned_on=date(2027, 1, 15))
    page = home_page(lead)
    assert page.filing.dossier == soon
    assert len(page.filing.first) == 5
    assert page.filing.more == len(page.filing.stoppers) - 5
    shown = text_of(browser(lead).get("/"))
    assert f"And {page.filing.more} more." in shown
    assert "planned 15 Jan 2027" in shown
    dossiers.make_ready(soon)
    assert "Nothing stops it. Check and file the dossier" in text_of(browser(lead).get("/"))


def test_home_offers_what_the_role_may_do(browser, lead, reader, analyst, administrator):
    def ways(person):
        return [way.label for way in home_page(person).ways]

    assert ways(lead) == ["New dossier", "Classify a candidate"]
    assert ways(reader) == []
    assert ways(analyst) == ["Register a lot"]
    assert ways(administrator) == ["Open the administration", "Invite a person"]


def test_home_of_another_sponsor_shows_nothing_of_it(browser, other_lead, lead, norvia):
    classification.assessment(by=lead, code="NV-777")
    dossiers.dossier_at("filed", organisation=norvia)
    lot = qc.lot(organisation=norvia)
    page = text_of(browser(other_lead).get("/"))
    for secret in ("NV-777", "Nortagen", lot.number, "Norvia"):
        assert secret not in page
    assert "No dossiers yet." in page
    assert "No candidates yet." in page


def test_home_of_the_qualified_person_shows_the_lots_that_wait(browser, qualified_person, norvia):
    lot = qc.lot_at("under_review", organisation=norvia)
    page = text_of(browser(qualified_person).get("/"))
    assert f"{lot.number} {lot.product.name} Under QP review Waits for your certification" in page
    assert "My tasks" not in page


def test_home_of_the_authority_shows_its_reviews(browser, reviewer, second_reviewer, coordinator, norvia):
    made = reviews.dossier_at("in_review", organisation=norvia, lead=reviewer)
    assert made.number in text_of(browser(reviewer).get("/"))
    assert "No reviews yet." in text_of(browser(second_reviewer).get("/"))
    under_review = text_of(browser(coordinator).get("/"))
    assert "Under review" in under_review
    assert "Sofia Marques" in under_review


def test_home_of_an_administrator_shows_how_the_site_is(browser, administrator, norvia, lead):
    now = timezone.now()
    for name, fields in {
        "Mailed": {"mailed_at": now},
        "Waiting": {},
        "Gone": {"expires_at": now - timedelta(days=1)},
        "Accepted": {"accepted_at": now},
    }.items():
        Invitation.objects.create(
            email=f"{name}@example.org",
            full_name=f"{name} Person",
            organisation=norvia,
            role=Role.READER,
            token_hash=name,
            invited_by=administrator,
            **fields,
        )
    User.objects.filter(pk=lead.pk).update(is_active=False)
    strand(job(norvia, administrator))
    failed = job(norvia, administrator, task="tests.another")
    Job.objects.filter(pk=failed.pk).update(state=JobState.FAILED, finished_at=now)
    administrator.memberships.update(since=now - timedelta(days=30))
    tell(administrator, told_at=now - timedelta(hours=1))
    page = text_of(browser(administrator).get("/"))
    for part in (
        "Mailed Person Mailed@example.org Norvia Therapeutics Reader Mailed",
        "Waiting Person Waiting@example.org Norvia Therapeutics Reader Mail not sent yet",
        "Gone Person Gone@example.org Norvia Therapeutics Reader Expired",
        "1 active , 1 deactivated",
        "Stands still 1 job without a worker",
        "1 within a week",
        "Waits 1 notice not mailed",
        "Look at this",
    ):
        assert part in page
    assert "Accepted Person" not in page


def test_a_quiet_site_says_so(browser, administrator):
    page = text_of(browser(administrator).get("/"))
    assert "Nobody is invited." in page
    assert "None within a week" in page
    assert "My tasks" not in page


def _sponsor_story(norvia, number):
    for _ in range(number):
        made = reviews.dossier_at("in_review", organisation=norvia)
        reviews.question(made)
        reviews.send_questions(made)
        dossiers.dossier(organisation=norvia)
        qc.lot(organisation=norvia)
        classification.answered(classification.CAR_T, by=dossiers.writer(norvia))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("person", "queries"),
    [("lead", 30), ("qualified_person", 14), ("reviewer", 13), ("coordinator", 15), ("administrator", 12)],
)
def test_home_costs_the_same_however_much_there_is(
    request, browser, norvia, person, queries, number, django_assert_num_queries
):
    user = request.getfixturevalue(person)
    _sponsor_story(norvia, number)
    page = browser(user)
    with django_assert_num_queries(queries):
        page.get("/")


# Leaving


def test_what_waits_for_a_person_is_named_before_they_go(norvia, lead, reviewer, qualified_person):
    made = reviews.dossier_at("in_review", organisation=norvia, lead=reviewer)
    reviews.answered_question(made)
    lot = qc.lot_at("under_review", organisation=norvia)
    Notice.objects.all().delete()
    assert leaving.open_work_of(reviewer) == [
        OpenWork("Judge 1 answer", str(made)),
        OpenWork("Duty: lead", str(made)),
    ]
    assert OpenWork("Waits for your certification", f"lot {lot}") in leaving.open_work_of(qualified_person)
    assert made.assignments.get(duty=Duty.LEAD).reviewer == reviewer
    assert leaving.open_work_of(people.administrator()) == []
