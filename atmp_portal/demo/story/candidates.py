"""Candidates that became no product, or not yet: one unsigned, one led out, one in doubt, one on its way."""

from atmp_portal.demo.story.stage import Answers, Chapter, Stage, days
from classification.models import Mechanism
from dossiers.actions import dossiers, products
from dossiers.statuses import Procedure

EXPANDED_STROMAL_CELLS: Answers = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "process_steps": ["separation", "expansion", "cryopreservation"],
    "property_altered": "yes",
    "same_location": "no",
    "same_function": "no",
    "integral_device": "no",
    "source": "allogeneic",
    "hospital_custom_made": "no",
    "sme": "yes",
}


def _fat_graft(stage: Stage) -> None:
    candidate = stage.classify(
        "Ines",
        "NV-422",
        {
            "is_medicine": "yes",
            "active_part": ["viable_cells_or_tissue"],
            "viable_cells": "yes",
            "process_steps": ["centrifugation", "filtering"],
            "property_altered": "no",
            "same_location": "yes",
            "same_function": "yes",
            "source": "autologous",
            "hospital_custom_made": "no",
            "sme": "yes",
        },
        name="Washed fat grafted back under the skin",
        indication="Loss of volume after removal of a breast tumour",
        description=(
            "Fat drawn by liposuction, spun and filtered at the table without enzymes, and put back under the "
            "skin of the same patient as a cushion in the same operation."
        ),
    )
    stage.sign_rationale("Ines", candidate)


def _dendritic_cells(stage: Stage) -> None:
    candidate = stage.classify(
        "Ines",
        "NV-388",
        EXPANDED_STROMAL_CELLS
        | {
            "process_steps": ["separation", "differentiation", "activation", "co_culture"],
            "claimed_action": "pim",
            "source": "autologous",
        },
        name="Autologous dendritic cells with tumour lysate",
        indication="Glioblastoma after surgery, in adults",
        mechanism=Mechanism.PRIMES_IMMUNITY,
        mechanism_text="The cells show T cells the proteins of the tumour and prime them against it.",
        description=(
            "Monocytes from apheresis, turned into dendritic cells, shown a lysate of the patient's own tumour "
            "and matured; given under the skin to start an immune response against the tumour."
        ),
    )
    signed = stage.sign_rationale("Ines", candidate)
    stage.products["dendrova"] = products.create(
        signed,
        name="Dendrova",
        descriptor="autologous dendritic cells with tumour lysate",
        indication=signed.indication,
        by=stage.who("Ines"),
    )


def _dendrova_dossier(stage: Stage) -> None:
    stage.dossiers["dendrova"] = dossiers.create(
        stage.products["dendrova"],
        procedure=Procedure.MAA,
        planned_on=stage.now.date().replace(year=stage.now.year + 1, month=3, day=15),
        by=stage.who("Ines"),
    )


def _heart_cells(stage: Stage) -> None:
    candidate = stage.classify(
        "Ines",
        "NV-410",
        EXPANDED_STROMAL_CELLS | {"claimed_action": "both"},
        name="Expanded allogeneic bone marrow stromal cells",
        indication="Ischaemic heart failure",
        mechanism=Mechanism.FORMS_TISSUE,
        mechanism_text="The cells rebuild heart muscle; what they secrete calms the inflammation as well.",
        description=(
            "Stromal cells of a healthy donor's marrow, grown over three passages and frozen; injected into "
            "the heart muscle to rebuild it and to calm the inflammation around the scar."
        ),
    )
    stage.write_request(
        "Ines",
        candidate,
        contact="Ines Halvorsen, regulatory lead",
        summary_product="Allogeneic stromal cells of bone marrow, expanded in culture and frozen.",
        summary_area="Cardiology",
    )


def _base_editor(stage: Stage) -> None:
    stage.classify(
        "Tomasz",
        "NV-431",
        {
            "is_medicine": "yes",
            "active_part": ["recombinant_nucleic_acid"],
            "made_recombinantly": "yes",
            "aims_at_sequence": "yes",
            "effect_from_sequence": "unknown",
        },
        name="Base editor as messenger RNA in lipid particles",
        indication="Familial hypercholesterolaemia",
        mechanism=Mechanism.OTHER,
        mechanism_text="Switches one gene off in the liver, which then stops making its protein.",
        description="Messenger RNA of a base editor and its guide, given into a vein to switch off one gene.",
    )


CHAPTERS = (
    Chapter(days(91), _fat_graft),
    Chapter(days(41), _dendritic_cells),
    Chapter(days(36), _dendrova_dossier),
    Chapter(days(6), _heart_cells),
    Chapter(days(3), _base_editor),
)
