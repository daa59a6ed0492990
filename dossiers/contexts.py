"""The operations of a sequence: what it does with each document, seen from the filing before it.

Source: ICH eCTD v3.2.2, leaf operation; EU criteria 11.5 to 11.12: what is replaced or deleted stands where
the last sequence put it. A sequence that was sent back is filed again as if it had never been.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from dossiers.models import ContextOfUse, Document, DocumentVersion, Dossier, Filing
from dossiers.statuses import FilingResult, Operation


@dataclass(frozen=True)
class OperationOn:
    """What the next sequence does with a document; nothing (None) when it stands as it was filed."""

    document: Document
    version: DocumentVersion | None
    operation: Operation | None
    modified: ContextOfUse | None = None
    why: str = ""

    @property
    def in_words(self) -> str:
        """The operation as the list of documents says it."""
        match self.operation:
            case None:
                return "unchanged"
            case Operation.NEW:
                return "new"
            case Operation.DELETE:
                return "deleted with the next filing"
        return f"{VERBS[self.operation]} {_filed(self.modified)}"


VERBS = {Operation.REPLACE: "replaces", Operation.APPEND: "adds to"}


def _filed(context: ContextOfUse | None) -> str:
    if context is None or context.filing is None or context.version is None:
        return "what was filed"
    return f"version {context.version.number} filed in {context.filing.sequence_number}"


def last_filing(dossier: Dossier) -> Filing | None:
    """Return the filing that the next one is seen from: what was sent back does not count."""
    return dossier.filings.exclude(result=FilingResult.SENT_BACK).defer("content").last()


def filing_before(filing: Filing) -> Filing | None:
    """Return the filing that this one was seen from."""
    earlier = filing.dossier.filings.filter(sequence__number__lt=filing.sequence.number)
    return earlier.exclude(result=FilingResult.SENT_BACK).defer("content").last()


def standing_after(filing: Filing | None) -> dict[UUID, ContextOfUse]:
    """Return where each document stands after a filing; of a sequence only the last attempt counts."""
    if filing is None:
        return {}
    before = Filing.objects.filter(
        dossier=filing.dossier_id, sequence__number__lte=filing.sequence.number
    ).defer("content")
    counting = {each.sequence.number: each.pk for each in before}
    order = {pk: place for place, pk in enumerate(counting.values())}
    contexts = ContextOfUse.objects.filter(filing__in=order).select_related("filing", "version")
    stands: dict[UUID, ContextOfUse] = {}
    for context in sorted(contexts, key=lambda context: order[cast("UUID", context.filing_id)]):
        if context.operation == Operation.DELETE:
            stands.pop(context.document_id, None)
        else:
            stands[context.document_id] = context
    return stands


def operations_of(dossier: Dossier, since_filing: Filing | None) -> list[OperationOn]:
    """Return what the next sequence does with each document, as section and name order them."""
    stands = standing_after(since_filing)
    chosen = {context.document_id: context for context in dossier.contexts.filter(filing=None)}
    documents = Document.objects.filter(dossier=dossier, deleted_in=None).select_related("section")
    newest = _newest(dossier)
    return [
        _operation(document, newest[document.pk], stands.get(document.pk), chosen.get(document.pk))
        for document in documents
        if document.pk in newest and not document.removed_at
    ]


def _newest(dossier: Dossier) -> dict[UUID, DocumentVersion]:
    versions = DocumentVersion.objects.filter(document__dossier=dossier).order_by("number")
    return {version.document_id: version for version in versions}


def _operation(
    document: Document, newest: DocumentVersion, stands: ContextOfUse | None, chosen: ContextOfUse | None
) -> OperationOn:
    if chosen and chosen.operation == Operation.DELETE and stands:
        return OperationOn(document, None, Operation.DELETE, stands, chosen.why)
    if stands is None:
        if chosen and chosen.operation == Operation.APPEND:
            return OperationOn(document, newest, Operation.APPEND, chosen.modified, chosen.why)
        return OperationOn(document, newest, Operation.NEW)
    if stands.version_id == newest.pk:
        return OperationOn(document, newest, None, stands)
    return OperationOn(document, newest, Operation.REPLACE, stands, chosen.why if chosen else "")


def by_document(operations: Iterable[OperationOn]) -> dict[UUID, OperationOn]:
    """Give the operations by document, for lists that show each document once."""
    return {operation.document.pk: operation for operation in operations}
