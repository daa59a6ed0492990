"""The kinds of active part and of process step that the rules tell apart."""

from __future__ import annotations

from itertools import combinations

from classification.engine.facts import (
    ANNEX_I_STEPS,
    ClaimedAction,
    NonViableRole,
    Part,
    ProcessStep,
    Source,
)

GENE_PARTS = frozenset({Part.RECOMBINANT_NUCLEIC_ACID, Part.GM_CELLS, Part.SYNTHETIC_OLIGONUCLEOTIDE})
RECOMBINANT_PARTS = frozenset({Part.RECOMBINANT_NUCLEIC_ACID, Part.GM_CELLS})
CELL_PARTS = frozenset({Part.GM_CELLS, Part.VIABLE_CELLS_OR_TISSUE, Part.NON_VIABLE_CELLS_OR_TISSUE})

SUBSTANTIAL_STEPS = frozenset(
    {
        ProcessStep.EXPANSION,
        ProcessStep.ACTIVATION,
        ProcessStep.DIFFERENTIATION,
        ProcessStep.GENETIC_MODIFICATION,
        ProcessStep.REPROGRAMMING,
    }
)
CASE_BY_CASE_STEPS = frozenset({ProcessStep.CO_CULTURE, ProcessStep.LABELLING, ProcessStep.OTHER})
SIZING_AND_SHAPING = frozenset({ProcessStep.CUTTING, ProcessStep.SHAPING})


def names_genes(parts: frozenset[Part]) -> bool:
    """Whether any named part calls for the gene therapy test."""
    return not GENE_PARTS.isdisjoint(parts)


def names_recombinant_material(parts: frozenset[Part]) -> bool:
    """Whether a recombinant or edited nucleic acid, or cells changed by one, is named."""
    return not RECOMBINANT_PARTS.isdisjoint(parts)


def names_cells(parts: frozenset[Part]) -> bool:
    """Whether human or animal cells or tissue are named, viable or not."""
    return not CELL_PARTS.isdisjoint(parts)


def is_only_oligonucleotide(parts: frozenset[Part]) -> bool:
    """Whether a chemically made oligonucleotide is all there is, apart from chemicals or proteins."""
    return Part.SYNTHETIC_OLIGONUCLEOTIDE in parts and parts <= {Part.SYNTHETIC_OLIGONUCLEOTIDE, Part.OTHER}


def is_nothing_but_genes(parts: frozenset[Part]) -> bool:
    """Whether no material but nucleic acids is named, apart from chemicals or proteins beside it."""
    return parts <= {Part.RECOMBINANT_NUCLEIC_ACID, Part.SYNTHETIC_OLIGONUCLEOTIDE, Part.OTHER}


def is_only_anucleate_blood(parts: frozenset[Part]) -> bool:
    """Whether blood elements without a nucleus are all there is."""
    return parts == {Part.ANUCLEATE_BLOOD}


def is_blood(parts: frozenset[Part]) -> bool:
    """Whether it is blood: anucleate elements are named, and living cells are not named beside them."""
    return Part.ANUCLEATE_BLOOD in parts and Part.VIABLE_CELLS_OR_TISSUE not in parts


def can_be_protein_editor(parts: frozenset[Part]) -> bool:
    """Whether it may be a protein that edits a genome, alone or with a guide made chemically."""
    return Part.OTHER in parts and parts <= {Part.OTHER, Part.SYNTHETIC_OLIGONUCLEOTIDE}


def is_protein_editor(parts: frozenset[Part], aims_at_sequence: bool | None) -> bool:
    """Whether a protein is meant to change a genetic sequence without any recombinant nucleic acid."""
    return Part.OTHER in parts and aims_at_sequence is True and not names_recombinant_material(parts)


def has_tissue_scaffold(parts: frozenset[Part]) -> bool:
    """Whether viable cells and non-viable tissue are named together."""
    return Part.NON_VIABLE_CELLS_OR_TISSUE in parts and len(parts & CELL_PARTS) > 1


def is_loaded_vesicle(parts: frozenset[Part]) -> bool:
    """Whether a nucleic acid is carried by material derived from cells."""
    return Part.CELL_DERIVED in parts and not parts.isdisjoint(
        {Part.RECOMBINANT_NUCLEIC_ACID, Part.SYNTHETIC_OLIGONUCLEOTIDE}
    )


def _kind(parts: frozenset[Part]) -> tuple[object, ...]:
    genes = (names_genes(parts), names_recombinant_material(parts))
    if names_cells(parts):
        return (*genes, Part.GM_CELLS in parts, is_blood(parts))
    return (
        *genes,
        is_only_oligonucleotide(parts),
        is_nothing_but_genes(parts),
        is_only_anucleate_blood(parts),
        is_blood(parts),
        Part.CELL_DERIVED in parts,
        Part.MICROBES in parts and Part.CELL_DERIVED not in parts,
        parts == {Part.OTHER},
    )


def _one_of_each_kind() -> tuple[frozenset[Part], ...]:
    kinds: dict[tuple[object, ...], frozenset[Part]] = {}
    for size in range(len(Part) + 1):
        for ticks in combinations(Part, size):
            kinds.setdefault(_kind(frozenset(ticks)), frozenset(ticks))
    return tuple(kinds.values())


# An unknown list stands for every possible list. Classes depend on a list only through its kind, so one list
# of each kind is enough and the answer is exact; the shortest is taken, which brings no remark of its own.
_STEPS_OF_EACH_KIND = (
    frozenset[ProcessStep](),
    frozenset({ProcessStep.EXPANSION}),
    frozenset({ProcessStep.ENZYMATIC_DISSOCIATION}),
    frozenset({ProcessStep.OTHER}),
    frozenset({ProcessStep.ENZYMATIC_DISSOCIATION, ProcessStep.OTHER}),
    frozenset({ProcessStep.CUTTING}),
    frozenset({ProcessStep.GRINDING}),
)

_COMPLETIONS: dict[str, tuple[object, ...]] = {
    "active_part": _one_of_each_kind(),
    "process_steps": _STEPS_OF_EACH_KIND,
    "claimed_action": tuple(ClaimedAction),
    "non_viable_role": tuple(NonViableRole),
    "source": tuple(Source),
}


def completions(key: str) -> tuple[object, ...]:
    """Every answer that an unknown one can turn out to be, up to differences no rule looks at."""
    return _COMPLETIONS.get(key, (True, False))


def goes_beyond_annex_i(steps: frozenset[ProcessStep]) -> bool:
    """Whether any step is missing from the list in Annex I of Regulation (EC) 1394/2007."""
    return not steps <= ANNEX_I_STEPS
