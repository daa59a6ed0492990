"""What an attempt that came back leaves to the next one at its sequence; it stays as it was itself."""

from django.core.management import call_command
from django.urls import reverse

from audit import trail
from dossiers import contexts
from dossiers.actions import contexts as choices
from dossiers.actions import documents, filings, sequences
from dossiers.actions import reviews as reviewing
from dossiers.models import Document, Dossier
from dossiers.queries.content import content_of
from dossiers.queries.differences import difference
from dossiers.queries.filings import coming_place
from tests.factories import dossiers as make


def _url(name, document):
    return reverse(f"dossiers:{name}", args=[document.dossier_id, document.pk])


def test_what_came_back_is_left_out_of_the_next_attempt_and_stays_in_the_first(browser, lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation, procedure="classification")
    first = dossier.filings.get()
    dossier = reviewing.send_back(dossier, why="The form is not signed.", by=coordinator)
    document = dossier.documents.get(section__number="1.2")
    kept, frozen = first.content, document.versions.get()
    page = browser(lead).get(_url("document_remove", document)).content.decode()
    assert "the agency does not have it" in page
    browser(lead).post(_url("document_remove", document), {"why": "Wrong form"})
    assert browser(lead).post(_url("document_remove", document), {"why": "x"}).status_code == 409
    section = browser(lead).get(document.section.get_absolute_url()).content.decode()
    assert "left out of the next attempt" in section
    assert "in an attempt that came back" in section
    assert Document.objects.visible_to(coordinator).in_place().filter(pk=document.pk).exists()
    again = make.document(dossier, "1.2", name="form-signed.pdf")
    second = make.file(dossier)
    assert (second.sequence_number, second.attempt) == ("0000", 2)
    assert [(row["file_name"], row["operation"]) for row in second.content["documents"]] == [
        ("10.pdf", "new"),
        (again.file_name, "new"),
    ]
    assert second.content["deleted"] == []
    assert set(second.contexts.values_list("operation", flat=True)) == {"new"}
    document.refresh_from_db()
    assert (document.deleted_in, document.removed_at is None) == (second, False)
    assert not dossier.contexts.filter(filing=None).exists()
    first.refresh_from_db()
    assert (first.content, first.content_hash) == (kept, trail.digest(kept))
    assert first.contexts.filter(document=document, version=frozen).exists()
    opened = browser(coordinator).get(reverse("dossiers:version_file", args=[dossier.pk, frozen.pk]))
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    call_command("verify_trail")
    assert difference(first.content, second.content).counts[:4] == [
        ("New", 1), ("Replaced", 0), ("Appended", 0), ("Deleted", 1),
    ]  # fmt: skip


def test_what_was_left_out_is_kept_after_all(browser, lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation, procedure="classification")
    dossier = reviewing.send_back(dossier, why="The form is not signed.", by=coordinator)
    document = dossier.documents.get(section__number="1.2")
    browser(lead).post(_url("document_remove", document), {"why": "Wrong form"})
    browser(lead).post(_url("document_keep", document))
    assert [row["section"] for row in make.file(dossier).content["documents"]] == ["1.0", "1.2"]


def test_what_an_attempt_deleted_and_added_is_chosen_again_when_it_comes_back(lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation, procedure="classification")
    form, letter = (dossier.documents.get(section__number=number) for number in ("1.2", "1.0"))
    sequences.open_next(dossier, by=lead)
    annex = make.document(dossier, "1.2", name="annex.pdf")
    choices.append(annex, form, why="The signatures.", by=lead)
    second_letter = make.document(dossier, "1.0", name="letter.pdf")
    documents.remove(letter, why="Wrong address", by=lead)
    filed = _file_next(dossier, lead)
    letter.refresh_from_db()
    assert letter.deleted_in == filed
    dossier = reviewing.send_back(
        Dossier.objects.get(pk=dossier.pk), why="The annex is not signed.", by=coordinator
    )
    letter.refresh_from_db()
    assert (letter.deleted_in, letter.removed_at) == (None, None)
    found = contexts.by_document(contexts.operations_of(dossier, contexts.last_filing(dossier)))
    assert {found[each.pk].in_words for each in (letter, annex, second_letter)} == {
        "deleted with the next filing",
        "adds to 12.pdf, version 1 filed in 0000",
        "new",
    }
    again = make.file(dossier)
    operations = set(again.contexts.values_list("document", "operation", "why"))
    assert operations == set(filed.contexts.values_list("document", "operation", "why"))
    assert (again.sequence_number, again.attempt, len(operations)) == ("0001", 2, 3)


def _file_next(dossier, lead):
    dossier = Dossier.objects.with_product().get(pk=dossier.pk)
    shown = content_of(dossier, coming_place(dossier))
    return filings.file_next(dossier, by=lead, proof=make.Proof(lead.pk, make.shown_hash(shown)))
