"""Every write to a classification: one function per verb, one file per noun."""

from classification.actions.assessments import (
    Answer,
    CodeTaken,
    Overtaken,
    answer,
    answer_regional,
    copy,
    describe,
    finalise,
    revise,
    start,
)
from classification.actions.requests import RequestOvertaken, write_request

__all__ = [
    "Answer",
    "CodeTaken",
    "Overtaken",
    "RequestOvertaken",
    "answer",
    "answer_regional",
    "copy",
    "describe",
    "finalise",
    "revise",
    "start",
    "write_request",
]
