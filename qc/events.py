"""Codes of what happens to specifications, lots and results."""

from enum import StrEnum


class QCEvent(StrEnum):
    """Audit codes of the qc app."""

    SPECIFICATION_DRAFTED = "qc.specification_drafted"
    SPECIFICATION_CHANGED = "qc.specification_changed"
    TEST_ADDED = "qc.test_added"
    TEST_CHANGED = "qc.test_changed"
    TEST_REMOVED = "qc.test_removed"
    LIMIT_TAKEN_OVER = "qc.limit_taken_over"
    SPECIFICATION_APPROVED = "qc.specification_approved"
    SPECIFICATION_SUPERSEDED = "qc.specification_superseded"
    SPECIFICATION_WITHDRAWN = "qc.draft_withdrawn"
    LOT_REGISTERED = "qc.lot_registered"
    CLINICAL_CONTACT_CHANGED = "qc.clinical_contact_changed"
    RESULT_ENTERED = "qc.result_entered"
    RESULT_REVIEWED = "qc.result_checked"
    RESULT_INVALIDATED = "qc.result_invalidated"
    LOT_SUBMITTED = "qc.lot_submitted"
    LOT_CERTIFIED_INITIAL = "qc.lot_certified_initially"
    LOT_CERTIFIED_FINAL = "qc.lot_certified_finally"
    LOT_REJECTED = "qc.lot_rejected"
    LATE_OOS = "qc.late_failing_result"
