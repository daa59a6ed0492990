"""Tissue engineering: engineered cells that are claimed to regenerate, repair or replace human tissue."""

from __future__ import annotations

from classification.engine.citations import atmp_law
from classification.engine.facts import ClaimedAction
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way

_TISSUE_PRECEDENCE = Finding(
    "PRE-4",
    "Both actions are claimed, so it could also be a somatic cell therapy; tissue engineering takes"
    " precedence.",
    (atmp_law.TISSUE_PRECEDENCE,),
    doubt="both actions are claimed",
)
_TISSUE_ENGINEERED = Finding(
    "TEP-1",
    "It is presented to regenerate, repair or replace human tissue.",
    (atmp_law.TISSUE_DEFINITION,),
    Way.TISSUE_DEVICE,
)


def tissue_precedence(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(4): tissue engineering before somatic cell therapy."""
    return _TISSUE_PRECEDENCE if case.claimed_action is ClaimedAction.BOTH else None


def tissue_engineered(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(b): the claim decides, not the cell."""
    return (
        _TISSUE_ENGINEERED if case.claimed_action in {ClaimedAction.REGENERATE, ClaimedAction.BOTH} else None
    )
