from io import BytesIO

import docx
import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import Notice
from audit import issuing
from audit.models import Audience, Event, Job, JobState, MediaType
from classification import actions, queries, reports, tasks
from classification.request_form import fields
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db

HOSTILE = {
    "composition": "bell\x07 and override \u202e and emoji \U0001f9ec",
    "administration": "x" * 20_000,
    "pharmaceutical_form": "<script>alert(1)</script> #let x = 1 *bold* $x$",
    "fixed_parts": "first line\nsecond line\n\nnext paragraph",
}


@pytest.fixture
def draft(lead):
    return cases.answered(cases.CHONDROCYTES_ON_MEMBRANE, lead, code="NV-207", name="Chondrocytes")


def made(assessment, by, kind: str) -> Job:
    title = f"Request to the CAT about {assessment}"
    job = issuing.ask(title, assessment, task=f"classification.tasks.make_request_{kind}", by=by)
    getattr(tasks, f"make_request_{kind}")(str(job.pk))
    job.refresh_from_db()
    return job


def bytes_of(job: Job) -> bytes:
    with job.report.file.open("rb") as file:
        return file.read()


def pdf_text(job: Job) -> list[str]:
    document = pypdfium2.PdfDocument(bytes_of(job))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def word_tables(job: Job) -> dict[str, str]:
    """Every row of two cells, label to text."""
    document = docx.Document(BytesIO(bytes_of(job)))
    return {
        row.cells[0].text: row.cells[1].text
        for table in document.tables
        for row in table.rows
        if len(row.cells) == 2
    }


def test_both_are_made_in_the_background_for_the_person_who_asked(browser, draft, lead):
    client = browser(lead)
    for kind, suffix, media_type in (("pdf", "pdf", MediaType.PDF), ("word", "docx", MediaType.WORD)):
        answer = client.post(reverse(f"classification:request_{suffix}", args=[draft.pk]))
        job = Job.objects.get(task=f"classification.tasks.make_request_{kind}")
        assert answer.url == reverse("job", args=[job.pk])
        getattr(tasks, f"make_request_{kind}")(str(job.pk))
        job.refresh_from_db()
        report = job.report
        assert (job.state, job.title, report.kind, report.media_type, report.audience, report.file_name) == (
            JobState.DONE,
            "Request to the CAT about NV-207",
            f"classification.request_{kind}",
            media_type,
            Audience.SPONSOR,
            f"NV-207-v1-request-to-the-CAT.{suffix}",
        )
    assert {notice.subject for notice in Notice.objects.filter(person=lead)} == {
        "Request to the CAT about NV-207 is ready"
    }
    assert Event.objects.filter(code="audit.report_issued", root_id=draft.pk).count() == 2
    assert list(issuing.breaks_in_reports()) == [None, None]
    page = client.get(reverse("classification:request", args=[draft.pk])).context["page"]
    assert {report.get_media_type_display() for report in page.reports} == {"PDF", "Word file"}
    assert client.get(draft.get_absolute_url()).context["page"].reports == []


def test_the_word_file_holds_every_field_as_it_stands(draft, lead):
    cases.written(draft, lead, applicant="Norvia SA", proposed_class="somatic", use_kind="treat")
    texts = word_tables(made(draft, lead, "word"))
    for state in queries.request_fields(queries.request_of(draft)).values():
        label = f"{state.field.number} {state.field.label}"
        nothing = "Not given. Mandatory." if state.field.is_mandatory else "Not given."
        assert texts[label] == (state.words or nothing)
    assert len(texts) == len(fields()) + 5  # the facts on the first page, and the head of both kinds of table
    assert texts["1 Applicant"] == "Norvia SA"
    assert texts["5 Finished product in brief"] == "Not given. Mandatory."
    assert texts["7 Proposed classification"] == "Somatic cell therapy medicinal product"
    assert texts["1.3.3 Kind of use"] == "To treat"


