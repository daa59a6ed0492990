"""Answers for the tests of the rules engine, by their exchange names, and strategies that draw them."""

from hypothesis import strategies as st

from classification.engine.facts import (
    ALL_KEYS,
    ClaimedAction,
    NonViableRole,
    Part,
    ProcessStep,
    ProductFacts,
    Source,
)
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case

ANSWERS = {
    "active_part": st.frozensets(st.sampled_from(Part), max_size=4),
    "process_steps": st.frozensets(st.sampled_from(ProcessStep), max_size=4),
    "claimed_action": st.sampled_from(ClaimedAction),
    "source": st.sampled_from(Source),
    "non_viable_role": st.sampled_from(NonViableRole),
}

complete_facts = st.builds(ProductFacts, **{key: ANSWERS.get(key, st.booleans()) for key in ALL_KEYS})


def facts_with_gaps(likelihood):
    """Draw facts of which each answer is unknown with this likelihood, of ten."""
    return st.builds(
        ProductFacts,
        **{
            key: st.integers(1, 10).flatmap(
                lambda chance, key=key: st.none() if chance <= likelihood else ANSWERS.get(key, st.booleans())
            )
            for key in ALL_KEYS
        },
    )


any_facts = st.integers(0, 10).flatmap(facts_with_gaps)
"""Facts of any degree of emptiness, from a complete sheet to one without an answer."""


def answers(**given):
    """Return facts from exchange names and values; a list may be written as one word."""
    for key in {"active_part", "process_steps"} & given.keys():
        if isinstance(given[key], str) and given[key] != "unknown":
            given[key] = [given[key]]
    return ProductFacts.from_exchange(given)


def case(base=Outcome.UNDETERMINED, **given):
    """Return a candidate before the rules, with the base class reached so far."""
    candidate = Case(answers(**given).answers())
    candidate.base = base
    return candidate


CELLS = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "process_steps": ["expansion"],
    "same_location": "no",
    "same_function": "no",
    "claimed_action": "regenerate",
    "integral_device": "no",
    "source": "autologous",
}
"""Expanded cells in another place, claimed to repair tissue: a tissue engineered product."""

VECTOR = {
    "is_medicine": "yes",
    "active_part": ["recombinant_nucleic_acid"],
    "made_recombinantly": "yes",
    "aims_at_sequence": "yes",
    "effect_from_sequence": "yes",
    "infection_claim": "no",
    "viable_cells": "no",
    "integral_device": "no",
}
"""A vector with a gene that works: gene therapy."""
