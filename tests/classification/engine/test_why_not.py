"""Why a class was not reached."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine import RULESETS, classify, why_not
from classification.engine.citations import atmp_law, other_regions
from classification.engine.facts import KEYS
from classification.engine.outcomes import COMBINED
from classification.engine.why_not.obstacles import BRANCHES, Known
from tests.classification.engine.builders import CELLS, VECTOR, answers, complete_facts

NON_VIABLE = {
    "is_medicine": "yes",
    "active_part": "non_viable_cells_or_tissue",
    "viable_cells": "no",
    "non_viable_principal_pim": "no",
    "non_viable_role": "tissue_as_such",
}
UNTOUCHED = CELLS | {"process_steps": ["cutting"], "same_location": "yes", "same_function": "yes"}


def reasons(given):
    return {reason.code: reason.because for reason in why_not(answers(**given))}


def test_stromal_cells_against_inflammation():
    assert reasons(CELLS | {"claimed_action": "pim"}) == {
        "GTMP": "No nucleic acid, vector or genetically modified cell is named (Q02).",
        "TEP": "The claim is a pharmacological, immunological or metabolic action, not repair (Q13).",
        "combined": "No device is an integral part of it (Q14).",
        "tissue_cell_soho": "The cells are substantially manipulated (Q09).",
        "device": "It contains viable cells, and their action counts as the principal one (Q07).",
        "vaccine": "No nucleic acid, vector or genetically modified cell is named (Q02).",
    }


def test_vector():
    first = (
        "It meets both limbs of the gene therapy test, which goes before the other classes (Q03, Q04, Q05)."
    )
    assert reasons(VECTOR) == {
        "sCTMP": first,
        "TEP": first,
        "combined": "No device is an integral part of it (Q14).",
        "tissue_cell_soho": first,
        "device": first,
        "vaccine": "Its claim is not against an infection (Q06).",
    }


def test_vector_vaccine():
    vaccine = "It works by a recombinant sequence against an infection, which makes it a vaccine (Q06)."
    assert reasons(VECTOR | {"infection_claim": "yes"}) == {
        "GTMP": "Its claim is against an infection, and vaccines against infections are excluded (Q06).",
        "sCTMP": vaccine,
        "TEP": vaccine,
        "combined": "It is no advanced therapy, so it is no combined one either.",
        "tissue_cell_soho": vaccine,
        "device": vaccine,
    }


@pytest.mark.parametrize(
    ("changed", "code", "because"),
    [
        ({"is_medicine": "no"}, "TEP", "It is not a medicine (Q01)."),
        (
            {"claimed_action": "both"},
            "sCTMP",
            "Both actions are claimed, and then tissue engineering takes precedence (Q13).",
        ),
        (
            {"claimed_action": "regenerate"},
            "sCTMP",
            (
                "The claim is to regenerate, repair or replace tissue, not a pharmacological, immunological"
                " or metabolic action (Q13)."
            ),
        ),
        (
            {"claimed_action": "neither"},
            "TEP",
            "Neither repair nor a pharmacological, immunological or metabolic action is claimed (Q13).",
        ),
        ({"claimed_action": "unknown"}, "TEP", "Not ruled out: Q13 is not answered."),
        ({"integral_device": "unknown"}, "combined", "Not ruled out: Q14 is not answered."),
        (
            UNTOUCHED | {"same_function": "no"},
            "tissue_cell_soho",
            "The cells do not keep their essential function (Q12).",
        ),
        (
            UNTOUCHED,
            "TEP",
            (
                "The cells are not engineered: neither substantially manipulated nor put to another function"
                " (Q09, Q12)."
            ),
        ),
    ],
)
def test_cells(changed, code, because):
    assert reasons(CELLS | changed)[code] == because


@pytest.mark.parametrize(
    ("given", "code", "because"),
    [
        (
            VECTOR | {"made_recombinantly": "no"},
            "GTMP",
            "Its nucleic acid is not made by a biological step (Q03).",
        ),
        (
            VECTOR | {"made_recombinantly": "no"},
            "TEP",
            "Its nucleic acid is made chemically and it has no cells: a chemical medicine (Q02, Q03).",
        ),
        (
            VECTOR | {"aims_at_sequence": "no"},
            "GTMP",
            "It is not meant to change a genetic sequence (Q04).",
        ),
        (
            VECTOR | {"effect_from_sequence": "no"},
            "GTMP",
            "Its effect does not come directly from the sequence (Q05).",
        ),
        (
            VECTOR | {"integral_device": "yes"},
            "combined",
            "A device is an integral part of it, but it has no cells or tissue (Q02, Q07).",
        ),
        (VECTOR | {"active_part": "other"}, "sCTMP", "It contains no cells or tissue (Q02, Q07)."),
        (
            NON_VIABLE,
            "TEP",
            "Its cells or tissue are not viable and do not act mainly as a medicine does (Q07, Q08).",
        ),
        (NON_VIABLE, "device", "It is human tissue as such, and that is no device (Q18)."),
        (
            NON_VIABLE | {"non_viable_role": "animal_tissue"},
            "tissue_cell_soho",
            (
                "It is not human tissue as such, but animal tissue, a derivative or an addition to a device"
                " (Q18)."
            ),
        ),
        (
            CELLS | NON_VIABLE | {"non_viable_principal_pim": "yes"},
            "device",
            (
                "Its cells are not viable, but they act mainly as a medicine does, and no device is part of"
                " it (Q08, Q14)."
            ),
        ),
        (
            CELLS
            | NON_VIABLE
            | {"non_viable_principal_pim": "yes", "integral_device": "yes"}
            | {"non_viable_role": "device_principal_tissue_ancillary"},
            "TEP",
            "A device does the principal work, and the tissue in it only helps (Q18).",
        ),
    ],
)
def test_other_products(given, code, because):
    assert reasons(given)[code] == because


def test_reason_as_plain_data():
    (reason,) = [
        reason for reason in why_not(answers(**CELLS | {"claimed_action": "pim"})) if reason.code == "TEP"
    ]
    assert reason.to_json() == {
        "class": "TEP",
        "because": "The claim is a pharmacological, immunological or metabolic action, not repair (Q13).",
        "citations": ["Reg (EC) 1394/2007, Art 2(1)(b)"],
        "rule": "SCT-1",
        "questions": ["Q13"],
        "is_open": False,
    }


def test_open_reason_rests_on_its_question():
    (reason,) = [one for one in why_not(answers(**CELLS | {"integral_device": "unknown"})) if one.is_open]
    assert (reason.code, reason.citations, reason.questions) == ("combined", (atmp_law.COMBINED,), ("Q14",))


def test_blood_led_elsewhere():
    found = {
        reason.code: reason for reason in why_not(answers(**UNTOUCHED | {"active_part": "anucleate_blood"}))
    }
    reason = found["tissue_cell_soho"]
    assert (reason.because, reason.rule, reason.questions) == (
        (
            "It leads elsewhere: Its blood cells are not engineered: they were not substantially manipulated,"
            " and they keep their function."
        ),
        "ENG-5",
        (),
    )


def test_british_reasons_cite_british_law():
    (reason,) = [one for one in why_not(answers(**CELLS), "UK-2012") if one.code == "sCTMP"]
    assert reason.citations == (other_regions.UK_DEFINITION,)


@pytest.mark.parametrize("ruleset", ["EU-REFORM", "US-FDA", "JP-PMD"])
def test_only_law_with_these_classes_is_asked(ruleset):
    assert why_not(answers(**CELLS), ruleset) == ()


@settings(deadline=None, max_examples=200)
@given(complete_facts, st.sets(st.sampled_from(KEYS), max_size=6))
def test_an_obstacle_never_stands_before_a_class_that_is_possible(facts, forgotten):
    for key in forgotten:
        facts = facts.with_answer(key, None)
    verdict = classify(facts)
    outcomes = frozenset(verdict.outcomes)
    known = Known(
        facts,
        frozenset(finding.rule for finding in verdict.findings),
        all(not outcome.is_atmp for outcome in outcomes),
    )
    for branch in BRANCHES:
        if branch.classes & outcomes:
            assert [obstacle.text for obstacle in branch.obstacles if obstacle.holds(known)] == []


@settings(deadline=None, max_examples=200)
@given(complete_facts, st.sets(st.sampled_from(KEYS), max_size=6), st.sampled_from(["EU-2009", "UK-2012"]))
def test_every_branch_not_taken_has_its_reason(facts, forgotten, ruleset):
    for key in forgotten:
        facts = facts.with_answer(key, None)
    outcomes = set(classify(facts, ruleset).outcomes)
    found = why_not(facts, ruleset)
    assert [reason.code for reason in found] == [
        branch.code for branch in BRANCHES if not outcomes <= branch.classes
    ]
    for reason in found:
        classes = next(branch.classes for branch in BRANCHES if branch.code == reason.code)
        assert reason.is_open == bool(classes & outcomes)
        assert reason.because.endswith(".")


def test_branches_are_the_classes_of_atmp_and_the_nearest_ways_out():
    assert [branch.code for branch in BRANCHES] == [
        *("GTMP", "sCTMP", "TEP", "combined", "tissue_cell_soho", "device", "vaccine")
    ]
    assert BRANCHES[3].classes == COMBINED
    assert RULESETS["EU-2009"].is_law
