"""What the dossiers app keeps, one file per noun."""

from dossiers.models.documents import Document, DocumentVersion
from dossiers.models.dossiers import ClockEntry, Dossier, Requirement, Section
from dossiers.models.filings import Carried, Filing, Sequence
from dossiers.models.products import Adoption, Product
from dossiers.models.questions import Answer, Question
from dossiers.models.reviews import Assignment, Part
from dossiers.models.threads import Comment, Thread

__all__ = [
    "Adoption",
    "Answer",
    "Assignment",
    "Carried",
    "ClockEntry",
    "Comment",
    "Document",
    "DocumentVersion",
    "Dossier",
    "Filing",
    "Part",
    "Product",
    "Question",
    "Requirement",
    "Section",
    "Sequence",
    "Thread",
]
