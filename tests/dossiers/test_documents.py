from pathlib import Path

import pikepdf
import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers import uploads
from dossiers.actions import documents
from dossiers.actions.documents import AlreadyHere
from dossiers.models import Document, DocumentVersion
from dossiers.queries.documents import documents_in_place
from tests.factories import dossiers as make

SECTION = "3.2.S.2.3"
PASSWORD_OFF = "Take the password off, or ask its author for an open copy. Criterion 16.2."
SMALLER = "Split the document, or lower the resolution of its scanned pages."


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation, outcome="sCTMP")


def _url(name, document, **more):
    return reverse(f"dossiers:{name}", args=[document.dossier_id, document.pk, *more.values()])


def _add(client, dossier, *files, number=SECTION, **fields):
    url = reverse("dossiers:document_add", args=[dossier.pk, number])
    return client.post(url, {"documents": list(files), "title": "", "note": "", **fields})


def _stored(settings):
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_a_file_becomes_a_document_that_answers_what_was_ticked(browser, contributor, dossier, settings):
    requirement = dossier.requirements.get(code="ATMP-06")
    content = make.pdf(18)
    response = _add(
        browser(contributor),
        dossier,
        make.upload("Donor tests FINAL 2.PDF", content),
        title="Donor testing",
        note="Final",
        answers=[str(requirement.pk)],
    )
    assert response.headers["Location"] == reverse("dossiers:section", args=[dossier.pk, SECTION])
    document = dossier.documents.get()
    version = document.versions.get()
    assert (document.file_name, document.title) == ("donor-tests-final-2.pdf", "Donor testing")
    assert (version.number, version.original_name, version.pages, version.note) == (
        1,
        "Donor tests FINAL 2.PDF",
        18,
        "Final",
    )
    assert (version.uploaded_by, version.filed_in) == (contributor, None)
    assert version.file.name == f"documents/{version.pk.hex[:2]}/{version.pk}.pdf"
    assert [path.read_bytes() for path in _stored(settings)] == [content]
    requirement.refresh_from_db()
    assert (requirement.state, requirement.document) == ("met", document)
    events = Event.objects.filter(code__in=["dossiers.document_added", "dossiers.requirement_answered"])
    assert [(event.sentence, event.audience) for event in events] == [
        ("Added donor-tests-final-2.pdf to 3.2.S.2.3", "sponsor"),
        ("ATMP-06: answered by a document", "sponsor"),
    ]


def test_several_files_are_taken_at_once(browser, lead, dossier):
    requirement = dossier.requirements.get(code="ATMP-06")
    _add(
        browser(lead),
        dossier,
        make.upload("bank.pdf"),
        make.upload("bank.pdf"),
        title="Never used for two",
        answers=[str(requirement.pk)],
    )
    documents = list(dossier.documents.order_by("created_at"))
    assert [(document.file_name, document.title) for document in documents] == [
        ("bank.pdf", "Bank"),
        ("bank-2.pdf", "Bank"),
    ]
    requirement.refresh_from_db()
    assert requirement.document == documents[0]


def test_good_files_are_kept_and_bad_ones_named_one_by_one(browser, lead, dossier, settings):
    response = _add(
        browser(lead),
        dossier,
        make.upload("good.pdf"),
        make.upload("letter.docx", b"PK\x03\x04"),
        make.upload("empty.pdf", b""),
        make.upload("secret.pdf", make.pdf(encryption=pikepdf.Encryption(user="x", owner="y"))),
        title="Kept",
        note="Kept too",
    )
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "documents": [
            "letter.docx: It is not a PDF, whatever its name says. Save the document as PDF 1.7.",
            "empty.pdf: The file is empty. Save it again from the program that wrote it.",
            f"secret.pdf: It asks for a password. {PASSWORD_OFF}",
        ]
    }
    page = response.content.decode()
    assert 'value="Kept"' in page
    assert 'value="Kept too"' in page
    assert "Added to 3.2.S.2.3: good.pdf." in page
    assert [document.file_name for document in Document.objects.all()] == ["good.pdf"]
    assert len(_stored(settings)) == 1


def test_what_a_good_file_answered_is_not_offered_to_the_bad_one_again(browser, lead, dossier):
    first, second = dossier.requirements.filter(section__number="1.2")
    fields = {"number": "1.2", "answers": [str(first.pk)]}
    response = _add(browser(lead), dossier, make.upload("good.pdf"), make.upload("empty.pdf", b""), **fields)
    assert [key for key, _ in response.context["form"].fields["answers"].choices] == [str(second.pk)]
    assert f'value="{first.pk}"' not in response.content.decode()
    fields["answers"] = [str(second.pk)]
    response = _add(browser(lead), dossier, make.upload("next.pdf"), make.upload("empty.pdf", b""), **fields)
    assert "answers" not in response.context["form"].fields


