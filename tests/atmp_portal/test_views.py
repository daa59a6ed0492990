import hashlib

import pytest
from django.db import OperationalError
from django.urls import reverse

from atmp_portal.celery import app
from atmp_portal.queries import readiness
from audit import issuing
from audit.models import Job, JobState, MediaType
from tests.factories import classification, dossiers, qc, reviews
from tests.factories.reports import PDF, job, report, strand


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


# Search


@pytest.fixture
def story(norvia, lead):
    """A candidate, a product, a filed dossier with documents, a lot and a draft question, all of Norvia."""
    classification.assessment(by=lead, code="NV-777", name="Zebra cells", indication="zebra disease")
    filed = dossiers.dossier_at("filed", organisation=norvia)
    filed.product.name = "Zebralin"
    filed.product.save()
    qc.lot(organisation=norvia, number="ZEB-26-0001")
    return filed


def kinds(answer) -> dict[str, list[str]]:
    return {group.kind: [hit.name for hit in group.hits] for group in answer.context["found"]}


def test_search_finds_every_kind_that_the_person_sees(browser, lead, story):
    found = kinds(browser(lead).get("/search/", {"q": "zeb"}))
    assert found["Candidates"] == ["NV-777"]
    assert found["Products"] == ["Zebralin"]
    assert found["Dossiers"] == [story.number]
    assert found["Lots"] == ["ZEB-26-0001"]
    title = story.documents.first().title
    assert title in kinds(browser(lead).get("/search/", {"q": title}))["Documents"]


def test_search_finds_documents_by_their_section(browser, lead, norvia):
    document = dossiers.document(dossiers.dossier(organisation=norvia), "3.2.S.2.3", title="Donor list")
    client = browser(lead)
    for words in (document.section.title, "3.2.S.2.3", "s.2.3 donor"):
        assert kinds(client.get("/search/", {"q": words}))["Documents"] == ["Donor list"]
    assert "Documents" not in kinds(client.get("/search/", {"q": "3.2.S.2.4"}))


@pytest.mark.parametrize("person", ["other_lead", "reviewer", "administrator"])
def test_search_finds_nothing_that_belongs_to_others(request, browser, story, person):
    page = browser(request.getfixturevalue(person))
    for words in ("zeb", "NV-777", story.number, story.documents.first().title, "ZEB-26-0001"):
        answer = page.get("/search/", {"q": words})
        assert kinds(answer) == {}
        assert "Nothing that you may see has all of these words." in text_of(answer)


def test_the_coordinator_finds_what_was_filed_and_no_lots_or_candidates(browser, coordinator, story):
    found = kinds(browser(coordinator).get("/search/", {"q": "zeb"}))
    assert set(found) == {"Products", "Dossiers"}


def test_a_draft_question_is_found_by_the_authority_only(browser, lead, reviewer):
    reviewed = reviews.dossier_at("in_review", organisation=lead.organisation, lead=reviewer)
    question = reviews.question(reviewed, text="Justify the xylophone limit.")
    assert kinds(browser(reviewer).get("/search/", {"q": "xylophone"})) == {"Questions": [question.code]}
    assert kinds(browser(lead).get("/search/", {"q": "xylophone"})) == {}
    for number in ("Q-001", "q1", "Q-01"):
        assert kinds(browser(reviewer).get("/search/", {"q": number})) == {"Questions": ["Q-001"]}


def test_every_word_must_occur_and_short_ones_do_not_count(browser, lead, story):
    page = browser(lead)
    assert "NV-777" in kinds(page.get("/search/", {"q": "zebra a disease"}))["Candidates"]
    assert kinds(page.get("/search/", {"q": "zebra absent"})) == {}
    assert "Type at least two letters." in text_of(page.get("/search/", {"q": "z"}))
    assert kinds(page.get("/search/", {"q": '%_\\"'})) == {}


