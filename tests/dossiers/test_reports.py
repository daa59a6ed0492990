"""The reports of a dossier: asked for, made once, for one side."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from accounts.roles import Role
from audit import issuing
from audit.models import IssuedReport, Job
from dossiers import tasks
from dossiers.actions import answers
from dossiers.reports import review_report, status_report
from dossiers.statuses import DossierStatus, QuestionKind, ThreadAudience
from tests.factories import people, reviews

pytestmark = pytest.mark.django_db


def ask(name: str, of, client) -> Job:
    answer = client.post(reverse(f"dossiers:{name}", args=[of.pk]))
    job = Job.objects.get()
    assert answer.url == reverse("job", args=[job.pk])
    return job


def test_the_sponsor_gets_its_status_report(in_review, lead, reviewer, browser):
    job = ask("status_report", in_review, browser(lead))
    tasks.make_status_report(str(job.pk))
    report = IssuedReport.objects.get()
    assert (report.kind, report.audience, report.file_name) == (
        "dossiers.dossier_status", "sponsor", f"{in_review.number}-status.pdf",
    )  # fmt: skip
    with report.file.open() as file:
        assert file.read().startswith(b"%PDF")
    assert report.pages >= 1
    assert Notice.objects.filter(person=lead, subject=f"Status of {in_review} is ready").exists()
    page = browser(lead).get(reverse("dossiers:dossier_reports", args=[in_review.pk]))
    assert list(page.context["page"].reports) == [report]
    assert list(issuing.reports_on(in_review, reviewer)) == []


def test_the_authority_gets_the_review_report_and_the_sponsor_does_not_see_it(
    in_review, lead, reviewer, coordinator, browser
):
    job = ask("review_report", in_review, browser(reviewer))
    tasks.make_review_report(str(job.pk))
    report = IssuedReport.objects.get()
    assert (report.kind, report.audience) == ("dossiers.review_report", "authority")
    assert list(issuing.reports_on(in_review, coordinator)) == [report]
    page = browser(lead).get(reverse("dossiers:dossier_reports", args=[in_review.pk]))
    assert list(page.context["page"].reports) == []
    assert "Make the review report" not in page.content.decode()


def test_a_report_made_twice_is_issued_once(in_review, reviewer, browser):
    job = ask("status_report", in_review, browser(reviewer))
    tasks.make_status_report(str(job.pk))
    tasks.make_status_report(str(job.pk))
    assert IssuedReport.objects.count() == 1
    assert Notice.objects.filter(person=reviewer, subject__endswith="is ready").count() == 1


def test_the_sponsor_cannot_ask_for_the_review_report(in_review, lead, browser):
    answer = browser(lead).post(reverse("dossiers:review_report", args=[in_review.pk]))
    assert answer.status_code == 409
    assert "The review report is made for the authority only." in answer.content.decode()
    assert not Job.objects.exists()


def test_a_review_report_smuggled_into_the_queue_is_not_made(in_review, lead):
    job = issuing.ask("Review", in_review, task="dossiers.tasks.make_review_report", by=lead)
    tasks.make_review_report(str(job.pk))
    job.refresh_from_db()
    assert job.state == "failed"
    assert not IssuedReport.objects.exists()


@pytest.mark.parametrize("name", ["dossier_reports", "status_report", "review_report"])
def test_another_sponsor_finds_no_reports(in_review, other_lead, browser, name):
    client = browser(other_lead)
    method = client.get if name == "dossier_reports" else client.post
    assert method(reverse(f"dossiers:{name}", args=[in_review.pk])).status_code == 404


def test_everybody_who_sees_the_dossier_may_ask_for_its_status(in_review, norvia, browser):
    reader = people.person("Somebody", norvia, Role.READER)
    assert ask("status_report", in_review, browser(reader)).requested_by == reader


def test_what_the_status_report_says(lead, coordinator, reviewer):
    draft = reviews.dossier_at(DossierStatus.DRAFT, lead.organisation)
    report = status_report(draft, lead).content
    assert (report["state"], report["day"], report["class"], report["documents"]) == (
        "Draft", {"text": "not started"}, "GTMP, autologous", [],
    )  # fmt: skip
    assert {stop["section"] for stop in report["stops"]} >= {"1.0", "3.2.S.2.3"}
    of = reviews.dossier_at(DossierStatus.CLOCK_STOPPED, lead.organisation)
    stopped = status_report(of, lead)
    assert stopped.day == {"text": "Day 1 of 210, stopped for 0 days"}
    assert stopped.stops == []
    assert [fact["term"] for fact in stopped.facts] == ["Sequence 0000", "Questions"]
    assert {row["file"] for row in stopped.documents} >= {"32s23.pdf"}
    reviews.new_version(of)
    assert {row["version"] for row in status_report(of, lead).documents} == {"1", "2"}
    assert {row["version"] for row in status_report(of, reviewer).documents} == {"1"}


def test_the_status_report_of_a_concluded_dossier_names_outcome_and_evidence(lead, coordinator, reviewer):
    of = reviews.dossier_at(DossierStatus.CONCLUDED, lead.organisation)
    report = status_report(of, lead)
    assert {"term": "Outcome", "text": "Positive"} in report.facts
    assert report.day == {"day": 1, "of": 210}
    assert {row["evidence"] for row in report.requirements} >= {"Not for this product"}


def test_what_the_review_report_says(in_review, reviewer, assessor):
    thread = reviews.thread(in_review, text="Said in the room.")
    reviews.thread(in_review, audience=ThreadAudience.PRIVATE)
    asked = reviews.question(
        in_review, text="Please justify.", from_thread=thread, kind=QuestionKind.MAJOR_OBJECTION
    )
    reviews.send_questions(in_review)
    assert review_report(in_review, reviewer).questions[0]["answer"] == ""
    reviews.send_responses(in_review)
    answers.accept_answer(asked, by=reviewer)
    before = review_report(in_review, reviewer)
    assert before.outcome is None
    assert before.notice["title"] == "The procedure is not concluded"
    done = reviews.conclude(in_review, grounds="All is well.")
    report = review_report(done, reviewer).content
    assert report["outcome"] == {"label": "Positive", "text": "All is well."}
    assert report["notice"] is None
    (question,) = report["questions"]
    assert (question["number"], question["text"], question["answer"], question["state"]) == (
        "Q-001", "Please justify.", "The limit follows from 31 lots.", "Answer accepted",
    )  # fmt: skip
    assert question["asked_on"] == {"file": "32s23.pdf", "version": "1", "page": 1}
    assert report["comments"] == [
        {"discipline": "Quality", "total": 1, "open": 1, "resolved": 0, "promoted": 1}
    ]
    (part,) = report["parts"]
    assert (part["part"], part["assessor"], part["recommendation"]) == (
        "Medicinal part", "Sofia Marques", "Favourable",
    )  # fmt: skip
    assert [signature["meaning"] for signature in report["signatures"]] == ["conclusion", "outcome"]
    assert "Said in the room." not in str(report)
