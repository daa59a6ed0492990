import re
import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Notice
from audit import signing, trail
from audit.models import Event
from audit.refusals import Refused, Stale
from dossiers.actions import filings, reviews
from dossiers.models import ClockEntry, Document, DocumentVersion, Dossier, Filing
from dossiers.queries.content import content_of, next_place
from dossiers.statuses import FilingKind
from tests.factories import dossiers as make
from tests.factories.people import PASSWORD


@pytest.fixture
def ready(lead):
    dossier = make.dossier(organisation=lead.organisation, procedure="classification")
    return make.make_ready(dossier, by=lead)


def _url(dossier):
    return reverse("dossiers:file", args=[dossier.pk])


def _shown(client, dossier):
    return re.search(r'name="shown" value="(\w{64})"', client.get(_url(dossier)).content.decode())[1]


def _sign(client, dossier, shown=None, password=PASSWORD):
    return client.post(_url(dossier), {"shown": shown or _shown(client, dossier), "password": password})


def _send_back(dossier, coordinator):
    return reviews.send_back(dossier, why="Wrong form", by=coordinator)


def test_a_ready_dossier_is_filed_signed_and_frozen(browser, lead, coordinator, ready):
    response = _sign(browser(lead), ready)
    filing = Filing.objects.get()
    assert response.headers["Location"] == filing.get_absolute_url()
    ready.refresh_from_db()
    assert (ready.status, ready.filed_at is not None) == ("filed", True)
    assert (filing.sequence.number, filing.attempt, filing.sequence.kind) == (0, 1, "application")
    assert (filing.filed_by, filing.filed_by_name, filing.filed_by_role) == (
        lead,
        "Ines Halvorsen",
        "Norvia Therapeutics, regulatory lead",
    )
    assert (filing.result, filing.document_count) == ("waiting", 2)
    assert filing.content_hash == trail.digest(filing.content)
    documents = {row["file_name"]: row["sha256"] for row in filing.content["documents"]}
    versions = DocumentVersion.objects.select_related("document")
    assert documents == {version.document.file_name: version.sha256 for version in versions}
    assert {version.filed_in for version in versions} == {filing}
    assert {document.filed_in for document in Document.objects.all()} == {filing}
    assert len(filing.content["requirements"]) == 7
    assert filing.content["classification"]["label"] == "Gene therapy medicinal product"
    signature = signing.signatures_on(filing)[0]
    assert (signature.meaning, signature.shown_hash) == ("filed", filing.content_hash)
    assert signature.statement == (
        "I file this dossier for Norvia Therapeutics. The documents listed are complete and in their final "
        "version, and the answers to the requirements are true to my knowledge."
    )
    event = Event.objects.get(code="dossiers.filed")
    assert (event.sentence, event.audience) == ("Filed as sequence 0000: 2 documents", "everyone")
    assert event.data["hash"] == filing.content_hash
    notice = Notice.objects.get(person=coordinator)
    assert (notice.subject, notice.is_action_needed) == (f"{ready}: filed by Norvia Therapeutics", True)
    assert trail.verify().broken is None


def test_only_the_newest_version_is_filed(lead, ready):
    document = ready.documents.get(section__number="1.0")
    newer = make.documents.add_version(
        document, make.uploads.check(make.upload(), "1.0"), note="Date put right", by=lead
    )
    filing = make.file(ready, by=lead)
    assert list(document.versions.values_list("number", "filed_in")) == [(2, filing.pk), (1, None)]
    assert str(newer.pk) in {row["id"] for row in filing.content["documents"]}


def test_a_second_click_gives_the_one_filing(browser, lead, ready):
    client = browser(lead)
    shown = _shown(client, ready)
    first, second = _sign(client, ready, shown), _sign(client, ready, shown)
    assert first.headers["Location"] == second.headers["Location"]
    assert (Filing.objects.count(), Event.objects.filter(code="dossiers.filed").count()) == (1, 1)


