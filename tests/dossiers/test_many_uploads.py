"""Many files at once: piece by piece, again after a broken line, checked, placed, thrown away."""

import os
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.refusals import Refused
from dossiers import jobs
from dossiers.actions import documents
from dossiers.actions import uploads as actions
from dossiers.models import DocumentVersion, Upload
from dossiers.statuses import UploadState
from tests import pdfs
from tests.factories import dossiers as make
from tests.factories import reviews
from tests.factories.races import database_on_disk, race

SPEC = pdfs.small_pdf(text="3.2.P.5.1 Specifications of the drug product")
SIZE = len(SPEC)


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation, outcome="sCTMP")


@pytest.fixture
def hands(browser, lead, dossier):
    return Hands(browser(lead), dossier)


class Hands:
    """A person who brings files into a dossier as the script of the page does."""

    def __init__(self, client, dossier):
        self.client, self.dossier = client, dossier

    def url(self, name, *keys):
        return reverse(f"dossiers:{name}", args=[self.dossier.pk, *keys])

    def start(self, name="Spec.pdf", size=SIZE, modified="1"):
        return self.client.post(self.url("upload_start"), {"name": name, "size": size, "modified": modified})

    def send(self, url, offset, data):
        headers = {"Upload-Offset": str(offset)}
        return self.client.post(url, data, content_type="application/octet-stream", headers=headers)

    def bring(self, name="Spec.pdf", content=SPEC):
        url = self.start(name, len(content)).json()["url"]
        return self.send(url, 0, content).json()

    def place(self, **typed):
        fields = {}
        for upload in Upload.objects.filter(state=UploadState.FIT):
            row = {"take": "on", "section": upload.section, "file_name": upload.file_name, **typed}
            fields |= {f"u{upload.pk.hex}-{name}": value for name, value in row.items()}
        return self.client.post(self.url("documents_place"), fields)


def _stored(settings):
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_a_file_goes_up_in_pieces_and_is_offered_the_place_that_it_names(hands, settings):
    begun = hands.start().json()
    assert (begun["state"], begun["received"]) == ("coming", 0)
    half = hands.send(begun["url"], 0, SPEC[:300]).json()
    assert (half["state"], half["received"]) == ("coming", 300)
    whole = hands.send(begun["url"], 300, SPEC[300:]).json()
    assert whole["state"] == "fit"
    assert "Suggested: names 3.2.P.5.1 on page 1" in whole["row"]
    upload = Upload.objects.get()
    assert (upload.section, upload.file_name, upload.name) == ("3.2.P.5.1", "specifications.pdf", "Spec.pdf")
    assert [path.read_bytes() for path in _stored(settings)] == [SPEC]


def test_the_same_file_goes_on_where_it_broke_off(hands):
    begun = hands.start().json()
    hands.send(begun["url"], 0, SPEC[:300])
    again = hands.start().json()
    assert (again["url"], again["received"]) == (begun["url"], 300)
    page = hands.client.get(hands.url("documents_add")).content.decode()
    assert "One upload waits: go on or throw away" in page


def test_a_piece_out_of_step_is_answered_with_what_is_here(hands):
    url = hands.start().json()["url"]
    hands.send(url, 0, SPEC[:300])
    again = hands.send(url, 0, SPEC[:300])
    assert (again.status_code, again.json()["received"]) == (409, 300)


def test_a_piece_needs_its_place_and_a_size_that_is_taken(hands, settings):
    url = hands.start().json()["url"]
    for offset in ("", "-1", "x", "٣", "9" * 20):
        assert hands.send(url, offset, b"x").status_code == 422
    large = hands.client.post(
        url, b"x" * (8 * 1024**2 + 1), content_type="application/octet-stream", headers={"Upload-Offset": "0"}
    )
    assert large.status_code == 413
    assert _stored(settings) == []


