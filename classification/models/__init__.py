"""What the classification app keeps, one file per noun."""

from classification.models.assessments import Assessment, AssessmentStatus, counted

__all__ = ["Assessment", "AssessmentStatus", "counted"]
