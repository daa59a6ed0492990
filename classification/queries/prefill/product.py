"""What the candidate consists of, how it is made and what it does, in plain sentences."""

from classification.engine.facts import ANNEX_I_STEPS, Part, ProcessStep
from classification.engine.questions import QUESTION_OF
from classification.queries.prefill.told import Told, lines, paragraph

# What can go with the active substance without being it, where genes or living cells are named beside it.
_BESIDE = frozenset({Part.CELL_DERIVED, Part.NON_VIABLE_CELLS_OR_TISSUE, Part.OTHER})
_LIVING = frozenset({Part.RECOMBINANT_NUCLEIC_ACID, Part.GM_CELLS, Part.VIABLE_CELLS_OR_TISSUE})
_SOURCES = {
    "autologous": "the patient (autologous)",
    "allogeneic": "another person (allogeneic)",
    "both": "the patient and another person (both, treated as allogeneic)",
    "xenogeneic": "an animal (xenogeneic)",
}


def active_substance(told: Told) -> str:
    """What the active part is, where it comes from and what is done to it."""
    return paragraph(
        told.said_list("active_part", _consists),
        told.said(
            "viable_cells",
            yes="The finished product contains living cells or tissue.",
            no="The finished product contains no living cells or tissue.",
        ),
        told.said(
            "made_recombinantly",
            yes="The nucleic acid is made by a biological step.",
            no="The nucleic acid is made chemically.",
        ),
        told.said(
            "source",
            **{source: f"The starting material comes from {words}." for source, words in _SOURCES.items()},
        ),
        told.said_list("process_steps", _is_made),
    )


def _consists(parts: list[str]) -> str:
    if not parts:
        return "None of the kinds of active part that the questionnaire knows is in it."
    return f"The active substance consists of: {'; '.join(parts)}."


def _is_made(steps: list[str]) -> str:
    if not steps:
        return "Nothing is done to it between collection and the finished product."
    return f"Between collection and the finished product: {'; '.join(steps)}."


def additional_substances(told: Told) -> str:
    """What is named as active beside genes or living cells."""
    parts = told.facts.active_part
    if parts is None:
        return told.open("active_part")
    beside = [part for part in Part if part in parts & _BESIDE]
    if not beside or not parts & _LIVING:
        return ""
    return f"Beside genes or living cells: {'; '.join(told.labels('active_part', beside))}."


def device(told: Told) -> str:
    """Whether a device is an integral part."""
    return told.said(
        "integral_device",
        yes="A part that is a medical device in its own right is fixed to the product when it is given, and"
        " keeps a device's job there.",
        no="No medical device is an integral part of it.",
    )


def donor(told: Told) -> str:
    """From whom the material comes."""
    return told.said("source", **{source: f"From {words}." for source, words in _SOURCES.items()})


def process(told: Told) -> str:
    """Every step on a line of its own, with whether it is on the list of Annex I."""
    steps = told.facts.process_steps
    if steps is None:
        return told.open("process_steps")
    label = QUESTION_OF["process_steps"].label_of
    return lines(
        *[
            f"{label(step)}: {'on' if step in ANNEX_I_STEPS else 'not on'} the list of Annex I."
            for step in ProcessStep
            if step in steps
        ]
    )


def transgenes(told: Told) -> str:
    """What the sequence is for."""
    return lines(
        told.said(
            "aims_at_sequence",
            yes="It is meant to regulate, repair, replace, add or delete a genetic sequence.",
            no="It is not meant to change a genetic sequence.",
        ),
        told.said(
            "effect_from_sequence",
            yes="The effect comes directly from that sequence or from what it expresses.",
            no="The effect does not come directly from that sequence.",
        ),
    )


def nucleic_acid_origin(told: Told) -> str:
    """Whether the nucleic acid is made by a biological step."""
    return told.said("made_recombinantly", yes="By a biological step.", no="Chemically.")


def claimed_mechanism(told: Told) -> str:
    """What brings about the effect, as it is claimed: in the applicant's words, then as the answers say."""
    candidate = told.assessment
    return paragraph(
        candidate.mechanism_text or (candidate.mechanism and f"{candidate.get_mechanism_display()}."),
        told.said(
            "effect_from_sequence",
            yes="The effect comes directly from the genetic sequence or from what it expresses.",
        ),
        told.said(
            "claimed_action",
            regenerate="The cells regenerate, repair or replace tissue.",
            pim="The cells act by pharmacological, immunological or metabolic means.",
            both="The cells regenerate, repair or replace tissue, and act by pharmacological, immunological"
            " or metabolic means as well; both are claimed.",
            neither="Neither a repair of tissue nor a pharmacological, immunological or metabolic action is"
            " claimed.",
        ),
        told.said(
            "non_viable_principal_pim",
            yes="The non-viable cells act mainly by pharmacological, immunological or metabolic means.",
            no="The non-viable cells do not act mainly by pharmacological, immunological or metabolic means.",
        ),
    )


def properties(told: Told) -> str:
    """Whether the claim rests on such properties; which of the three, the answers do not tell."""
    claimed = "The claim rests on a pharmacological, immunological or metabolic action."
    none = "The claim rests on no pharmacological, immunological or metabolic action."
    return told.said("claimed_action", pim=claimed, both=claimed, regenerate=none, neither=none)


def site_of_use(told: Told) -> str:
    """Whether the cells are used where they are in the donor."""
    return told.said(
        "same_location",
        yes="The cells are used in the same place as in the donor.",
        no="The cells are used in another place than in the donor.",
    )


TEXTS = {
    "active_substance": active_substance,
    "additional_substances": additional_substances,
    "device": device,
    "donor": donor,
    "process": process,
    "transgenes": transgenes,
    "nucleic_acid_origin": nucleic_acid_origin,
    "claimed_mechanism": claimed_mechanism,
    "properties": properties,
    "proposed_use": lambda told: told.assessment.indication,
    "site_of_use": site_of_use,
}
