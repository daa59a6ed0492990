"""The cases a reviewer would try first, by name, with the class that is published or taught for them."""

import pytest

from classification.engine import classify
from tests.classification.engine.builders import CELLS, VECTOR, answers

CAR_T = VECTOR | {
    "active_part": ["gm_cells"],
    "viable_cells": "yes",
    "process_steps": ["activation", "genetic_modification", "expansion"],
    "source": "autologous",
}
SUICIDE_GENE_T_CELLS = CAR_T | {
    "effect_from_sequence": "no",
    "same_location": "yes",
    "same_function": "yes",
    "claimed_action": "pim",
    "source": "allogeneic",
}
AT_HOME = {"same_location": "yes", "same_function": "yes"}
UNTOUCHED = CELLS | AT_HOME | {"process_steps": ["separation"]}
CHONDROCYTES = CELLS | AT_HOME
ISLETS = (
    CELLS
    | AT_HOME
    | {
        "process_steps": ["enzymatic_dissociation"],
        "intact_units": "yes",
        "claimed_action": "pim",
        "source": "allogeneic",
    }
)
NON_VIABLE = {
    "is_medicine": "yes",
    "active_part": ["non_viable_cells_or_tissue"],
    "viable_cells": "no",
    "non_viable_principal_pim": "no",
    "process_steps": ["other"],
}

CASES = {
    "CAR-T cells": (CAR_T, "GTMP"),
    "AAV vector": (VECTOR, "GTMP"),
    "transcribed mRNA for cytokines": (VECTOR, "GTMP"),
    "suicide-gene T cells": (SUICIDE_GENE_T_CELLS, "sCTMP"),
    "vector tumour vaccine": (VECTOR | {"infection_claim": "no"}, "GTMP"),
    "mRNA COVID vaccine": (VECTOR | {"infection_claim": "yes"}, "vaccine"),
    "expanded stromal cells for graft-versus-host disease": (CELLS | {"claimed_action": "pim"}, "sCTMP"),
    "expanded stromal cells for cardiac repair": (CELLS, "TEP"),
    "chondrocytes": (CHONDROCYTES, "TEP"),
    "chondrocytes on a membrane": (CHONDROCYTES | {"integral_device": "yes"}, "combined-TEP"),
    "encapsulated modified cells": (CAR_T | {"integral_device": "yes"}, "combined-GTMP"),
    "skin graft": (UNTOUCHED | {"process_steps": ["cutting"]}, "tissue_cell_soho"),
    "mechanically separated skin cells, sprayed": (
        UNTOUCHED | {"process_steps": ["cutting", "filtering"]},
        "tissue_cell_soho",
    ),
    "skin cells released by an enzyme": (
        UNTOUCHED | {"process_steps": ["enzymatic_dissociation"], "intact_units": "no"},
        "TEP",
    ),
    "islets": (ISLETS, "tissue_cell_soho"),
    "bio-printed islets": (
        ISLETS
        | {
            "process_steps": ["enzymatic_dissociation", "other"],
            "property_altered": "yes",
            "claimed_action": "regenerate",
            "integral_device": "yes",
        },
        "combined-TEP",
    ),
    "marrow for transplantation": (UNTOUCHED, "tissue_cell_soho"),
    "marrow into the heart": (UNTOUCHED | {"same_location": "no", "same_function": "no"}, "TEP"),
    "fat to fat without enzyme": (UNTOUCHED | {"process_steps": ["centrifugation"]}, "tissue_cell_soho"),
    "fat washed and put back as a cushion": (
        UNTOUCHED | {"process_steps": ["filtering"], "claimed_action": "neither"},
        "tissue_cell_soho",
    ),
    "sheets of cultured skin": (CELLS | AT_HOME | {"process_steps": ["cutting", "expansion"]}, "TEP"),
    "stromal vascular fraction to a fistula": (
        CELLS | {"process_steps": ["enzymatic_dissociation"], "intact_units": "no"},
        "TEP",
    ),
    "decellularised pig skin": (
        NON_VIABLE | {"non_viable_role": "animal_tissue", "source": "xenogeneic"},
        "device",
    ),
    "acellular human dermis": (
        NON_VIABLE | {"non_viable_role": "tissue_as_such", "source": "allogeneic"},
        "tissue_cell_soho",
    ),
    "amniotic membrane, living, as a covering": (
        UNTOUCHED | {"process_steps": ["cutting", "cryopreservation"], "source": "allogeneic"},
        "tissue_cell_soho",
    ),
    "amniotic membrane, no longer living, as a covering": (
        NON_VIABLE | {"process_steps": ["lyophilisation"], "non_viable_role": "tissue_as_such"},
        "tissue_cell_soho",
    ),
    "amniotic membrane made into a covering device": (
        NON_VIABLE | {"non_viable_role": "derivative", "source": "allogeneic"},
        "device",
    ),
    "red cells for transfusion": (
        {"is_medicine": "yes", "active_part": ["anucleate_blood"], "viable_cells": "no", "process_steps": []},
        "blood",
    ),
    "whole blood for transfusion, white cells in it": (
        UNTOUCHED | {"active_part": ["anucleate_blood"], "source": "allogeneic"},
        "blood",
    ),
    "siRNA": (
        {"is_medicine": "yes", "active_part": ["synthetic_oligonucleotide"], "made_recombinantly": "no"},
        "chemical",
    ),
    "platelets made in vitro": (
        {"is_medicine": "yes", "active_part": ["anucleate_blood"], "viable_cells": "no"},
        "blood",
    ),
    "secretome": (
        {"is_medicine": "yes", "active_part": ["cell_derived"], "viable_cells": "no"},
        "biological",
    ),
    "antibody": ({"is_medicine": "yes", "active_part": ["other"], "viable_cells": "no"}, "biological"),
    "faecal microbiota": (
        {
            "is_medicine": "yes",
            "active_part": ["microbes"],
            "viable_cells": "no",
            "process_steps": ["filtering"],
        },
        "microbiota_soho",
    ),
    "wild-type oncolytic virus, cultured": (
        {
            "is_medicine": "yes",
            "active_part": ["microbes"],
            "viable_cells": "no",
            "process_steps": ["expansion"],
        },
        "biological",
    ),
    "modified bacterium against a tumour": (
        VECTOR | {"active_part": ["recombinant_nucleic_acid", "microbes"]},
        "GTMP",
    ),
    "vector vaccine against Ebola": (VECTOR | {"infection_claim": "yes"}, "vaccine"),
    "dendritic cells loaded with lysate": (
        CELLS | {"active_part": ["viable_cells_or_tissue", "cell_derived"], "claimed_action": "pim"},
        "sCTMP",
    ),
    "vector in its own device": (VECTOR | {"integral_device": "yes"}, "GTMP"),
    "cosmetic": ({"is_medicine": "no"}, "not_medicine"),
    "engineered cells as a mere filler": (CELLS | {"claimed_action": "neither"}, "not_medicine"),
}


