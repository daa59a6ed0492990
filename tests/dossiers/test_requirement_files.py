import csv
from io import BytesIO, StringIO
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from audit import issuing, trail
from audit.models import Event, IssuedReport, Job
from dossiers.actions import requirements
from dossiers.models import Dossier
from dossiers.queries.checklist import LONGEST_SEARCH
from dossiers.tasks import make_requirements
from tests.factories import dossiers


@pytest.fixture
def dossier(norvia, lead) -> Dossier:
    made = dossiers.dossier(organisation=norvia, by=lead)
    requirement = made.requirements.first()
    requirements.answer(
        requirement, state="not_applicable", reason="=1+1", edition=requirement.edition, by=lead
    )
    return made


def _made(client, dossier, **sent):
    response = client.post(reverse("dossiers:requirement_export", args=[dossier.pk]), sent)
    job = Job.objects.latest("requested_at")
    assert response.headers["Location"] == reverse("job", args=[job.pk])
    make_requirements(str(job.pk))
    return IssuedReport.objects.get(job=job)


def test_the_check_list_is_a_registered_spreadsheet_that_says_who_when_and_what(browser, dossier, lead):
    report = _made(browser(lead), dossier, what="checklist", format="xlsx", show="aside")
    assert report.file_name == f"{dossier.number}-requirements-checklist.xlsx"
    book = CalamineWorkbook.from_filelike(BytesIO(issuing.intact_bytes(report)))
    assert book.sheet_names == ["Check list", "Not asked of this class"]
    rows = book.get_sheet_by_name("Check list").to_python()
    about = {row[0]: row[1] for row in rows[:7]}
    assert about["Requirements"] == "does not apply: 1 of 1 answered, 1 does not apply"
    assert about["Made by"] == "Ines Halvorsen, Norvia Therapeutics, regulatory lead"
    assert "UTC" in about["Made"]
    requirement = dossier.requirements.first()
    (row,) = rows[9:] if rows[8][0] == "Requirement" else rows[8:]
    told = dict(zip(rows[8] if rows[8][0] == "Requirement" else rows[7], row, strict=True))
    assert (told["Requirement"], told["Reason"], told["Answered by"]) == (
        requirement.code,
        "=1+1",
        "Ines Halvorsen",
    )
    event = Event.objects.get(code="audit.report_issued")
    assert event.data["sha256"] == report.sha256
    assert [broken for broken in issuing.breaks_in_reports() if broken] == []
    assert trail.verify().broken is None


def test_the_csv_has_a_byte_order_mark_and_no_formula(browser, dossier, lead):
    report = _made(browser(lead), dossier, what="checklist", format="csv", show="aside")
    content = issuing.intact_bytes(report)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    download = browser(lead).get(reverse("report_download", args=[report.pk]))
    assert download.headers["Content-Type"] == "text/csv"
    assert b"".join(download.streaming_content) == content


def test_the_matrix_is_a_table_of_sections(browser, dossier, lead):
    report = _made(browser(lead), dossier, what="matrix", format="csv", module="2")
    rows = list(csv.reader(StringIO(issuing.intact_bytes(report).decode("utf-8-sig"))))
    head = next(row for row in rows if row and row[0] == "Requirement")
    assert head[:3] == ["Requirement", "What is asked", "State"]
    asked = set(dossier.requirements.filter(section__module=2).values_list("code", flat=True))
    assert {row[0] for row in rows[rows.index(head) + 1 :]} == asked


def test_two_kinds_of_file_are_two_jobs_and_the_same_twice_is_one(browser, dossier, lead):
    url, client = reverse("dossiers:requirement_export", args=[dossier.pk]), browser(lead)
    for kind in ("xlsx", "csv", "csv"):
        client.post(url, {"what": "checklist", "format": kind})
    assert sorted(Job.objects.values_list("asked", flat=True)) == [
        "what=checklist&format=csv",
        "what=checklist&format=xlsx",
    ]


def test_what_was_searched_fits_the_job_in_any_script(browser, dossier, lead):
    """PostgreSQL refuses what is longer than its column; percent signs make a search twelve times longer."""
    url, words = reverse("dossiers:requirement_export", args=[dossier.pk]), "𝛼" * LONGEST_SEARCH
    sent = {"what": "checklist", "format": "xlsx", "show": "answered", "module": "3", "q": words}
    assert browser(lead).post(url, sent).status_code == 302
    job = Job.objects.get()
    assert len(job.asked) <= Job._meta.get_field("asked").max_length
    assert dict(parse_qsl(job.asked))["q"] == words


def test_what_is_not_offered_is_refused(browser, dossier, lead):
    url = reverse("dossiers:requirement_export", args=[dossier.pk])
    assert browser(lead).post(url, {"what": "everything", "format": "exe"}).status_code == 409
    assert not Job.objects.exists()


def test_the_authority_takes_what_was_filed_and_the_sponsor_does_not_read_it(browser, norvia, coordinator):
    filed = dossiers.dossier_at("filed", norvia)
    report = _made(browser(coordinator), filed, what="checklist", format="csv")
    assert report.audience == "authority"
    writer = dossiers.writer(norvia)
    assert browser(writer).get(reverse("report_download", args=[report.pk])).status_code == 404
