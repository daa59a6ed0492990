import hashlib
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audit import issuing
from audit.models import Event, IssuedReport, Job
from dossiers import jobs, package, tasks
from dossiers.actions import filings, sequences
from dossiers.models import Document, Dossier
from dossiers.package import Entry
from dossiers.queries.content import content_of
from dossiers.queries.filings import coming_place
from tests.factories import dossiers as make
from tests.factories.reports import strand


@pytest.fixture
def filed(lead):
    return make.dossier_at("filed", lead.organisation, procedure="classification")


def ask(browser, person, dossier):
    """Ask for the package of the last filing, as its button does; return the job."""
    filing = dossier.filings.last()
    browser(person).post(reverse("dossiers:filing_package", args=[dossier.pk, filing.pk]))
    return Job.objects.latest("requested_at")


def packed(browser, person, dossier):
    job = ask(browser, person, dossier)
    tasks.make_filing_package(str(job.pk))
    return IssuedReport.objects.get(job=job)


def content_bytes(report):
    with report.file.open("rb") as file:
        return file.read()


def halves(settings):
    return sorted(path.name for path in (Path(settings.MEDIA_ROOT) / "making").glob("*"))


def entry(path):
    return Entry(path, uuid4(), path.rpartition("/")[2], "1.0", 1, "")


def test_a_package_holds_every_file_in_its_folder_and_its_checksums(browser, lead, filed, settings):
    report = packed(browser, lead, filed)
    content = content_bytes(report)
    assert (report.size, report.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (report.title, report.media_type) == ("Package of sequence 0000", "application/zip")
    assert report.file_name == f"{filed.number}-0000-1.zip"
    archive = zipfile.ZipFile(BytesIO(content))
    assert archive.testzip() is None
    assert archive.namelist() == [
        "0000/m1/eu/10-cover/ema/10.pdf",
        "0000/m1/eu/12-form/ema/12.pdf",
        "manifest-md5.txt",
        "manifest-sha256.txt",
        "operations.tsv",
    ]
    assert archive.read("operations.tsv").decode().splitlines() == [
        "operation\tfile\tmodifies",
        "new\t0000/m1/eu/10-cover/ema/10.pdf\t",
        "new\t0000/m1/eu/12-form/ema/12.pdf\t",
    ]
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    versions = {v.document.file_name: v for d in filed.documents.all() for v in d.versions.all()}
    for name in archive.namelist()[:2]:
        data = archive.read(name)
        version = versions[name.rpartition("/")[2]]
        assert hashlib.sha256(data).hexdigest() == version.sha256
        assert f"{version.sha256}  {name}\n" in archive.read("manifest-sha256.txt").decode()
        assert f"{version.md5}  {name}\n" in archive.read("manifest-md5.txt").decode()
    assert halves(settings) == []
    call_command("verify_trail")


def test_the_same_filing_gives_the_same_bytes_whenever_it_is_packed(browser, lead, filed):
    first = packed(browser, lead, filed)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        second = packed(browser, lead, filed)
    assert (first.pk != second.pk, first.sha256) == (True, second.sha256)


def test_each_file_lies_in_the_folder_of_the_sequence_that_brought_it(browser, lead, filed):
    sequences.open_next(filed, by=lead)
    document = filed.documents.get(section__number="1.0")
    make.documents.add_version(document, make.uploads.check(make.upload(), "1.0"), note="", by=lead)
    dossier = Dossier.objects.with_product().get(pk=filed.pk)
    shown = content_of(dossier, coming_place(dossier))
    filings.file_next(dossier, by=lead, proof=make.Proof(lead.pk, make.shown_hash(shown)))
    archive = zipfile.ZipFile(BytesIO(content_bytes(packed(browser, lead, dossier))))
    assert archive.namelist()[:2] == ["0000/m1/eu/12-form/ema/12.pdf", "0001/m1/eu/10-cover/ema/10.pdf"]
    assert archive.read("operations.tsv").decode().splitlines()[1:] == [
        "replace\t0001/m1/eu/10-cover/ema/10.pdf\t0000/m1/eu/10-cover/ema/10.pdf"
    ]


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (b"%PDF-1.7 another", "10.pdf in 1.0 is not the file that was kept. Nothing was packed."),
        (None, "10.pdf in 1.0 is missing from the store. Nothing was packed."),
    ],
)
def test_a_file_that_is_not_what_was_kept_fails_the_job_by_name(
    browser, lead, filed, settings, forge, reason
):
    version = filed.documents.get(section__number="1.0").versions.get()
    version.file.storage.delete(version.file.name)
    if forge:
        Path(version.file.path).write_bytes(forge)
    job = ask(browser, lead, filed)
    tasks.make_filing_package(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.failure) == ("failed", reason)
    assert (IssuedReport.objects.count(), halves(settings)) == (0, [])


