"""The last look before responses are sent: every answer, and what is filed with them."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from dossiers import contexts, readiness, workflow
from dossiers.models import Answer, Dossier
from dossiers.queries import carried
from dossiers.queries.plate import Plate, plate
from dossiers.readiness import Stopper
from dossiers.statuses import Operation, QuestionStatus


def responses_content(dossier: Dossier) -> dict[str, Any]:
    """Return what a person signs with the responses: every answer, and the documents filed with them."""
    waiting = dossier.questions.filter(status=QuestionStatus.SENT).order_by("number")
    operations = contexts.by_document(contexts.operations_of(dossier, contexts.last_filing(dossier)))
    return {
        "dossier": dossier.number,
        "responses": [
            {
                "question": str(question),
                "asked": question.text,
                **_in_words(getattr(question, "answer", None)),
            }
            for question in waiting.select_related("answer__version__document__section")
        ],
        "documents": [
            {
                "section": version.document.section.number,
                "file_name": version.document.file_name,
                "version": version.number,
                "sha256": version.sha256,
                "does": operations[version.document_id].in_words,
            }
            for version in readiness.newest_versions(dossier).filter(filed_in=None)
        ],
        "deleted": [
            {"section": each.document.section.number, "file_name": each.document.file_name}
            for each in operations.values()
            if each.operation == Operation.DELETE
        ],
    }


def _in_words(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"answer": "", "document": "", "page": None}
    version = answer.version
    document = f"{version.document.section.number} {version}" if version else ""
    return {"answer": answer.text, "document": document, "page": answer.page}


@dataclass(frozen=True)
class ResponsesPage:
    """The last look before the responses are sent."""

    plate: Plate
    dossier: Dossier
    content: dict[str, Any]
    stoppers: list[Stopper]
    warnings: list[Stopper]
    refusal: str | None


def responses_page(dossier: Dossier, user: User) -> ResponsesPage:
    """Gather all answers as they would be sent now, and what will be asked about the filing with them."""
    return ResponsesPage(
        plate=plate(dossier, user),
        dossier=dossier,
        content=responses_content(dossier),
        stoppers=readiness.stoppers(dossier),
        warnings=[*carried.warnings(dossier), *readiness.warnings(dossier)],
        refusal=workflow.SEND_RESPONSES.why_not(dossier, user),
    )