def test_what_changed_after_the_page_was_opened_is_not_filed(browser, lead, ready):
    client = browser(lead)
    shown = _shown(client, ready)
    make.document(ready, "1.0", name="late.pdf")
    response = _sign(client, ready, shown)
    assert response.status_code == 409
    assert b"The record changed after you opened it. Nothing was signed" in response.content
    ready.refresh_from_db()
    assert (ready.status, Filing.objects.count()) == ("draft", 0)
    assert not DocumentVersion.objects.exclude(filed_in=None).exists()


def test_a_wrong_password_files_nothing(browser, lead, ready):
    response = _sign(browser(lead), ready, password="wrong")
    assert response.status_code == 422
    assert response.context["form"].errors == {"password": ["This is not your password. Nothing was signed."]}
    assert not Filing.objects.exists()


def test_a_dossier_with_gaps_is_not_filed(browser, lead):
    dossier = make.dossier(organisation=lead.organisation, procedure="classification")
    page = browser(lead).get(_url(dossier))
    assert page.context["page"].refusal == "6 points stop filing."
    assert b'aria-disabled="true"' in page.content
    with pytest.raises(Refused, match=r"6 points stop filing\."):
        make.file(dossier, by=lead)


def test_one_gap_is_said_as_one(lead, ready):
    requirement = ready.requirements.get(code="CR-01")
    make.requirements.answer(requirement, state="open", edition=requirement.edition, by=lead)
    with pytest.raises(Refused, match=r"One point stops filing\."):
        make.file(ready, by=lead)


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ("contributor", "Your role does not allow you to file this."),
        ("reader", "Your role does not allow you to file this."),
        ("qualified_person", "Your role does not allow you to file this."),
    ],
)
def test_only_the_regulatory_lead_files(request, browser, role, reason, ready):
    person = request.getfixturevalue(role)
    page = browser(person).get(_url(ready))
    assert page.context["page"].refusal == reason
    content = content_of(ready, next_place(ready, FilingKind.APPLICATION))
    with pytest.raises(Refused, match=reason):
        filings.file(ready, by=person, proof=make.Proof(person.pk, signing.shown_hash(content)))
    assert not Filing.objects.exists()


def test_another_sponsors_lead_does_not_file(other_lead, ready):
    content = content_of(ready, next_place(ready, FilingKind.APPLICATION))
    with pytest.raises(Refused, match=r"Only the sponsor files its dossier\."):
        filings.file(ready, by=other_lead, proof=make.Proof(other_lead.pk, signing.shown_hash(content)))


def test_the_authority_does_not_see_what_is_prepared(browser, lead, coordinator, ready):
    make.file(ready, by=lead)
    response = browser(coordinator).get(_url(ready))
    assert response.status_code == 409
    assert b"Only the sponsor sees what it prepares." in response.content


def test_a_dossier_sent_back_is_filed_again_under_the_same_number(lead, coordinator, ready):
    first = make.file(ready, by=lead)
    ready = _send_back(ready, coordinator)
    extra = make.document(ready, "1.2", name="form-corrected.pdf")
    second = make.file(ready, by=lead)
    assert [(f.place, f.result, f.result_reason) for f in ready.filings.all()] == [
        ("sequence 0000", "sent_back", "Wrong form"),
        ("sequence 0000, second attempt", "waiting", ""),
    ]
    extra.refresh_from_db()
    assert (extra.filed_in, second.content["attempt"]) == (second, 2)
    assert ready.documents.filter(filed_in=first).count() == 2


def test_responses_take_the_next_number(lead, ready):
    make.file(ready, by=lead)
    Dossier.objects.filter(pk=ready.pk).update(status="clock_stopped")
    ready.refresh_from_db()
    answer = make.document(ready, "1.2", name="answers.pdf")
    filing = filings.file_responses(ready, by=lead)
    assert (filing.sequence.number, filing.attempt, filing.sequence.kind) == (1, 1, "responses")
    answer.refresh_from_db()
    assert (answer.filed_in, filing.sequence_number) == (filing, "0001")


