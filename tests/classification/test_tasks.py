import pypdfium2
import pytest

from accounts.models import Notice
from audit import issuing
from audit.models import Audience, IssuedReport, JobState
from classification import tasks
from classification.models import Assessment
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db


def asked(assessment: Assessment, by):
    title = f"Classification rationale of {assessment}"
    return issuing.ask(title, assessment, task="classification.tasks.make_rationale", by=by)


def text_of(report: IssuedReport) -> str:
    with report.file.open("rb") as file:
        document = pypdfium2.PdfDocument(file.read())
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_the_rationale_is_issued_and_its_asker_told(lead):
    final = cases.finalised(cases.CHONDROCYTES_ON_MEMBRANE, lead, code="NV/440 b", name="Chondrocytes")
    job = asked(final, lead)
    tasks.make_rationale(str(job.pk))
    job.refresh_from_db()
    report = job.report
    assert (job.state, report.kind, report.audience) == (
        JobState.DONE, "classification.rationale", Audience.SPONSOR,
    )  # fmt: skip
    assert report.file_name == "NV-440-b-v1-classification-rationale.pdf"
    notice = Notice.objects.get(person=lead)
    assert notice.subject == "Classification rationale of NV/440 b is ready"
    assert notice.path == f"/reports/{report.pk}/"

    text = text_of(report)
    for words in (
        "Classification of NV/440 b",
        "Combined ATMP (tissue engineered)",
        "Q09 What is done to the cells, tissue or micro-organisms? Culture that expands the cells;",
        "ENG-1",
        "Evidence for the device part",
        "Without: Culture that expands the cells",
        "Branches not taken",
        "Precedents",
        "Ines Halvorsen, Norvia Therapeutics, regulatory lead · signed",
        "Meaning: classification adopted.",
    ):
        assert words in text
    assert "Nobody has signed this yet" not in text


def test_the_rationale_of_a_draft_is_marked(lead):
    job = asked(cases.answered(cases.FAT_GRAFT, lead), lead)
    tasks.make_rationale(str(job.pk))
    text = text_of(IssuedReport.objects.get(job=job))
    assert "Draft, not signed" in text
    assert "Nobody has signed this yet." in text


def test_a_job_of_another_worker_is_left_alone(lead):
    job = asked(cases.answered(cases.FAT_GRAFT, lead), lead)
    issuing.claim(str(job.pk))
    tasks.make_rationale(str(job.pk))
    assert not IssuedReport.objects.exists()
    assert not Notice.objects.exists()