def test_a_requirement_answered_meanwhile_is_named_before_anything_is_kept(browser, lead, dossier):
    first, second = dossier.requirements.filter(section__number="1.2")
    _add(browser(lead), dossier, make.upload("first.pdf"), number="1.2", answers=[str(first.pk)])
    both = [str(first.pk), str(second.pk)]
    response = _add(browser(lead), dossier, make.upload("late.pdf"), number="1.2", answers=both)
    assert response.context["form"].errors == {
        "answers": ["One of them was answered meanwhile. Tick again what is left."]
    }
    assert Document.objects.count() == 1


def test_a_mistake_in_the_words_keeps_the_words_and_stores_nothing(browser, lead, dossier, settings):
    response = _add(browser(lead), dossier, make.upload(), title="x" * 201, note="Kept")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["title"]
    assert 'value="Kept"' in response.content.decode()
    assert (Document.objects.count(), _stored(settings)) == (0, [])


def test_no_file_is_a_mistake(browser, lead, dossier):
    response = browser(lead).post(reverse("dossiers:document_add", args=[dossier.pk, SECTION]), {"note": "x"})
    assert response.context["form"].errors == {"documents": ["Choose at least one PDF file."]}


def test_a_copy_in_the_dossier_is_recognised_and_not_stored_again(browser, lead, dossier, settings):
    content = make.pdf()
    kept = make.document(dossier, "3.2.P.5.6", name="justification.pdf", content=content)
    response = _add(browser(lead), dossier, make.upload("other name.pdf", content))
    assert response.context["form"].errors == {
        "documents": [
            "other name.pdf: Already here: 3.2.P.5.6, justification.pdf, version 1. It was not stored again."
        ]
    }
    link = f'<a href="{kept.get_absolute_url()}?version=1">Open the copy that is here'
    assert link in response.content.decode()
    assert len(_stored(settings)) == 1
    with pytest.raises(AlreadyHere, match=r"Already here: 3\.2\.P\.5\.6, justification\.pdf, version 1"):
        make.document(dossier, content=content)
    assert len(_stored(settings)) == 1


def test_the_same_file_twice_in_one_go_is_stored_once(browser, lead, dossier, settings):
    content = make.pdf()
    response = _add(browser(lead), dossier, make.upload("a.pdf", content), make.upload("b.pdf", content))
    assert response.context["form"].errors == {
        "documents": ["b.pdf: The same file was sent twice. One of them was kept."]
    }
    assert (Document.objects.count(), len(_stored(settings))) == (1, 1)


def test_another_sponsor_may_have_the_same_file_and_does_not_learn_of_ours(browser, lead, other_lead):
    content = make.pdf()
    make.document(make.dossier(organisation=lead.organisation), content=content)
    theirs = make.dossier(organisation=other_lead.organisation)
    assert _add(browser(other_lead), theirs, make.upload("a.pdf", content)).status_code == 302


def test_a_removed_copy_may_come_back(browser, lead, dossier):
    content = make.pdf()
    documents.remove(make.document(dossier, content=content), why="By mistake", by=lead)
    assert _add(browser(lead), dossier, make.upload("report.pdf", content)).status_code == 302
    assert [d.file_name for d in dossier.documents.in_place()] == ["report.pdf"]


def test_a_file_over_the_limit_is_named_and_not_kept(browser, lead, dossier, settings):
    settings.MAX_UPLOAD_BYTES = 3 * 1024 * 1024
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.MEDIA_ROOT.parent)
    big = make.upload("big.pdf", b"%PDF-1.7" + b"0" * 4 * 1024 * 1024)
    response = _add(browser(lead), dossier, make.upload("good.pdf"), big)
    size = "4.0\xa0MB"
    assert response.context["form"].errors == {
        "documents": [f"big.pdf: It is {size}; a file may have up to 3.0\xa0MB. {SMALLER}"]
    }
    assert [document.file_name for document in dossier.documents.all()] == ["good.pdf"]


def test_a_large_file_below_the_limit_arrives_whole(browser, lead, dossier):
    content = make.pdf(text="x" * 3 * 1024 * 1024)
    _add(browser(lead), dossier, make.upload("large.pdf", content))
    version = DocumentVersion.objects.get()
    assert version.sha256 == uploads.sha256(content).hexdigest()
    assert Path(version.file.path).read_bytes() == content


def test_restricted_files_are_kept_with_a_warning_that_they_stop_filing(browser, lead, dossier):
    restricted = make.pdf(encryption=pikepdf.Encryption(user="", owner="x"))
    response = browser(lead).post(
        reverse("dossiers:document_add", args=[dossier.pk, SECTION]),
        {"documents": [make.upload("lysate.pdf", restricted)]},
        follow=True,
    )
    page = response.content.decode()
    assert "lysate.pdf was kept, but stops filing: the file carries security settings" in page
    assert "Criterion 16.3" in page