def test_a_job_whose_worker_was_killed_starts_anew_and_leaves_no_half(browser, lead, filed, settings):
    job = ask(browser, lead, filed)
    claim = issuing.claim(str(job.pk))
    half = tasks.packages.half_made(job.pk, claim.token)
    half.write_bytes(b"half of a package")
    tasks.make_filing_package(str(job.pk))
    assert (halves(settings), IssuedReport.objects.count()) == ([half.name], 0)
    strand(job)
    tasks.make_filing_package(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempts, halves(settings)) == ("done", 2, [])
    assert zipfile.ZipFile(BytesIO(content_bytes(job.report))).testzip() is None
    assert claim.finish() is False


def test_progress_is_told_while_it_packs(lead, filed, monkeypatch, tmp_path):
    monkeypatch.setattr(package, "EVERY_SECONDS", 0)
    entries = package.entries_of(filed.filings.get().content)
    told = []
    package.write(
        entries,
        tmp_path / "out.zip",
        tasks.packages.opener(entries),
        lambda step, done, total: told.append((step, total)),
    )
    assert told == [("Packing file 1 of 2", 1), ("Packing file 2 of 2", 1)]


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("0000/m1/Cover.pdf", "Cover.pdf: only lower-case letters without accents", "Criterion 15.3"),
        ("0000/m1/a_b.pdf", "a_b.pdf: only lower-case letters without accents", "Criterion 15.3"),
        (f"0000/m1/{'a' * 61}.pdf", f"{'a' * 61}.pdf: 65 signs, at most 64", "Criterion 15.5"),
        ("/".join(["0000", *["a" * 60] * 3]), ": 187 signs, a path has at most 180.", "Criterion 15.7"),
    ],
)
def test_names_that_an_agency_would_not_take_are_found_before(path, text, rule):
    found = package.findings_in([entry(path)])
    assert [(text in finding.text, finding.rule) for finding in found] == [(True, rule)]


def test_names_at_the_limits_are_taken():
    longest = "/".join(["0000", "a" * 64, "b" * 64, f"{'c' * 41}.pdf"])
    assert len(longest) == 180
    assert package.findings_in([entry(longest), entry("0000/m1/eu/10-cover/ema/cover.pdf")]) == []


def test_two_files_in_one_place_are_found():
    twins = [entry("0000/m1/cover.pdf"), entry("0000/m1/cover.pdf")]
    assert {finding.text for finding in package.findings_in(twins)} == {
        "0000/m1/cover.pdf: 2 documents would lie here."
    }


def test_a_name_that_would_not_be_taken_stops_the_package(browser, lead, filed):
    filing = filed.filings.get()
    filing.content["documents"][0]["file_name"] = "Cover Letter.pdf"
    filing.save(update_fields=["content"])
    page = browser(lead).get(reverse("dossiers:package", args=[filed.pk])).context["page"]
    assert page.packables[1].refusal == "1 name would not be taken."
    job = ask(browser, lead, filed)
    tasks.make_filing_package(str(job.pk))
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.failure.startswith("Cover Letter.pdf: only lower-case letters")


