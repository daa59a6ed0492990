"""Every flag once where it is raised and once where it is not."""

import pytest

from classification.engine import FlagCode, classify
from classification.engine.rules.flags import FLAGS
from tests.classification.engine.builders import CELLS, VECTOR, answers

NON_VIABLE = {
    "is_medicine": "yes",
    "active_part": ["non_viable_cells_or_tissue"],
    "viable_cells": "no",
    "non_viable_principal_pim": "no",
    "non_viable_role": "tissue_as_such",
}
UNTOUCHED = CELLS | {"process_steps": ["cutting"], "same_location": "yes", "same_function": "yes"}


def codes(given):
    return {str(flag.code) for flag in classify(answers(**given)).flags}


RAISED = [
    ("autologous", CELLS),
    ("allogeneic", CELLS | {"source": "allogeneic"}),
    ("allogeneic", CELLS | {"source": "both"}),
    ("xenogeneic", CELLS | {"source": "xenogeneic"}),
    ("genetically_modified", VECTOR),
    ("genetically_modified", CELLS | {"process_steps": ["genetic_modification"]}),
    ("genetically_modified", VECTOR | {"active_part": "synthetic_oligonucleotide"}),
    (
        "gm_not_direct",
        CELLS | VECTOR | {"active_part": "gm_cells", "effect_from_sequence": "no", "viable_cells": "yes"},
    ),
    ("gmo_law", VECTOR | {"active_part": "gm_cells"}),
    ("seek_CAT", CELLS | {"claimed_action": "both"}),
    ("hospital_exemption_possible", CELLS | {"hospital_custom_made": "yes"}),
    ("certification_possible", VECTOR | {"sme": "yes"}),
    ("device_evidence", CELLS | {"integral_device": "yes"}),
    ("device_evidence", VECTOR | {"integral_device": "yes"}),
    ("integral_device", VECTOR | {"integral_device": "yes"}),
    ("donor_rules", CELLS),
    (
        "donor_rules",
        {"is_medicine": "yes", "active_part": "microbes", "viable_cells": "no", "process_steps": []},
    ),
    ("reform_changes_result", VECTOR | {"made_recombinantly": "no"}),
    (
        "reform_changes_result",
        {"is_medicine": "yes", "active_part": "other", "viable_cells": "no", "integral_device": "no"}
        | {"aims_at_sequence": "yes", "infection_claim": "no"},
    ),
]

NOT_RAISED = [
    ("autologous", CELLS | {"source": "both"}),
    ("allogeneic", CELLS),
    ("xenogeneic", CELLS),
    ("genetically_modified", CELLS),
    ("genetically_modified", VECTOR | {"made_recombinantly": "no"}),
    ("gm_not_direct", VECTOR),
    ("gm_not_direct", CELLS | VECTOR | {"active_part": "gm_cells", "aims_at_sequence": "no"}),
    ("gmo_law", CELLS),
    ("seek_CAT", CELLS),
    ("seek_CAT", VECTOR),
    ("hospital_exemption_possible", UNTOUCHED | {"hospital_custom_made": "yes"}),
    ("hospital_exemption_possible", CELLS),
    ("certification_possible", UNTOUCHED | {"sme": "yes"}),
    ("device_evidence", CELLS),
    ("integral_device", CELLS | {"integral_device": "yes"}),
    ("donor_rules", VECTOR),
    ("donor_rules", CELLS | {"source": "xenogeneic"}),
    ("donor_rules", NON_VIABLE | {"non_viable_role": "animal_tissue"}),
    ("reform_changes_result", VECTOR),
    ("reform_changes_result", CELLS),
    ("reform_changes_result", {"is_medicine": "yes", "active_part": "other", "viable_cells": "no"}),
]


@pytest.mark.parametrize(("code", "given"), RAISED, ids=lambda value: str(value)[:30])
def test_flag_raised(code, given):
    assert code in codes(given)


@pytest.mark.parametrize(("code", "given"), NOT_RAISED, ids=lambda value: str(value)[:30])
def test_flag_not_raised(code, given):
    assert code not in codes(given)


def test_every_flag_is_tested_both_ways():
    assert {code for code, _ in RAISED} == {code for code, _ in NOT_RAISED}
    assert len({code for code, _ in RAISED}) == len(FLAGS) + 2  # one rule gives the three sources


ENZYME = UNTOUCHED | {"process_steps": "enzymatic_dissociation", "intact_units": "yes"}

