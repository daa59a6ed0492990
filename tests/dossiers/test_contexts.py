import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers import contexts, readiness
from dossiers.actions import contexts as choosing
from dossiers.actions import documents, filings
from dossiers.actions import reviews as reviewing
from dossiers.models import ContextOfUse, Document, DocumentVersion
from dossiers.statuses import DossierStatus, Operation
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
    assert operations(stopped)[added.pk].in_words == "adds to version 1 filed in 0000"
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
