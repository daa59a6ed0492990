"""Gene therapy: both limbs of the definition, the excluded vaccines, and what falls short of it."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.material import (
    is_loaded_vesicle,
    is_nothing_but_genes,
    is_only_oligonucleotide,
    names_cells,
    names_genes,
    names_recombinant_material,
)

_LOADED_VESICLE = Finding(
    "GT-1",
    "A nucleic acid is carried by material derived from cells, so the gene therapy test applies to it.",
    (guidance.CELL_DERIVED, atmp_law.GENE_SUBSTANCE),
    doubt="vesicles loaded with a nucleic acid are judged case by case",
)
_VACCINE = Finding(
    "GT-2",
    "It works by a recombinant sequence, but it is a vaccine against an infectious disease, and those are"
    " excluded.",
    (atmp_law.INFECTION_VACCINES,),
    Outcome.VACCINE,
    doubt="if it treats an infection rather than preventing one, the exclusion should be confirmed",
)
_GENE_THERAPY = Finding(
    "GT-3",
    "It contains a recombinant nucleic acid meant to change a genetic sequence, and its effect comes"
    " directly from"
    " that sequence or from what it expresses.",
    (atmp_law.GENE_SUBSTANCE, atmp_law.GENE_EFFECT),
    Way.GENE_DEVICE,
)
_ONLY_A_HELPER = Finding(
    "GT-4",
    "It is genetically modified, but it does not meet both limbs of the definition of gene therapy, so its"
    " cells decide the class.",
    (atmp_law.GENE_SUBSTANCE, atmp_law.GENE_EFFECT, guidance.SUICIDE_GENE),
    Way.CELLS,
)
_CHEMICAL = Finding(
    "GT-5",
    "Its nucleic acid is made chemically, so it is not of biological origin.",
    (guidance.SYNTHETIC_ROUTE, atmp_law.BIOLOGICAL),
    Outcome.CHEMICAL,
)
_FALLS_SHORT = Finding(
    "GT-6",
    "It contains a nucleic acid made by a biological step but no cells, and it is not meant to change a"
    " genetic"
    " sequence or its effect does not come from that sequence.",
    (atmp_law.GENE_SUBSTANCE, atmp_law.GENE_EFFECT, guidance.DELETED_VIRUS),
    Outcome.BIOLOGICAL,
    doubt="a virus engineered by deletion only is usually classified as gene therapy",
)
_GENE_PRECEDENCE = Finding(
    "PRE-5",
    "It also contains cells or tissue; gene therapy takes precedence over the other classes.",
    (atmp_law.GENE_PRECEDENCE,),
)


def _meets_both_limbs(case: Case) -> bool:
    return case.made_recombinantly and case.aims_at_sequence and case.effect_from_sequence


def loaded_vesicle(case: Case) -> Finding | None:
    """EMA/CAT/600280/2010: a vesicle loaded with nucleic acid is put to the gene therapy test."""
    return _LOADED_VESICLE if is_loaded_vesicle(case.active_part) else None


def infection_vaccine(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.1, last sentence: never gene therapy, however it is built.

    Decision: the exclusion is asked only where the definition is met; it covers treating an infection too.
    """
    if not names_genes(case.active_part) or not _meets_both_limbs(case):
        return None
    return _VACCINE if case.infection_claim else None


def gene_therapy(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.1(a) and (b): both limbs.

    Decision: an oligonucleotide ticked as chemically made but answered as made by a biological step is tested
    like any other nucleic acid; the flag to ask the CAT points it out.
    """
    return _GENE_THERAPY if names_genes(case.active_part) and _meets_both_limbs(case) else None


def modified_but_not_by_effect(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.1(b); CAT on Zalmoxis: the cell classes decide.

    Decision: any limb that fails leads here while cells are present, not only the second one.
    """
    parts = case.active_part
    if not names_genes(parts) or _meets_both_limbs(case):
        return None
    is_modified = names_recombinant_material(parts) or case.made_recombinantly
    return _ONLY_A_HELPER if is_modified and case.has_cells else None


def chemical(case: Case) -> Finding | None:
    """Guerriaud and Kohli 2022: chemically made nucleic acids are chemical medicines.

    Decision: with an oligonucleotide alone, Q07 is not asked; else cells must be ruled out.
    """
    parts = case.active_part
    if not names_genes(parts) or case.made_recombinantly:
        return None
    if is_only_oligonucleotide(parts):
        return _CHEMICAL
    return _CHEMICAL if is_nothing_but_genes(parts) and not case.has_cells else None


def nucleic_acid_falling_short(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Annex I, Part IV, 2.1: biological, but one limb fails and there are no cells."""
    if not names_genes(case.active_part) or not case.made_recombinantly or _meets_both_limbs(case):
        return None
    return None if case.has_cells else _FALLS_SHORT


def gene_precedence(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(5): gene therapy before somatic cells and tissue engineering."""
    return _GENE_PRECEDENCE if case.base is Outcome.GTMP and names_cells(case.active_part) else None