DOUBTS = {
    "an answer on the way is unknown": CELLS | {"same_location": "unknown"},
    "the exception for intact tissue units is relied on": ENZYME,
    "place and function of the cells point in different directions": CELLS | {"same_location": "yes"},
    "both actions are claimed": CELLS | {"claimed_action": "both"},
    "it is open whether the tissue under the cells is a device": CELLS
    | {"active_part": ["viable_cells_or_tissue", "non_viable_cells_or_tissue"]},
    "a virus engineered by deletion only is usually classified as gene therapy": VECTOR
    | {"aims_at_sequence": "no"},
    "a genome editor given as protein only has no clear place in current law": {
        "is_medicine": "yes",
        "active_part": "other",
        "viable_cells": "no",
        "aims_at_sequence": "yes",
    },
    "if it treats an infection rather than preventing one, the exclusion should be confirmed": VECTOR
    | {"infection_claim": "yes"},
    "vesicles loaded with a nucleic acid are judged case by case": VECTOR
    | {"active_part": ["cell_derived", "recombinant_nucleic_acid"]},
    "non-viable cells are claimed to be active": CELLS
    | NON_VIABLE
    | {"non_viable_principal_pim": "yes", "integral_device": "no"},
    "the cells are engineered, but no action of a medicine is claimed for them": CELLS
    | {"claimed_action": "neither"},
    "no active part is named": {"is_medicine": "yes", "active_part": [], "viable_cells": "no"},
    "the nucleic acid is named as recombinant but said not to be made so": VECTOR
    | {"made_recombinantly": "no"},
    "the oligonucleotide is named as chemically made but said not to be made so": VECTOR
    | {"active_part": "synthetic_oligonucleotide"},
    "genetic modification is among the steps, but no modified part is named": CELLS
    | {"process_steps": ["genetic_modification"]},
    "the finished product has living cells, but no cells are named as active": CELLS
    | {"active_part": "anucleate_blood"},
    "living cells are named as active, but the finished product has none": NON_VIABLE
    | {"active_part": "viable_cells_or_tissue"},
    "blood elements are named beside other cells, and for a transfusion the law on blood applies": UNTOUCHED
    | {"active_part": ["viable_cells_or_tissue", "anucleate_blood"]},
    "the law on tissues and cells covers human material only, and this is from an animal": UNTOUCHED
    | {"source": "xenogeneic"},
}


@pytest.mark.parametrize(("doubt", "given"), DOUBTS.items(), ids=lambda value: str(value)[:40])
def test_seek_cat_says_why(doubt, given):
    (flag,) = [flag for flag in classify(answers(**given)).flags if flag.code == "seek_CAT"]
    assert flag.text == f"Ask the CAT: {doubt}. A request under Article 17 takes 60 days."


def test_seek_cat_names_every_doubt_once():
    given = CELLS | NON_VIABLE | {"non_viable_principal_pim": "yes", "integral_device": "yes"}
    given["non_viable_role"] = "device_principal_tissue_ancillary"
    (flag,) = [flag for flag in classify(answers(**given)).flags if flag.code == "seek_CAT"]
    assert flag.text == (
        "Ask the CAT: non-viable cells are claimed to be active; an action of the cells is claimed, yet the"
        " device is said to do the principal work. A request under Article 17 takes 60 days."
    )


def test_unknown_that_is_never_asked_raises_no_doubt():
    assert "seek_CAT" not in codes(VECTOR | {"process_steps": "unknown"})


OBLIGE_NOTHING = {"autologous", "xenogeneic", "genetically_modified", "seek_advice"}
"""The source and the modification are facts beside the class; seek_advice belongs to other law."""


def raised(code, given):
    (flag,) = [flag for flag in classify(answers(**given)).flags if flag.code == code]
    return flag


def test_every_other_flag_says_what_it_obliges():
    obliging = {code for code, given in RAISED if raised(code, given).obliges}
    assert obliging == set(FlagCode) - OBLIGE_NOTHING


def test_duties_are_short_sentences():
    for code, given in RAISED:
        for duty in raised(code, given).obliges:
            assert duty.endswith(".")
            assert len(duty) <= 100


@pytest.mark.parametrize(
    ("code", "given", "duties"),
    [
        (
            "gmo_law",
            VECTOR,
            [
                "Ask each Member State whether clinical use is contained use or deliberate release there.",
                "Complete that national procedure before clinical use.",
            ],
        ),
        (
            "donor_rules",
            CELLS,
            [
                "Until 6 August 2027, follow Directives 2004/23/EC and 2002/98/EC in donation and testing.",
                "From 7 August 2027, follow Regulation (EU) 2024/1938.",
            ],
        ),
        (
            "donor_rules",
            {"is_medicine": "yes", "active_part": "microbes", "viable_cells": "no", "process_steps": []},
            [
                "Until 6 August 2027, follow the national rules on donors of microbiota.",
                "From 7 August 2027, follow Regulation (EU) 2024/1938.",
            ],
        ),
        (
            "hospital_exemption_possible",
            CELLS | {"hospital_custom_made": "yes"},
            [
                "Prepare it non-routinely, to specific quality standards, on an individual prescription.",
                "Use it in a hospital of the same Member State, under the sole responsibility of a doctor.",
                "Obtain the national permit to manufacture.",
                "Keep traceability, pharmacovigilance and quality equivalent to those of an authorised ATMP.",
            ],
        ),
        (
            "seek_CAT",
            CELLS | {"claimed_action": "both"},
            ["Send the EMA a request under Article 17: 60 days, free of charge, not binding."],
        ),
        ("autologous", CELLS, []),
    ],
    ids=lambda value: str(value)[:20],
)
def test_duties_of_a_flag_as_plain_data(code, given, duties):
    assert raised(code, given).to_json()["obliges"] == duties
