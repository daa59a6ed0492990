"""What to heed under the law of other regions; the duties under the law of the EU do not follow there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps

from classification.engine.citations import Citation, other_regions
from classification.engine.outcomes import Outcome
from classification.engine.rules.finding import Flag, FlagCode
from classification.engine.rules.flags import (
    FlagRule,
    Situation,
    doubts_of,
    genetically_modified,
    gm_not_direct,
    odd_answers,
    source,
)
from classification.engine.rules.material import is_protein_editor


def _resting_on(citation: Citation, flag_rule: FlagRule) -> FlagRule:
    @wraps(flag_rule)
    def elsewhere(situation: Situation) -> Flag | None:
        flag = flag_rule(situation)
        return None if flag is None else replace(flag, citations=(citation,), obliges=())

    return elsewhere


Doubts = Callable[[Situation], Iterable[str]]


def _may_edit(situation: Situation) -> Iterator[str]:
    """A protein beside a chemically made oligonucleotide can be an editor with its guide."""
    facts = situation.facts
    is_editor = is_protein_editor(facts.active_part or frozenset(), facts.aims_at_sequence)
    if is_editor and not situation.outcomes.isdisjoint({Outcome.US_DRUG, Outcome.JP_OUTSIDE}):
        yield "a genome editor given as protein only may be gene therapy"


def _ask(authority: str, citation: Citation, way: str, more: Doubts) -> FlagRule:
    def seek_advice(situation: Situation) -> Flag | None:
        """The answer leans on an unknown or on a point that is in doubt, and the authority can be asked."""
        doubts = [*doubts_of(situation), *more(situation)]
        if not doubts:
            return None
        return Flag(FlagCode.SEEK_ADVICE, f"Ask the {authority}: {'; '.join(doubts)}.", (citation,), (way,))

    return seek_advice


US_FLAGS: tuple[FlagRule, ...] = (
    _resting_on(other_regions.FOUR_CRITERIA, source),
    _resting_on(other_regions.US_GENE_THERAPY, genetically_modified),
    _ask(
        "FDA",
        other_regions.US_REQUEST,
        "Send a request for designation, or ask for an early meeting.",
        _may_edit,
    ),
)
UK_FLAGS: tuple[FlagRule, ...] = (
    _resting_on(other_regions.UK_DEFINITION, source),
    _resting_on(other_regions.UK_DEFINITION, genetically_modified),
    _resting_on(other_regions.UK_DEFINITION, gm_not_direct),
    _ask(
        "MHRA",
        other_regions.UK_ADVICE,
        "Use the form of the MHRA for advice on advanced therapies.",
        odd_answers,
    ),
)
JP_FLAGS: tuple[FlagRule, ...] = (
    _resting_on(other_regions.JP_PRODUCT, source),
    _resting_on(other_regions.JP_PRODUCT, genetically_modified),
    _ask("PMDA", other_regions.JP_ADVICE, "Ask for a consultation.", _may_edit),
)
