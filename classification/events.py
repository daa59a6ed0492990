"""Codes of what happens to assessments and to the library of precedents."""

from enum import StrEnum


class ClassificationEvent(StrEnum):
    """Audit codes of the classification app."""

    STARTED = "classification.started"
    DESCRIBED = "classification.described"
    ANSWERED = "classification.answered"
    FINALISED = "classification.finalised"
    REVISED = "classification.revised"
    COPIED = "classification.copied"
    SUPERSEDED = "classification.superseded"
    PRECEDENTS_IMPORTED = "classification.precedents_imported"
    REQUEST_WRITTEN = "classification.request_written"
