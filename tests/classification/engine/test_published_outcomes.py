"""The engine against the published outcomes: none of the trusted rows may be contradicted.

The file is reference material beside the repository; where it is absent these tests are skipped.
"""

import csv
from itertools import chain
from pathlib import Path

import pytest

from classification.engine import Outcome, ProductFacts, classify
from classification.engine.outcomes import ATMPS

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "cat_outcomes.csv"

pytestmark = pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the reference file {PUBLISHED} is not here")

TRUSTED = ("verified-", "company-statement", "recalled-high")
"""Rows whose class may be used; `class-inferred` rows only say that the product is an ATMP."""

NOT_UNIQUE = {
    "CAT-001": "neither the claimed action nor the device is published: repair and secretion both fit",
    "CAT-009": "neither manipulation nor use is published: untouched cells in their place would be no ATMP",
    "CAT-011": "the claimed action is not published, and without any claim it would not even be an ATMP",
    "CAT-026": "the manipulation is not published, and islets in their own function need it to be an ATMP",
    "CAT-030": "whether the dermal scaffold counts as a device is not published, so combined stays open",
    "CAT-032": "no column says that platelets have no nucleus; read as non-viable cells they could act",
    "CAT-036": "the claimed action is not published, and without any claim it would not even be an ATMP",
}

YES_NO = {"yes": "yes", "no": "no"}


def rows():
    if not PUBLISHED.exists():
        return []
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row["verification"].startswith(TRUSTED) or row["verification"] == "class-inferred"
        ]


def possible_facts(row):
    """Return the answers that a row's fact columns allow, one set for each active part left possible."""
    return [
        ProductFacts.from_exchange(answers_but_part(row) | {"active_part": parts})
        for parts in possible_parts(row)
    ]


def possible_parts(row):
    viable = row["contains_viable_cells_or_tissue"]
    if row["contains_recombinant_nucleic_acid"] == "yes":
        return [["gm_cells"]] if viable == "yes" else [["recombinant_nucleic_acid"]]
    if viable == "yes":
        return [["viable_cells_or_tissue"]]
    cells = [["viable_cells_or_tissue"]] if viable == "unknown" else []
    cells += [["non_viable_cells_or_tissue"]]
    without_cells = [
        ["cell_derived"],
        ["anucleate_blood"],
        ["microbes"],
        ["synthetic_oligonucleotide"],
        ["other"],
    ]
    # Manipulation and essential function are asked of cells that act. A row that judges them is about cells;
    # one to which they do not apply has no cells, or non-viable ones that do not act.
    if row["substantial_manipulation"] in YES_NO:
        return cells
    if row["substantial_manipulation"] == row["homologous_use"] == "not_applicable" and acts(row):
        return without_cells
    return cells + without_cells


def acts(row):
    return row["intended_action"] == "pharmacological_immunological_metabolic"


def answers_but_part(row):
    answers = {
        "is_medicine": "yes",
        "made_recombinantly": row["contains_recombinant_nucleic_acid"],
        # A direct effect of the sequence presupposes that the sequence is meant to be changed.
        "aims_at_sequence": "yes" if row["nucleic_acid_effect_direct"] == "yes" else "unknown",
        "effect_from_sequence": YES_NO.get(row["nucleic_acid_effect_direct"], "unknown"),
        "infection_claim": row["infectious_disease_vaccine"],
        "viable_cells": row["contains_viable_cells_or_tissue"],
        "integral_device": row["device_integral"],
    }
    if row["autologous_allogeneic_xenogeneic"] in {"autologous", "allogeneic", "xenogeneic"}:
        answers["source"] = row["autologous_allogeneic_xenogeneic"]
    return answers | manipulation(row) | use(row) | action(row)


def manipulation(row):
    if row["substantial_manipulation"] not in YES_NO:
        return {}
    # The column holds the judgement, not the steps: a step off the list, with the judgement as answer to Q11.
    return {"process_steps": ["other"], "property_altered": row["substantial_manipulation"]}


def use(row):
    match row["homologous_use"]:
        case "yes":
            return {"same_location": "yes", "same_function": "yes"}
        case "no":
            return {"same_function": "no"}
        case _:
            return {}


def action(row):
    match row["intended_action"]:
        case "regenerate_repair_replace":
            return {"claimed_action": "regenerate"}
        case "pharmacological_immunological_metabolic":
            return {"claimed_action": "pim", "non_viable_principal_pim": "yes"}
        case "structural" | "other":
            return {"claimed_action": "neither", "non_viable_principal_pim": "no"}
        case _:
            return {}


def published(row):
    if row["verification"] == "class-inferred":
        return ATMPS
    if row["outcome"] == "not-ATMP":
        return set(Outcome) - ATMPS
    return {Outcome(row["outcome"])}


def possible_outcomes(row):
    return set(chain.from_iterable(classify(facts).outcomes for facts in possible_facts(row)))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_published_outcome_is_not_contradicted(row):
    assert possible_outcomes(row) & published(row)


def test_facts_that_decide_give_the_published_outcome_alone():
    undecided = {row["id"] for row in rows() if not possible_outcomes(row) <= published(row)}
    assert undecided == set(NOT_UNIQUE)
    assert len(rows()) - len(undecided) == 52


def test_file_is_the_one_the_figures_were_counted_on():
    assert len(rows()) == 59
