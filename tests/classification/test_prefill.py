import pytest

from classification.queries.prefill import prefilled
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db

ENGINEERED = (
    "The finished product contains viable cells or tissue. (Reg (EC) 1394/2007, Art 2(1)(b);"
    " Dir 2001/83/EC, Annex I, Part IV, 2.2(a))\n"
    "The cells are engineered: culture that expands cells is substantial manipulation."
    " (Reg (EC) 1394/2007, Art 2(1)(c), first indent; EMA/CAT/600280/2010, substantial manipulation)"
)
CULTURED = ENGINEERED.partition("\n")[2]
BOTH_LIMBS = (
    "It contains a recombinant nucleic acid meant to change a genetic sequence, and its effect comes directly"
    " from that sequence or from what it expresses. (Dir 2001/83/EC, Annex I, Part IV, 2.1(a);"
    " Dir 2001/83/EC, Annex I, Part IV, 2.1(b))"
)
GENES_FIRST = (
    "It also contains cells or tissue; gene therapy takes precedence over the other classes."
    " (Reg (EC) 1394/2007, Art 2(5))"
)
NO_DEVICE = "No device is an integral part of it. (Reg (EC) 1394/2007, Art 2(1)(d))"
WITH_DEVICE = (
    "A device is an integral part of it beside viable cells, whose action counts as the principal one."
    " (Reg (EC) 1394/2007, Art 2(1)(d); Reg (EC) 1394/2007, Art 2(2))"
)
MEDICINE = (
    "It is meant for people, and it is presented for treating, preventing or diagnosing disease or acts to"
    " restore, correct or change how the body works. (Dir 2001/83/EC, Art 1(2))"
)
STEPS = (
    "Culture that expands the cells: not on the list of Annex I.\n"
    "Enzymatic dissociation: not on the list of Annex I."
)
ALWAYS = {
    "applicant": "Norvia Therapeutics",
    "contact": "Ines Halvorsen",
    "identifier": "NV-9",
    "descriptor": "Living cells",
    "finished_product": "",
    "proposed_indication": "a disease",
    "summary_product": "Living cells",
    "applicant_name": "Norvia Therapeutics",
    "contact_details": "Ines Halvorsen\nines.halvorsen@example.org",
    "product_identifier": "NV-9",
    "billing": "Not applicable: the recommendation costs no fee (Reg (EC) 1394/2007, Art 17).",
    "proposed_use": "a disease",
    "as_medicine": MEDICINE,
}


def of(case, lead, **described):
    draft = cases.answered(case, lead, code="NV-9", name="Living cells", indication="a disease")
    for name, text in described.items():
        setattr(draft, name, text)
    return prefilled(draft)


def test_a_car_t(lead):
    assert of(cases.CAR_T, lead) == ALWAYS | {
        "proposed_class": "gene",
        "proposed_combination": "single",
        "summary_outcome": "Gene therapy medicinal product",
        "position": (
            "We hold that NV-9 is classified as: Gene therapy medicinal product.\n"
            f"{BOTH_LIMBS}\n{GENES_FIRST}\n{NO_DEVICE}"
        ),
        "overlap": "The answers lead to no class outside the advanced therapies.",
        "sme_status": "yes",
        "active_substance": (
            "The active substance consists of: genetically modified human or animal cells. The"
            " nucleic acid is"
            " made by a biological step. The starting material comes from the patient (autologous)."
        ),
        "additional_substances": "",
        "device": "No medical device is an integral part of it.",
        "donor": "From the patient (autologous).",
        "process": "",
        "transgenes": (
            "It is meant to regulate, repair, replace, add or delete a genetic sequence.\n"
            "The effect comes directly from that sequence or from what it expresses."
        ),
        "nucleic_acid_origin": "By a biological step.",
        "claimed_mechanism": "The effect comes directly from the genetic sequence or from what it expresses.",
        "properties": "",
        "site_of_use": "",
        "as_biological": (
            "It contains what is made by or extracted from a biological source: genetically modified human or"
            " animal cells. (Dir 2001/83/EC, Annex I, Part I, 3.2.1.1(b))"
        ),
        "as_gene_therapy": (
            f"This class applies.\n{BOTH_LIMBS}\n{GENES_FIRST}\n"
            "It is meant to regulate, repair, replace, add or delete a genetic sequence.\n"
            "The effect comes directly from that sequence or from what it expresses.\n"
            "The claim is not to prevent or treat an infection."
        ),
        "as_somatic_cell": f"This class does not apply.\n{GENES_FIRST}",
        "as_tissue_engineered": f"This class does not apply.\n{GENES_FIRST}",
        "as_combined": f"This class does not apply.\n{NO_DEVICE}",
        "manipulation": "",
        "essential_function": "",
        "device_role": NO_DEVICE,
        "open_questions": "Every question was answered, and no answer is unknown.",
    }


