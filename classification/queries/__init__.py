"""What the pages of the classification read, one function per page."""

from classification.queries.candidates import (
    FIELD_WORDS,
    assessment_list,
    described,
    history,
    standing,
)
from classification.queries.differences import Changes, changes_of
from classification.queries.doubts import consequence_of_doubt
from classification.queries.precedents import precedents_near
from classification.queries.questions import check_page, conflict_page, question_page, question_to_put
from classification.queries.rationale import candidate_to_sign, content_to_sign, rationale_of, statement_of
from classification.queries.requests import (
    FieldState,
    last_writing,
    part_rows,
    request_fields,
    request_of,
    request_page,
)
from classification.queries.verdicts import (
    branch_rows,
    classes_of,
    finding_rows,
    flag_rows,
    frozen_or_now,
    ruleset_words,
    verdict_page,
)
from classification.queries.words import QUESTION_ANYWHERE, outcome_words, words_of

__all__ = [
    "FIELD_WORDS",
    "QUESTION_ANYWHERE",
    "Changes",
    "FieldState",
    "assessment_list",
    "branch_rows",
    "candidate_to_sign",
    "changes_of",
    "check_page",
    "classes_of",
    "conflict_page",
    "consequence_of_doubt",
    "content_to_sign",
    "described",
    "finding_rows",
    "flag_rows",
    "frozen_or_now",
    "history",
    "last_writing",
    "outcome_words",
    "part_rows",
    "precedents_near",
    "question_page",
    "question_to_put",
    "rationale_of",
    "request_fields",
    "request_of",
    "request_page",
    "ruleset_words",
    "standing",
    "statement_of",
    "verdict_page",
    "words_of",
]
