"""What the classification app keeps, one file per noun."""

from classification.models.assessments import Assessment, AssessmentStatus, Mechanism, counted
from classification.models.precedents import (
    Precedent,
    PrecedentImport,
    PublishedOutcome,
    RowKind,
    TrustMark,
)
from classification.models.requests import ClassificationRequest

__all__ = [
    "Assessment",
    "AssessmentStatus",
    "ClassificationRequest",
    "Mechanism",
    "Precedent",
    "PrecedentImport",
    "PublishedOutcome",
    "RowKind",
    "TrustMark",
    "counted",
]