def test_a_section_of_sections_takes_no_documents(lead, dossier):
    with pytest.raises(Refused, match=r"3.2.S Drug substance holds sections, not documents."):
        make.document(dossier, "3.2.S")


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_who_only_reads_adds_nothing(request, browser, role, dossier):
    response = _add(browser(request.getfixturevalue(role)), dossier, make.upload())
    assert response.status_code == 409
    assert b"Only the sponsor&#x27;s regulatory lead and contributors change the dossier." in response.content
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["version_add", "document_remove"])
@pytest.mark.parametrize("role", ["reader", "coordinator"])
def test_who_only_reads_changes_nothing(request, browser, name, role, lead):
    document = make.dossier_at("filed", lead.organisation).documents.first()
    assert browser(request.getfixturevalue(role)).get(_url(name, document)).status_code == 409


def test_a_filed_dossier_takes_no_documents(browser, lead):
    dossier = make.dossier_at("filed", lead.organisation)
    assert _add(browser(lead), dossier, make.upload()).status_code == 409


def test_a_new_version_replaces_the_newest_and_the_earlier_stays(browser, contributor, lead, dossier):
    document = make.document(dossier, content=make.pdf(text="first"))
    response = browser(contributor).post(
        _url("version_add", document),
        {"file": make.upload("donor v2.pdf", make.pdf(2)), "note": "Donor 7 added"},
    )
    assert response.status_code == 302
    assert [(v.number, v.pages, v.note) for v in document.versions.all()] == [
        (2, 2, "Donor 7 added"),
        (1, 1, ""),
    ]
    event = Event.objects.get(code="dossiers.version_added")
    assert (event.sentence, event.why, event.audience) == (
        "Added version 2 of report.pdf in 3.2.S.2.3",
        "Donor 7 added",
        "sponsor",
    )


def test_a_version_needs_a_good_file_and_a_note(browser, lead, dossier):
    content = make.pdf()
    document = make.document(dossier, content=content)
    client, url = browser(lead), _url("version_add", document)
    nothing = client.post(url, {"note": ""})
    assert nothing.context["form"].errors == {
        "file": ["Choose a PDF file."],
        "note": ["This field is required."],
    }
    same = client.post(url, {"file": make.upload("again.pdf", content), "note": "New"})
    assert same.context["form"].errors == {
        "file": ["again.pdf: Already here: 3.2.S.2.3, report.pdf, version 1. It was not stored again."]
    }
    empty = client.post(url, {"file": make.upload("empty.pdf", b""), "note": "New"})
    assert empty.status_code == 422
    assert 'value="New"' in empty.content.decode()
    assert document.versions.count() == 1


def test_a_removed_document_leaves_its_requirements_open(browser, lead, dossier):
    document = make.document(dossier)
    requirement = dossier.requirements.get(code="ATMP-06")
    make.requirements.answer(requirement, state="met", document=document, edition=1, by=lead)
    page = browser(lead).get(_url("document_remove", document))
    assert page.context["page"].answers == [requirement]
    browser(lead).post(_url("document_remove", document), {"why": "Wrong donor"})
    requirement.refresh_from_db()
    assert (requirement.state, requirement.document) == ("open", None)
    assert not dossier.documents.in_place().exists()
    event = Event.objects.get(code="dossiers.document_removed")
    assert (event.sentence, event.why) == ("Removed report.pdf from 3.2.S.2.3", "Wrong donor")
    assert browser(lead).get(_url("version_add", document)).status_code == 404


