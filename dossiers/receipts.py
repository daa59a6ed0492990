"""The receipt of a filing as it is printed: who, when, under which hash, which documents, what comes next."""

from collections.abc import Mapping
from typing import Any

from audit import signing
from dossiers import evidence
from dossiers.models import Filing
from dossiers.queries.content import APPEND, DELETE
from dossiers.queries.filings import what_next
from dossiers.reports import instant, printed_signature


def receipt_content(filing: Filing) -> dict[str, Any]:
    """Return a receipt as plain data, from the frozen content; only what comes next is of today."""
    content = filing.content
    broken = next((check for check in evidence.checks_of(filing) if not check.holds), None)
    requirements = len(content["requirements"])
    return {
        "issuer": content["sponsor"],
        "number": f"{content['dossier']} {filing.sequence_number}",
        "heading": f"Receipt of {filing.place}",
        "lead": f"{filing.kind_in_words} of {content['product']['name']}, {content['dossier']}.",
        "notice": {"title": "What was filed no longer holds", "text": broken.wrong} if broken else None,
        "product": {"name": content["product"]["name"], "description": content["product"]["descriptor"]},
        "sponsor": content["sponsor"],
        "procedure": content["procedure"],
        "class": content["classification"]["label"],
        "filed": {**instant(filing.filed_at), "by": filing.filed_by_name, "role": filing.filed_by_role},
        "result": filing.get_result_display(),
        "reason": filing.result_reason,
        "hash": filing.content_hash,
        "answered": f"{evidence.answered(content)} of {requirements} requirements answered",
        "documents": [
            *(_document(row, row.get("operation", "")) for row in content["documents"]),
            *(_document(row, DELETE) for row in content.get("deleted", [])),
        ],
        "next": list(what_next(filing)),
        "signatures": [printed_signature(signature) for signature in signing.signatures_on(filing)],
    }


def _document(row: Mapping[str, Any], operation: str) -> dict[str, str]:
    is_added = operation == APPEND and row.get("modifies")
    return {
        "section": row["section"],
        "file": f"{row['file_name']}, adds to {row['modifies']['file_name']}"
        if is_added
        else row["file_name"],
        "version": str(row["version"]),
        "pages": str(row.get("pages", "")),
        "operation": operation,
        "sha256": row["sha256"],
    }
