"""What the dossiers app keeps, one file per noun."""

from dossiers.models.combined import CombinedField, Condition, Conformity, Gspr
from dossiers.models.documents import Document, DocumentVersion
from dossiers.models.dossiers import ClockEntry, Dossier, Filing, Requirement, Section
from dossiers.models.products import Adoption, Product
from dossiers.models.questions import Answer, Question
from dossiers.models.reviews import Assignment, Part
from dossiers.models.threads import Comment, Thread

__all__ = [
    "Adoption",
    "Answer",
    "Assignment",
    "ClockEntry",
    "CombinedField",
    "Comment",
    "Condition",
    "Conformity",
    "Document",
    "DocumentVersion",
    "Dossier",
    "Filing",
    "Gspr",
    "Part",
    "Product",
    "Question",
    "Requirement",
    "Section",
    "Thread",
]