def test_the_word_file_names_the_empty_mandatory_fields_first(draft, lead):
    cases.written(draft, lead, applicant="")
    document = docx.Document(BytesIO(bytes_of(made(draft, lead, "word"))))
    notice = document.tables[0].cell(0, 0).paragraphs
    assert notice[0].text == "Draft: these mandatory fields are empty: Applicant; Finished product in brief"
    assert notice[-1].text.endswith("The EMA does not take it like this.")
    headings = [part.text for part in document.paragraphs if part.style.name.startswith(("Title", "Heading"))]
    assert headings == [
        "Request to the CAT about NV-207", "Request", "Proposed public summary", "Applicant's position",
        "1.1 Active substance", "1.2 Finished product", "1.3 Mechanism of action and proposed use",
        "1.4 Status of development", "2 Legal and regulatory aspects", "Administrative sheet",
    ]  # fmt: skip
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Request to the CAT about NV-207", "Norvia Therapeutics")


def test_the_pdf_names_them_on_its_first_page_and_holds_the_texts(draft, lead):
    cases.written(draft, lead, composition="10 million viable cells")
    pages = pdf_text(made(draft, lead, "pdf"))
    assert "Draft: these mandatory fields are empty: Finished product in brief" in pages[0]
    assert "34 fields hold what the answers gave, and nobody has looked at them yet." in pages[0]
    text = " ".join(pages)
    for words in (
        "Request to the CAT about NV-207",
        "1 Applicant Norvia Therapeutics",
        "5 Finished product in brief Not given. Mandatory.",
        "1.2.1 Composition 10 million viable cells",
        "7 Proposed classification Tissue engineered product",
        "2.10 Open questions Every question was answered, and no answer is unknown.",
        "To EMA, atmpclassification@ema.europa.eu",
    ):
        assert words in text


def everything_looked_at(draft, lead) -> None:
    states = queries.request_fields(queries.request_of(draft))
    cases.written(
        draft, lead, **{key: state.text for key, state in states.items()} | {"finished_product": "A sheet."}
    )


def test_nothing_is_said_to_be_a_draft_once_all_is_there_and_looked_at(draft, lead):
    everything_looked_at(draft, lead)
    assert reports.request(draft).notice is None
    assert "Draft" not in " ".join(pdf_text(made(draft, lead, "pdf")))


def test_texts_behind_the_answers_make_it_a_draft(draft, lead):
    everything_looked_at(draft, lead)
    cases.written(draft, lead, donor="Her knee")
    draft = actions.answer(draft, "source", "allogeneic", by=lead, edition=99)
    assert reports.request(draft).notice == {
        "title": "Draft: not all of it was looked at",
        "text": (
            "1 field holds what the answers gave, and nobody has looked at it yet.\n\n"
            "Written before the answers changed: Donor."
        ),
    }


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_hostile_text_is_printed_as_text(draft, lead, kind):
    cases.written(draft, lead, **HOSTILE)
    job = made(draft, lead, kind)
    assert job.state == JobState.DONE
    if kind == "word":
        texts = word_tables(job)
        assert texts["1.2.1 Composition"] == "bell[U+0007] and override [U+202E] and emoji \U0001f9ec"
        assert texts["1.2.2 Mode of administration"] == "x" * 20_000
        assert texts["1.2.3 Pharmaceutical form"] == HOSTILE["pharmaceutical_form"]
        assert texts["1.2.4 What is fixed at release and what at the bedside"] == HOSTILE["fixed_parts"]
    else:
        text = " ".join(pdf_text(job))
        assert "bell[U+0007] and override [U+202E] and emoji [U+1F9EC]" in text
        assert "<script>alert(1)</script> #let x = 1 *bold* $x$" in text
        assert text.count("x") > 20_000


def test_the_title_keeps_its_length_for_a_long_code(lead):
    named = cases.answered(cases.FAT_GRAFT, lead, code="N" * 40)
    assert made(named, lead, "word").report.file_name == f"{'N' * 40}-v1-request-to-the-CAT.docx"
