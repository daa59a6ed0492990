"""Codes of what happens to assessments."""

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
