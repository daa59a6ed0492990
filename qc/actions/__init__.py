"""What people do in quality control: one function per verb, the only writer."""

from qc.actions.lots import (
    certify_finally,
    certify_initially,
    change_contact,
    register_lot,
    reject_lot,
    submit_lot,
)
from qc.actions.results import correct_result, enter_result, review_result
from qc.actions.specifications import (
    add_test,
    approve_specification,
    change_specification,
    change_test,
    draft_specification,
    remove_tests,
    revise_specification,
    take_over_limits,
    withdraw_specification,
)

__all__ = [
    "add_test",
    "approve_specification",
    "certify_finally",
    "certify_initially",
    "change_contact",
    "change_specification",
    "change_test",
    "correct_result",
    "draft_specification",
    "enter_result",
    "register_lot",
    "reject_lot",
    "remove_tests",
    "review_result",
    "revise_specification",
    "submit_lot",
    "take_over_limits",
    "withdraw_specification",
]