def test_a_file_over_the_limit_is_refused_before_a_byte_is_sent(hands):
    refused = hands.start("Scans.pdf", 300 * 1024**2)
    assert refused.status_code == 422
    assert refused.json()["words"] == (
        "It is 300.0\N{NO-BREAK SPACE}MB; a file may have up to 200.0\N{NO-BREAK SPACE}MB. "
        "Split the document, or lower the resolution of its scanned pages."
    )
    assert hands.start("Empty.pdf", 0).json()["words"].startswith("The file is empty.")
    assert not Upload.objects.exists()


def test_more_than_was_announced_ends_the_upload(hands, settings, django_capture_on_commit_callbacks):
    url = hands.start(size=100).json()["url"]
    with django_capture_on_commit_callbacks(execute=True):
        said = hands.send(url, 0, SPEC).json()
    assert (said["state"], said["words"]) == (
        "refused",
        "More was sent than was announced. Choose the file again.",
    )
    assert _stored(settings) == []


def test_a_refused_file_leaves_its_reason_and_no_bytes(
    hands, settings, lead, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        said = hands.bring("Form.pdf", pdfs.javascript_pdf())
    words = "It contains a script. Print it to a new PDF, which leaves that out."
    assert (said["state"], said["words"], said["row"]) == ("refused", words, "")
    assert _stored(settings) == []
    event = Event.objects.get(code="dossiers.upload_refused")
    assert (event.sentence, event.why, event.audience) == ("Not taken: Form.pdf", words, "sponsor")
    assert words in hands.client.get(hands.url("documents_add")).content.decode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\spec.pdf", "spec.pdf"),
        ("spec\u202efdp.pdf", "specfdp.pdf"),
        ("a\tb\x7f.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 255),
        ("/", "document.pdf"),
    ],
)
def test_a_name_never_leads_anywhere(sent, kept, hands, settings):
    hands.start(sent)
    upload = Upload.objects.get()
    assert upload.name == kept
    assert upload.path == Path(settings.MEDIA_ROOT) / "uploads" / upload.pk.hex[:2] / f"{upload.pk}.part"


def test_a_null_character_in_a_name_is_not_taken(hands):
    assert hands.start("a\0b.pdf").status_code == 400


def test_reserved_names_are_not_given(hands):
    assert hands.bring("CON.pdf", pdfs.small_pdf())["state"] == "fit"
    assert Upload.objects.get().file_name == "document-con.pdf"


def test_one_confirm_adds_all_that_are_fine(hands, lead, settings, django_capture_on_commit_callbacks):
    hands.bring()
    hands.bring("Batches.pdf", pdfs.small_pdf(text="3.2.P.5.4 Batch analyses"))
    with django_capture_on_commit_callbacks(execute=True):
        response = hands.place()
    assert response.headers["Location"] == hands.url("document_list")
    names = {(d.section.number, d.file_name) for d in hands.dossier.documents.all()}
    assert names == {("3.2.P.5.1", "specifications.pdf"), ("3.2.P.5.4", "batch-analyses.pdf")}
    version = DocumentVersion.objects.get(document__file_name="specifications.pdf")
    assert (version.original_name, version.uploaded_by) == ("Spec.pdf", lead)
    assert Path(version.file.path).read_bytes() == SPEC
    assert [path.suffix for path in _stored(settings)] == [".pdf", ".pdf"]