CHONDROCYTES = {
    "process": STEPS,
    "additional_substances": "",
    "transgenes": "",
    "nucleic_acid_origin": "",
    "site_of_use": "The cells are used in the same place as in the donor.",
    "as_biological": (
        "It contains what is made by or extracted from a biological source: living human or animal cells or"
        " tissue, not genetically modified. (Dir 2001/83/EC, Annex I, Part I, 3.2.1.1(b))"
    ),
    "as_gene_therapy": "This class does not apply.\nNo genetic material is named as active part (Q02).",
    "manipulation": (
        f"Not on that list: culture that expands the cells; enzymatic dissociation.\n{CULTURED}"
    ),
    "essential_function": (
        "The cells are used in the same place as in the donor.\n"
        "The cells do the same job there as in the donor."
    ),
}


def test_a_combined_tissue_engineered_product(lead):
    assert of(cases.CHONDROCYTES_ON_MEMBRANE, lead, description="On a membrane.") == ALWAYS | CHONDROCYTES | {
        "finished_product": "On a membrane.",
        "proposed_class": "tissue",
        "proposed_combination": "combined",
        "summary_outcome": "Combined ATMP (tissue engineered)",
        "position": (
            f"We hold that NV-9 is classified as: Combined ATMP (tissue engineered).\n{ENGINEERED}\n"
            "It is presented to regenerate, repair or replace human tissue. (Reg (EC) 1394/2007, Art"
            " 2(1)(b))\n"
            f"{WITH_DEVICE}"
        ),
        "overlap": f"The answers lead to no class outside the advanced therapies.\n{WITH_DEVICE}",
        "sme_status": "yes",
        "active_substance": (
            "The active substance consists of: living human or animal cells or tissue, not"
            " genetically modified."
            " The finished product contains living cells or tissue. The starting material comes from"
            " the patient"
            " (autologous). Between collection and the finished product: culture that expands the cells;"
            " enzymatic dissociation."
        ),
        "device": (
            "A part that is a medical device in its own right is fixed to the product when it is given, and"
            " keeps a device's job there."
        ),
        "donor": "From the patient (autologous).",
        "claimed_mechanism": "The cells regenerate, repair or replace tissue.",
        "properties": "The claim rests on no pharmacological, immunological or metabolic action.",
        "as_somatic_cell": (
            f"This class does not apply.\n{ENGINEERED}\nThe claim is to regenerate, repair or replace tissue."
        ),
        "as_tissue_engineered": (
            f"This class applies.\n{ENGINEERED}\n"
            "It is presented to regenerate, repair or replace human tissue. (Reg (EC) 1394/2007, Art 2(1)(b))"
        ),
        "as_combined": f"This class applies.\n{WITH_DEVICE}",
        "device_role": WITH_DEVICE,
        "open_questions": "Every question was answered, and no answer is unknown.",
    }


