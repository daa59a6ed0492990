"""What a filing contains, and the pages on which a dossier is filed and its receipt is read."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from audit import signing, trail
from audit.models import Signature
from dossiers import combined, readiness, reclassification, workflow
from dossiers.models import Dossier, Filing
from dossiers.queries.plate import Plate, plate
from dossiers.readiness import Completeness, Stopper
from dossiers.statuses import DossierStatus, FilingKind, Procedure, RequirementState

STATEMENT = (
    "I file this dossier for {sponsor}. The documents listed are complete and in their final version, "
    "and the answers to the requirements are true to my knowledge."
)


@dataclass(frozen=True)
class Place:
    """Where a filing stands in the life of a dossier."""

    sequence: int
    attempt: int
    kind: FilingKind


def next_place(dossier: Dossier, kind: FilingKind) -> Place:
    """Return the number of the next filing; an application sent back is filed again under the same number.

    Source: EU validation criteria v8.2, general remarks.
    """
    last = dossier.filings.order_by("sequence", "attempt").last()
    if last is None:
        return Place(0, 1, kind)
    if kind == FilingKind.APPLICATION:
        return Place(last.sequence, last.attempt + 1, kind)
    return Place(last.sequence + 1, 1, kind)


def content_of(dossier: Dossier, place: Place) -> dict[str, Any]:
    """Return what a filing now would freeze: class, documents with their hashes, answers."""
    product, assessment = dossier.product, reclassification.classification_of(dossier)
    verdict = assessment.verdict or {}
    return {
        "dossier": dossier.number,
        "sponsor": dossier.organisation.name,
        "product": {
            "name": product.name,
            "descriptor": product.descriptor,
            "indication": product.indication,
        },
        "procedure": Procedure(dossier.procedure).label,
        "sequence": f"{place.sequence:04}",
        "attempt": place.attempt,
        "kind": place.kind.value,
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
        "documents": [
            {
                "id": str(version.pk),
                "section": version.document.section.number,
                "section_title": version.document.section.title,
                "file_name": version.document.file_name,
                "title": version.document.title,
                "version": version.number,
                "pages": version.pages,
                "size": version.size,
                "sha256": version.sha256,
                "md5": version.md5,
            }
            for version in readiness.newest_versions(dossier)
        ],
        "requirements": [
            {
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
            for requirement in dossier.requirements.select_related("section", "document")
        ],
        **combined.content_of(dossier),
    }


@dataclass(frozen=True)
class FilingPage:
    """The last look before a dossier is filed."""

    plate: Plate
    dossier: Dossier
    content: dict[str, Any]
    stoppers: list[Stopper]
    warnings: list[Stopper]
    whole: Completeness
    modules: list[tuple[int, Completeness]]
    statement: str
    refusal: str | None


def filing_page(dossier: Dossier, user: User) -> FilingPage:
    """Gather what would be filed, what stops it and what warns."""
    parts = readiness.completeness(dossier)
    return FilingPage(
        plate=plate(dossier, user),
        dossier=dossier,
        content=content_of(dossier, next_place(dossier, FilingKind.APPLICATION)),
        stoppers=readiness.stoppers(dossier),
        warnings=readiness.warnings(dossier),
        whole=parts.pop(0),
        modules=list(parts.items()),
        statement=STATEMENT.format(sponsor=dossier.organisation),
        refusal=workflow.FILE.why_not(dossier, user),
    )


@dataclass(frozen=True)
class Receipt:
    """What was filed, by whom and when, checked against its hash."""

    plate: Plate
    dossier: Dossier
    filing: Filing
    content: dict[str, Any]
    is_verified: bool
    signature: Signature | None
    answered: int
    what_next: tuple[str, ...]


def receipt(filing: Filing, user: User) -> Receipt:
    """Gather the receipt of a filing as it was filed, whatever has happened since."""
    requirements = filing.content["requirements"]
    signatures = signing.signatures_on(filing)
    return Receipt(
        plate=plate(filing.dossier, user),
        dossier=filing.dossier,
        filing=filing,
        content=filing.content,
        is_verified=trail.digest(filing.content) == filing.content_hash,
        signature=signatures[0] if signatures else None,
        answered=sum(1 for requirement in requirements if requirement["state"] != RequirementState.OPEN),
        what_next=WHAT_NEXT.get(DossierStatus(filing.dossier.status), ()),
    )


WHAT_NEXT = {
    DossierStatus.FILED: (
        "A coordinator of the agency checks that the filing is valid. Nothing can be changed meanwhile.",
        "If it is not valid it comes back with the reason, and is filed again under the same number.",
        "If it is valid, reviewers are assigned and the clock starts on day 1.",
    ),
    DossierStatus.RETURNED: (
        "The filing came back with a reason. Put it right, then file it again under the same number.",
    ),
    DossierStatus.VALIDATED: ("The filing is valid. The clock starts when the reviewers are assigned.",),
    DossierStatus.IN_REVIEW: (
        "The reviewers read the dossier. Questions come as one list; the clock stops then.",
    ),
    DossierStatus.CLOCK_STOPPED: ("A list of questions waits for answers. The clock is stopped.",),
}