def test_what_has_a_problem_stays_with_what_was_typed(hands):
    hands.bring()
    hands.bring("Strange.pdf", pdfs.small_pdf(text="nothing known"))
    strange = Upload.objects.get(name="Strange.pdf")
    fields = {}
    for upload in Upload.objects.all():
        number = "9.9" if upload == strange else upload.section
        row = {"take": "on", "section": number, "file_name": "my-own-name.pdf"}
        fields |= {f"u{upload.pk.hex}-{name}": value for name, value in row.items()}
    response = hands.client.post(hands.url("documents_place"), fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert "9.9 is no section of this dossier that holds documents." in page
    assert page.count('value="my-own-name.pdf"') == 1
    assert [d.file_name for d in hands.dossier.documents.all()] == ["my-own-name.pdf"]


def test_two_rows_with_one_name_are_told_apart(hands):
    hands.bring()
    hands.bring("Other.pdf", pdfs.small_pdf(text="3.2.P.5.1 Specifications, other"))
    response = hands.place()
    assert response.status_code == 422
    assert "3.2.P.5.1 has a document named specifications.pdf already." in response.content.decode()
    assert hands.dossier.documents.count() == 1


@pytest.mark.parametrize(("treat", "places"), [("skip", ["3.2.S.4.1"]), ("copy", ["3.2.P.5.1", "3.2.S.4.1"])])
def test_the_same_bytes_are_named_and_skipped_or_used_here_too(treat, places, hands):
    make.document(hands.dossier, "3.2.S.4.1", name="spec.pdf", content=SPEC)
    row = hands.bring()["row"]
    assert "The same file is already in 3.2.S.4.1 as" in row
    assert "spec.pdf, version 1</a>" in row
    asked = hands.place()
    assert asked.status_code == 422
    assert "The same file is here already. Skip it, or use it here too." in asked.content.decode()
    assert hands.place(treat=treat).status_code == 302
    found = hands.dossier.documents.order_by("section__number").values_list("section__number", flat=True)
    assert list(found) == places
    assert not Upload.objects.waiting().exists()


def test_a_taken_name_becomes_a_new_version_where_the_person_says_so(hands):
    there = make.document(hands.dossier, "3.2.P.5.1", name="specifications.pdf")
    hands.bring()
    asked = hands.place()
    assert asked.status_code == 422
    words = "3.2.P.5.1 has specifications.pdf already. Make it a new version, or change the name."
    assert words in asked.content.decode()
    assert hands.place(treat="version").status_code == 302
    newest = there.versions.first()
    assert (newest.number, newest.note, newest.original_name) == (2, "Came as Spec.pdf", "Spec.pdf")


def test_without_a_script_one_form_does_the_same(hands):
    files = [
        SimpleUploadedFile("Spec.pdf", SPEC),
        SimpleUploadedFile("Form.pdf", pdfs.javascript_pdf()),
        SimpleUploadedFile("Empty.pdf", b""),
    ]
    response = hands.client.post(hands.url("documents_add"), {"documents": files}, follow=True)
    page = response.content.decode()
    assert [upload.state for upload in Upload.objects.all()] == ["fit", "refused"]
    assert "Empty.pdf: The file is empty." in page
    assert "It contains a script." in page
    assert "Suggested: names 3.2.P.5.1 on page 1" in page


def test_another_persons_upload_is_not_there(hands, browser, contributor, other_lead, coordinator):
    url = hands.start().json()["url"]
    for person in (contributor, other_lead, coordinator):
        client = browser(person)
        assert client.get(url).status_code == 404
        assert Hands(client, hands.dossier).send(url, 0, SPEC).status_code == 404
        assert client.post(f"{url}discard/").status_code == 404
    assert Upload.objects.get().received == 0


def test_thrown_away_is_gone(hands, settings, django_capture_on_commit_callbacks):
    hands.bring()
    upload = Upload.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        hands.client.post(hands.url("upload_discard", upload.pk))
    assert (_stored(settings), Upload.objects.count()) == ([], 0)


def test_a_large_file_is_checked_by_a_worker_and_again_when_that_dies(hands, settings, monkeypatch):
    monkeypatch.setattr(actions, "CHECKED_AT_ONCE", 10)
    assert hands.bring()["state"] == "arrived"
    upload = Upload.objects.get()
    long_ago = timezone.now() - timedelta(hours=1)
    Upload.objects.update(state=UploadState.CHECKING, changed_at=long_ago)  # a worker took it and died
    assert jobs.check_stranded_uploads() == 1
    jobs.check_upload(str(upload.pk))
    jobs.check_upload(str(upload.pk))
    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == ("fit", 1)


def test_bytes_that_are_not_what_was_announced_are_refused(hands):
    begun = hands.start().json()
    hands.send(begun["url"], 0, SPEC[:-1])
    upload = Upload.objects.get()
    Upload.objects.update(state=UploadState.ARRIVED)
    assert actions.check(upload.pk).wrong == "What came is not what was announced. Choose the file again."


def test_what_nobody_comes_back_for_expires(hands, settings, django_capture_on_commit_callbacks):
    hands.bring()
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.expire_uploads() == 1
    assert (_stored(settings), Upload.objects.count()) == ([], 0)


def test_bytes_that_belong_to_no_upload_go_after_a_day(hands, settings):
    hands.start()
    lost = Path(settings.MEDIA_ROOT) / "uploads" / "ab" / "lost.part"
    lost.parent.mkdir(parents=True)
    for path in (lost, lost.with_name("new.part")):
        path.write_bytes(b"%PDF-")
    os.utime(lost, (0, 0))
    assert jobs.expire_uploads() == 1
    assert [path.name for path in _stored(settings)] == ["new.part"]
    assert Upload.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_upload_whose_sender_comes_back_while_it_expires_loses_no_byte(hands, lead, tmp_path):
    begun = hands.start().json()
    hands.send(begun["url"], 0, SPEC[:300])
    upload = Upload.objects.get()
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with database_on_disk(tmp_path):
        came_back = partial(actions.take, upload, offset=300, data=SPEC[300:], by=lead)
        outcome, _ = race(came_back, actions.expire)
        kept = Upload.objects.filter(pk=upload.pk).first()
        assert isinstance(outcome, Refused) or (kept and upload.path.read_bytes() == SPEC)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_however_many_files_wait(number, hands, django_assert_num_queries):
    for place in range(number):
        hands.bring(f"File {place}.pdf", pdfs.small_pdf(text=f"File {place}"))
    hands.client.get(hands.url("documents_add"))
    with django_assert_num_queries(15):
        hands.client.get(hands.url("documents_add"))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_add_the_same_upload_make_one_document(hands, lead, tmp_path):
    with database_on_disk(tmp_path):
        hands.bring()
        upload = Upload.objects.get()
        section = hands.dossier.sections.get(number="3.2.P.5.1")
        wanted = actions.Wanted(upload, section, "specifications.pdf")
        first, second = race(*(lambda: actions.place_all(hands.dossier, [wanted], by=lead) for _ in range(2)))
        assert sorted((len(done.added), list(done.problems.values())) for done in (first, second)) == [
            (0, ["It is not ready: added."]),
            (1, []),
        ]
        assert DocumentVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_begin_the_same_file_share_one_upload(hands, lead, tmp_path):
    with database_on_disk(tmp_path):
        begin = partial(actions.start, hands.dossier, name="a.pdf", size=9, mark="same", by=lead)
        first, second = race(begin, begin)
        assert first.pk == second.pk


def test_nothing_of_a_batch_is_stored_when_the_transaction_fails(hands, lead, settings, monkeypatch):
    hands.bring()
    upload = Upload.objects.get()
    section = hands.dossier.sections.get(number="3.2.P.5.1")
    before = _stored(settings)

    def fail(dossier):
        raise OSError("The disk is full.")

    monkeypatch.setattr(documents, "_touch", fail)
    with pytest.raises(OSError, match="full"):
        actions.place_all(hands.dossier, [actions.Wanted(upload, section, "specifications.pdf")], by=lead)
    assert _stored(settings) == before
    assert (Upload.objects.get().state, hands.dossier.documents.count()) == ("fit", 0)


def test_a_file_gets_the_title_that_was_typed_and_otherwise_one_from_its_name(hands, dossier):
    hands.bring()
    row = hands.client.get(hands.url("documents_add")).context["rows"][0]
    assert row["title"].value() == "Spec"
    hands.place(title="Specification of the drug product")
    assert dossier.documents.get().title == "Specification of the drug product"
    hands.bring("Other-file.pdf", pdfs.small_pdf(text="3.2.P.8.1 Stability"))
    hands.place(title="")
    assert dossier.documents.get(section__number="3.2.P.8.1").title == "Other file"


def test_throwing_one_file_away_keeps_what_was_typed_about_the_others(hands, dossier):
    for name, text in (("A.pdf", "3.2.P.8.1 Stability"), ("B.pdf", "2.4"), ("C.pdf", "2.5")):
        hands.bring(name, pdfs.small_pdf(text=text))
    a, b, c = Upload.objects.order_by("name")
    typed = {
        f"u{a.pk.hex}-take": "on", f"u{a.pk.hex}-section": "9.9", f"u{a.pk.hex}-file_name": "Wrong Name.pdf",
        f"u{a.pk.hex}-title": "Twelve months", f"u{b.pk.hex}-section": "1.0",
        f"u{b.pk.hex}-file_name": "b.pdf", f"u{b.pk.hex}-title": "", f"u{c.pk.hex}-section": "2.4",
    }  # fmt: skip
    answer = hands.client.post(hands.url("upload_discard", c.pk), typed)
    assert answer.headers["Location"] == hands.url("documents_add")
    rows = {row.upload: row for row in hands.client.get(hands.url("documents_add")).context["rows"]}
    assert {
        upload.name: [row[field].value() for field in ("take", "section", "file_name", "title")]
        for upload, row in rows.items()
    } == {
        "A.pdf": [True, "9.9", "Wrong Name.pdf", "Twelve months"],
        "B.pdf": [False, "1.0", "b.pdf", ""],
    }


def test_what_is_typed_is_kept_for_ones_own_files_only(browser, hands, dossier, lead, contributor):
    hands.bring()
    own = Upload.objects.get()
    theirs = Hands(browser(contributor), dossier)
    theirs.bring("B.pdf", pdfs.small_pdf(text="2.4"))
    other = Upload.objects.get(person=contributor)
    theirs.client.post(theirs.url("upload_discard", other.pk), {f"u{own.pk.hex}-section": "1.0"})
    own.refresh_from_db()
    assert own.typed == {}
    actions.remember({own.pk: {"section": "1.0"}}, by=contributor)
    own.refresh_from_db()
    assert own.typed == {}


def test_a_file_is_placed_as_an_addition_to_a_filed_one(browser, lead, coordinator, reviewer):
    stopped = reviews.dossier_at("clock_stopped", lead.organisation)
    filed = stopped.documents.get(section__number="1.0")
    hands = Hands(browser(lead), stopped)
    hands.bring("Letter.pdf", pdfs.small_pdf(text="1.0 Cover letter"))
    upload = Upload.objects.get()
    chosen = {"section": "1.0", "file_name": "letter.pdf", "adds_to": str(filed.pk)}
    refused = hands.place(**chosen)
    assert refused.context["rows"][0].errors == {"adds_why": ["Say in a sentence what it adds."]}
    elsewhere = hands.place(**chosen | {"section": "1.2", "adds_why": "Annex"})
    assert elsewhere.context["rows"][0].errors == {
        "adds_to": ["It does not stand in this section. Choose again."]
    }
    hands.place(**chosen, adds_why="The second signature")
    upload.refresh_from_db()
    context = upload.document.contexts.get()
    assert (context.operation, context.modified.document, context.why) == (
        "append",
        filed,
        "The second signature",
    )


def test_a_second_click_on_throwing_away_changes_nothing(hands):
    hands.bring()
    upload = Upload.objects.get()
    actions.discard(upload)
    actions.discard(upload)
    assert not Upload.objects.exists()


def test_a_piece_for_a_file_that_was_thrown_away_meanwhile_is_refused(hands, lead):
    hands.start()
    upload = Upload.objects.get()
    actions.discard(upload)
    with pytest.raises(Refused, match="was thrown away meanwhile"):
        actions.take(upload, offset=0, data=SPEC, by=lead)


@pytest.mark.django_db(transaction=True)
def test_a_file_thrown_away_while_it_is_checked_is_gone_and_nobody_sees_an_error(hands, lead, tmp_path):
    begun = hands.start().json()
    upload = Upload.objects.get(pk=begun["url"].rstrip("/").rpartition("/")[2])
    actions.take(upload, offset=0, data=SPEC, by=lead)
    with database_on_disk(tmp_path):
        outcomes = race(lambda: actions.check(upload.pk), lambda: actions.discard(upload))
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert not Upload.objects.exists()
    assert not upload.path.exists()
