"""The operations of a sequence: what it does with each document, seen from the filing before it.

Source: ICH eCTD v3.2.2, leaf operation; EU criteria 11.5 to 11.12: what is replaced or deleted stands where
the last sequence put it. A sequence that was sent back is filed again as if it had never been.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from dossiers.models import ContextOfUse, Document, DocumentVersion, Dossier, Filing, Section
from dossiers.statuses import FilingResult, Operation

Documents = QuerySet[Document] | Sequence[Document]


@dataclass(frozen=True)
class OperationOn:
    """What the next sequence does with a document; nothing (None) when it stands as it was filed."""

    document: Document
    version: DocumentVersion | None
    operation: Operation | None
    modified: ContextOfUse | None = None
    why: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the agency does not have it, and it is filed on its own."""
        return self.operation == Operation.NEW

    @property
    def in_words(self) -> str:
        """The operation as the list of documents says it."""
        match self.operation:
            case None:
                return "unchanged"
            case Operation.NEW:
                return "new"
            case Operation.DELETE if self.modified is None:
                return "left out of the next attempt"
            case Operation.DELETE:
                return "deleted with the next filing"
            case Operation.APPEND if self.modified:
                return f"adds to {self.modified.document}, {filed_as(self.modified)}"
        return f"replaces {filed_as(self.modified)}"


def filed_as(context: ContextOfUse | None) -> str:
    """Say which version stands where: "version 1 filed in 0000"."""
    if context is None or context.filing is None or context.version is None:
        return "what was filed"
    return f"version {context.version.number} filed in {context.filing.sequence_number}"


@dataclass(frozen=True)
class Addable:
    """A filed document to which another one of its section can be added."""

    document: Document
    filed_as: str

    def __str__(self) -> str:
        return f"{self.document}, {self.filed_as}"


@dataclass(frozen=True)
class Addition:
    """What a document is filed as an addition to, and what it adds."""

    to: Document
    why: str


def last_filing(dossier: Dossier) -> Filing | None:
    """Return the filing that the next one is seen from: what was sent back does not count."""
    return dossier.filings.exclude(result=FilingResult.SENT_BACK).last()


def filing_before(filing: Filing) -> Filing | None:
    """Return the filing that this one was seen from."""
    earlier = filing.dossier.filings.filter(sequence__number__lt=filing.sequence.number)
    return earlier.exclude(result=FilingResult.SENT_BACK).last()


def standing_after(filing: Filing | None, documents: Documents | None = None) -> dict[UUID, ContextOfUse]:
    """Return where each document, or each of those given, stands after a filing.

    Of a sequence only the last attempt counts.
    """
    if filing is None:
        return {}
    before = Filing.objects.filter(dossier=filing.dossier_id, sequence__number__lte=filing.sequence.number)
    counting = {each.sequence.number: each.pk for each in before}
    order = {pk: place for place, pk in enumerate(counting.values())}
    contexts = (
        ContextOfUse.objects.filter(filing__in=order)
        .select_related("filing__sequence", "version")
        .defer("filing__content")
    )
    if documents is not None:
        contexts = contexts.filter(document__in=documents)
    stands: dict[UUID, ContextOfUse] = {}
    for context in sorted(contexts, key=lambda context: order[cast("UUID", context.filing_id)]):
        if context.operation == Operation.DELETE:
            stands.pop(context.document_id, None)
        else:
            stands[context.document_id] = context
    return stands


def operations_of(dossier: Dossier, since_filing: Filing | None) -> list[OperationOn]:
    """Return what the next sequence does with each document, as section and name order them."""
    documents = Document.objects.in_place().filter(dossier=dossier, deleted_in=None)
    return operations_on(documents.select_related("section"), since_filing)


def operations_on(documents: Documents, since_filing: Filing | None) -> list[OperationOn]:
    """Return what the next sequence does with some documents; a page of a list shows few of many."""
    stands = standing_after(since_filing, documents)
    chosen = {context.document_id: context for context in _chosen(documents)}
    versions = DocumentVersion.objects.filter(document__in=documents).order_by("number")
    newest = {version.document_id: version for version in versions}
    return [
        _operation(document, newest[document.pk], stands.get(document.pk), chosen.get(document.pk))
        for document in documents
        if document.pk in newest
    ]


def _chosen(documents: Documents) -> QuerySet[ContextOfUse]:
    """Return what was chosen for the next sequence, with the documents that are added to."""
    chosen = ContextOfUse.objects.filter(document__in=documents, filing=None)
    added_to = ("modified__document__section", "modified__version", "modified__filing__sequence")
    return chosen.select_related(*added_to).defer("modified__filing__content")


def _operation(
    document: Document, newest: DocumentVersion, stands: ContextOfUse | None, chosen: ContextOfUse | None
) -> OperationOn:
    if chosen and chosen.operation == Operation.DELETE:
        return OperationOn(document, None, Operation.DELETE, stands, chosen.why)
    if stands is None:
        if chosen and chosen.operation == Operation.APPEND:
            return OperationOn(document, newest, Operation.APPEND, chosen.modified, chosen.why)
        return OperationOn(document, newest, Operation.NEW)
    if stands.version_id == newest.pk:
        return OperationOn(document, newest, None, stands)
    return OperationOn(document, newest, Operation.REPLACE, stands, chosen.why if chosen else "")


def operation_on(document: Document) -> OperationOn | None:
    """Return what the next sequence does with one document."""
    itself = Document.objects.in_place().filter(pk=document.pk, deleted_in=None).select_related("section")
    return next(iter(operations_on(itself, last_filing(document.dossier))), None)


def to_add_to(dossier: Dossier, section: Section | None = None) -> list[Addable]:
    """Return the filed documents, of a dossier or of one section, to which others can be added.

    What the next sequence deletes is not among them, nor what only an attempt that came back held.
    """
    there = Document.objects.to_stay()
    return _to_add_to(dossier, there.filter(section=section) if section else there)


def sections_to_add_to(dossier: Dossier, sections: Collection[UUID]) -> set[UUID]:
    """Return those sections that hold a filed document to which another one can be added."""
    there = Document.objects.to_stay().filter(section__in=sections)
    return {each.document.section_id for each in _to_add_to(dossier, there)}


def _to_add_to(dossier: Dossier, there: QuerySet[Document]) -> list[Addable]:
    if dossier.filed_at is None:
        return []
    found = list(there.filter(dossier=dossier, filed_in__isnull=False).select_related("section"))
    stands = standing_after(last_filing(dossier), found) if found else {}
    return [Addable(each, filed_as(stands[each.pk])) for each in found if each.pk in stands]


def by_document(operations: Iterable[OperationOn]) -> dict[UUID, OperationOn]:
    """Give the operations by document, for lists that show each document once."""
    return {operation.document.pk: operation for operation in operations}
