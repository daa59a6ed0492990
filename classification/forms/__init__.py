"""What people type about a candidate, one file per noun."""

from classification.forms.assessments import CandidateForm, DescribeForm, QuestionForm, words_of
from classification.forms.requests import RequestPartForm

__all__ = ["CandidateForm", "DescribeForm", "QuestionForm", "RequestPartForm", "words_of"]
