"""What one audience writes is nowhere on the pages, in the trail, notices, search or reports of another."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accounts.models import Notice
from audit.models import Event
from dossiers import reports
from dossiers.models import Dossier
from dossiers.statuses import QuestionKind, ThreadAudience
from tests.factories import reviews

pytestmark = pytest.mark.django_db

SECRETS = {
    "private": "Zircon is my own note",
    "review_team": "Basalt is what the reviewers say",
    "sponsor_team": "Obsidian is what the sponsor says",
    "draft question": "Granite is a question that may never be asked",
    "answer draft": "Feldspar is an answer that is not sent",
    "part": "Gneiss is the draft of the assessment",
    "judgement": "Schist is why it is not enough",
}


@pytest.fixture
def secrets(in_review, assessor, lead, coordinator) -> Dossier:
    """A dossier in which every room holds words of its own; the clock is stopped a second time."""
    of = in_review
    judged = reviews.answered_question(of, kind=QuestionKind.MAJOR_OBJECTION)
    reviews.reject(judged, SECRETS["judgement"])
    reviews.write_part(of, text=SECRETS["part"])
    asked = reviews.question(of)
    reviews.send_questions(of)
    reviews.answer(asked, SECRETS["answer draft"])
    reviews.thread(of, audience=ThreadAudience.PRIVATE, text=SECRETS["private"])
    kept = reviews.thread(of, audience=ThreadAudience.REVIEW_TEAM, text=SECRETS["review_team"], quote="x")
    reviews.resolved(kept)
    reviews.thread(of, audience=ThreadAudience.REVIEW_TEAM, text=SECRETS["review_team"], on_section=True)
    reviews.thread(of, lead, ThreadAudience.SPONSOR_TEAM, SECRETS["sponsor_team"])
    return Dossier.objects.get(pk=of.pk)


@pytest.fixture
def drafted(in_review, assessor, lead, coordinator) -> Dossier:
    """A dossier with a question on the draft list, raised from a comment of the review team."""
    kept = reviews.thread(in_review, audience=ThreadAudience.REVIEW_TEAM, text=SECRETS["review_team"])
    reviews.question(in_review, text=SECRETS["draft question"], from_thread=kept)
    reviews.thread(in_review, audience=ThreadAudience.SPONSOR_AND_REVIEW, text="For both.")
    return in_review


def addresses(of: Dossier) -> Iterator[str]:
    """Every page about a dossier that a person could open."""
    plain = (
        "dossier", "section_first", "trail", "requirement_list", "document_list", "validate", "send_back",
        "start_review", "people", "thread_list", "question_list", "question_new", "send_questions",
        "send_responses", "conclude", "dossier_reports",
    )  # fmt: skip
    for name in plain:
        yield reverse(f"dossiers:{name}", args=[of.pk])
    for document in of.documents.all():
        for show in ("", "?show=resolved", "?show=mine"):
            yield document.get_absolute_url() + show
    for show in ("resolved", "mine", "all"):
        yield reverse("dossiers:thread_list", args=[of.pk]) + f"?show={show}"
    for question in of.questions.all():
        for name in ("question", "question_reword", "question_answer", "question_follow_up"):
            yield reverse(f"dossiers:{name}", args=[of.pk, question.pk])
    for thread in of.threads.all():
        yield reverse("dossiers:question_new", args=[of.pk]) + f"?thread={thread.pk}"
    for part in of.parts.all():
        for name in ("part", "part_conclude", "part_reopen"):
            yield reverse(f"dossiers:{name}", args=[of.pk, part.kind])
    section = of.sections.get(number=reviews.FIRST)
    yield section.get_absolute_url()
    yield reverse("dossiers:thread_new", args=[of.pk]) + f"?section={section.number}"
    yield reverse("dossiers:review_list")
    yield reverse("dossiers:dossier_list")
    for words in SECRETS.values():
        yield reverse("search") + f"?q={words.split()[0]}"


def told(user) -> str:
    notices = Notice.objects.filter(person=user).values_list("subject", "text")
    seen = Event.objects.filter(root_id__in=Dossier.objects.visible_to(user).values("pk"))
    events = seen.readable_by(user).values_list("sentence", "why", "data", "object_label")
    return f"{list(notices)} {list(events)}"


def read(client, of: Dossier) -> str:
    """Everything that a person gets to read about a dossier, as one text."""
    return "".join(client.get(url, follow=True).content.decode() for url in addresses(of))


ROOMS = {
    "reviewer": {"private", "review_team", "part", "judgement"},
    "assessor": {"review_team", "part", "judgement"},
    "coordinator": {"review_team", "part", "judgement"},
    "lead": {"sponsor_team", "answer draft"},
    "contributor": {"sponsor_team", "answer draft"},
    "reader": {"sponsor_team", "answer draft"},
    "other_lead": set(),
    "unassigned": set(),
    "administrator": set(),
}


@pytest.mark.parametrize("who", ROOMS)
def test_everybody_reads_their_own_rooms_and_no_other(secrets, who, browser, request):
    user = request.getfixturevalue(who)
    everything = read(browser(user), secrets)
    words = {name: text for name, text in SECRETS.items() if name != "draft question"}
    # the search page repeats what was looked for, so the whole sentence is what must not appear
    assert {name for name, text in words.items() if text in everything} == ROOMS[who]


@pytest.mark.parametrize("who", [who for who in ROOMS if who != "unassigned"])
def test_trail_and_notices_tell_only_what_a_person_may_read(secrets, who, request):
    user = request.getfixturevalue(who)
    found = {name for name, text in SECRETS.items() if text in told(user)}
    assert found <= ROOMS[who] - {"private", "review_team", "sponsor_team"}


@pytest.mark.parametrize("who", ["lead", "reader", "other_lead"])
def test_no_sponsor_sees_the_draft_list(drafted, who, browser, request):
    user = request.getfixturevalue(who)
    everything = read(browser(user), drafted) + told(user)
    assert SECRETS["draft question"] not in everything
    assert SECRETS["review_team"] not in everything
    assert "Q-001" not in everything


def test_the_status_report_of_the_sponsor_knows_no_draft(drafted, lead, reviewer):
    assert "Questions" not in {fact["term"] for fact in reports.status_report(drafted, lead).facts}
    assert {"term": "Questions", "text": "1"} in reports.status_report(drafted, reviewer).facts


def test_the_reports_hold_no_comment_and_no_answer_that_is_not_sent(secrets, lead, reviewer):
    texts = {
        "sponsor": str(reports.status_report(secrets, lead).content),
        "authority": str(reports.status_report(secrets, reviewer).content),
        "review": str(reports.review_report(secrets, reviewer).content),
    }
    found = {side: {name for name, text in SECRETS.items() if text in texts[side]} for side in texts}
    assert found == {"sponsor": set(), "authority": set(), "review": {"part"}}


def test_a_sponsor_learns_a_judgement_with_the_outcome(in_review, lead, browser):
    asked = reviews.answered_question(in_review)
    reviews.reject(asked, SECRETS["judgement"])
    before = browser(lead).get(asked.get_absolute_url()).content.decode()
    assert SECRETS["judgement"] not in before
    assert "Answer not accepted" not in before
    reviews.conclude(in_review)
    after = browser(lead).get(asked.get_absolute_url()).content.decode()
    assert SECRETS["judgement"] in after
    assert "Sofia Marques" not in after


def test_a_thread_that_became_a_draft_question_does_not_say_so_to_the_sponsor(in_review, lead, browser):
    thread = reviews.thread(in_review, audience=ThreadAudience.SPONSOR_AND_REVIEW, text="For both.")
    reviews.question(in_review, text=SECRETS["draft question"], from_thread=thread)
    place = thread.version.document.get_absolute_url()
    assert "Question Q-001" not in browser(lead).get(place).content.decode()
    reviews.send_questions(in_review)
    assert "Question Q-001" in browser(lead).get(place).content.decode()
