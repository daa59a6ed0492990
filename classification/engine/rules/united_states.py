"""The law of the United States: 361 or 351, gene therapy, combination products, and what is neither."""

from __future__ import annotations

from classification.engine.citations import other_regions
from classification.engine.facts import NonViableRole, Part, Source
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.manipulation import is_more_than_minimal
from classification.engine.rules.material import (
    SIZING_AND_SHAPING,
    is_only_anucleate_blood,
    is_only_oligonucleotide,
    names_cells,
    names_genes,
)

_NOT_MEDICAL = Finding(
    "US-1",
    "It is not meant to treat, prevent or diagnose disease in people or to act on the body.",
    (other_regions.US_DRUG,),
    Outcome.US_OUTSIDE,
)
_OLIGONUCLEOTIDE = Finding(
    "US-2", "Its oligonucleotide is made chemically.", (other_regions.US_DRUG,), Outcome.US_DRUG
)
_VACCINE = Finding(
    "US-3",
    "It works by a genetic sequence, but its claim is against an infection, and such vaccines are ordinary"
    " biologics.",
    (other_regions.US_BIOLOGICS, other_regions.US_GENE_THERAPY),
    Outcome.US_VACCINE,
)
_GENE_THERAPY = Finding(
    "US-4",
    "It is meant to change a genetic sequence, or acts by what a transferred sequence expresses.",
    (other_regions.US_GENE_THERAPY, other_regions.US_BIOLOGICS),
    Way.GENE_DEVICE,
)
_ANIMAL_CELLS = Finding(
    "US-5",
    "It contains living animal cells, for which the lower tier is not open.",
    (other_regions.HUMAN_TISSUE, other_regions.US_BIOLOGICS),
    Way.SOMATIC_DEVICE,
)
_SAME_OPERATION = Finding(
    "US-6",
    "It is taken from and put back into the same patient in one operation, and no more than rinsed, sized and"
    " shaped.",
    (other_regions.SAME_OPERATION,),
    Outcome.US_SAME_PROCEDURE,
)
_LIVING = Finding(
    "US-7", "It contains living human cells or tissue.", (other_regions.FOUR_CRITERIA,), Way.LOWER_TIER
)
_TISSUE_AS_SUCH = Finding(
    "US-8", "It is human tissue that is not viable.", (other_regions.FOUR_CRITERIA,), Way.LOWER_TIER
)
_ANCILLARY = Finding(
    "US-9",
    "A device does the principal work, and the tissue in it only helps: the primary mode of action is that of"
    " the device.",
    (other_regions.US_COMBINATION,),
    Outcome.US_COMBINATION,
)
_ACTIVE_DERIVATIVE = Finding(
    "US-10",
    "It is animal tissue or a derivative of tissue, and acts mainly by pharmacological, immunological or"
    " metabolic means.",
    (other_regions.HUMAN_TISSUE, other_regions.US_BIOLOGICS),
    Outcome.US_BIOLOGIC,
)
_INACTIVE_DERIVATIVE = Finding(
    "US-11",
    "It is animal tissue or a derivative of tissue without living cells, and acts by physical means.",
    (other_regions.HUMAN_TISSUE, other_regions.US_DEVICE),
    Outcome.US_DEVICE,
)
_BLOOD = Finding(
    "US-12",
    "Its active part is blood elements without a nucleus.",
    (other_regions.HUMAN_TISSUE,),
    Outcome.US_BLOOD,
)
_NO_CELLS = Finding(
    "US-13",
    "It contains no cells or tissue and is no gene therapy; a chemical in it would be a drug.",
    (other_regions.US_BIOLOGICS, other_regions.US_DRUG),
    Outcome.US_BIOLOGIC,
)
_PROCESSED = Finding(
    "US-14",
    "It is more than minimally manipulated, so the lower tier is closed.",
    (other_regions.FOUR_CRITERIA, other_regions.MINIMAL_MANIPULATION),
    Way.SOMATIC_DEVICE,
)
_OTHER_FUNCTION = Finding(
    "US-15",
    "Its use is not homologous: it does another job than in the donor, so the lower tier is closed.",
    (other_regions.FOUR_CRITERIA, other_regions.HOMOLOGOUS_USE),
    Way.SOMATIC_DEVICE,
)
_OTHER_ARTICLE = Finding(
    "US-16",
    "It is combined with another article, so the lower tier is closed.",
    (other_regions.FOUR_CRITERIA,),
    Way.SOMATIC_DEVICE,
)
_SYSTEMIC = Finding(
    "US-17",
    "It has a systemic effect or depends on living cells, and is neither for the donor, a close relative nor"
    " reproduction, so the lower tier is closed.",
    (other_regions.FOUR_CRITERIA,),
    Way.SOMATIC_DEVICE,
)
_LOWER_TIER = Finding(
    "US-18",
    "All four criteria of the lower tier are met: minimal manipulation, homologous use, no other article, and"
    " no effect on others that depends on living cells.",
    (other_regions.FOUR_CRITERIA, other_regions.US_TISSUE_TIER),
    Outcome.US_361_HCTP,
)
_ALONE = {
    base: Finding("US-19", "No device is an integral part of it.", (other_regions.US_COMBINATION,), base)
    for base in (Outcome.US_351_CELL_THERAPY, Outcome.US_351_GENE_THERAPY)
}
_WITH_DEVICE = Finding(
    "US-20",
    "A device is an integral part of the biologic.",
    (other_regions.US_COMBINATION, other_regions.US_BIOLOGICS),
    Outcome.US_COMBINATION,
)


