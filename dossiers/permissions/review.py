"""Whether a review may go on."""

from accounts.models import User
from dossiers.models import Dossier, Part, Question, Thread


def why_not_change_question(thing: Question, user: User) -> str | None:
    """Stub."""
    return None


def why_not_conclude(thing: Dossier, user: User) -> str | None:
    """Stub."""
    return None


def why_not_conclude_part(thing: Part, user: User) -> str | None:
    """Stub."""
    return None


def why_not_judge_answer(thing: Question, user: User) -> str | None:
    """Stub."""
    return None


def why_not_reopen_part(thing: Part, user: User) -> str | None:
    """Stub."""
    return None


def why_not_resolve(thing: Thread, user: User) -> str | None:
    """Stub."""
    return None


def why_not_send_questions(thing: Dossier, user: User) -> str | None:
    """Stub."""
    return None


def why_not_send_responses(thing: Dossier, user: User) -> str | None:
    """Stub."""
    return None


def why_not_start_review(thing: Dossier, user: User) -> str | None:
    """Stub."""
    return None
