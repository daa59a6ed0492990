"""Somatic cell therapy: engineered cells claimed to act as a medicine does, and cells without a claim."""

from __future__ import annotations

from classification.engine.citations import atmp_law
from classification.engine.facts import ClaimedAction
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way

_SOMATIC_CELL = Finding(
    "SCT-1",
    "It is presented to treat, prevent or diagnose disease by the pharmacological, immunological or"
    " metabolic action"
    " of its cells.",
    (atmp_law.SOMATIC_CELLS, atmp_law.SOMATIC_ACTION),
    Way.SOMATIC_DEVICE,
)
_NO_MEDICINAL_CLAIM = Finding(
    "CLM-1",
    "Neither a repair nor a pharmacological, immunological or metabolic action is claimed, so no class of"
    " ATMP fits.",
    (atmp_law.TISSUE_DEFINITION, atmp_law.SOMATIC_ACTION, atmp_law.MEDICINE, atmp_law.DOUBT),
    Outcome.NOT_MEDICINE,
    doubt="the cells are engineered, but no action of a medicine is claimed for them",
)


def somatic_cell(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.2(a) and (b): engineered cells and their action."""
    return _SOMATIC_CELL if case.claimed_action is ClaimedAction.PIM else None


def no_medicinal_claim(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Art 1(2); Annex I, Part IV, 2.2(b): without either action no class fits.

    Decision: what is left (cosmetic, filler, other) lies outside medicines law, hence `not_medicine`, always
    with the flag to ask the CAT: in case of doubt medicines law prevails (Art 2(2)).
    """
    return _NO_MEDICINAL_CLAIM if case.claimed_action is ClaimedAction.NEITHER else None