def test_both_sides_download_what_was_filed_with_its_length(browser, lead, coordinator, filed):
    report = packed(browser, lead, filed)
    for person in (lead, coordinator):
        response = browser(person).get(reverse("report_download", args=[report.pk]))
        assert response.headers["Content-Length"] == str(report.size)
        assert response.headers["Content-Type"] == "application/zip"
        assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == report.sha256


def test_the_draft_is_packed_for_its_sponsor_alone(browser, lead, coordinator, filed):
    url = reverse("dossiers:package_draft", args=[filed.pk])
    assert browser(coordinator).post(url).status_code == 409
    browser(lead).post(url)
    tasks.make_draft_package(str(Job.objects.get().pk))
    report = IssuedReport.objects.get()
    assert (report.audience, report.file_name) == ("sponsor", f"{filed.number}-draft.zip")
    download = reverse("report_download", args=[report.pk])
    assert browser(coordinator).get(download).status_code == 404
    page = browser(coordinator).get(reverse("dossiers:package", args=[filed.pk])).context["page"]
    assert ([one.name for one in page.packables], page.packed) == (["Sequence 0000"], [])


def test_another_sponsor_finds_no_package(browser, lead, other_lead, filed):
    report = packed(browser, lead, filed)
    client = browser(other_lead)
    filing = filed.filings.get()
    assert client.get(reverse("report_download", args=[report.pk])).status_code == 404
    assert client.get(reverse("dossiers:package", args=[filed.pk])).status_code == 404
    theirs = make.dossier(organisation=other_lead.organisation)
    through_own = reverse("dossiers:filing_package", args=[theirs.pk, filing.pk])
    assert client.post(through_own).status_code == 404


def test_expired_packages_lose_their_file_and_keep_their_row(browser, lead, filed, settings, capsys,
                                                             django_capture_on_commit_callbacks):  # fmt: skip
    report = packed(browser, lead, filed)
    left = Path(settings.MEDIA_ROOT) / "making" / "left.zip"
    left.write_bytes(b"half")
    assert (jobs.remove_expired_packages(), left.exists()) == (0, True)
    with time_machine.travel(timezone.now() + timedelta(days=settings.PACKAGE_DAYS + 1)):
        with django_capture_on_commit_callbacks(execute=True):
            assert jobs.remove_expired_packages() == 1
        assert jobs.remove_expired_packages() == 0
    assert (Path(report.file.path).exists(), left.exists()) == (False, False)
    event = Event.objects.get(code="audit.report_expired")
    assert (event.actor, event.sentence) == (None, "File removed: Package of sequence 0000")
    response = browser(lead).get(reverse("report_download", args=[report.pk]))
    assert response.status_code == 409
    assert "was removed after its time. Ask for it once more." in response.content.decode()
    page = browser(lead).get(reverse("dossiers:package", args=[filed.pk])).context["page"]
    assert [(one.report, one.is_expired) for one in page.packed] == [(report, True)]
    call_command("verify_trail")
    assert "1 reports verified" in capsys.readouterr().out


def test_a_package_of_another_size_is_not_handed_out(browser, lead, filed, caplog):
    report = packed(browser, lead, filed)
    with Path(report.file.path).open("ab") as file:
        file.write(b"more")
    assert browser(lead).get(reverse("report_download", args=[report.pk])).status_code == 409
    assert caplog.messages[0] == f"The file of report {report.pk} is missing or has another size."


def test_a_dossier_without_documents_is_not_packed(browser, lead):
    empty = make.dossier(organisation=lead.organisation)
    assert not Document.objects.exists()
    page = browser(lead).get(reverse("dossiers:package", args=[empty.pk])).context["page"]
    assert [one.refusal for one in page.packables] == ["It holds no document."]
