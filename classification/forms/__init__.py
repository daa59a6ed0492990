"""What people type about a candidate, one file per noun."""

from classification.forms.assessments import CandidateForm, DescribeForm, QuestionForm, RegionalForm, words_of
from classification.forms.requests import RequestPartForm

__all__ = ["CandidateForm", "DescribeForm", "QuestionForm", "RegionalForm", "RequestPartForm", "words_of"]
