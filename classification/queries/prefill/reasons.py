"""The applicant's reasons against each definition, written from the findings, with what is still open."""

from collections.abc import Collection

from classification.engine import Outcome
from classification.engine.citations import Citation, atmp_law
from classification.engine.facts import ANNEX_I_STEPS, Part, ProcessStep
from classification.engine.outcomes import COMBINED_OF
from classification.engine.rules.material import names_cells, names_genes
from classification.queries.prefill.product import device, site_of_use, transgenes
from classification.queries.prefill.told import Told, lines

_ENGINEERED = ("CEL-", "ENG-", "PRE-5", "CLM-1")
_NOT_BIOLOGICAL = frozenset({Part.SYNTHETIC_OLIGONUCLEOTIDE, Part.OTHER})


def as_medicine(told: Told) -> str:
    """Medicinal product, by presentation or by function."""
    return lines(
        told.said(
            "is_medicine",
            yes=_with(
                "It is meant for people, and it is presented for treating, preventing or diagnosing disease"
                " or acts to restore, correct or change how the body works.",
                atmp_law.MEDICINE,
            ),
        ),
        *told.findings("OUT-1"),
    )


def as_biological(told: Told) -> str:
    """Biological medicinal product: by what the active part is made of."""
    parts = told.facts.active_part
    if parts is None:
        return told.open("active_part")
    biological = [part for part in Part if part in parts - _NOT_BIOLOGICAL]
    if not biological:
        return (
            lines(*told.findings("GT-5"))
            or "The answers name nothing that is certain to be of biological origin."
        )
    named = "; ".join(told.labels("active_part", biological))
    sentence = f"It contains what is made by or extracted from a biological source: {named}."
    return _with(sentence, atmp_law.BIOLOGICAL)


def as_gene_therapy(told: Told) -> str:
    """Gene therapy: both limbs, and the vaccines that are excluded."""
    parts = told.facts.active_part
    no_genes = (
        "No genetic material is named as active part (Q02)."
        if parts is not None and not names_genes(parts)
        else ""
    )
    return lines(
        _applies(told, Outcome.GTMP),
        *told.findings("GT-", "PRE-5"),
        no_genes or told.open("active_part"),
        told.open("made_recombinantly"),
        transgenes(told),
        told.said(
            "infection_claim",
            yes="The claim is to prevent or treat an infection.",
            no="The claim is not to prevent or treat an infection.",
        ),
    )


def as_somatic_cell(told: Told) -> str:
    """Somatic cell therapy: engineered cells, and their action as a medicine acts."""
    return lines(
        _applies(told, Outcome.SCTMP),
        *told.findings(*_ENGINEERED, "SCT-", "PRE-4"),
        _without_cells(told),
        told.said("claimed_action", regenerate="The claim is to regenerate, repair or replace tissue."),
    )


def as_tissue_engineered(told: Told) -> str:
    """Tissue engineering: engineered cells, and the claim to regenerate, repair or replace tissue."""
    return lines(
        _applies(told, Outcome.TEP),
        *told.findings(*_ENGINEERED, "TEP-", "PRE-4"),
        _without_cells(told),
        told.said("claimed_action", pim="No regeneration, repair or replacement of tissue is claimed."),
    )


def as_combined(told: Told) -> str:
    """Combined advanced therapy: a device as an integral part, beside viable cells or primary ones."""
    return lines(
        _applies(told, *COMBINED_OF.values()),
        *told.findings("DEV-"),
        told.open("integral_device"),
        told.open("viable_cells"),
    )


def manipulation(told: Told) -> str:
    """Why the manipulation is or is not substantial, from the process steps."""
    steps = told.facts.process_steps or frozenset()
    return lines(
        told.open("process_steps"),
        _listed(told, "On the list of Annex I", steps & ANNEX_I_STEPS),
        _listed(told, "Not on that list", steps - ANNEX_I_STEPS),
        *told.findings("ENG-1", "ENG-2", "ENG-4", "ENG-5"),
        told.open("intact_units"),
        told.said(
            "property_altered",
            yes="A step altered a property that matters for the use.",
            no="No step altered a property that matters for the use.",
        ),
    )


def essential_function(told: Told) -> str:
    """Whether place and function stay what they were in the donor."""
    return lines(
        site_of_use(told),
        told.said(
            "same_function",
            yes="The cells do the same job there as in the donor.",
            no="The cells do another job there than in the donor.",
        ),
        *told.findings("ENG-3", "ENG-4", "ENG-5"),
    )


def device_role(told: Told) -> str:
    """What the device does and what the cells do."""
    found = told.findings("DEV-", "OUT-2", "OUT-3")
    return lines(
        *(found or [device(told)]),
        told.said(
            "non_viable_role",
            device_principal_tissue_ancillary="The device does the principal work, the tissue only helps.",
            derivative="The non-viable material is a derivative of tissue or cells.",
            tissue_as_such="The non-viable material is human tissue as such.",
            animal_tissue="The non-viable material is animal tissue.",
        ),
    )


def open_questions(told: Told) -> str:
    """Every asked question whose answer is not known; no answer is guessed."""
    unknown = [question for question in told.asked if getattr(told.facts, question.key) is None]
    if not unknown:
        return "Every question was answered, and no answer is unknown."
    return lines(*[f"{question.id}: {question.wording} This is not known." for question in unknown])


def _applies(told: Told, *classes: Outcome) -> str:
    wanted = {*classes, *[COMBINED_OF[base] for base in classes if base in COMBINED_OF]}
    if wanted.issuperset(told.outcomes):
        return "This class applies."
    if wanted.isdisjoint(told.outcomes):
        return "This class does not apply."
    return "It is open whether this class applies."


def _without_cells(told: Told) -> str:
    parts = told.facts.active_part
    if parts is None:
        return told.open("active_part")
    if names_cells(parts) or told.facts.viable_cells:
        return ""
    return "No cells or tissue are named as active part (Q02)."


def _listed(told: Told, title: str, steps: Collection[ProcessStep]) -> str:
    named = told.labels("process_steps", [step for step in ProcessStep if step in steps])
    return f"{title}: {'; '.join(named)}." if named else ""


def _with(sentence: str, citation: Citation) -> str:
    return f"{sentence} ({citation.short})"


TEXTS = {
    "as_medicine": as_medicine,
    "as_biological": as_biological,
    "as_gene_therapy": as_gene_therapy,
    "as_somatic_cell": as_somatic_cell,
    "as_tissue_engineered": as_tissue_engineered,
    "as_combined": as_combined,
    "manipulation": manipulation,
    "essential_function": essential_function,
    "device_role": device_role,
    "open_questions": open_questions,
}