def test_an_undetermined_candidate_is_asked_about_and_nothing_is_guessed(lead):
    action = "Not known: What do the cells do in the patient? (Q13)"
    a_device = "Not known: Is a device fixed to the product and still doing a device's job? (Q14)"
    source = "Not known: Where do the cells or the tissue come from? (Q15)"
    assert of(cases.CHONDROCYTES_UNDETERMINED, lead) == ALWAYS | CHONDROCYTES | {
        "proposed_class": "",
        "proposed_combination": "",
        "summary_outcome": "",
        "position": (
            "We hold no class yet. The answers leave 5 classes possible: Somatic cell therapy"
            " medicinal product;"
            " Tissue engineered product; Combined ATMP (somatic cell therapy); Combined ATMP (tissue"
            " engineered); Not a medicinal product. We ask the CAT which of them applies.\n"
            f"The first question that decides is Q13: What do the cells do in the patient?\n{ENGINEERED}"
        ),
        "overlap": "Still possible outside the advanced therapies: Not a medicinal product.",
        "sme_status": "",
        "active_substance": (
            "The active substance consists of: living human or animal cells or tissue, not"
            " genetically modified."
            f" The finished product contains living cells or tissue. {source} Between collection and"
            " the finished"
            " product: culture that expands the cells; enzymatic dissociation."
        ),
        "device": a_device,
        "donor": source,
        "claimed_mechanism": action,
        "properties": action,
        "as_somatic_cell": f"It is open whether this class applies.\n{ENGINEERED}\n{action}",
        "as_tissue_engineered": f"It is open whether this class applies.\n{ENGINEERED}\n{action}",
        "as_combined": f"It is open whether this class applies.\n{a_device}",
        "device_role": a_device,
        "open_questions": (
            "Q13: What do the cells do in the patient? This is not known.\n"
            "Q14: Is a device fixed to the product and still doing a device's job? This is not known.\n"
            "Q15: Where do the cells or the tissue come from? This is not known.\n"
            "Q17: Is the applicant a small or medium-sized enterprise in the EU? This is not known."
        ),
    }


def some(texts, *keys):
    return {key: texts[key] for key in keys}


def test_tissue_that_is_no_advanced_therapy(lead):
    texts = of(cases.FAT_GRAFT, lead)
    not_engineered = (
        "The cells are not engineered: they were not substantially manipulated, and they keep their essential"
        " function. (Reg (EC) 1394/2007, Annex I; EMA/CAT/600280/2010, essential function;"
        " Dir 2004/23/EC, Art 2(1))"
    )
    assert some(texts, "proposed_class", "proposed_combination", "overlap", "manipulation") == {
        "proposed_class": "none",
        "proposed_combination": "single",
        "overlap": (
            "Tissues and cells (SoHO): It is not an ATMP: the law on tissues and cells applies, from"
            f" 7 August 2027 the SoHO Regulation.\n{not_engineered}"
        ),
        "manipulation": f"On the list of Annex I: centrifugation; filtering.\n{not_engineered}",
    }


def test_a_vaccine_against_an_infection(lead):
    texts = of({**cases.CAR_T, "active_part": ["recombinant_nucleic_acid"], "infection_claim": "yes"}, lead)
    assert some(texts, "proposed_class", "summary_outcome", "as_gene_therapy") == {
        "proposed_class": "none",
        "summary_outcome": "Vaccine against an infectious disease",
        "as_gene_therapy": (
            "This class does not apply.\n"
            "It works by a recombinant sequence, but it is a vaccine against an infectious disease,"
            " and those are"
            " excluded. (Dir 2001/83/EC, Annex I, Part IV, 2.1, last sentence)\n"
            "It is meant to regulate, repair, replace, add or delete a genetic sequence.\n"
            "The effect comes directly from that sequence or from what it expresses.\n"
            "The claim is to prevent or treat an infection."
        ),
    }


