"""What the classification app keeps, one file per noun."""

from classification.models.assessments import Assessment, AssessmentStatus

__all__ = ["Assessment", "AssessmentStatus"]
