"""Four candidates classified by somebody who only reads the pages: within three minutes each."""

import time

import pytest

from tests.e2e.acts import classify

CAR_T = {
    "is_medicine": ["yes"],
    "active_part": ["gm_cells"],
    "made_recombinantly": ["yes"],
    "aims_at_sequence": ["yes"],
    "effect_from_sequence": ["yes"],
    "infection_claim": ["no"],
    "integral_device": ["no"],
    "source": ["autologous"],
    "hospital_custom_made": ["no"],
    "sme": ["yes"],
}
FAT_GRAFT = {
    "is_medicine": ["yes"],
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": ["yes"],
    "process_steps": ["centrifugation", "filtering"],
    "same_location": ["yes"],
    "same_function": ["yes"],
    "source": ["autologous"],
}
CARTILAGE = {
    "is_medicine": ["yes"],
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": ["yes"],
    "process_steps": ["enzymatic_dissociation", "expansion"],
    "same_location": ["yes"],
    "same_function": ["yes"],
    "claimed_action": ["regenerate"],
    "integral_device": ["yes"],
    "source": ["autologous"],
    "hospital_custom_made": ["no"],
    "sme": ["no"],
}
TUMOUR_VACCINE = {
    "is_medicine": ["yes"],
    "active_part": ["recombinant_nucleic_acid"],
    "made_recombinantly": ["yes"],
    "aims_at_sequence": ["yes"],
    "effect_from_sequence": ["yes"],
    "infection_claim": ["no"],
    "integral_device": ["no"],
    "hospital_custom_made": ["no"],
    "sme": ["yes"],
}
CANDIDATES = {
    "NV-601": (CAR_T, "T cells with a CAR against CD19", "Gene therapy medicinal product"),
    "NV-602": (FAT_GRAFT, "Washed fat, put back as a cushion", "Tissues and cells (SoHO)"),
    "NV-603": (CARTILAGE, "Cartilage cells on a membrane", "Combined ATMP (tissue engineered)"),
    "NV-604": (TUMOUR_VACCINE, "mRNA of tumour antigens", "Gene therapy medicinal product"),
}


@pytest.mark.parametrize("code", CANDIDATES)
def test_a_newcomer_classifies_it_in_three_minutes(code, people):
    answers, name, outcome = CANDIDATES[code]
    before = time.monotonic()
    pages = classify(
        people.page("Ines"), people, code, answers, name=name, indication="As in the title", outcome=outcome
    )
    assert time.monotonic() - before < 180
    assert pages == len(answers) + 3
    assert people.problems == []
