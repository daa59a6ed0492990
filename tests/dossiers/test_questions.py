"""The list of questions: raised, reworded, sent, answered, judged."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.roles import Role
from audit.models import Event, Signature
from audit.refusals import Refused, Stale
from audit.signing import Proof
from dossiers import clock
from dossiers.actions import answers, documents, sequences
from dossiers.actions import clock as ledger
from dossiers.actions import questions as actions
from dossiers.actions.questions import Wording
from dossiers.events import DossierEvent
from dossiers.models import Answer, ClockEntry, Dossier, Filing, Question
from dossiers.queries.questions import discipline_of, question_page, questions_page
from dossiers.statuses import (
    ClockKind,
    Discipline,
    DossierStatus,
    Duty,
    QuestionKind,
    QuestionStatus,
    ThreadAudience,
)
from tests.factories import people, reviews
from tests.factories.people import PASSWORD
from tests.factories.races import database_on_disk, race

pytestmark = pytest.mark.django_db

NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."
MAJOR, OTHER = QuestionKind.MAJOR_OBJECTION, QuestionKind.OTHER_CONCERN


@pytest.fixture
def stopped(lead, contributor, coordinator, reviewer) -> Dossier:
    """Three questions are out: Q-001 quality, Q-002 clinical and major, Q-003 quality and major."""
    of = reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation)
    reviews.question(of, text="First. More of it.")
    reviews.question(of, text="Second.", kind=MAJOR, discipline=Discipline.CLINICAL)
    reviews.question(of, text="Third.", kind=MAJOR)
    return reviews.send_questions(of)


def q(of: Dossier, number: int = 1) -> Question:
    return Question.objects.select_related("dossier").get(dossier=of, number=number)


def url(name: str, of: Question) -> str:
    return reverse(f"dossiers:{name}", args=[of.dossier_id, of.pk])


def list_url(of: Dossier) -> str:
    return reverse("dossiers:question_list", args=[of.pk])


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def wording(text="Please justify.", kind=OTHER, discipline=Discipline.QUALITY) -> Wording:
    return Wording(kind, discipline, text)


# raising


def test_a_comment_becomes_a_question_with_its_place(in_review, reviewer, browser):
    thread = reviews.thread(in_review, text="31 lots do not show 70 %.", number="3.2.P.5.1")
    address = reverse("dossiers:question_new", args=[in_review.pk]) + f"?thread={thread.pk}"
    form = browser(reviewer).get(address).context["form"]
    assert (form.initial["text"], form.initial["discipline"]) == ("31 lots do not show 70 %.", "quality")
    assert "section" not in form.fields
    sent = {"kind": MAJOR, "discipline": "quality", "text": "Please justify 70 %.", "form_key": uuid4()}
    for _ in range(2):
        answer = browser(reviewer).post(address, sent)
    question = Question.objects.get()
    assert answer.url == question.get_absolute_url()
    assert (str(question), question.thread, question.asked_on, question.asked_page) == (
        "Q-001", thread, thread.version, 1,
    )  # fmt: skip
    page = question_page(question, reviewer)
    assert page.asked_on.label == "32p51.pdf version 1, page 1"
    assert page.asked_on.url.endswith("?version=1&page=1")
    assert page.thread_url.endswith(f"#thread-{thread.pk}")
    event = Event.objects.order_by("seq").last()
    assert (event.sentence, event.audience) == ("Q-001 raised: major objection, 3.2.P.5.1", "authority")


def test_a_comment_becomes_one_question_only(in_review, reviewer):
    thread = reviews.thread(in_review)
    reviews.question(in_review, from_thread=thread)
    raised = {"form_key": uuid4(), "by": reviewer, "thread": thread}
    assert refusal(actions.raise_question, thread.section, wording(), **raised) == (
        "This thread became Q-001 already."
    )


def test_a_question_is_raised_on_a_section(in_review, reviewer, browser):
    address = reverse("dossiers:question_new", args=[in_review.pk])
    section = in_review.sections.get(number="4.2.3.7")
    start = browser(reviewer).get(f"{address}?section=4.2.3.7").context["form"].initial
    assert (start["section"], start["discipline"]) == (section, "non_clinical")
    sent = {"kind": OTHER, "discipline": "non_clinical", "text": "Why?", "form_key": uuid4()}
    assert browser(reviewer).post(address, sent).context["form"].errors == {
        "section": ["This field is required."]
    }
    browser(reviewer).post(address, {**sent, "section": section.pk})
    assert Question.objects.get().section == section


@pytest.mark.parametrize(
    ("number", "discipline"),
    [
        ("3.2.P.5.6", "quality"),
        ("3.2.R.MD.1", "device"),
        ("4.2.3", "non_clinical"),
        ("5.3.5", "clinical"),
        ("1.8.2", "quality"),
    ],
)
def test_a_section_proposes_a_discipline(number, discipline):
    assert discipline_of(number) == discipline


def test_a_comment_that_the_reviewer_does_not_read_cannot_become_a_question(
    in_review, lead, reviewer, browser
):
    hidden = reviews.thread(in_review, lead, ThreadAudience.SPONSOR_TEAM)
    address = reverse("dossiers:question_new", args=[in_review.pk]) + f"?thread={hidden.pk}"
    assert browser(reviewer).get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("lead", "Only the review team of this dossier raises questions."),
        ("reader", "Only the review team of this dossier raises questions."),
    ],
)
def test_a_sponsor_raises_no_question(in_review, who, reason, browser, request):
    user = request.getfixturevalue(who)
    answer = browser(user).get(reverse("dossiers:question_new", args=[in_review.pk]))
    assert answer.status_code == 409
    assert reason in answer.content.decode()


def test_questions_wait_for_the_review(lead, coordinator):
    filed = reviews.dossier_at(DossierStatus.FILED, lead.organisation)
    raised = {"form_key": uuid4(), "by": coordinator}
    assert refusal(actions.raise_question, filed.sections.first(), wording(), **raised) == (
        "Questions are raised while the dossier is in review."
    )


# changing the draft list


def test_a_wording_is_changed_and_the_trail_keeps_both(in_review, reviewer, browser):
    question = reviews.question(in_review, text="Old.")
    sent = {"kind": MAJOR, "discipline": "quality", "text": "New.", "edition": 1}
    assert browser(reviewer).get(url("question_reword", question)).status_code == 200
    browser(reviewer).post(url("question_reword", question), sent)
    question.refresh_from_db()
    assert (question.text, question.kind, question.edition) == ("New.", MAJOR, 2)
    event = Event.objects.order_by("seq").last()
    assert event.data == {
        "text": {"old": "Old.", "new": "New."},
        "kind": {"old": "other_concern", "new": "major_objection"},
    }
    actions.reword(question, wording("New.", MAJOR), edition=2, by=reviewer)
    assert Event.objects.order_by("seq").last() == event


def test_two_wordings_at_once_are_shown_side_by_side(in_review, reviewer, coordinator, browser):
    question = reviews.question(in_review, text="Old.")
    actions.reword(question, wording("Of the coordinator."), edition=1, by=coordinator)
    sent = {"kind": OTHER, "discipline": "quality", "text": "Of the reviewer.", "edition": 1}
    answer = browser(reviewer).post(url("question_reword", question), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Of the coordinator." in page
    assert "Of the reviewer." in page
    assert q(in_review).text == "Of the coordinator."
    again = browser(reviewer).post(url("question_reword", question), {**sent, "edition": 2})
    assert again.status_code == 302
    assert q(in_review).text == "Of the reviewer."


def test_a_colleague_who_does_not_lead_leaves_the_draft_alone(in_review, assessor, browser):
    question = reviews.question(in_review)
    reason = "Only the person who raised the question, a lead or a coordinator changes it."
    page = browser(assessor).get(question.get_absolute_url()).content.decode()
    assert reason in page
    assert browser(assessor).get(url("question_reword", question)).status_code == 409
    assert refusal(actions.withdraw, question, by=assessor) == reason


def test_a_question_taken_off_the_list_frees_its_comment(in_review, reviewer, browser):
    thread = reviews.thread(in_review)
    question = reviews.question(in_review, from_thread=thread)
    assert browser(reviewer).post(url("question_withdraw", question)).url == list_url(in_review)
    question.refresh_from_db()
    assert (question.status, question.thread) == (QuestionStatus.WITHDRAWN, None)
    assert str(reviews.question(in_review, from_thread=thread)) == "Q-002"
    assert browser(reviewer).get(list_url(in_review)).context["page"].drafts.total == 1
    assert question_page(question, reviewer).state.words == "Taken off the list"


def test_a_question_that_was_sent_stays_as_it_is(stopped, reviewer):
    assert refusal(actions.reword, q(stopped), wording(), edition=1, by=reviewer) == (
        "Questions are raised while the dossier is in review."
    )


# sending


def test_sending_the_list_stops_the_clock_and_tells_both_sides(
    in_review, reviewer, coordinator, lead, contributor, browser
):
    reviews.question(in_review)
    address = reverse("dossiers:send_questions", args=[in_review.pk])
    page = browser(coordinator).get(address).context["page"]
    assert page.due_on == clock.months_after(clock.site_date(), 3)
    due = clock.site_date() + timedelta(days=60)
    answer = browser(coordinator).post(address, {"due_on": f"{due:%d %b %Y}"})
    assert answer.url == list_url(in_review)
    assert Dossier.objects.get(pk=in_review.pk).status == DossierStatus.CLOCK_STOPPED
    question = q(in_review)
    assert (question.status, question.due_on, question.round) == (QuestionStatus.SENT, due, 1)
    assert ClockEntry.objects.latest("written_at").kind == ClockKind.STOP
    for person in (lead, contributor):
        notice = Notice.objects.get(person=person, subject=f"{in_review}: list of questions")
        assert notice.is_action_needed
        assert f"{due.day} {due:%b %Y}" in notice.text
    assert Notice.objects.filter(
        person=reviewer, subject=f"{in_review}: the list of questions was sent"
    ).exists()
    sentences = Event.objects.readable_by(lead).order_by("seq").values_list("sentence", flat=True)
    assert list(sentences)[-3:] == ["List of questions sent", "Q-001 sent", "Clock stopped on day 1"]
    assert browser(coordinator).post(address, {"due_on": f"{due:%d %b %Y}"}).status_code == 409


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (0, "This day is not ahead."),
        (200, "Answers may take 6 months at most."),
        (None, "Enter a valid date."),
    ],
)
def test_the_due_date_is_ahead_and_within_six_months(in_review, coordinator, browser, days, error):
    reviews.question(in_review)
    due = "soon" if days is None else f"{clock.site_date() + timedelta(days=days):%Y-%m-%d}"
    answer = browser(coordinator).post(
        reverse("dossiers:send_questions", args=[in_review.pk]), {"due_on": due}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"due_on": [error]}
    assert q(in_review).status == QuestionStatus.DRAFT


def test_the_action_holds_to_six_months_too(in_review, coordinator):
    reviews.question(in_review)
    late = clock.site_date() + timedelta(days=200)
    assert refusal(actions.send_questions, in_review, due_on=late, by=coordinator) == (
        "Answers are due within 6 months from now."
    )
    assert q(in_review).status == QuestionStatus.DRAFT


def test_an_empty_list_is_not_sent(in_review, coordinator, reviewer, browser):
    page = browser(coordinator).get(list_url(in_review)).content.decode()
    assert "There is no question on the draft list." in page
    assert browser(coordinator).get(
        reverse("dossiers:send_questions", args=[in_review.pk])
    ).status_code == 409  # fmt: skip
    assert "Send the list" not in browser(reviewer).get(list_url(in_review)).content.decode()


def test_a_further_list_waits_until_the_answers_are_judged(in_review, coordinator, reviewer):
    reviews.answered_question(in_review)
    reviews.question(in_review)
    send = {"due_on": clock.site_date() + timedelta(days=30), "by": coordinator}
    assert refusal(actions.send_questions, in_review, **send) == (
        "1 answer has to be judged before a further list is sent."
    )
    answers.accept_answer(q(in_review), by=reviewer)
    assert actions.send_questions(in_review, **send).status == DossierStatus.CLOCK_STOPPED
    assert q(in_review, 2).round == 2


# the page of questions and clock


def test_the_list_is_grouped_by_discipline_with_major_objections_first(stopped, lead, browser):
    page = browser(lead).get(list_url(stopped)).context["page"]
    (sent,) = page.lists
    assert [(group.label, [str(row.question) for row in group.rows]) for group in sent.groups] == [
        ("Quality", ["Q-003", "Q-001"]),
        ("Clinical", ["Q-002"]),
    ]
    assert (sent.title, sent.majors, sent.others, sent.progress) == (
        "List of questions, day 1", 2, 1, "0 of 3 answered",
    )  # fmt: skip
    assert page.respond_refusal == "Responses cannot be sent while 3 answers are open."


def test_the_authority_does_not_see_how_far_the_sponsor_is(stopped, lead, reviewer):
    reviews.answer(q(stopped))
    assert questions_page(stopped, lead).lists[0].progress == "1 of 3 answered"
    seen = questions_page(stopped, reviewer).lists[0]
    assert seen.progress == "0 of 3 answered"
    assert {row.state.words for group in seen.groups for row in group.rows} == {"With the sponsor"}
    assert question_page(q(stopped), reviewer).answer is None


def test_the_ledger_and_what_a_later_answer_would_move(lead, coordinator, reviewer, browser):
    start = timezone.now()
    with time_machine.travel(start - timedelta(days=80)):
        of = reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation)
    with time_machine.travel(start - timedelta(days=10)):
        reviews.question(of)
        due = clock.site_date() + timedelta(days=40)
        reviews.send_questions(of, due)
    late = due + timedelta(days=31)
    page = browser(lead).get(list_url(of), {"responses_on": f"{late:%Y-%m-%d}"}).context["page"]
    assert [(line.text, line.day) for line in page.ledger] == [
        ("Filed, sequence 0000", None),
        ("Clock started: filing valid, reviewers assigned", 1),
        ("Clock stopped: list of questions sent", 71),
        ("Today, day 10 of the stop", 71),
        ("Responses due, clock restarts", 72),
    ]
    rows = {row.day: (row.as_due, row.what_if) for row in page.what_if.rows}
    assert rows[72] == (due, late)
    assert rows[210] == (due + timedelta(days=138), late + timedelta(days=138))
    assert page.what_if.is_late
    bad = browser(lead).get(list_url(of), {"responses_on": "03/10/2027"})
    assert bad.status_code == 422
    assert bad.context["form"].errors == {"responses_on": ["Enter a valid date."]}


def test_a_running_clock_shows_what_is_due(in_review, reviewer):
    page = questions_page(in_review, reviewer)
    today = clock.site_date()
    assert [(line.text, line.on) for line in page.ledger[-5:]] == [
        ("Assessment reports", today + timedelta(days=79)),
        ("List of questions", today + timedelta(days=119)),
        ("Joint assessment report", today + timedelta(days=149)),
        ("Outstanding issues or opinion", today + timedelta(days=179)),
        ("Opinion", today + timedelta(days=209)),
    ]
    assert page.what_if is None


def test_after_the_end_nothing_is_due(in_review, reviewer, lead):
    reviews.conclude(in_review)
    page = questions_page(Dossier.objects.get(pk=in_review.pk), lead)
    assert [line.text for line in page.ledger] == [
        "Filed, sequence 0000",
        "Clock started: filing valid, reviewers assigned",
        "Clock ended: outcome: positive",
    ]


def test_the_clock_restarts_only_after_a_stop(in_review, coordinator):
    assert refusal(ledger.restart, in_review, by=coordinator, reason="Again") == (
        f"Clock restarted: this cannot follow what the clock ledger of {in_review} says last."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_few_questions(
    in_review, reviewer, lead, browser, django_assert_num_queries, count
):
    for _ in range(count):
        reviews.question(in_review, from_thread=reviews.thread(in_review))
    reviews.send_questions(in_review)
    for question in in_review.questions.all():
        reviews.answer(question)
    client = browser(lead)
    with django_assert_num_queries(14):
        page = client.get(list_url(in_review)).context["page"]
    assert page.lists[0].total == count


# answering


def test_an_answer_is_written_with_its_document(stopped, contributor, lead, browser):
    version = reviews.new_version(stopped)
    client = browser(contributor)
    start = client.get(url("question_answer", q(stopped))).context["form"].initial
    assert start == {"text": "", "version": None, "page": None, "edition": 0}
    sent = {"text": "It follows from 31 lots.", "version": version.pk, "page": 1, "edition": 0}
    assert client.post(url("question_answer", q(stopped)), sent).url == list_url(stopped)
    answer = Answer.objects.get()
    assert (answer.text, answer.version, answer.page, answer.edition, answer.written_by) == (
        "It follows from 31 lots.", version, 1, 1, contributor,
    )  # fmt: skip
    assert Event.objects.order_by("seq").last().audience == "sponsor"
    page = question_page(q(stopped), lead)
    assert page.answered_by.label == "32s23.pdf version 2, page 1"
    assert page.state.words == "Answer written"
    assert question_page(q(stopped), reviews.reviewer()).answered_by is None


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"text": ""}, {"text": ["This field is required."]}),
        ({"page": 3}, {"page": ["Choose the document that this page is in."]}),
        ({"page": 0}, {"page": ["Ensure this value is greater than or equal to 1."]}),
        ({"version": "document", "page": 9}, {"page": ["The document ends with page 1."]}),
        ({"version": "foreign"}, {"version": [NO_CHOICE]}),
    ],
)  # fmt: skip
def test_what_an_answer_cannot_say(stopped, lead, browser, fields, errors):
    foreign = reviews.dossier_at(DossierStatus.FILED, lead.organisation)
    versions = {"document": reviews.version_of(stopped).pk, "foreign": reviews.version_of(foreign).pk}
    fields = {name: versions.get(value, value) for name, value in fields.items()}
    answer = browser(lead).post(url("question_answer", q(stopped)), {"text": "So.", "edition": 0, **fields})
    assert answer.status_code == 422
    assert answer.context["form"].errors == errors
    assert not Answer.objects.exists()


def test_two_tabs_lose_nothing(stopped, lead, contributor, browser):
    reviews.answer(q(stopped), "What the colleague saved.")
    sent = {"text": "What I typed.", "edition": 0}
    answer = browser(contributor).post(url("question_answer", q(stopped)), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "What the colleague saved." in page
    assert "What I typed." in page
    assert Answer.objects.get().text == "What the colleague saved."
    form = answer.context["form"]
    again = browser(contributor).post(
        url("question_answer", q(stopped)), {**sent, "edition": form["edition"].value()}
    )
    assert again.status_code == 302
    assert Answer.objects.get().text == "What I typed."


def test_an_answer_saved_unchanged_leaves_no_trace(stopped, lead):
    reviews.answer(q(stopped), "Same.")
    events = Event.objects.count()
    answers.write_answer(q(stopped), text="Same.", edition=1, by=lead)
    assert (Answer.objects.get().edition, Event.objects.count()) == (1, events)


@pytest.mark.parametrize("role", [Role.READER, Role.QC_ANALYST, Role.QUALIFIED_PERSON])
def test_who_only_reads_writes_no_answer(stopped, norvia, browser, role):
    user = people.person("Somebody", norvia, role)
    assert browser(user).get(q(stopped).get_absolute_url()).status_code == 200
    answer = browser(user).post(url("question_answer", q(stopped)), {"text": "So.", "edition": 0})
    assert answer.status_code == 409
    assert (
        "Only the sponsor&#x27;s regulatory lead and contributors write answers." in answer.content.decode()
    )


def test_another_sponsor_finds_no_question(stopped, other_lead, browser):
    for name in ("question", "question_answer", "question_reword", "question_follow_up"):
        assert browser(other_lead).get(url(name, q(stopped))).status_code == 404
    for name in ("question_accept", "question_reject", "question_withdraw"):
        assert browser(other_lead).post(url(name, q(stopped))).status_code == 404
    for name in ("question_list", "send_responses", "send_questions"):
        assert browser(other_lead).get(reverse(f"dossiers:{name}", args=[stopped.pk])).status_code == 404


def test_a_withdrawn_dossier_asks_for_no_answer(stopped, lead, reader):
    unasked = {"text": "So.", "edition": 0}
    assert refusal(answers.write_answer, q(stopped), **unasked, by=reader) == (
        "Only the sponsor's regulatory lead and contributors write answers."
    )
    reviews.withdrawn(stopped)
    assert refusal(answers.write_answer, q(stopped), **unasked, by=lead) == (
        "Answers are written while the clock is stopped."
    )


# sending the responses


@pytest.fixture
def answered(stopped, lead) -> Dossier:
    """All three answers written, none sent."""
    for number in (1, 2, 3):
        reviews.answer(q(stopped, number), f"Answer {number}.")
    return stopped


def test_responses_are_signed_filed_and_restart_the_clock(answered, lead, reviewer, coordinator, browser):
    newer = reviews.new_version(answered)
    address = reverse("dossiers:send_responses", args=[answered.pk])
    form = browser(lead).get(address).context["form"]
    sent = {"password": PASSWORD, "shown": form.initial["shown"]}
    assert browser(lead).post(address, sent).url == list_url(answered)
    of = Dossier.objects.get(pk=answered.pk)
    assert of.status == DossierStatus.IN_REVIEW
    assert set(of.questions.values_list("status", flat=True)) == {QuestionStatus.ANSWERED}
    assert not Answer.objects.filter(sent_at=None).exists()
    newer.refresh_from_db()
    assert newer.filed_in == Filing.objects.get(dossier=of, sequence__kind="responses")
    restart = ClockEntry.objects.latest("written_at")
    assert (restart.kind, restart.day, restart.on) == (
        ClockKind.RESTART, 2, clock.site_date() + timedelta(days=1),
    )  # fmt: skip
    signature = Signature.objects.latest("at")
    assert (signature.meaning, signature.actor) == ("responses", lead)
    assert [response["answer"] for response in signature.shown["responses"]] == [
        "Answer 1.", "Answer 2.", "Answer 3.",
    ]  # fmt: skip
    assert signature.shown["documents"] == [
        {
            "section": newer.document.section.number,
            "file_name": newer.document.file_name,
            "version": newer.number,
            "sha256": newer.sha256,
            "does": "replaces version 1 filed in 0000",
        }
    ]
    told = Event.objects.get(code=DossierEvent.RESPONSES_SENT).data
    assert (told["sequence"], told["hash"]) == (1, newer.filed_in.content_hash)
    for person in (reviewer, coordinator):
        assert Notice.objects.get(person=person, subject=f"{of}: the responses are in").is_action_needed
    assert browser(lead).post(address, sent).status_code == 409
    assert Filing.objects.filter(dossier=of).count() == 2


def test_a_wrong_password_sends_nothing(answered, lead, browser):
    address = reverse("dossiers:send_responses", args=[answered.pk])
    form = browser(lead).get(address).context["form"]
    answer = browser(lead).post(address, {"password": "wrong", "shown": form.initial["shown"]})
    assert answer.status_code == 422
    assert q(answered).status == QuestionStatus.SENT


def test_a_document_added_after_the_responses_were_read_is_not_filed_with_them(answered, lead):
    proof = reviews.proof_on_responses(answered, lead)
    version = reviews.new_version(answered)
    with pytest.raises(Stale):
        answers.send_responses(answered, by=lead, proof=proof)
    version.refresh_from_db()
    assert version.filed_in is None


def test_a_deletion_chosen_after_the_responses_were_read_does_not_go_with_them(answered, lead, browser):
    address = reverse("dossiers:send_responses", args=[answered.pk])
    proof = reviews.proof_on_responses(answered, lead)
    document = reviews.version_of(answered).document
    documents.remove(document, why="Wrong study", by=lead)
    with pytest.raises(Stale):
        answers.send_responses(answered, by=lead, proof=proof)
    assert f"{document}: deleted" in browser(lead).get(address).content.decode()


def test_the_last_look_says_what_will_be_asked_about_and_sends_all_the_same(answered, lead, browser):
    address = reverse("dossiers:send_responses", args=[answered.pk])
    sequences.open_next(answered, by=lead)
    documents.remove(answered.documents.get(section__number="1.0"), why="Wrong letter", by=lead)
    answer = browser(lead).get(address)
    page = answer.context["page"]
    assert [point.text for point in page.stoppers] == [
        "1.0 Cover Letter (and tracking table) holds no document."
    ]
    assert page.warnings[0].group == "Carried over"
    shown = answer.content.decode()
    assert "What would stop an application" in shown
    assert "the responses go all the same" in shown
    assert "Stops filing" not in shown
    sent = {"password": PASSWORD, "shown": answer.context["form"].initial["shown"]}
    assert browser(lead).post(address, sent).url == list_url(answered)


def test_responses_that_changed_after_they_were_read_are_not_sent(answered, lead, contributor):
    proof = reviews.proof_on_responses(answered, lead)
    reviews.answer(q(answered), "Changed meanwhile.")
    with pytest.raises(Stale):
        answers.send_responses(answered, by=lead, proof=proof)
    assert Dossier.objects.get(pk=answered.pk).status == DossierStatus.CLOCK_STOPPED
    assert q(answered).status == QuestionStatus.SENT


def test_responses_wait_for_the_last_answer(stopped, lead, browser):
    reviews.answer(q(stopped, 1))
    reviews.answer(q(stopped, 2))
    reason = "Responses cannot be sent while 1 answer is open."
    assert reason in browser(lead).get(list_url(stopped)).content.decode()
    assert browser(lead).get(reverse("dossiers:send_responses", args=[stopped.pk])).status_code == 409
    proof = reviews.proof_on_responses(stopped, lead)
    assert refusal(answers.send_responses, stopped, by=lead, proof=proof) == reason


def test_a_contributor_writes_and_does_not_send(answered, contributor, browser):
    assert "Send responses" not in browser(contributor).get(list_url(answered)).content.decode()
    assert refusal(
        answers.send_responses, answered, by=contributor, proof=Proof(contributor.pk, "")
    ) == "Your role does not allow you to send_responses this.".replace("_", " ")  # fmt: skip


# judging


@pytest.fixture
def judged(in_review, reviewer) -> Question:
    """An answered question that waits for its judgement."""
    return reviews.answered_question(in_review, kind=MAJOR)


def test_an_answer_is_accepted_with_who_and_when(judged, reviewer, browser):
    page = browser(reviewer).get(judged.get_absolute_url())
    assert page.context["page"].state.words == "To judge"
    browser(reviewer).post(url("question_accept", judged))
    judged.refresh_from_db()
    assert (judged.status, judged.judged_by) == (QuestionStatus.ACCEPTED, reviewer)
    assert judged.judged_at
    shown = browser(reviewer).get(judged.get_absolute_url()).content.decode()
    assert "By Sofia Marques" in shown
    event = Event.objects.order_by("seq").last()
    assert (event.sentence, event.audience) == ("Answer to Q-001 accepted", "authority")
    assert browser(reviewer).post(url("question_accept", judged)).status_code == 409


def test_an_answer_is_not_accepted_only_with_a_reason(judged, reviewer, browser):
    answer = browser(reviewer).post(url("question_reject", judged), {"why": ""})
    assert answer.status_code == 422
    assert answer.context["reject_form"].errors == {"why": ["This field is required."]}
    browser(reviewer).post(url("question_reject", judged), {"why": "31 lots do not show it."})
    judged.refresh_from_db()
    assert (judged.status, judged.judgement) == (QuestionStatus.NOT_ACCEPTED, "31 lots do not show it.")
    browser(reviewer).post(url("question_accept", judged))
    judged.refresh_from_db()
    assert judged.status == QuestionStatus.ACCEPTED


def test_a_follow_up_is_a_new_draft_that_names_the_answer(judged, reviewer, lead, browser):
    form = {"kind": MAJOR, "discipline": "quality", "text": "Give the data.", "form_key": uuid4()}
    assert browser(reviewer).get(url("question_follow_up", judged)).status_code == 200
    answer = browser(reviewer).post(url("question_follow_up", judged), form)
    follow_up = Question.objects.get(follows=judged)
    assert answer.url == follow_up.get_absolute_url()
    assert (str(follow_up), follow_up.status, follow_up.section) == ("Q-002", "draft", judged.section)
    assert q(judged.dossier).status == QuestionStatus.FOLLOWED_UP
    assert question_page(q(judged.dossier), lead).state.words == "Answered"
    assert actions.follow_up(judged, wording(), form_key=form["form_key"], by=reviewer) == follow_up
    reviews.send_questions(judged.dossier)
    page = question_page(q(judged.dossier), lead)
    assert page.state.words == "Followed up by Q-002"
    assert page.follow_up == follow_up


def test_a_follow_up_taken_off_the_list_leaves_the_answer_to_be_judged_again(judged, reviewer):
    follow_up = reviews.follow_up(judged)
    actions.withdraw(follow_up, by=reviewer)
    again = q(judged.dossier)
    assert (again.status, again.judged_by, again.judged_at) == (QuestionStatus.ANSWERED, None, None)
    assert [event.sentence for event in Event.objects.order_by("-seq")[:2]] == [
        "The answer to Q-001 waits to be judged again", "Q-002 taken off the draft list",
    ]  # fmt: skip
    assert str(reviews.follow_up(again)) == "Q-003"


def test_judging_belongs_to_leads_the_discipline_and_who_asked(in_review, reviewer, assessor):
    clinical = reviews.question(in_review, discipline=Discipline.CLINICAL)
    quality = reviews.question(in_review)
    own = reviews.question(in_review, assessor)
    reviews.send_responses(reviews.send_questions(in_review))
    reason = "The leads, the assessor of the discipline or the person who asked judge this answer."
    assert refusal(answers.accept_answer, q(in_review, quality.number), by=assessor) == reason
    for question in (clinical, own):
        assert answers.accept_answer(q(in_review, question.number), by=assessor).judged_by == assessor
    peer = reviews.reviewer("Piet van Aalst")
    assert refusal(answers.accept_answer, q(in_review, quality.number), by=peer) == (
        "Only the review team of this dossier judges answers."
    )
    reviews.assign(in_review, peer, Duty.PEER)
    assert refusal(answers.accept_answer, q(in_review, quality.number), by=peer) == reason
    assert refusal(answers.accept_answer, q(in_review, quality.number), by=reviews.coordinator()) == (
        "Your role does not allow you to accept this."
    )


def test_a_question_keeps_the_date_of_its_own_list(in_review, coordinator, reviewer, lead):
    first = reviews.answered_question(in_review)
    answers.accept_answer(first, by=reviewer)
    reviews.question(in_review)
    reviews.send_questions(in_review, clock.site_date() + timedelta(days=20))
    titles = [(sent.title, sent.due_on) for sent in questions_page(in_review, lead).lists]
    today: date = clock.site_date()
    assert titles == [
        ("List of questions, day 2", today + timedelta(days=20)),
        ("List of questions, day 1", today + timedelta(days=90)),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_answer_written_while_the_responses_are_sent_is_signed_or_refused(tmp_path):
    with database_on_disk(tmp_path):
        of = reviews.question_at(QuestionStatus.SENT)
        reviews.answer(of, "Signed.")
        by = reviews.sponsor_lead(of.dossier)
        proof = reviews.proof_on_responses(of.dossier, by)
        outcomes = race(
            lambda: answers.send_responses(of.dossier, by=by, proof=proof),
            lambda: answers.write_answer(of, text="Another.", edition=1, by=by),
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        made = [outcome for outcome in outcomes if isinstance(outcome, Dossier | Answer)]
        assert (len(refused), len(made)) == (1, 1)


def test_responses_hold_to_the_checks_of_the_first_filing(answered, lead):
    version = reviews.new_version(answered)
    type(version).objects.filter(pk=version.pk).update(findings=[{"level": "stop", "text": "Restricted"}])
    with pytest.raises(Refused, match="has a finding that stops filing"):
        answers.send_responses(answered, by=lead, proof=reviews.proof_on_responses(answered, lead))
    assert q(answered).status == QuestionStatus.SENT
