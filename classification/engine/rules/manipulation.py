"""Processing outside Europe: there is no closed list of harmless steps, only what it does to the cells."""

from __future__ import annotations

from classification.engine.facts import Part
from classification.engine.rules.case import Case
from classification.engine.rules.material import SUBSTANTIAL_STEPS


def is_more_than_minimal(case: Case) -> bool:
    """Whether processing altered what matters: by the nature of a step, or as Q11 says of any other.

    Decision: expansion, activation, differentiation, genetic modification and reprogramming alter cells by
    their nature. There is no list like Annex I here, so of every other step Q11 says whether it altered
    a relevant property; cells to which nothing is done are not processed.
    """
    if Part.GM_CELLS in case.active_part:
        return True
    steps = case.process_steps
    return bool(steps) and (not steps.isdisjoint(SUBSTANTIAL_STEPS) or case.property_altered)
