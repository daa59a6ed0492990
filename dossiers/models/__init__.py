"""What the dossiers app keeps, one file per noun."""

from dossiers.models.combined import CombinedField, Condition, Conformity, Gspr
from dossiers.models.contexts import ContextOfUse
from dossiers.models.documents import Document, DocumentVersion
from dossiers.models.dossiers import ClockEntry, Dossier, Requirement, Section
from dossiers.models.filings import Carried, Filing, Sequence
from dossiers.models.members import DossierMembership
from dossiers.models.products import Adoption, Product
from dossiers.models.questions import Answer, Question
from dossiers.models.reviews import Assignment, Part
from dossiers.models.texts import PageText, TextReading
from dossiers.models.threads import Comment, Thread
from dossiers.models.uploads import Upload
from dossiers.models.workspace import Editing, SectionNote

__all__ = [
    "Adoption",
    "Answer",
    "Assignment",
    "Carried",
    "ClockEntry",
    "CombinedField",
    "Comment",
    "Condition",
    "Conformity",
    "ContextOfUse",
    "Document",
    "DocumentVersion",
    "Dossier",
    "DossierMembership",
    "Editing",
    "Filing",
    "Gspr",
    "PageText",
    "Part",
    "Product",
    "Question",
    "Requirement",
    "Section",
    "SectionNote",
    "Sequence",
    "TextReading",
    "Thread",
    "Upload",
]
