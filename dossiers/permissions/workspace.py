"""Whether a branch of the tree may repeat, be named anew or be taken out, and who writes working notes."""

from accounts.models import User
from dossiers import repetitions
from dossiers.models import Document, Dossier, Section, Thread
from dossiers.permissions.filing import why_not_edit_documents
from dossiers.permissions.people import is_writer


def why_not_repeat(section: Section, user: User) -> str | None:
    """Refuse a further repetition of what does not repeat, or of a branch that is not named yet."""
    row = repetitions.repeatable(section)
    refusal = why_not_edit_documents(section.dossier, user)
    if refusal:
        return refusal
    if not row:
        return f"{section.printed_number} stands in a dossier once."
    if section.is_left_out:
        return f"{section.number} is not in the tree any more."
    if row.required and not section.attributes:
        return f"Name the {row.what} of {section.number} first; the eCTD asks for both to be told apart."
    return None


def why_not_name_repetition(section: Section, user: User) -> str | None:
    """Refuse other attributes once a document of the branch was filed: a change makes a new section."""
    row = repetitions.repeatable(section)
    refusal = why_not_edit_documents(section.dossier, user)
    if refusal:
        return refusal
    if not row:
        return f"{section.printed_number} stands in a dossier once."
    if section.is_left_out:
        return f"{section.number} is not in the tree any more."
    is_given = bool(section.attributes) or not row.required
    if row.is_fixed and is_given and is_filed(section):
        return (
            f"Documents of {section.number} were filed. Its {row.what} cannot be changed: make a new "
            "section, and file there what belongs to it (EU criterion 11.10)."
        )
    return None


def why_not_take_out(section: Section, user: User) -> str | None:
    """Refuse to take out the first of its kind, and a repetition in which something is."""
    refusal = why_not_edit_documents(section.dossier, user)
    if refusal:
        return refusal
    if section.repetition == 1 or not repetitions.repeatable(section):
        return f"{section.number} follows from the class of the product and stays."
    if section.is_left_out:
        return f"{section.number} is not in the tree any more."
    if Document.objects.in_place().filter(section__in=section.branch).exists():
        return f"{section.number} holds documents. Remove them first."
    if Thread.objects.filter(section__in=section.branch).exists():
        return f"Comments were made in {section.number}; it stays with them."
    return None


def why_not_write_notes(dossier: Dossier, user: User) -> str | None:
    """Leave working notes to those who write in the dossier; they are never filed, so never too late."""
    if not is_writer(dossier, user):
        return "Only the sponsor's regulatory lead and contributors write working notes."
    return None


def is_filed(section: Section) -> bool:
    """Whether a document of the section or below it was filed."""
    return Document.objects.filter(section__in=section.branch, filed_in__isnull=False).exists()