def test_material_beside_living_cells_is_an_additional_substance(lead):
    case = {
        **cases.MSC_GVHD,
        "active_part": ["viable_cells_or_tissue", "non_viable_cells_or_tissue", "other"],
        "process_steps": [],
    }
    texts = of(case, lead)
    assert some(texts, "additional_substances", "process") == {
        "additional_substances": (
            "Beside genes or living cells: cells or tissue that are no longer living; another"
            " chemical or protein."
        ),
        "process": "",
    }
    assert texts["active_substance"].endswith(
        "Nothing is done to it between collection and the finished product."
    )


def test_no_active_part_is_known(lead):
    texts = of({**cases.MSC_GVHD, **dict.fromkeys(
        ["active_part", "made_recombinantly", "aims_at_sequence", "effect_from_sequence", "infection_claim",
         "viable_cells", "non_viable_principal_pim", "non_viable_role", "process_steps", "intact_units",
         "property_altered", "same_location", "same_function", "claimed_action", "integral_device"], "unknown"
    )}, lead)  # fmt: skip
    part = "Not known: What is the active part? (Q02)"
    assert some(texts, "as_biological", "additional_substances", "process") == {
        "as_biological": part,
        "additional_substances": part,
        "process": "Not known: What is done to the cells, tissue or micro-organisms? (Q09)",
    }
    assert texts["active_substance"].startswith(part)
    assert texts["as_gene_therapy"].startswith(f"It is open whether this class applies.\n{part}")


def test_what_is_no_medicine(lead):
    texts = of({"is_medicine": "no", "hospital_custom_made": "no", "sme": "no"}, lead)
    assert some(texts, "proposed_class", "as_medicine", "sme_status") == {
        "proposed_class": "none",
        "as_medicine": (
            "It is not presented for treating, preventing or diagnosing disease in people and does"
            " not act as a"
            " medicine. (Dir 2001/83/EC, Art 1(2))"
        ),
        "sme_status": "",
    }


def test_a_nucleic_acid_that_is_made_chemically(lead):
    case = {"is_medicine": "yes", "active_part": ["synthetic_oligonucleotide"], "made_recombinantly": "no"}
    texts = of({**case, "sme": "no", "hospital_custom_made": "no"}, lead)
    assert some(texts, "as_biological", "as_somatic_cell") == {
        "as_biological": (
            "Its nucleic acid is made chemically, so it is not of biological origin."
            " (fmed.2022.1012497, whole; Dir 2001/83/EC, Annex I, Part I, 3.2.1.1(b))"
        ),
        "as_somatic_cell": "This class does not apply.\nNo cells or tissue are named as active part (Q02).",
    }


def test_no_kind_of_active_part_fits(lead):
    texts = of({"is_medicine": "yes", "active_part": [], "viable_cells": "no"}, lead)
    assert some(texts, "active_substance", "as_biological") == {
        "active_substance": (
            "None of the kinds of active part that the questionnaire knows is in it."
            " The finished product contains no living cells or tissue."
        ),
        "as_biological": "The answers name nothing that is certain to be of biological origin.",
    }


def test_a_signed_classification_speaks_for_its_signer(lead, contributor):
    draft = cases.answered(cases.CAR_T, contributor, code="NV-9")
    assert prefilled(draft)["contact"] == "Tomasz Wierzba"
    assert prefilled(cases.signed(draft, lead))["contact"] == "Ines Halvorsen"


def test_the_claimed_mechanism_is_said_in_the_words_of_the_list_or_of_the_applicant(lead):
    listed = of(cases.CAR_T, lead, mechanism="kills_targets")["claimed_mechanism"]
    effect = "The effect comes directly from the genetic sequence or from what it expresses."
    assert listed == f"Kills target cells. {effect}"
    words = "Lysis of cells that carry CD19."
    candidate = cases.answered(cases.CAR_T, lead, code="NV-10", name="Living cells", indication="a disease")
    candidate.mechanism, candidate.mechanism_text = "kills_targets", words
    assert prefilled(candidate)["claimed_mechanism"] == f"{words} {effect}"
