"""Codes of what happens to specifications, lots and results."""

from enum import StrEnum


class QCEvent(StrEnum):
    """Audit codes of the qc app."""

    SPECIFICATION_DRAFTED = "qc.specification_drafted"
    SPECIFICATION_CHANGED = "qc.specification_changed"
    SPECIFICATION_APPROVED = "qc.specification_approved"
    SPECIFICATION_SUPERSEDED = "qc.specification_superseded"
    LOT_REGISTERED = "qc.lot_registered"
    RESULT_ENTERED = "qc.result_entered"
    RESULT_REVIEWED = "qc.result_reviewed"
    RESULT_INVALIDATED = "qc.result_invalidated"
    LOT_SUBMITTED = "qc.lot_submitted_to_qp"
    LOT_CERTIFIED_INITIAL = "qc.lot_certified_initially"
    LOT_CERTIFIED_FINAL = "qc.lot_certified_finally"
    LOT_REJECTED = "qc.lot_rejected"
    LATE_OOS = "qc.late_failing_result"
    BATCH_ANALYSES_HANDED_OVER = "qc.batch_analyses_handed_over"
