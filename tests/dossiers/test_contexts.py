import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers import contexts, package, readiness
from dossiers.actions import contexts as choosing
from dossiers.actions import documents, filings, sequences
from dossiers.actions import requirements as answering
from dossiers.actions import reviews as reviewing
from dossiers.combined import standing_of
from dossiers.models import ContextOfUse, Document, DocumentVersion
from dossiers.receipts import receipt_content
from dossiers.statuses import DossierStatus, Operation
from tests.factories import combined as parts
from tests.factories import dossiers as make
from tests.factories import reviews


@pytest.fixture
def stopped(lead, coordinator, reviewer):
    """A dossier filed as 0000, whose sponsor works on its responses."""
    return reviews.dossier_at(DossierStatus.CLOCK_STOPPED, lead.organisation)


def operations(of):
    found = contexts.operations_of(of, contexts.last_filing(of))
    return {each.document.pk: each for each in found}


def test_everything_is_new_before_the_first_filing(lead):
    dossier = make.dossier(organisation=lead.organisation)
    document = make.document(dossier)
    (each,) = operations(dossier).values()
    assert (each.document, each.operation, each.in_words) == (document, Operation.NEW, "new")


def test_a_filing_records_what_it_does(stopped):
    filing = stopped.filings.get()
    recorded = set(filing.contexts.values_list("document", "version__number", "operation", "modified"))
    filed = DocumentVersion.objects.filter(filed_in=filing)
    assert recorded == {(version.document_id, version.number, "new", None) for version in filed}
    assert {each.in_words for each in operations(stopped).values()} == {"unchanged"}


def test_the_next_sequence_holds_only_what_changed(lead, stopped):
    version = reviews.new_version(stopped)
    added = make.document(stopped, name="added.pdf")
    found = operations(stopped)
    assert found[version.document_id].in_words == "replaces version 1 filed in 0000"
    assert found[added.pk].in_words == "new"
    filing = filings.file_responses(stopped, by=lead)
    first = stopped.filings.get(sequence__number=0).contexts.get(document=version.document)
    assert set(filing.contexts.values_list("document", "operation", "modified")) == {
        (version.document_id, "replace", first.pk),
        (added.pk, "new", None),
    }
    assert {each.operation for each in operations(stopped).values()} == {None}


def test_a_sequence_sent_back_is_filed_again_as_if_it_had_never_been(lead, coordinator):
    dossier = make.dossier_at(DossierStatus.FILED, lead.organisation)
    dossier = reviewing.send_back(dossier, why="The form is not signed.", by=coordinator)
    assert contexts.last_filing(dossier) is None
    assert {each.operation for each in operations(dossier).values()} == {Operation.NEW}
    again = make.file(dossier)
    assert set(again.contexts.values_list("operation", "modified")) == {("new", None)}
    assert set(contexts.standing_after(again).values()) == set(again.contexts.all())


def test_a_filed_document_is_deleted_by_the_next_filing(lead, coordinator, reviewer, stopped):
    document = reviews.version_of(stopped).document
    documents.remove(document, why="The study was withdrawn.", by=lead)
    assert operations(stopped)[document.pk].in_words == "deleted with the next filing"
    assert Document.objects.visible_to(reviewer).in_place().filter(pk=document.pk).exists()
    assert not readiness.newest_versions(stopped).filter(document=document).exists()
    assert document.section.number not in readiness.filled_numbers(stopped)
    filing = filings.file_responses(stopped, by=lead)
    context = filing.contexts.get(document=document)
    assert (context.operation, context.version, context.why) == ("delete", None, "The study was withdrawn.")
    assert context.modified == stopped.filings.get(sequence__number=0).contexts.get(document=document)
    document.refresh_from_db()
    assert (document.deleted_in, document.removed_at is None) == (filing, False)
    assert not Document.objects.visible_to(reviewer).in_place().filter(pk=document.pk).exists()
    assert DocumentVersion.objects.visible_to(reviewer).filter(document=document).exists()
    assert document.pk not in contexts.standing_after(filing)
    assert Event.objects.filter(code="dossiers.deletion_chosen").count() == 1


def test_a_deletion_is_taken_back_before_filing(browser, lead, stopped):
    document = reviews.version_of(stopped).document
    client, keep = browser(lead), reverse("dossiers:document_keep", args=[stopped.pk, document.pk])
    remove = reverse("dossiers:document_remove", args=[stopped.pk, document.pk])
    assert "The next filing deletes it" in client.get(remove).content.decode()
    assert (
        client.post(remove, {"why": "Wrong study"}).headers["Location"] == document.section.get_absolute_url()
    )
    assert client.get(remove).status_code == 409
    shown = client.get(document.section.get_absolute_url()).content.decode()
    assert ("deleted with the next filing" in shown, f'action="{keep}"' in shown) == (True, True)
    client.post(keep)
    assert operations(stopped)[document.pk].in_words == "unchanged"
    assert client.post(keep).status_code == 409


