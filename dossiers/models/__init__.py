"""What the dossiers app keeps, one file per noun."""

from dossiers.models.documents import Document, DocumentVersion
from dossiers.models.dossiers import ClockEntry, Dossier, Filing, Requirement, Section
from dossiers.models.products import Adoption, Product
from dossiers.models.questions import Answer, Question
from dossiers.models.reviews import Assignment, Part
from dossiers.models.threads import Comment, Thread
from dossiers.models.workspace import Editing, SectionNote

__all__ = [
    "Adoption",
    "Answer",
    "Assignment",
    "ClockEntry",
    "Comment",
    "Document",
    "DocumentVersion",
    "Dossier",
    "Editing",
    "Filing",
    "Part",
    "Product",
    "Question",
    "Requirement",
    "Section",
    "SectionNote",
    "Thread",
]
