import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from audit import issuing
from audit.models import Event, IssuedReport, JobState
from qc import reports, tasks
from qc.models import Lot
from qc.statuses import LotStatus
from tests.factories import qc

pytestmark = pytest.mark.django_db


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in document))


def test_a_certificate_is_issued_once_and_the_person_is_told(norvia, quality):
    lot = qc.lot_at(LotStatus.RELEASED_INITIAL, organisation=norvia, number="NTG-1")
    job = issuing.ask("Certificate of lot NTG-1", lot, task="qc.tasks.lot_certificate", by=quality)
    tasks.lot_certificate(str(job.pk))
    tasks.lot_certificate(str(job.pk))
    report = IssuedReport.objects.get()
    job.refresh_from_db()
    assert (job.state, report.kind, report.audience) == (JobState.DONE, "qc.lot_certificate", "sponsor")
    assert (report.file_name, report.pages) == ("NTG-1-certificate.pdf", 2)
    notice = quality.notices.get(subject="Certificate of lot NTG-1 is ready")
    assert notice.path == reverse("report_download", args=[report.pk])
    assert Event.objects.get(code="audit.report_issued").root_id == lot.pk
    with report.file.open("rb") as file:
        pdf = file.read()
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.docinfo["/Title"] == "Certificate of lot NTG-1"
    words = words_of(pdf)
    assert "2 results pending" in words
    assert "Signed: Certificate of lot NTG-1" in words


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (LotStatus.QUARANTINE, "Not certified"),
        (LotStatus.UNDER_REVIEW, "Not certified"),
        (LotStatus.RELEASED_INITIAL, "Initial certification"),
        (LotStatus.LATE_OOS, "Late failing result: the lot must not be given"),
        (LotStatus.REJECTED, "Rejected: the lot must not be given"),
    ],
)
def test_a_certificate_that_is_no_release_says_so_at_its_head(norvia, status, title):
    lot = qc.lot_at(status, organisation=norvia)
    assert reports.certificate(lot).notice["title"] == title


def test_a_final_certificate_carries_no_warning(norvia):
    certificate = reports.certificate(qc.lot_at(LotStatus.RELEASED_FINAL, organisation=norvia))
    assert (certificate.notice, certificate.certification, certificate.pending) == (
        None,
        "Final certification",
        [],
    )


def test_results_stand_beside_their_criteria_with_who_tested_and_checked(norvia, analyst, quality):
    lot = qc.lot(organisation=norvia)
    tests = {test.name: test for test in lot.specification.tests.all()}
    qc.result(lot, tests["Viability"], raw="79.6")
    qc.result(lot, tests["Sterility"], is_checked=False, is_as_expected=True, read_on_day=1)
    viability, copies, sterility = reports.certificate(lot).results
    assert {key: viability[key] for key in ("test", "criterion", "result", "conclusion", "people")} == {
        "test": "Viability",
        "criterion": "≥ 80 %",
        "result": "79.6 %, compared as 80",
        "conclusion": "Complies",
        "people": "Milan Dvořák, Katarzyna Nowak",
    }
    assert (copies["result"], copies["conclusion"]) == ("", "Pending")
    assert (sterility["result"], sterility["conclusion"]) == (
        "no growth to date, day 1",
        "Pending, not checked by a second person",
    )


def test_a_corrected_result_is_printed_with_its_reason(norvia):
    lot = qc.lot(organisation=norvia)
    qc.correct(qc.result(lot, lot.specification.tests.get(name="Viability"), raw="61"), raw="91")
    assert reports.certificate(lot).corrections == [
        {
            "test": "Viability",
            "old": "61",
            "new": "91",
            "by": qc.colleague(norvia, "qc_analyst").full_name,
            "reason": "Typed from the line above",
        }
    ]


def test_a_certificate_names_what_is_known_and_leaves_out_the_rest(norvia):
    lot = qc.lot(organisation=norvia, clinical_contact="", chain_of_identity="COI-1")
    facts = {fact["term"]: fact["text"] for fact in reports.certificate(lot).facts}
    assert facts["Patient-specific"] == "yes"
    assert facts["Chain of identity"] == "COI-1"
    assert "Clinical contact" not in facts


def test_gathering_costs_the_same_however_many_results(norvia, django_assert_num_queries):
    specification = qc.specification_in_force(
        organisation=norvia, lines=tuple(qc.line(name=f"Test {i}") for i in range(4))
    )
    lot = qc.enter_what_release_needs(qc.lot(specification))
    with django_assert_num_queries(4):
        reports.certificate(Lot(pk=lot.pk))