def test_the_receipt_stays_as_it_was_filed(browser, lead, coordinator, ready):
    filing = make.file(ready, by=lead)
    ready = _send_back(ready, coordinator)
    make.document(ready, "1.0", name="later.pdf")
    for person in (lead, coordinator):
        response = browser(person).get(filing.get_absolute_url())
        page = response.context["page"]
        assert (page.is_verified, len(page.content["documents"]), page.answered) == (True, 2, 4)
        assert b"Hash verified" in response.content
        assert b"later.pdf" not in response.content
        assert filing.content_hash.encode() in response.content


def test_a_receipt_that_was_tampered_with_says_so(browser, lead, ready):
    filing = make.file(ready, by=lead)
    Filing.objects.filter(pk=filing.pk).update(content={**filing.content, "sponsor": "Somebody else"})
    response = browser(lead).get(filing.get_absolute_url())
    assert b"Content does not match its hash" in response.content
    assert b"Hash verified" not in response.content


def test_another_sponsors_receipt_is_not_found(browser, lead, other_lead, ready):
    filing = make.file(ready, by=lead)
    theirs = make.dossier(organisation=other_lead.organisation)
    client = browser(other_lead)
    assert client.get(filing.get_absolute_url()).status_code == 404
    through_own = reverse("dossiers:filing", args=[theirs.pk, filing.pk])
    assert client.get(through_own).status_code == 404


def test_a_filed_dossier_is_withdrawn_with_a_reason(browser, lead, coordinator, ready):
    make.file(ready, by=lead)
    Notice.objects.all().delete()
    url = reverse("dossiers:withdraw", args=[ready.pk])
    empty = browser(lead).post(url, {"why": ""})
    assert empty.context["form"].errors == {"why": ["This field is required."]}
    browser(lead).post(url, {"why": "Development stopped"})
    ready.refresh_from_db()
    assert ready.status == "withdrawn"
    event = Event.objects.get(code="dossiers.withdrawn")
    assert (event.sentence, event.why) == ("Withdrawn by the sponsor", "Development stopped")
    notice = Notice.objects.get(person=coordinator)
    assert notice.text == ("Norvia Therapeutics has withdrawn the dossier. The reason: Development stopped")


def test_withdrawing_ends_a_running_clock(lead, coordinator, ready):
    make.file(ready, by=lead)
    Dossier.objects.filter(pk=ready.pk).update(status="in_review")
    filings.clock.start(ready, by=coordinator, reason="Valid")
    filings.withdraw(ready, why="Development stopped", by=lead)
    assert list(ClockEntry.objects.values_list("kind", "reason")) == [
        ("start", "Valid"),
        ("end", "Dossier withdrawn"),
    ]


@pytest.mark.parametrize("role", ["contributor", "coordinator"])
def test_only_the_lead_withdraws(request, browser, role, lead, ready):
    make.file(ready, by=lead)
    url = reverse("dossiers:withdraw", args=[ready.pk])
    assert browser(request.getfixturevalue(role)).post(url, {"why": "x"}).status_code == 409
    ready.refresh_from_db()
    assert ready.status == "filed"


def test_a_draft_is_not_withdrawn(browser, lead, ready):
    assert browser(lead).get(reverse("dossiers:withdraw", args=[ready.pk])).status_code == 409


def test_a_proof_over_other_content_is_stale(lead, ready):
    with pytest.raises(Stale):
        filings.file(ready, by=lead, proof=make.Proof(lead.pk, "0" * 64))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one writer and no row locks")
@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_make_one_filing(lead, ready):
    content = content_of(ready, next_place(ready, FilingKind.APPLICATION))
    proof = make.Proof(lead.pk, signing.shown_hash(content))
    made, start = [], threading.Barrier(2)

    def click():
        start.wait()
        made.append(filings.file(ready, by=lead, proof=proof).pk)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made)), Filing.objects.count()) == (2, 1, 1)
