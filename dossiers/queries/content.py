"""What a filing contains, as plain data: frozen when it is filed, and the same for whoever reads it later."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossiers import combined, contexts, readiness, reclassification
from dossiers.contexts import OperationOn
from dossiers.models import DocumentVersion, Dossier, Filing, Requirement
from dossiers.models.filings import in_words
from dossiers.statuses import FilingKind, FilingResult, Operation, Procedure

NEW, APPEND = Operation.NEW.value, Operation.APPEND.value
REPLACE, DELETE = Operation.REPLACE.value, Operation.DELETE.value
UNCHANGED = "unchanged"

Content = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a filing stands in the life of a dossier."""

    sequence: int
    attempt: int
    kind: FilingKind

    @property
    def name(self) -> str:
        """The number as folders are named: "0000"."""
        return f"{self.sequence:04}"

    @property
    def in_words(self) -> str:
        """Which attempt at which sequence: "sequence 0001, second attempt"."""
        return in_words(self.name, self.attempt)


def next_place(dossier: Dossier, kind: FilingKind) -> Place:
    """Return the number of the next filing; what was sent back is filed again under the same number.

    Source: EU validation criteria v8.2, general remarks.
    """
    last = dossier.filings.last()
    if last is None:
        return Place(0, 1, kind)
    if kind == FilingKind.APPLICATION or last.result == FilingResult.SENT_BACK:
        return Place(last.sequence.number, last.attempt + 1, FilingKind(last.sequence.kind))
    return Place(last.sequence.number + 1, 1, kind)


def before(dossier: Dossier, place: Place) -> Filing | None:
    """Return the filing against which operations are told: the last of an earlier number not sent back."""
    earlier = dossier.filings.filter(sequence__number__lt=place.sequence)
    return earlier.exclude(result=FilingResult.SENT_BACK).last()


def content_of(dossier: Dossier, place: Place) -> Content:
    """Return what a filing now would freeze: class, tree, documents with their hashes, answers, people."""
    product, assessment = dossier.product, reclassification.classification_of(dossier)
    verdict = assessment.verdict or {}
    earlier = before(dossier, place)
    filed = documents_by_key(earlier.content) if earlier else {}
    operations = contexts.by_document(contexts.operations_of(dossier, earlier))
    documents = [
        _document(version, operations[version.document_id], filed, place)
        for version in readiness.newest_versions(dossier)
    ]
    return {
        "dossier": dossier.number,
        "sponsor": dossier.organisation.name,
        "product": {
            "name": product.name,
            "descriptor": product.descriptor,
            "indication": product.indication,
        },
        "procedure": Procedure(dossier.procedure).label,
        "sequence": place.name,
        "attempt": place.attempt,
        "kind": place.kind.value,
        "earlier_sequence": earlier.sequence_number if earlier else "",
        "class": dossier.outcome_class,
        "classification": {
            "id": str(assessment.pk),
            "name": str(assessment),
            "label": verdict.get("label", ""),
            "explanation": verdict.get("explanation", ""),
            "ruleset": assessment.ruleset,
            "signed_at": assessment.finalised_at.isoformat() if assessment.finalised_at else "",
        },
        "structure": dossier.structure,
        "sections": [
            {
                "number": section.number,
                "title": section.heading,
                "depth": section.depth,
                "folder": section.folder,
            }
            for section in dossier.sections.in_tree().only("number", "title", "attributes", "depth", "folder")
        ],
        "documents": documents,
        "deleted": _deleted(filed, documents),
        "requirements": [
            _requirement(requirement)
            for requirement in dossier.requirements.select_related("section", "document")
        ],
        **combined.content_of(dossier),
    }


def documents_by_key(content: Row) -> dict[str, Row]:
    """Return the documents of a content by what stays the same over their versions.

    Content frozen before documents had their own key in it names them by section and file.
    """
    return {key_of(row): row for row in content["documents"]}


def key_of(row: Row) -> str:
    """Return what stays the same over the versions of a document."""
    return row.get("document") or f"{row['section']}/{row['file_name']}"


def _document(version: DocumentVersion, does: OperationOn, filed: Mapping[str, Row], place: Place) -> Content:
    document = version.document
    earlier = filed.get(str(document.pk)) or filed.get(f"{document.section.number}/{document.file_name}")
    operation = does.operation.value if does.operation else UNCHANGED
    return {
        "id": str(version.pk),
        "document": str(document.pk),
        "section": document.section.number,
        "section_title": document.section.title,
        "folder": document.section.folder,
        "file_name": document.file_name,
        "title": document.title,
        "version": version.number,
        "pages": version.pages,
        "size": version.size,
        "sha256": version.sha256,
        "md5": version.md5,
        "operation": operation,
        "modifies": _modified(does, filed, earlier),
        "since": since(earlier) if earlier and operation == UNCHANGED else place.name,
        "uploaded_by": version.uploaded_by.full_name,
        "uploaded_at": version.uploaded_at.isoformat(),
    }


def _modified(does: OperationOn, filed: Mapping[str, Row], earlier: Row | None) -> Content | None:
    """Return where the filed document stands that is replaced or added to."""
    match does.operation:
        case Operation.APPEND if does.modified:
            return _leaf(filed.get(str(does.modified.document_id)))
        case Operation.REPLACE:
            return _leaf(earlier)
        case _:
            return None


def _leaf(row: Row | None) -> Content | None:
    if row is None:
        return None
    named = {name: row[name] for name in ("section", "file_name", "version")}
    return {**named, "folder": row.get("folder", ""), "since": since(row)}


def since(row: Row) -> str:
    """Return the sequence in whose folder a document stands."""
    return row.get("since") or "0000"


def _deleted(filed: Mapping[str, Row], documents: list[Content]) -> list[Content]:
    kept = {row["document"] for row in documents} | {
        f"{row['section']}/{row['file_name']}" for row in documents
    }
    return [
        {
            **{name: row[name] for name in ("section", "file_name", "title", "version", "sha256")},
            "folder": row.get("folder", ""),
            "since": since(row),
        }
        for key, row in filed.items()
        if key not in kept
    ]


def _requirement(requirement: Requirement) -> Content:
    return {
        "code": requirement.code,
        "section": requirement.section.number,
        "text": requirement.text,
        "citation": requirement.citation,
        "state": requirement.state,
        "document": requirement.document.file_name if requirement.document else "",
        "document_id": str(requirement.document_id or ""),
        "page": requirement.page,
        "reason": requirement.reason,
    }