def test_a_new_document_is_added_to_a_filed_one_with_a_reason(lead, stopped):
    filed = reviews.version_of(stopped).document
    added = make.document(stopped, filed.section.number, name="addendum.pdf")
    with pytest.raises(Refused, match="Say why"):
        choosing.append(added, filed, why=" ", by=lead)
    context = choosing.append(added, filed, why="Lots 4 to 6 follow the table.", by=lead)
    assert operations(stopped)[added.pk].in_words == f"adds to {filed}, version 1 filed in 0000"
    with pytest.raises(Refused, match="Something was chosen for"):
        choosing.append(added, filed, why="Again", by=lead)
    filing = filings.file_responses(stopped, by=lead)
    context.refresh_from_db()
    assert (context.filing, context.operation, context.version) == (filing, "append", added.versions.get())


def test_an_addition_needs_a_filed_document_of_its_section(lead, stopped):
    filed = reviews.version_of(stopped).document
    elsewhere = next(s for s in stopped.sections.filter(holds_documents=True) if s.pk != filed.section_id)
    added = make.document(stopped, elsewhere.number, name="elsewhere.pdf")
    beside = make.document(stopped, elsewhere.number, name="beside.pdf")
    for document, to, words in (
        (added, filed, "is in another section"),
        (added, beside, "does not stand in a filing"),
        (filed, beside, "was filed already"),
    ):
        with pytest.raises(Refused, match=words):
            choosing.append(document, to, why="It follows.", by=lead)
    assert not ContextOfUse.objects.filter(filing=None).exists()


def test_only_writers_of_the_sponsor_choose(reader, other_lead, reviewer, stopped):
    document = reviews.version_of(stopped).document
    for person in (reader, other_lead, reviewer):
        with pytest.raises(Refused):
            choosing.delete(document, why="No", by=person)
    assert not ContextOfUse.objects.filter(filing=None).exists()


def test_an_addition_is_chosen_on_the_page_of_the_document_and_taken_back(browser, lead, stopped):
    filed = reviews.version_of(stopped).document
    added = make.document(stopped, filed.section.number, name="addendum.pdf")
    client = browser(lead)
    append = reverse("dossiers:document_append", args=[stopped.pk, added.pk])
    section = filed.section.get_absolute_url()
    for page in (section, added.get_absolute_url()):
        assert f'href="{append}"' in client.get(page).content.decode()
    assert f"{filed}, version 1 filed in 0000" in client.get(append).content.decode()
    refused = client.post(append, {"adds_to": str(filed.pk)})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"adds_why": ["Say in a sentence what it adds."]}
    answer = client.post(append, {"adds_to": str(filed.pk), "adds_why": "Lots 4 to 6."})
    assert answer.headers["Location"] == section
    shown = client.get(section).content.decode()
    assert f"adds to {filed}, version 1 filed in 0000" in shown
    assert (f'href="{append}"' in shown, client.get(append).status_code) == (False, 409)
    client.post(reverse("dossiers:document_keep", args=[stopped.pk, added.pk]))
    assert operations(stopped)[added.pk].in_words == "new"


def test_a_section_takes_new_files_as_additions(browser, lead, stopped):
    filed = reviews.version_of(stopped).document
    url = reverse("dossiers:document_add", args=[stopped.pk, filed.section.number])
    typed = {"adds_to": str(filed.pk), "adds_why": ""}
    refused = browser(lead).post(url, {"documents": make.upload("lots.pdf"), **typed})
    assert refused.context["form"].errors == {"adds_why": ["Say in a sentence what it adds."]}
    assert not Document.objects.filter(file_name="lots.pdf").exists()
    typed["adds_why"] = "Lots 4 to 6."
    browser(lead).post(url, {"documents": make.upload("lots.pdf"), **typed})
    context = ContextOfUse.objects.get(filing=None)
    assert (context.document.file_name, context.operation, context.why) == (
        "lots.pdf",
        "append",
        "Lots 4 to 6.",
    )
    assert context.modified.document == filed


