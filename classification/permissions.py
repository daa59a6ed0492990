"""Whether a person may start, change, sign or revise a classification, or ask the CAT, and why not."""

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS, Role
from classification.engine import classify
from classification.models import Assessment, AssessmentStatus


def why_not_start(user: User) -> str | None:
    """Say why this person cannot bring in a new candidate."""
    if user.role not in SPONSOR_WRITERS:
        return "Only a sponsor's regulatory lead or contributor can classify a candidate."
    return None


def why_not_copy(assessment: Assessment, user: User) -> str | None:
    """Say why no other candidate can start with these answers."""
    if assessment.organisation_id != user.organisation_id:
        return "Only the sponsor of a candidate starts another one with its answers."
    return why_not_start(user)


def why_not_change(assessment: Assessment, user: User) -> str | None:
    """Say why this person cannot change the answers or the description."""
    if user.role not in SPONSOR_WRITERS:
        return "Only your regulatory lead or a contributor can change a classification."
    if assessment.is_final:
        return f"{assessment} is signed, and what was signed stays. Start a new version to change it."
    return None


def why_not_finalise(assessment: Assessment, user: User) -> str | None:
    """Say why the verdict cannot be adopted yet: an answer is missing, or more than one class is left."""
    unanswered = assessment.unanswered
    if len(unanswered) == 1:
        return f"One question is not answered: {unanswered[0].wording} “I do not know” is an answer too."
    if unanswered:
        return f"{len(unanswered)} questions are not answered. “I do not know” is an answer too."
    verdict = classify(assessment.facts, assessment.ruleset)
    if verdict.first_open_question:
        return (
            f"The answers leave {len(verdict.outcomes)} classes possible, and only one class can be adopted."
            f" Answer {verdict.first_open_question.id}, or ask the CAT."
        )
    return None


def why_not_supersede(assessment: Assessment, user: User) -> str | None:
    """Say why a signed version still stands: only the next signed version takes its place."""
    if not Assessment.objects.filter(supersedes=assessment, status=AssessmentStatus.FINALISED).exists():
        return f"No later version of {assessment.code} is signed, so this one stands."
    return None


def why_not_revise(assessment: Assessment, user: User) -> str | None:
    """Say why no new version can be started from this one."""
    if user.role not in SPONSOR_WRITERS:
        return "Only your regulatory lead or a contributor can start a new version."
    if assessment.status != AssessmentStatus.FINALISED:
        state = assessment.get_status_display().lower()
        return f"{assessment} is {state}; a new version starts from the signed one."
    if successor := Assessment.objects.filter(supersedes=assessment).first():
        return f"Version {successor.version} is already in work."
    return None


def why_not_import(user: User) -> str | None:
    """Say why this person cannot bring published lists into the library."""
    if user.role != Role.ADMINISTRATOR:
        return "Only an administrator can bring published lists in."
    return None


def why_not_request(assessment: Assessment) -> str | None:
    """Say why the CAT cannot be asked yet; a draft may be asked about, for then the question is open."""
    unanswered = len(assessment.unanswered)
    if unanswered == 1:
        return "One question is not answered yet; the request is written from the answers."
    if unanswered:
        return f"{unanswered} questions are not answered yet; the request is written from the answers."
    return None


def why_not_write_request(assessment: Assessment, user: User) -> str | None:
    """Say why this person cannot write the request to the CAT."""
    if user.role not in SPONSOR_WRITERS:
        return "Only your regulatory lead or a contributor can write the request."
    if assessment.status == AssessmentStatus.SUPERSEDED:
        return f"{assessment} is superseded. Ask the CAT about the version that took its place."
    return why_not_request(assessment)
