"""Why a person may not do a thing: one question, one function, asked by moves, buttons and errors."""

from dossiers.permissions.filing import (
    why_not_edit_documents,
    why_not_file,
)
from dossiers.permissions.review import (
    why_not_change_question,
    why_not_conclude,
    why_not_conclude_part,
    why_not_judge_answer,
    why_not_reopen_part,
    why_not_resolve,
    why_not_send_questions,
    why_not_send_responses,
    why_not_start_review,
)

__all__ = [
    "why_not_change_question",
    "why_not_conclude",
    "why_not_conclude_part",
    "why_not_edit_documents",
    "why_not_file",
    "why_not_judge_answer",
    "why_not_reopen_part",
    "why_not_resolve",
    "why_not_send_questions",
    "why_not_send_responses",
    "why_not_start_review",
]
