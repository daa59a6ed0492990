"""Why a person may not do a thing: one question, one function, asked by moves, buttons and errors."""

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from qc.events import QCEvent
from qc.gates import Gate, final_gates, initial_gates
from qc.models import Lot, Result, Specification, SpecificationTest
from qc.standing import LotStanding, fresh_standing
from qc.statuses import Conclusion, LotStatus, ResultStatus

WRITERS = frozenset({Role.QC_ANALYST, Role.QUALITY_ASSURANCE})
APPROVERS = frozenset({Role.QUALITY_ASSURANCE, Role.QUALIFIED_PERSON})
RELEASED = frozenset({LotStatus.RELEASED_INITIAL, LotStatus.RELEASED_FINAL})
WRITING = frozenset(
    {
        QCEvent.SPECIFICATION_DRAFTED,
        QCEvent.SPECIFICATION_CHANGED,
        QCEvent.TEST_ADDED,
        QCEvent.TEST_CHANGED,
        QCEvent.TEST_REMOVED,
        QCEvent.LIMIT_TAKEN_OVER,
    }
)


def why_not_draft(user: User) -> str | None:
    """Drafting a specification: QC analysts and quality assurance."""
    if user.role not in WRITERS:
        return "A QC analyst or quality assurance drafts a specification."
    return None


def why_not_change(specification: Specification, user: User) -> str | None:
    """Changing lines: the writers, while it is a draft."""
    if user.role not in WRITERS:
        return "A QC analyst or quality assurance changes a specification."
    if not specification.is_draft:
        state = specification.get_status_display().lower()
        return f"{specification} is {state}; draft a new version to change it."
    return None


def why_not_revise(specification: Specification, user: User) -> str | None:
    """Drafting the next version: one draft at a time."""
    if user.role not in WRITERS:
        return "A QC analyst or quality assurance drafts a specification."
    siblings = Specification.objects.filter(
        organisation_id=specification.organisation_id, code=specification.code
    )
    draft = next((sibling for sibling in siblings if sibling.is_draft), None)
    return f"{draft} is already a draft; change that one." if draft else None


def why_not_approve(specification: Specification, user: User) -> str | None:
    """Four eyes, every limit owned by somebody, and at least one test."""
    wrote = Event.objects.about(specification).filter(actor_id=user.pk, code__in=WRITING)
    if specification.created_by_id == user.pk or wrote.exists():
        return "You wrote part of this specification; another person approves it."
    tests = list(specification.tests.all())
    if not tests:
        return "The specification has no tests."
    templates = sum(test.is_template for test in tests)
    if templates == 1:
        return "1 limit comes from a template and nobody has taken it over."
    if templates:
        return f"{templates} limits come from a template and nobody has taken them over."
    return None


def why_not_register(user: User) -> str | None:
    """Registering a lot: the side that makes and tests, never the Qualified Person who certifies."""
    if user.role not in WRITERS:
        return "A QC analyst or quality assurance registers a lot."
    return None


def why_not_change_contact(lot: Lot, user: User) -> str | None:
    """Naming the clinical contact, as long as somebody may have to call."""
    if user.role not in WRITERS:
        return "A QC analyst or quality assurance keeps the clinical contact."
    if lot.status == LotStatus.REJECTED:
        return f"{lot} is rejected."
    return None


def why_not_enter(lot: Lot, test: SpecificationTest, user: User) -> str | None:
    """Entering a result: an analyst, until the test has its final result."""
    if user.role != Role.QC_ANALYST:
        return "Only a QC analyst enters results."
    if lot.status == LotStatus.REJECTED:
        return f"{lot} is rejected; no results are entered any more."
    if (
        Result.objects.filter(lot=lot, test=test, is_final=True)
        .exclude(status=ResultStatus.INVALIDATED)
        .exists()
    ):
        return f"{test} has its final result; correct that one, with a reason."
    return None


def why_not_correct(result: Result, user: User) -> str | None:
    """Correcting a result; a late failing one stands, whatever a repeat says."""
    if result.lot.status == LotStatus.REJECTED:
        return f"{result.lot} is rejected; its results stay as they are."
    if result.lot.status == LotStatus.LATE_OOS and result.conclusion == Conclusion.OOS:
        return (
            "A late failing result stands. A clean repeat does not make it invalid, and the people who were "
            "told act on it."
        )
    return None


def why_not_review(result: Result, user: User) -> str | None:
    """Checking a result: a second person, never the one who entered it."""
    if user.role not in WRITERS:
        return "A QC analyst or quality assurance checks a result."
    if result.analyst_id == user.pk:
        return "You entered this result; a second person checks it."
    return None


def why_not_submit(lot: Lot, user: User) -> str | None:
    """Handing the lot to the Qualified Person: by someone who tested nothing in it."""
    if Result.objects.filter(lot=lot, analyst=user).exists():
        return "You tested results of this lot; another person reviews its record."
    return None


def why_not_certificate(user: User) -> str | None:
    """Asking for the certificate: those who work in quality control."""
    if user.role not in WRITERS | APPROVERS:
        return "Quality control issues the certificate of a lot."
    return None


def why_not_certify_initially(lot: Lot, user: User) -> str | None:
    """Every gate of the initial certification, asked again on what the database holds now."""
    standing = fresh_standing(lot)
    if not standing.pending and not _first_reason(gates_of_final(standing, user)):
        return "Every result is in; make the final certification."
    return _first_reason(gates_of_initial(standing, user))


def why_not_certify_finally(lot: Lot, user: User) -> str | None:
    """Every gate of the final certification, asked again on what the database holds now."""
    return _first_reason(gates_of_final(fresh_standing(lot), user))


def gates_of_initial(standing: LotStanding, user: User) -> list[Gate]:
    """Return the gates of the initial certification as they stand now."""
    return initial_gates(standing, user, timezone.now())


def gates_of_final(standing: LotStanding, user: User) -> list[Gate]:
    """Return the gates of the final certification as they stand now."""
    return final_gates(standing, user, timezone.now())


def _first_reason(gates: list[Gate]) -> str | None:
    return next((gate.reason for gate in gates if not gate.holds), None)
