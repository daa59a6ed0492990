"""What the classification app keeps, one file per noun."""

from classification.models.assessments import Assessment, AssessmentStatus
from classification.models.precedents import (
    Precedent,
    PrecedentImport,
    PublishedOutcome,
    RowKind,
    TrustMark,
)

__all__ = [
    "Assessment",
    "AssessmentStatus",
    "Precedent",
    "PrecedentImport",
    "PublishedOutcome",
    "RowKind",
    "TrustMark",
]