@pytest.mark.parametrize(("given", "outcome"), CASES.values(), ids=CASES)
def test_teaching_case(given, outcome):
    verdict = classify(answers(**given))
    assert [str(one) for one in verdict.outcomes] == [outcome]
    assert verdict.outcome == outcome
    assert verdict.first_open_question is None


def test_suicide_gene_t_cells_are_flagged_as_modified():
    flags = {str(flag.code) for flag in classify(answers(**SUICIDE_GENE_T_CELLS)).flags}
    assert flags == {
        "allogeneic",
        "genetically_modified",
        "gm_not_direct",
        "gmo_law",
        "donor_rules",
        "reform_changes_result",
    }


def test_one_reason_for_engineering_is_enough():
    manipulated_only = classify(answers(**CHONDROCYTES))
    elsewhere_only = classify(answers(**UNTOUCHED | {"same_location": "no", "same_function": "no"}))
    assert [finding.rule for finding in manipulated_only.findings] == ["CEL-1", "ENG-1", "TEP-1", "DEV-2"]
    assert [finding.rule for finding in elsewhere_only.findings] == ["CEL-1", "ENG-3", "TEP-1", "DEV-2"]
    assert manipulated_only.outcome == elsewhere_only.outcome == "TEP"


WAYS_OUT = {
    "fat washed and put back as a cushion": "the law on tissues and cells applies",
    "red cells for transfusion": "the law on blood applies",
    "amniotic membrane, living, as a covering": "the law on tissues and cells applies",
    "amniotic membrane made into a covering device": "the law on medical devices applies",
    "mRNA COVID vaccine": "it is a vaccine, and an ordinary biological medicine",
    "antibody": "it is an ordinary biological medicine",
    "siRNA": "it is an ordinary chemical medicine",
    "faecal microbiota": "national rules apply",
}


@pytest.mark.parametrize(("name", "regime"), WAYS_OUT.items(), ids=WAYS_OUT)
def test_a_way_out_names_the_regime_it_leads_to(name, regime):
    verdict = classify(answers(**CASES[name][0]))
    assert not verdict.outcome.is_atmp
    assert verdict.consequence.startswith(f"It is not an ATMP: {regime}")
    assert verdict.explanation.endswith(verdict.consequence)


def test_minimal_manipulation_and_homologous_use_together_lead_out():
    verdict = classify(answers(**UNTOUCHED))
    assert verdict.outcome == "tissue_cell_soho"
    assert [finding.rule for finding in verdict.findings] == ["CEL-1", "ENG-4"]


def test_the_claim_divides_the_two_cell_classes_and_not_the_cell():
    signals = classify(answers(**CASES["expanded stromal cells for graft-versus-host disease"][0]))
    repair = classify(answers(**CASES["expanded stromal cells for cardiac repair"][0]))
    differing = [
        (one.question.id, one.label, other.label)
        for one, other in zip(signals.path, repair.path, strict=True)
        if one != other
    ]
    assert differing == [
        (
            "Q13",
            "They act by pharmacological, immunological or metabolic means",
            "They regenerate, repair or replace tissue",
        )
    ]
    assert (signals.outcome, repair.outcome) == ("sCTMP", "TEP")


def test_a_combined_product_owes_evidence_for_its_device_part():
    verdict = classify(answers(**CASES["chondrocytes on a membrane"][0]))
    assert verdict.outcome.is_combined
    (flag,) = [flag for flag in verdict.flags if flag.code == "device_evidence"]
    assert flag.obliges == (
        "Show in the dossier that the device part meets the safety and performance requirements.",
        "Add the notified body's result; without one, expect to be asked for its opinion.",
    )


@pytest.mark.parametrize("base", ["CAR-T cells", "dendritic cells loaded with lysate", "chondrocytes"])
def test_each_of_the_three_classes_has_its_combined_form(base):
    given, outcome = CASES[base]
    verdict = classify(answers(**given | {"integral_device": "yes"}))
    assert verdict.outcome == f"combined-{outcome}"
    assert verdict.findings[-1].rule == "DEV-3"