def not_medical(case: Case) -> Finding | None:
    """FD&C Act, section 201(g): no claim to treat, prevent or diagnose and no action on the body."""
    return None if case.is_medicine else _NOT_MEDICAL


def oligonucleotide(case: Case) -> Finding | None:
    """FD&C Act, section 201(g): an oligonucleotide made chemically is a drug, not a biologic."""
    return (
        _OLIGONUCLEOTIDE
        if is_only_oligonucleotide(case.active_part) and not case.made_recombinantly
        else None
    )


def _is_gene_therapy(case: Case) -> bool:
    parts = case.active_part
    if parts == {Part.OTHER}:
        return case.aims_at_sequence
    return names_genes(parts) and (case.aims_at_sequence or case.effect_from_sequence)


def infection_vaccine(case: Case) -> Finding | None:
    """PHS Act, section 351: a vaccine against an infection is an ordinary biologic, however it is built."""
    return _VACCINE if _is_gene_therapy(case) and case.infection_claim else None


def gene_therapy(case: Case) -> Finding | None:
    """FDA guidance on gene therapy: transcription, translation or a changed genome, recombinant or not.

    Decision: either Q04 (the sequence is to be changed) or Q05 (the effect is what it expresses) is enough,
    so cells with a safety switch are gene therapy here; a protein alone counts when it edits the genome.
    """
    return _GENE_THERAPY if _is_gene_therapy(case) else None


def animal_cells(case: Case) -> Finding | None:
    """21 CFR 1271.3(d): living animal cells are no human cells or tissue, so they are a biologic."""
    return _ANIMAL_CELLS if case.viable_cells and case.source is Source.XENOGENEIC else None


def same_operation(case: Case) -> Finding | None:
    """21 CFR 1271.15(b): removed and put back in one operation, "such" cells or tissue.

    Decision: only the patient's own cells or tissue (Q15), and no step but cutting and shaping (Q09), because
    more would not leave them such as they were removed.
    """
    if not case.has_cells or case.source is not Source.AUTOLOGOUS:
        return None
    if not case.process_steps <= SIZING_AND_SHAPING:
        return None
    return _SAME_OPERATION if case.same_operation else None


def living_cells(case: Case) -> Finding | None:
    """21 CFR 1271.10(a): living human cells and tissue are put to the four criteria.

    Decision: no question tells bone marrow from other cells; 1271.3(d) leaves marrow out that is minimally
    manipulated, for homologous use and not combined with another article.
    """
    return _LIVING if case.viable_cells else None


def non_viable_tissue(case: Case) -> Finding | None:
    """21 CFR 1271.10(a), 1271.3(d) and 3.2(e); FD&C Act, section 201(h): tissue that is not viable.

    Decision: human tissue as such is put to the four criteria; extracted or animal material is a device if it
    acts by physical means (Q08 no), else a biologic; an addition to a device makes a combination product.
    """
    if not names_cells(case.active_part) or case.viable_cells:
        return None
    match case.non_viable_role:
        case NonViableRole.TISSUE_AS_SUCH:
            return _TISSUE_AS_SUCH
        case NonViableRole.DEVICE_PRINCIPAL_TISSUE_ANCILLARY:
            return _ANCILLARY
        case _:
            return _ACTIVE_DERIVATIVE if case.non_viable_principal_pim else _INACTIVE_DERIVATIVE


def blood(case: Case) -> Finding | None:
    """21 CFR 1271.3(d): blood and its components are not human cells or tissue in the sense of this part."""
    return _BLOOD if is_only_anucleate_blood(case.active_part) and not case.viable_cells else None


def no_cells(case: Case) -> Finding | None:
    """PHS Act, section 351: what is made by or from living things without holding cells.

    Decision: "other" holds proteins and chemicals; the code is `us_biologic`, the text names the drug.
    """
    return None if names_cells(case.active_part) or case.viable_cells else _NO_CELLS


def more_than_minimal(case: Case) -> Finding | None:
    """21 CFR 1271.10(a)(1) and 1271.3(f): processing that alters the relevant characteristics."""
    return _PROCESSED if is_more_than_minimal(case) else None


def other_function(case: Case) -> Finding | None:
    """21 CFR 1271.10(a)(2) and 1271.3(c): the same basic function.

    Decision: Q12 on the job alone; the place is not part of this definition.
    """
    return None if case.same_function else _OTHER_FUNCTION


def other_article(case: Case) -> Finding | None:
    """21 CFR 1271.10(a)(3): no other article, save water, crystalloids and agents that preserve or store.

    Decision: a device as an integral part (Q14) is another article.
    """
    return _OTHER_ARTICLE if case.integral_device or case.other_article else None


def systemic_effect(case: Case) -> Finding | None:
    """21 CFR 1271.10(a)(4): no systemic effect and no dependence on living cells, or the use is privileged.

    Decision: "autologous" in Q15 is autologous use; both sources together are not.
    """
    if not case.systemic_effect or case.source is Source.AUTOLOGOUS:
        return None
    return None if case.relative_or_reproductive else _SYSTEMIC


def all_four_criteria(case: Case) -> Finding:
    """21 CFR 1271.10(a): none of the four criteria fails."""
    return _LOWER_TIER


def no_device(case: Case) -> Finding | None:
    """21 CFR 3.2(e): without a device it is no combination product."""
    return None if case.integral_device else _ALONE[case.base]


def with_device(case: Case) -> Finding | None:
    """21 CFR 3.2(e): a biologic and a device as one; the primary mode of action names the lead."""
    return _WITH_DEVICE if case.integral_device else None