def test_long_lists_are_cut_and_say_so(browser, lead):
    for place in range(9):
        classification.assessment(by=lead, code=f"NV-80{place}", name="Zebra cells")
    (hits,) = browser(lead).get("/search/", {"q": "zebra"}).context["found"]
    assert (len(hits.hits), hits.is_more) == (8, True)


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_for_any_number_of_hits(browser, lead, number, django_assert_num_queries):
    for _ in range(number):
        dossiers.dossier(organisation=lead.organisation)
    page = browser(lead)
    with django_assert_num_queries(11):
        page.get("/search/", {"q": "nortagen"})


# Reports


@pytest.fixture
def candidate(lead):
    return classification.assessment(by=lead, code="NV-777")


def test_the_register_shows_the_reports_on_records_that_the_person_sees(
    browser, lead, contributor, other_lead, coordinator, candidate
):
    report(candidate, lead, title="Rationale of NV-777", audience="sponsor")
    report(candidate, lead, title="Notes of Ines", audience="actor")

    def titles(person):
        return [found.title for found in browser(person).get("/reports/").context["page_obj"]]

    assert titles(lead) == ["Notes of Ines", "Rationale of NV-777"]
    assert titles(contributor) == ["Rationale of NV-777"]
    assert titles(other_lead) == titles(coordinator) == []
    assert "No reports yet." in text_of(browser(other_lead).get("/reports/"))


def test_a_search_of_a_thousand_words_is_answered(browser, lead):
    page = browser(lead).get("/reports/", {"q": " ".join(["word"] * 1200)})
    assert page.status_code == 200
    assert "No report fits these words." in text_of(page)


def test_a_reviewer_reads_the_reports_of_dossiers_that_are_theirs(
    browser, lead, reviewer, second_reviewer, norvia
):
    reviewed = reviews.dossier_at("in_review", organisation=norvia, lead=reviewer)
    report(reviewed, lead, title="Status for the authority", audience="authority")
    report(reviewed, lead, title="Status for the sponsor", audience="sponsor")

    def titles(person):
        return [found.title for found in browser(person).get("/reports/").context["page_obj"]]

    assert titles(reviewer) == ["Status for the authority"]
    assert titles(second_reviewer) == []
    assert titles(lead) == ["Status for the sponsor"]