def test_nothing_is_added_to_what_is_not_filed_or_leaves(browser, lead, stopped):
    draft = make.dossier(organisation=lead.organisation)
    fields = browser(lead).get(draft.sections.get(number="1.0").get_absolute_url()).context["form"].fields
    assert "adds_to" not in fields
    filed = reviews.version_of(stopped).document
    added = make.document(stopped, filed.section.number, name="addendum.pdf")
    choosing.append(added, filed, why="Lots 4 to 6.", by=lead)
    with pytest.raises(Refused, match="is filed as an addition to it"):
        documents.remove(filed, why="Wrong study", by=lead)
    documents.remove(added, why="Not needed", by=lead)
    assert not ContextOfUse.objects.filter(filing=None).exists()
    documents.remove(filed, why="Wrong study", by=lead)
    assert contexts.to_add_to(stopped, filed.section) == []
    other = make.document(stopped, filed.section.number, name="other.pdf")
    with pytest.raises(Refused, match="nothing can be added to it"):
        choosing.append(other, filed, why="Lots 4 to 6.", by=lead)
    page = reverse("dossiers:document_append", args=[stopped.pk, other.pk])
    assert browser(lead).get(page).status_code == 409


def test_a_document_that_leaves_takes_no_new_version(lead, stopped):
    documents.remove(reviews.version_of(stopped).document, why="Wrong study", by=lead)
    with pytest.raises(Refused, match="Keep it first"):
        reviews.new_version(stopped)


def test_what_a_filing_adds_and_deletes_is_read_in_it_and_between_it_and_the_one_before(
    browser, lead, stopped
):
    filed = reviews.version_of(stopped).document
    added = make.document(stopped, filed.section.number, name="addendum.pdf")
    choosing.append(added, filed, why="Lots 4 to 6.", by=lead)
    gone = stopped.documents.exclude(section=filed.section).filter(filed_in__isnull=False).first()
    documents.remove(gone, why="Withdrawn.", by=lead)
    filing = filings.file_responses(stopped, by=lead)
    rows = {row["file_name"]: row for row in filing.content["documents"]}
    assert (rows["addendum.pdf"]["operation"], rows["addendum.pdf"]["modifies"]) == (
        "append",
        {
            "section": filed.section.number,
            "file_name": filed.file_name,
            "version": 1,
            "folder": filed.section.folder,
            "since": "0000",
        },
    )
    assert [row["file_name"] for row in filing.content["deleted"]] == [gone.file_name]
    shown = browser(lead).get(filing.get_absolute_url()).content.decode()
    assert f'append<span class="meta d-block">to {filed}, version 1' in shown
    assert "They were filed by sequence 0000 and no longer hold." in shown
    compared = browser(lead).get(reverse("dossiers:filing_compare", args=[stopped.pk]))
    changed = {
        change.file_name: (change.word, change.adds_to)
        for change in compared.context["page"].difference.changed
    }
    assert changed == {
        "addendum.pdf": ("Appended", rows["addendum.pdf"]["modifies"]),
        gone.file_name: ("Deleted", None),
    }
    folder = package.folder_of(rows["addendum.pdf"])
    assert package.operations_in(filing.content) == [
        ("delete", "", "0000/m1/eu/10-cover/ema/10.pdf"),
        ("append", f"0001/{folder}/addendum.pdf", f"0000/{folder}/{filed}"),
    ]
    printed = {row["file"]: row["operation"] for row in receipt_content(filing)["documents"]}
    assert printed[f"addendum.pdf, adds to {filed}"] == "append"
    assert printed[gone.file_name] == "delete"


def test_what_the_next_filing_deletes_answers_no_requirement_in_it(browser, lead, stopped):
    requirement = stopped.requirements.first()
    document = stopped.documents.filter(filed_in__isnull=False).first()
    choosing.delete(document, why="Superseded", by=lead)
    answer = {"state": "met", "document": document, "edition": requirement.edition}
    with pytest.raises(Refused, match="leaves it with the next filing"):
        answering.answer(requirement, **answer, by=lead)
    client = browser(lead)
    url = reverse("dossiers:requirement_answer", args=[stopped.pk, requirement.pk])
    assert document not in client.get(url).context["form"].fields["document"].queryset
    choosing.keep(document, by=lead)
    assert answering.answer(requirement, **answer, by=lead).state == "met"


def test_what_the_next_filing_deletes_is_no_evidence_of_the_device(lead, combined):
    sequences.open_next(combined, by=lead)
    document = combined.documents.filter(filed_in__isnull=False).first()
    parts.applies(combined, "10.1", document)
    choosing.delete(document, why="Superseded", by=lead)
    standing = standing_of(combined)
    assert (standing.gsprs["10.1"]["document"], standing.is_open("10.1")) == ("", True)
    with pytest.raises(Refused, match="leaves it with the next filing"):
        parts.applies(combined, "10.2", document)
