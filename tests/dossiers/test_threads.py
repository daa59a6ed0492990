"""Comments: on a place, to an audience, answered, resolved, reopened."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Notice
from accounts.roles import Role
from audit.models import Event
from audit.refusals import Refused
from dossiers.actions import threads as actions
from dossiers.models import Comment, Thread
from dossiers.queries.reading import reading_page, section_threads
from dossiers.statuses import DossierStatus, ThreadAudience, ThreadStatus
from tests.factories import dossiers, people, reviews

pytestmark = pytest.mark.django_db

BOTH = ThreadAudience.SPONSOR_AND_REVIEW
WORDS = {
    "quote": "not less than 70 %",
    "prefix": "limit of ",
    "suffix": " viable",
    "quads": "[[1, 2, 30, 12]]",
}


def sent(version=None, section=None, **fields) -> dict:
    place = {"version": version.pk} if version else {"section": section.number}
    audience = ThreadAudience.REVIEW_TEAM
    return {"text": "Where are the data?", "audience": audience, "form_key": uuid4(), **place, **fields}


def new_url(of) -> str:
    return reverse("dossiers:thread_new", args=[of.pk])


def url(name: str, of: Thread) -> str:
    return reverse(f"dossiers:{name}", args=[of.dossier_id, of.pk])


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def test_words_on_a_page_are_commented_and_kept_with_what_surrounds_them(in_review, reviewer, browser):
    version = reviews.version_of(in_review)
    answer = browser(reviewer).post(new_url(in_review), sent(version, page=1, **WORDS))
    thread = Thread.objects.get()
    assert answer.url == (
        f"{version.document.get_absolute_url()}?version=1&page=1#thread-{thread.pk}"
    )  # fmt: skip
    assert (thread.section.number, thread.version, thread.page) == (reviews.FIRST, version, 1)
    assert (thread.quote, thread.prefix, thread.suffix, thread.quads) == (
        "not less than 70 %", "limit of ", " viable", [[1, 2, 30, 12]],
    )  # fmt: skip
    assert (thread.started_by, thread.comments.get().text) == (reviewer, "Where are the data?")
    event = Event.objects.order_by("seq").last()
    assert (event.sentence, event.audience) == (
        "Comment on 3.2.S.2.3, 32s23.pdf version 1, page 1", "authority",
    )  # fmt: skip
    assert "Where are the data?" not in str(event.data)


def test_a_section_is_commented_without_a_document(in_review, reviewer, browser):
    section = in_review.sections.get(number="3.2.P.1")
    answer = browser(reviewer).post(new_url(in_review), sent(section=section))
    thread = Thread.objects.get()
    assert answer.url == f"{section.get_absolute_url()}#thread-{thread.pk}"
    assert (thread.version, thread.page) == (None, None)
    assert [view.thread for view in section_threads(section, reviewer).threads] == [thread]
    assert browser(reviewer).get(new_url(in_review), {"section": section.number}).status_code == 200


def test_a_form_sent_twice_posts_once(in_review, reviewer, browser):
    form = sent(reviews.version_of(in_review), page=1)
    first = browser(reviewer).post(new_url(in_review), form)
    assert browser(reviewer).post(new_url(in_review), form).url == first.url
    thread = Thread.objects.get()
    reply = {"text": "I looked again.", "form_key": uuid4()}
    for _ in range(2):
        browser(reviewer).post(url("thread_reply", thread), reply)
    assert list(Comment.objects.values_list("text", flat=True)) == ["Where are the data?", "I looked again."]


def test_a_refused_comment_keeps_everything_that_was_typed(in_review, reviewer, browser):
    version = reviews.version_of(in_review)
    form = sent(version, page=7, text="Not there.", audience=ThreadAudience.PRIVATE, **WORDS)
    answer = browser(reviewer).post(new_url(in_review), form)
    assert answer.status_code == 422
    assert answer.context["comment_form"].errors == {"page": ["The document ends with page 1."]}
    page = answer.content.decode()
    for kept in ("Not there.", "not less than 70 %", str(form["form_key"]), 'value="private" checked'):
        assert kept in page
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    "quads",
    [
        "{}",
        "[1, 2]",
        "[[1, 2, 3]]",
        '[["a", 1, 2, 3]]',
        "[[1, 2, 3, true]]",
        "[[1, 2, 3, 1e9]]",
        "no",
        "[" * 9_000,
    ],
)
def test_a_place_that_no_reader_sends_is_refused(in_review, reviewer, browser, quads):
    answer = browser(reviewer).post(new_url(in_review), sent(reviews.version_of(in_review), quads=quads))
    assert answer.status_code == 422
    assert answer.context["comment_form"].errors == {
        "quads": ["The place on the page could not be read. Select the words again."]
    }


def test_a_place_outside_the_dossier_is_not_found(in_review, lead, reviewer, browser):
    other = reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation)
    form = sent(reviews.version_of(other))
    assert browser(reviewer).post(new_url(in_review), form).status_code == 404
    assert browser(reviewer).post(new_url(in_review), {**form, "version": "junk"}).status_code == 404
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    ("who", "audience"),
    [
        ("lead", ThreadAudience.REVIEW_TEAM),
        ("reviewer", ThreadAudience.SPONSOR_TEAM),
        ("coordinator", ThreadAudience.SPONSOR_TEAM),
    ],
)
def test_nobody_writes_into_the_other_sides_room(in_review, who, audience, browser, request):
    user = request.getfixturevalue(who)
    answer = browser(user).post(new_url(in_review), sent(reviews.version_of(in_review), audience=audience))
    assert answer.status_code == 409
    assert "You cannot write to these readers." in answer.content.decode()
    assert not Thread.objects.exists()


def test_a_sponsor_writes_to_the_review_team_only_on_what_is_filed(lead, coordinator, reviewer):
    draft = dossiers.dossier(organisation=lead.organisation, by=lead)
    version = dossiers.document(draft, by=lead).versions.get()
    place = actions.Place(version.document.section, version, 1)
    words = {"text": "Look here.", "form_key": uuid4(), "by": lead}
    assert refusal(actions.start_thread, place, audience=BOTH, **words) == (
        "The review team does not have this text yet: it is not filed."
    )
    thread = actions.start_thread(place, audience=ThreadAudience.SPONSOR_TEAM, **words)
    assert thread.audience == ThreadAudience.SPONSOR_TEAM
    assert {choice.value for choice in reading_page(version, lead).addressees} == {"private", "sponsor_team"}


@pytest.mark.parametrize(
    "role", [Role.READER, Role.QC_ANALYST, Role.QUALITY_ASSURANCE, Role.QUALIFIED_PERSON]
)
def test_who_only_reads_does_not_comment(in_review, norvia, browser, role):
    user = people.person("Somebody", norvia, role)
    thread = reviews.thread(in_review, audience=BOTH)
    page = browser(user).get(reverse("dossiers:document", args=[in_review.pk, thread.version.document_id]))
    assert "Your role reads comments and does not write them." in page.content.decode()
    form = sent(thread.version, audience=ThreadAudience.SPONSOR_TEAM)
    assert browser(user).post(new_url(in_review), form).status_code == 409
    assert browser(user).post(url("thread_resolve", thread)).status_code == 409
    assert Comment.objects.count() == 1


def test_comments_close_with_the_procedure(in_review, reviewer):
    thread = reviews.thread(in_review)
    reviews.conclude(in_review)
    thread = Thread.objects.get(pk=thread.pk)
    over = "The procedure is over; comments are closed."
    assert refusal(actions.reply, thread, text="Late.", form_key=uuid4(), by=reviewer) == over
    assert refusal(actions.resolve, thread, by=reviewer) == over


def test_a_reply_goes_to_the_readers_of_the_thread(in_review, reviewer, assessor, browser):
    thread = reviews.thread(in_review)
    page = browser(assessor).get(reverse("dossiers:thread_list", args=[in_review.pk]))
    assert "Reply to the review team" in page.content.decode()
    answer = browser(assessor).post(
        url("thread_reply", thread), {"text": "I agree.", "form_key": uuid4(), "from": "list"}
    )
    assert answer.url == (
        f"{reverse('dossiers:thread_list', args=[in_review.pk])}?show=all#thread-{thread.pk}"
    )  # fmt: skip
    assert [comment.author for comment in thread.comments.order_by("written_at")] == [reviewer, assessor]


def test_an_empty_reply_is_shown_again(in_review, reviewer, browser):
    thread = reviews.thread(in_review)
    answer = browser(reviewer).post(url("thread_reply", thread), {"text": " ", "form_key": uuid4()})
    assert answer.status_code == 422
    assert answer.context["reply_form"].errors == {"text": ["This field is required."]}


def test_a_thread_is_resolved_and_reopened_with_who_and_when(in_review, reviewer, assessor, browser):
    thread = reviews.thread(in_review)
    browser(assessor).post(url("thread_resolve", thread))
    thread.refresh_from_db()
    assert (thread.status, thread.resolved_by) == (ThreadStatus.RESOLVED, assessor)
    assert thread.resolved_at
    event = Event.objects.order_by("seq").last()
    assert (event.sentence, event.audience) == ("Comment on 3.2.S.2.3 resolved", "authority")
    assert browser(assessor).post(url("thread_resolve", thread)).status_code == 409
    browser(reviewer).post(url("thread_reopen", thread))
    thread.refresh_from_db()
    assert (thread.status, thread.resolved_by, thread.resolved_at) == (ThreadStatus.OPEN, None, None)


def test_a_private_note_leaves_a_trail_for_its_writer_alone(in_review, reviewer, lead):
    reviews.resolved(reviews.thread(in_review, audience=ThreadAudience.PRIVATE))
    assert list(Event.objects.order_by("-seq").values_list("audience", flat=True)[:2]) == ["actor", "actor"]
    seen = Event.objects.about(in_review)
    assert seen.readable_by(reviewer).count() - seen.readable_by(reviews.coordinator()).count() == 2
    assert not seen.readable_by(lead).filter(code__contains="thread").exists()


def test_forty_comments_are_one_notice(in_review, reviewer, assessor, coordinator, lead):
    for _ in range(3):
        reviews.thread(in_review)
    assert Notice.objects.filter(subject=f"{in_review}: new comments").count() == 1
    notice = Notice.objects.get(subject=f"{in_review}: new comments")
    assert (notice.person, notice.text) == (assessor, "There are comments that you have not read.")
    Notice.objects.filter(pk=notice.pk).update(read_at=notice.told_at)
    reviews.thread(in_review)
    assert Notice.objects.filter(person=assessor, subject=f"{in_review}: new comments").count() == 2


def test_a_comment_to_both_sides_tells_both(in_review, reviewer, assessor, lead, contributor, reader):
    reviews.thread(in_review, assessor, audience=BOTH)
    people_told = {notice.person for notice in Notice.objects.filter(subject__contains="new comments")}
    assert people_told == {reviewer, lead, contributor}


def test_threads_stand_in_reading_order_and_those_on_other_versions_apart(lead, coordinator, reviewer):
    made = reviews.dossier_at(DossierStatus.CLOCK_STOPPED, lead.organisation)
    low = reviews.thread(made, page=1, quads=[[0, 100, 9, 110]])
    high = reviews.thread(made, page=1, quads=[[0, 700, 9, 710]])
    whole = reviews.thread(made, page=1)
    old = reviews.version_of(made)
    assert [view.thread for view in reading_page(old, reviewer).threads] == [whole, high, low]
    assert [shape["number"] for shape in reading_page(old, reviewer).shapes] == [1, 2, 3]
    new = reviews.new_version(made)
    page = reading_page(new, lead)
    assert (page.threads, page.elsewhere) == ([], [])
    reviews.send_responses(made)
    page = reading_page(reviews.version_of(made), reviewer)
    assert page.version.number == 2
    assert page.threads == []
    assert {view.thread for view in page.elsewhere} == {low, high, whole}


def test_the_reading_page_filters_by_address(in_review, reviewer, assessor, browser):
    mine = reviews.thread(in_review, text="From me.")
    theirs = reviews.thread(in_review, assessor, text="From Lena.")
    done = reviews.resolved(reviews.thread(in_review, assessor, text="Done with."))
    place = mine.version.document.get_absolute_url()
    client = browser(reviewer)

    def shown(query: str) -> set[Thread]:
        page = client.get(f"{place}{query}").content.decode()
        return {thread for thread in (mine, theirs, done) if f'id="thread-{thread.pk}"' in page}

    assert shown("") == {mine, theirs}
    assert shown("?show=resolved") == {done}
    assert shown("?show=mine") == {mine}


def test_the_list_counts_only_what_the_person_reads(in_review, reviewer, lead, browser):
    reviews.thread(in_review, audience=ThreadAudience.PRIVATE)
    reviews.thread(in_review, audience=ThreadAudience.REVIEW_TEAM)
    reviews.thread(in_review, audience=BOTH)
    reviews.thread(in_review, lead, audience=ThreadAudience.SPONSOR_TEAM)
    address = reverse("dossiers:thread_list", args=[in_review.pk])

    def counts(user) -> dict[str, int]:
        return {tab.key: tab.count for tab in browser(user).get(address).context["page"].tabs}

    assert counts(reviewer) == {"open": 3, "resolved": 0, "mine": 3, "all": 3}
    assert counts(reviews.coordinator()) == {"open": 2, "resolved": 0, "mine": 0, "all": 2}
    assert counts(lead) == {"open": 2, "resolved": 0, "mine": 1, "all": 2}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_few_questions(in_review, reviewer, browser, django_assert_num_queries, count):
    for _ in range(count):
        thread = reviews.thread(in_review)
        reviews.question(in_review, from_thread=thread)
    client = browser(reviewer)
    with django_assert_num_queries(14):
        page = client.get(reverse("dossiers:thread_list", args=[in_review.pk])).context["page"]
    assert len(page.views) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_reading_page_asks_the_same_few_questions(
    in_review, reviewer, browser, django_assert_num_queries, count
):
    for _ in range(count):
        thread = reviews.thread(in_review)
        reviews.question(in_review, from_thread=thread)
    client = browser(reviewer)
    with django_assert_num_queries(16):
        page = client.get(thread.version.document.get_absolute_url()).context["page"]
    assert len(page.threads) == count
