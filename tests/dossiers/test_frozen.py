import pytest
from django.core.management import call_command
from django.urls import reverse

from audit.models import Event, IssuedReport, Job
from dossiers import evidence, tasks
from dossiers.actions import reviews as taking_in
from dossiers.models import Dossier, Filing, Section
from dossiers.queries.filings import receipt
from tests.factories import dossiers as make
from tests.factories.evidence import triggers_lifted


@pytest.fixture
def filing(lead):
    dossier = make.dossier(organisation=lead.organisation, procedure="classification")
    document = make.document(dossier, "1.0", name="cover.pdf", title="Cover letter", by=lead)
    requirement = dossier.requirements.get(code="CR-01")
    make.requirements.answer(requirement, state="met", document=document, page=1, edition=1, by=lead)
    return make.file(make.make_ready(dossier, by=lead), by=lead)


def shown(browser, person, filing):
    return browser(person).get(filing.get_absolute_url()).content.decode()


def test_a_later_version_changes_nothing_in_what_was_filed(browser, lead, coordinator, filing):
    taking_in.send_back(filing.dossier, why="Wrong form", by=coordinator)
    document = filing.dossier.documents.get(file_name="cover.pdf")
    checked = make.uploads.check(make.upload(), "1.0")
    newer = make.documents.add_version(document, checked, note="Corrected", by=lead)
    page = shown(browser, lead, filing)
    filed = next(row for row in filing.content["documents"] if row["file_name"] == "cover.pdf")
    assert reverse("dossiers:version_file", args=[filing.dossier_id, filed["id"]]) in page
    assert str(newer.pk) not in page
    assert newer.sha256 not in page
    assert (filed["version"], filed["sha256"] in page) == (1, True)


def test_a_renamed_section_keeps_its_old_name_in_what_was_filed(browser, lead, filing):
    section = Section.objects.get(dossier=filing.dossier, number="1.0")
    Section.objects.filter(pk=section.pk).update(title="Covering letter of another year")
    page = shown(browser, lead, filing)
    assert f"1.0</span> {section.title}" in page
    assert "Covering letter of another year" not in page


def test_a_colleague_who_left_or_was_renamed_stays_named_as_they_were(browser, lead, contributor, filing):
    type(lead).objects.filter(pk=lead.pk).update(full_name="Ines Married", is_active=False)
    page = shown(browser, contributor, filing)
    assert "Ines Halvorsen, Norvia Therapeutics, regulatory lead" in page
    assert "from Ines Halvorsen" in page
    assert "Ines Married" not in page


def test_an_answer_changed_later_stays_as_it_was_filed(browser, lead, coordinator, filing):
    taking_in.send_back(filing.dossier, why="Wrong form", by=coordinator)
    requirement = filing.dossier.requirements.get(code="CR-01")
    make.requirements.answer(
        requirement, state="not_applicable", reason="Said otherwise now", edition=requirement.edition, by=lead
    )
    page = shown(browser, lead, filing)
    assert "<td>cover.pdf, page 1</td>" in page
    assert "Said otherwise now" not in page


def test_what_is_shown_verifies_against_hash_event_signature_and_files(lead, filing):
    page = receipt(filing, lead, with_files=True)
    assert [check.what for check in page.checks] == [
        "Content",
        "Event in the trail",
        "Signature of Ines Halvorsen",
        "1.0, cover.pdf",
        "1.2, 12.pdf",
    ]
    assert page.is_verified


def _change_file(filing):
    version = filing.dossier.documents.get(file_name="cover.pdf").versions.get()
    with version.file.open("wb") as file:
        file.write(b"%PDF-1.7 another")


def _remove_file(filing):
    version = filing.dossier.documents.get(file_name="cover.pdf").versions.get()
    version.file.storage.delete(version.file.name)


def _change_content(filing):
    Filing.objects.filter(pk=filing.pk).update(content={**filing.content, "sponsor": "Somebody else"})


def _change_content_and_hash(filing):
    content = {**filing.content, "sponsor": "Somebody else"}
    digest = evidence.trail.digest(content)
    Filing.objects.filter(pk=filing.pk).update(content=content, content_hash=digest)


def _delete_filing(filing):
    filing.versions.update(filed_in=None)
    filing.documents.update(filed_in=None)
    filing.contexts.all().delete()
    filing.delete()


@pytest.mark.parametrize(
    ("forge", "wrong"),
    [
        (_change_file, "the file cover.pdf was changed"),
        (_remove_file, "the file cover.pdf is missing"),
        (_change_content, "its content does not match its hash"),
        (_change_content_and_hash, "its hash differs from the event that recorded it"),
        (_delete_filing, "the trail tells of it, and it is missing"),
    ],
)
def test_verify_trail_names_the_first_break_in_what_was_filed(lead, filing, capsys, forge, wrong):
    call_command("verify_trail")
    assert "Filings: 1 verified." in capsys.readouterr().out
    forge(filing)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_trail")
    assert stopped.value.code == 1
    assert capsys.readouterr().err.endswith(f": {wrong}.\n")


def test_the_page_says_what_no_longer_holds(browser, lead, filing):
    _change_file(filing)
    assert "was changed" not in shown(browser, lead, filing)
    page = browser(lead).get(filing.get_absolute_url(), {"verify": "files"}).content.decode()
    assert "the file cover.pdf was changed" in page


def test_content_frozen_before_it_named_keys_and_operations_is_still_shown(browser, lead, filing):
    older = dict(filing.content)
    for name in ("sections", "deleted", "earlier_sequence"):
        older.pop(name)
    dropped = {"document", "operation", "since", "uploaded_by", "uploaded_at", "folder"}
    older["documents"] = [
        {name: value for name, value in row.items() if name not in dropped} for row in older["documents"]
    ]
    digest = evidence.trail.digest(older)
    Filing.objects.filter(pk=filing.pk).update(content=older, content_hash=digest)
    assert "cover.pdf" in shown(browser, lead, filing)


def test_the_event_and_the_filing_bear_the_same_hash(filing):
    event = Event.objects.get(code="dossiers.filed")
    said = (event.data["sequence"], event.data["attempt"], event.data["hash"])
    assert said == (0, 1, filing.content_hash)
    with triggers_lifted():
        Event.objects.filter(pk=event.pk).update(data={**event.data, "hash": "0" * 64})
    assert [check.wrong for check in evidence.checks_of(filing) if check.wrong] == [
        "its hash differs from the event that recorded it"
    ]


def test_the_receipt_is_made_as_a_pdf_for_both_sides(browser, lead, coordinator, filing):
    browser(coordinator).post(reverse("dossiers:filing_receipt", args=[filing.dossier_id, filing.pk]))
    job = Job.objects.get()
    tasks.make_filing_receipt(str(job.pk))
    report = IssuedReport.objects.get()
    number = Dossier.objects.get().number
    assert (report.title, report.file_name) == ("Receipt of sequence 0000", f"{number}-0000-1-receipt.pdf")
    assert [row["file"] for row in report.content["documents"]] == ["cover.pdf", "12.pdf"]
    assert report.content["filed"]["by"] == "Ines Halvorsen"
    assert report.content["hash"] == filing.content_hash
    for person in (lead, coordinator):
        response = browser(person).get(reverse("report_download", args=[report.pk]))
        assert b"".join(response.streaming_content)[:5] == b"%PDF-"