def test_nothing_is_left_in_storage_when_the_row_is_not_saved(lead, dossier, settings, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("dossiers.actions.documents.trail.record", fails)
    with pytest.raises(RuntimeError):
        make.document(dossier)
    assert (Document.objects.count(), _stored(settings)) == (0, [])


def test_the_file_is_given_as_it_came(browser, lead, dossier):
    content = make.pdf()
    version = make.document(dossier, content=content).versions.get()
    response = browser(lead).get(version.get_absolute_url())
    assert response.getvalue() == content
    assert {name: response.headers[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="report.pdf"',
    }
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in response.headers["Cache-Control"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_another_sponsors_file_is_not_found(browser, other_lead, lead, dossier):
    document = make.document(dossier)
    version = document.versions.get()
    theirs = make.dossier(organisation=other_lead.organisation)
    client = browser(other_lead)
    assert client.get(version.get_absolute_url()).status_code == 404
    through_own = reverse("dossiers:version_file", args=[theirs.pk, version.pk])
    assert client.get(through_own).status_code == 404
    for name in ("version_add", "document_remove", "document"):
        assert client.get(_url(name, document)).status_code == 404
        own = reverse(f"dossiers:{name}", args=[theirs.pk, document.pk])
        assert client.get(own).status_code == 404


def test_the_authority_gets_filed_versions_only(browser, lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation)
    type(dossier).objects.filter(pk=dossier.pk).update(status="returned")
    dossier.refresh_from_db()
    document = dossier.documents.filter(section__number="1.0").get()
    newer = documents.add_version(document, uploads.check(make.upload(), "1.0"), note="Secret", by=lead)
    draft = make.document(dossier, "1.0", name="draft.pdf")
    client = browser(coordinator)
    filed = client.get(document.versions.get(number=1).get_absolute_url())
    assert filed.getvalue().startswith(b"%PDF-")
    assert client.get(newer.get_absolute_url()).status_code == 404
    assert client.get(draft.versions.get().get_absolute_url()).status_code == 404
    assert client.get(_url("document", draft)).status_code == 404
    rows = client.get(reverse("dossiers:document_list", args=[dossier.pk])).context["page"].table.rows
    assert draft not in [row.document for row in rows]
    assert {row.document: row.newest.number for row in rows}[document] == 1
    ours = browser(lead).get(reverse("dossiers:document_list", args=[dossier.pk])).context["page"]
    states = {row.document: (row.newest.number, row.is_replacing) for row in ours.table.rows}
    assert (states[document], states[draft]) == ((2, True), (1, False))


def test_documents_are_found_by_name_and_title(browser, lead, dossier):
    make.document(dossier, name="potency.pdf", title="Release of interferon")
    make.document(dossier, name="identity.pdf")
    url = reverse("dossiers:document_list", args=[dossier.pk])
    found = {
        words: [
            row.document.file_name for row in browser(lead).get(url, {"q": words}).context["page"].table.rows
        ]
        for words in ("interferon", "identity", "potency release", "nothing")
    }
    assert found == {
        "interferon": ["potency.pdf"],
        "identity": ["identity.pdf"],
        "potency release": ["potency.pdf"],
        "nothing": [],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    browser, lead, dossier, number, django_assert_num_queries
):
    for _ in range(number):
        make.document(dossier)
    client = browser(lead)
    with django_assert_num_queries(19):
        client.get(reverse("dossiers:document_list", args=[dossier.pk]))


@pytest.mark.parametrize(("reads", "queries"), [("lead", 18), ("coordinator", 13)])
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_filed_documents_takes_the_same_queries(
    browser, lead, coordinator, dossier, reads, queries, number, django_assert_num_queries
):
    for _ in range(number):
        make.document(dossier)
    make.file(make.make_ready(dossier))
    client = browser({"lead": lead, "coordinator": coordinator}[reads])
    with django_assert_num_queries(queries) as asked:
        client.get(reverse("dossiers:document_list", args=[dossier.pk]))
    assert not [query for query in asked.captured_queries if '"dossiers_filing"."content",' in query["sql"]]


def test_a_long_list_comes_page_by_page(browser, lead, dossier, monkeypatch):
    monkeypatch.setattr("dossiers.queries.documents.PAGE_SIZE", 2)
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        added = make.document(dossier, name=name)
    documents.add_version(added, uploads.check(make.upload(), "3.2.S.2.3"), note="Newer", by=lead)
    client = browser(lead)
    for url in (reverse("dossiers:document_list", args=[dossier.pk]), added.section.get_absolute_url()):
        first, second = client.get(url), client.get(url, {"page": 2})
        for page, names in ((first, ["a.pdf", "b.pdf"]), (second, ["c.pdf"])):
            told = page.content.decode()
            assert [name for name in ("a.pdf", "b.pdf", "c.pdf") if f">{name}</a>" in told] == names
            assert "3 documents, 4 versions" in told
        assert 'href="?page=2" rel="next"' in first.content.decode()


def test_a_version_is_read_by_its_number_and_only_if_the_person_may(browser, lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation)
    type(dossier).objects.filter(pk=dossier.pk).update(status="returned")
    document = dossier.documents.get(section__number="1.0")
    documents.add_version(document, uploads.check(make.upload(), "1.0"), note="Secret", by=lead)

    def read(person, **asked):
        response = browser(person).get(_url("document", document), asked)
        return (
            response.context["page"].version.number if response.status_code == 200 else response.status_code
        )

    assert (read(lead), read(lead, version="1"), read(lead, version="9")) == (2, 1, 404)
    assert (read(coordinator), read(coordinator, version="1"), read(coordinator, version="2")) == (1, 1, 404)
    assert read(lead, version="newest") == 2
    assert read(lead, version="9" * 5000) == 2


def test_a_search_of_many_words_is_one_short_question(dossier, lead):
    make.document(dossier, name="stability-tables.pdf")
    found = documents_in_place(dossier, lead, words="stability tables " * 40)
    assert [document.file_name for document in found] == ["stability-tables.pdf"]
