"""The pages on which a dossier is filed, and on which what was filed is read as it was."""

from collections.abc import Sequence as Row
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from audit import issuing, signing
from audit.models import IssuedReport, Signature
from dossiers import evidence, permissions, readiness, workflow
from dossiers.evidence import Check
from dossiers.models import Dossier, Filing
from dossiers.queries import carried
from dossiers.queries.content import Place, content_of, next_place
from dossiers.queries.plate import Plate, plate
from dossiers.readiness import Completeness, Stopper
from dossiers.statuses import NEXT_KINDS, DossierStatus, FilingKind

STATEMENT = (
    "I file this dossier for {sponsor}. The documents listed are complete and in their final version, "
    "and the answers to the requirements are true to my knowledge."
)


@dataclass(frozen=True)
class FilingPage:
    """The last look before a dossier or its next sequence is filed."""

    plate: Plate
    dossier: Dossier
    place: Place
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
    place = coming_place(dossier)
    return FilingPage(
        plate=plate(dossier, user),
        dossier=dossier,
        place=place,
        content=content_of(dossier, place),
        stoppers=readiness.stoppers(dossier),
        warnings=[*carried.warnings(dossier), *readiness.warnings(dossier)],
        whole=parts.pop(0),
        modules=list(parts.items()),
        statement=STATEMENT.format(sponsor=dossier.organisation),
        refusal=why_not(dossier, user),
    )


def coming_place(dossier: Dossier) -> Place:
    """Return the place that a filing would take where the dossier stands now."""
    kind = NEXT_KINDS.get(DossierStatus(dossier.status)) if dossier.is_preparing_next else None
    return next_place(dossier, kind or FilingKind.APPLICATION)


def why_not(dossier: Dossier, user: User) -> str | None:
    """Say why the dossier, or its next sequence where one is open, cannot be filed now."""
    if dossier.is_preparing_next:
        return permissions.why_not_file_next(dossier, user)
    return workflow.FILE.why_not(dossier, user)


@dataclass(frozen=True)
class Receipt:
    """What was filed, by whom and when, as it was then, and whether it still is."""

    plate: Plate
    dossier: Dossier
    filing: Filing
    content: dict[str, Any]
    checks: list[Check]
    signature: Signature | None
    answered: int
    what_next: tuple[str, ...]
    others: list[Filing]
    reports: Row[IssuedReport]

    @property
    def broken(self) -> Check | None:
        """The first thing that does not hold."""
        return next((check for check in self.checks if not check.holds), None)

    @property
    def is_verified(self) -> bool:
        """Whether everything that was looked at holds."""
        return self.broken is None


def receipt(filing: Filing, user: User, *, with_files: bool = False) -> Receipt:
    """Gather what was filed from the frozen content alone, whatever has happened since."""
    signatures = signing.signatures_on(filing)
    checks = evidence.checks_of(filing)
    if with_files:
        checks += evidence.files_of(filing)
    others = filing.dossier.filings.exclude(pk=filing.pk)
    return Receipt(
        plate=plate(filing.dossier, user),
        dossier=filing.dossier,
        filing=filing,
        content=filing.content,
        checks=checks,
        signature=signatures[0] if signatures else None,
        answered=evidence.answered(filing.content),
        what_next=what_next(filing),
        others=list(others),
        reports=list(issuing.reports_on(filing, user)),
    )


def what_next(filing: Filing) -> tuple[str, ...]:
    """Say what happens after a filing, by where its dossier stands now."""
    return WHAT_NEXT.get(DossierStatus(filing.dossier.status), ())


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
