"""Every status, every move, every role."""

from itertools import product

import pytest

from accounts.roles import Role
from qc import workflow
from qc.models import Lot
from qc.statuses import LotStatus, ResultStatus, SpecificationStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


def everyone(organisation):
    return {role: people.person(f"New {role.label}", organisation, role) for role in Role}


def allowed(moves, thing, organisation):
    """Which moves which fresh colleague may make on a thing, as (verb, role)."""
    team = everyone(organisation)
    return {
        (move.verb, role) for move, role in product(moves, Role) if move.why_not(thing, team[role]) is None
    }


SPECIFICATION_MOVES = {
    SpecificationStatus.DRAFT: {
        ("approve", Role.QUALITY_ASSURANCE),
        ("approve", Role.QUALIFIED_PERSON),
        ("withdraw", Role.QC_ANALYST),
        ("withdraw", Role.QUALITY_ASSURANCE),
    },
    SpecificationStatus.EFFECTIVE: {
        ("supersede", Role.QUALITY_ASSURANCE),
        ("supersede", Role.QUALIFIED_PERSON),
    },
    SpecificationStatus.SUPERSEDED: set(),
    SpecificationStatus.WITHDRAWN: set(),
}


@pytest.mark.parametrize("status", SpecificationStatus)
def test_moves_of_a_specification(norvia, status):
    specification = qc.specification_at(status, organisation=norvia)
    assert allowed(workflow.SPECIFICATION_MOVES, specification, norvia) == SPECIFICATION_MOVES[status]


LOT_MOVES = {
    LotStatus.QUARANTINE: {("submit", Role.QUALITY_ASSURANCE), ("reject", Role.QUALIFIED_PERSON)},
    LotStatus.UNDER_REVIEW: {
        ("certify_initially", Role.QUALIFIED_PERSON),
        ("reject", Role.QUALIFIED_PERSON),
    },
    LotStatus.RELEASED_INITIAL: {("fail_late", Role.QC_ANALYST)},
    LotStatus.RELEASED_FINAL: {("fail_late", Role.QC_ANALYST)},
    LotStatus.LATE_OOS: set(),
    LotStatus.REJECTED: set(),
}


@pytest.mark.parametrize("status", LotStatus)
def test_moves_of_a_lot_with_results_pending(norvia, status):
    lot = qc.lot_at(status, organisation=norvia)
    assert allowed(workflow.LOT_MOVES, lot, norvia) == LOT_MOVES[status]


@pytest.mark.parametrize("status", [LotStatus.UNDER_REVIEW, LotStatus.RELEASED_INITIAL])
def test_a_lot_whose_results_are_all_in_is_certified_finally_and_only_finally(norvia, status):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:2])
    lot = qc.lot_at(status, specification)
    qc.result(lot, specification.tests.get(name="Vector copies"))
    moves = allowed(workflow.LOT_MOVES, Lot.objects.get(pk=lot.pk), norvia)
    assert {verb for verb, _ in moves if verb.startswith("certify")} == {"certify_finally"}
    assert ("certify_finally", Role.QUALIFIED_PERSON) in moves


RESULT_MOVES = {
    ResultStatus.ENTERED: {
        ("review", Role.QC_ANALYST),
        ("review", Role.QUALITY_ASSURANCE),
        ("invalidate", Role.QC_ANALYST),
    },
    ResultStatus.REVIEWED: {("invalidate", Role.QC_ANALYST)},
    ResultStatus.INVALIDATED: set(),
}


@pytest.mark.parametrize("status", ResultStatus)
def test_moves_of_a_result(norvia, status):
    lot = qc.lot(organisation=norvia)
    test = lot.specification.tests.get(name="Viability")
    result = qc.result(lot, test, is_checked=status != ResultStatus.ENTERED)
    if status == ResultStatus.INVALIDATED:
        qc.correct(result, raw="90")
        result.refresh_from_db()
    assert allowed(workflow.RESULT_MOVES, result, norvia) == RESULT_MOVES[status]


def test_signed_moves_are_marked_as_such():
    moves = (*workflow.SPECIFICATION_MOVES, *workflow.LOT_MOVES, *workflow.RESULT_MOVES)
    assert {move.verb for move in moves if move.is_signed} == {
        "approve",
        "submit",
        "certify_initially",
        "certify_finally",
        "reject",
    }


def test_nothing_leads_back_to_released_from_a_late_failing_result():
    assert [move.verb for move in workflow.LOT_MOVES if LotStatus.LATE_OOS in move.source] == []
