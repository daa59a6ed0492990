"""Whether a person may start, change, sign or revise a classification, and why not."""

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS
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
