"""What people type about a candidate, one file per noun."""

from classification.forms.assessments import CandidateForm, DescribeForm, QuestionForm
from classification.forms.requests import RequestPartForm

__all__ = ["CandidateForm", "DescribeForm", "QuestionForm", "RequestPartForm"]
