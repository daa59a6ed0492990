import pytest

from classification.engine.precedents import Fact, possible_facts
from classification.engine.precedents.adapter import aspects_of
from tests.classification.engine.builders import CELLS, VECTOR, answers

EXPANDED_FAT_CELLS = {
    Fact.GENES: "no",
    Fact.EFFECT: "not_applicable",
    Fact.INFECTION: "no",
    Fact.CELLS: "yes",
    Fact.SOURCE: "autologous",
    Fact.MANIPULATION: "yes",
    Fact.USE: "no",
    Fact.ACTION: "regenerate_repair_replace",
    Fact.DEVICE: "no",
}


def parts_of(row):
    return [next(iter(facts.active_part)) for facts in possible_facts(row)]


def test_published_facts_become_answers_and_what_was_not_published_stays_unknown():
    (facts,) = possible_facts(EXPANDED_FAT_CELLS)
    assert facts.to_exchange() == {
        "is_medicine": "yes",
        "active_part": ["viable_cells_or_tissue"],
        "made_recombinantly": "no",
        "infection_claim": "no",
        "viable_cells": "yes",
        "process_steps": ["other"],
        "property_altered": "yes",
        "same_function": "no",
        "claimed_action": "regenerate",
        "integral_device": "no",
        "source": "autologous",
    }


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ({Fact.GENES: "yes", Fact.CELLS: "yes"}, ["gm_cells"]),
        ({Fact.GENES: "yes", Fact.CELLS: "no"}, ["recombinant_nucleic_acid"]),
        ({Fact.CELLS: "yes"}, ["viable_cells_or_tissue"]),
        ({Fact.CELLS: "no", Fact.MANIPULATION: "no"}, ["non_viable_cells_or_tissue"]),
        (
            {Fact.CELLS: "unknown", Fact.MANIPULATION: "yes"},
            ["viable_cells_or_tissue", "non_viable_cells_or_tissue"],
        ),
        (
            {
                Fact.CELLS: "no",
                Fact.MANIPULATION: "not_applicable",
                Fact.USE: "not_applicable",
                Fact.ACTION: "pharmacological_immunological_metabolic",
            },
            ["cell_derived", "anucleate_blood", "microbes", "synthetic_oligonucleotide", "other"],
        ),
    ],
)
def test_active_part_is_every_one_that_the_facts_allow(row, parts):
    assert parts_of(row) == parts


def test_no_facts_leave_every_part_and_no_other_answer():
    facts = possible_facts({})
    assert len(facts) == 7
    assert {tuple(one.to_exchange()) for one in facts} == {("is_medicine", "active_part")}


def test_answers_of_a_candidate_as_aspects():
    assert aspects_of(answers(**CELLS)) == {
        Fact.GENES: {"no"},
        Fact.CELLS: {"yes"},
        Fact.SOURCE: {"autologous"},
        Fact.MANIPULATION: {"yes"},
        Fact.USE: {"no"},
        Fact.ACTION: {"regenerate_repair_replace"},
        Fact.DEVICE: {"no"},
    }
    assert aspects_of(answers(**VECTOR)) == {
        Fact.GENES: {"yes"},
        Fact.EFFECT: {"yes"},
        Fact.INFECTION: {"no"},
        Fact.CELLS: {"no"},
        Fact.DEVICE: {"no"},
    }


def test_nothing_answered_is_nothing_known():
    assert aspects_of(answers()) == {}


@pytest.mark.parametrize(
    ("given", "fact", "values"),
    [
        ({"source": "both"}, Fact.SOURCE, {"allogeneic"}),
        ({"claimed_action": "both"}, Fact.ACTION, {"regenerate_repair_replace"}),
        ({"claimed_action": "pim"}, Fact.ACTION, {"pharmacological_immunological_metabolic"}),
        ({"claimed_action": "neither"}, Fact.ACTION, {"structural", "other"}),
        ({"same_location": "yes"}, Fact.USE, None),
        ({"same_location": "yes", "same_function": "yes"}, Fact.USE, {"yes"}),
        ({"same_location": "no"}, Fact.USE, {"no"}),
        ({"active_part": "gm_cells", "made_recombinantly": "no"}, Fact.GENES, {"no"}),
        ({"active_part": "gm_cells"}, Fact.CELLS, {"yes"}),
        ({"active_part": "gm_cells"}, Fact.MANIPULATION, {"yes"}),
        ({"active_part": "cell_derived"}, Fact.CELLS, {"no"}),
        ({"active_part": "viable_cells_or_tissue", "process_steps": []}, Fact.MANIPULATION, {"no"}),
        ({"active_part": "viable_cells_or_tissue"}, Fact.MANIPULATION, None),
        ({"active_part": "viable_cells_or_tissue", "process_steps": ["other"]}, Fact.MANIPULATION, None),
        ({"active_part": "microbes", "process_steps": ["expansion"]}, Fact.MANIPULATION, None),
    ],
)
def test_single_aspects(given, fact, values):
    assert aspects_of(answers(**given)).get(fact) == values
