"""What the stations make of answers: lists and choices that lead the same way are of one kind."""

from __future__ import annotations

from classification.engine.facts import NonViableRole, Part, ProcessStep, Source
from classification.engine.rules.material import (
    CASE_BY_CASE_STEPS,
    SIZING_AND_SHAPING,
    SUBSTANTIAL_STEPS,
    has_tissue_scaffold,
    is_blood,
    is_loaded_vesicle,
    is_nothing_but_genes,
    is_only_anucleate_blood,
    is_only_oligonucleotide,
    names_cells,
    names_genes,
    names_recombinant_material,
)

Parts = frozenset[Part]
Steps = frozenset[ProcessStep]


def parts_by_genes(parts: Parts) -> object:
    """The gene therapy test of Europe: which nucleic acids are named, and what stands beside them."""
    return names_genes(parts) and (
        names_recombinant_material(parts),
        names_cells(parts),
        is_only_oligonucleotide(parts),
        is_nothing_but_genes(parts),
        is_loaded_vesicle(parts),
    )


def parts_by_genes_or_editor(parts: Parts) -> object:
    """The gene therapy test of the draft reform, for which "other" alone can be an editor."""
    return parts == {Part.OTHER} or parts_by_genes(parts)


def parts_by_genes_in_america(parts: Parts) -> object:
    """The gene therapy test of the United States."""
    return parts == {Part.OTHER} or (names_genes(parts) and (True, is_only_oligonucleotide(parts)))


def parts_by_cells(parts: Parts) -> object:
    """The ways out of European law for what has no cells."""
    return names_cells(parts) or (
        is_only_anucleate_blood(parts),
        Part.CELL_DERIVED in parts,
        Part.MICROBES in parts,
    )


def parts_by_cells_in_america(parts: Parts) -> object:
    """The ways out of American law for what has no cells: blood, and all else."""
    return names_cells(parts) or (False, is_only_anucleate_blood(parts))


def parts_by_manipulation(parts: Parts) -> object:
    """Cells that are engineered in any case, blood, and other cells."""
    return Part.GM_CELLS in parts or (False, is_blood(parts))


def parts_by_modification(parts: Parts) -> bool:
    """Cells that are manipulated in any case, and all else."""
    return Part.GM_CELLS in parts


def parts_by_scaffold(parts: Parts) -> object:
    """What a device can go with: cells, cells on a scaffold of tissue, or neither."""
    return names_cells(parts), has_tissue_scaffold(parts)


def steps_by_manipulation(steps: Steps) -> object:
    """Manipulation in Europe: substantial, or left to the answers on intact units and altered properties."""
    return not steps.isdisjoint(SUBSTANTIAL_STEPS) or (
        ProcessStep.ENZYMATIC_DISSOCIATION in steps,
        not steps.isdisjoint(CASE_BY_CASE_STEPS),
    )


def steps_by_alteration(steps: Steps) -> object:
    """Manipulation outside Europe: more than minimal, left to the answer on altered properties, or none."""
    return not steps.isdisjoint(SUBSTANTIAL_STEPS) or (False, bool(steps))


def steps_by_shaping(steps: Steps) -> bool:
    """Steps that leave cells such as they were removed, and all else."""
    return steps <= SIZING_AND_SHAPING


def role_by_regime(role: NonViableRole) -> object:
    """Tissue that stands under a regime of its own, and what is part of a device."""
    return role if role in {NonViableRole.TISSUE_AS_SUCH, NonViableRole.ANIMAL_TISSUE} else None


def role_by_principal(role: NonViableRole) -> bool:
    """Tissue that only helps a device, and all else."""
    return role is NonViableRole.DEVICE_PRINCIPAL_TISSUE_ANCILLARY


def role_in_america(role: NonViableRole) -> object:
    """Tissue as such, tissue that only helps a device, and what is extracted or from animals."""
    return (
        role
        if role in {NonViableRole.TISSUE_AS_SUCH, NonViableRole.DEVICE_PRINCIPAL_TISSUE_ANCILLARY}
        else None
    )


def source_by_donor(source: Source) -> object:
    """The patient, an animal, or anyone else."""
    return source if source in {Source.AUTOLOGOUS, Source.XENOGENEIC} else None


def source_by_privilege(source: Source) -> bool:
    """The patient, and anyone else."""
    return source is Source.AUTOLOGOUS