def test_a_report_is_found_by_words_or_the_beginning_of_its_hash(browser, lead, candidate):
    issued = report(candidate, lead, title="Rationale of NV-777")
    report(candidate, lead, title="Something else", file=b"%PDF other")
    page = browser(lead)
    for words in ("rationale", issued.sha256[:12].upper(), "nv-777 rationale"):
        found = page.get("/reports/", {"q": words}).context["page_obj"]
        assert [one.title for one in found] == ["Rationale of NV-777"]
    assert "No report fits these words." in text_of(page.get("/reports/", {"q": "absent"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_costs_the_same_at_any_length(
    browser, lead, candidate, number, django_assert_num_queries
):
    for _ in range(number):
        report(candidate, lead)
    page = browser(lead)
    with django_assert_num_queries(6):
        page.get("/reports/")


def test_a_report_is_handed_out_as_it_was_registered(browser, lead, candidate):
    issued = report(candidate, lead)
    answer = browser(lead).get(reverse("report_download", args=[issued.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert {
        name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="rationale.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert hashlib.sha256(PDF).hexdigest() == issued.sha256


def test_a_word_file_is_handed_out_and_listed_as_one_without_a_count_of_pages(browser, lead, candidate):
    issued = report(candidate, lead, file=b"PK a word file", media_type=MediaType.WORD, pages=None)
    answer = browser(lead).get(reverse("report_download", args=[issued.pk]))
    assert b"".join(answer.streaming_content) == b"PK a word file"
    assert {
        name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    } == {
        "Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Content-Disposition": 'attachment; filename="rationale.docx"',
        "X-Content-Type-Options": "nosniff",
    }
    register = browser(lead).get("/reports/")
    assert (
        'Classification rationale</a> <span class="meta">Word file, 14\xa0bytes<' in register.content.decode()
    )
    assert b'<td class="num" data-l="Pages"></td>' in register.content
    assert "Open the Word file" in text_of(browser(lead).get(reverse("job", args=[issued.job_id])))


@pytest.mark.parametrize("person", ["other_lead", "reviewer", "coordinator", "administrator"])
def test_the_report_of_another_is_not_there(request, browser, lead, candidate, person):
    issued = report(candidate, lead)
    answer = browser(request.getfixturevalue(person)).get(reverse("report_download", args=[issued.pk]))
    assert answer.status_code == 404
    assert b"NV-777" not in answer.content


def test_a_report_whose_file_was_changed_is_not_handed_out(browser, lead, candidate):
    issued = report(candidate, lead)
    with issued.file.storage.open(issued.file.name, "wb") as stored:
        stored.write(b"forged")
    answer = browser(lead).get(reverse("report_download", args=[issued.pk]))
    assert answer.status_code == 409
    assert "The stored file is not the one that was registered" in text_of(answer)


# Jobs


def failing(_job, _claim):
    raise RuntimeError("no fonts")


def test_a_job_shows_its_progress_and_asks_again_until_it_is_over(browser, lead, candidate):
    waiting = job(candidate, lead)
    page, path = browser(lead), reverse("job", args=[waiting.pk])
    shown = text_of(page.get(path))
    assert "is waiting for its turn" in shown
    assert f'hx-get="{path}" hx-trigger="every 1s"' in shown
    assert f'href="{candidate.get_absolute_url()}"' in shown
    held = issuing.claim(str(waiting.pk))
    held.tell("Page", 4, 6)
    assert "Page 4 of 6." in text_of(page.get(path))


def test_htmx_gets_the_part_alone_and_stops_when_the_report_is_there(browser, lead, candidate):
    issued = report(candidate, lead)
    done = Job.objects.get()
    answer = browser(lead).get(reverse("job", args=[done.pk]), headers={"HX-Request": "true"})
    part = text_of(answer)
    assert "<html" not in part
    assert "hx-trigger" not in part
    assert f'href="{reverse("report_download", args=[issued.pk])}"' in part
    assert "HX-Request" in answer["Vary"]


def test_a_page_restored_by_htmx_is_whole(browser, lead, candidate):
    waiting = job(candidate, lead)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in text_of(browser(lead).get(reverse("job", args=[waiting.pk]), headers=headers))


def test_a_failed_job_says_why_and_can_be_tried_again(browser, lead, candidate):
    waiting = job(candidate, lead)
    issuing.issue(str(waiting.pk), failing)
    page, path = browser(lead), reverse("job", args=[waiting.pk])
    assert "The report could not be made. It was logged" in text_of(page.get(path))
    retry = reverse("job_retry", args=[waiting.pk])
    assert page.get(retry).status_code == 405
    assert page.post(retry).url == path
    assert Job.objects.get().state == JobState.QUEUED


def test_the_job_of_another_is_not_there(browser, lead, contributor, candidate):
    waiting = job(candidate, lead)
    page = browser(contributor)
    assert page.get(reverse("job", args=[waiting.pk])).status_code == 404
    assert page.post(reverse("job_retry", args=[waiting.pk])).status_code == 404


def test_a_job_about_a_record_that_is_out_of_sight_gives_no_link(browser, lead, ostrava, administrator):
    waiting = job(lead.organisation, lead)
    assert "Norvia Therapeutics" in text_of(browser(lead).get(reverse("job", args=[waiting.pk])))


# Texts, and what machines ask


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/help/", "Help and contact"),
        ("/accessibility/", "What was not done"),
        ("/privacy/", "What the portal keeps of you"),
    ],
)
def test_texts_are_open_to_everybody(client, browser, db, lead, path, says):
    assert says in text_of(client.get(path))
    assert says in text_of(browser(lead).get(path))


def test_health_needs_nothing(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readiness_says_what_answers(client, db):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": True, "jobs": True})


def test_readiness_misses_a_worker(client, lead, candidate):
    strand(job(candidate, lead))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": True, "jobs": False})


def test_readiness_misses_the_broker(client, db, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(app.conf, "broker_url", settings.REDIS_URL)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": False, "jobs": True})


def test_readiness_misses_the_database(client, db, monkeypatch):
    def down():
        raise OperationalError("connection refused to 10.0.0.7")

    monkeypatch.setattr(readiness, "_ask_database", down)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "broker": True, "jobs": False})
    assert "10.0.0.7" not in text_of(answer)
