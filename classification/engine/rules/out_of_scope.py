"""The ways out that do not concern genes: no medicine, blood, material without cells, non-viable tissue."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import NonViableRole, Part
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding
from classification.engine.rules.material import (
    goes_beyond_annex_i,
    is_only_anucleate_blood,
    names_cells,
)

_NOT_A_MEDICINE = Finding(
    "OUT-1",
    "It is not presented for treating, preventing or diagnosing disease in people and does not act as a"
    " medicine.",
    (atmp_law.MEDICINE,),
    Outcome.NOT_MEDICINE,
)
_DEVICE_WITH_TISSUE = Finding(
    "OUT-2",
    "It holds only non-viable tissue, which does not act by pharmacological, immunological or metabolic"
    " means and"
    " only helps a device or is made into one.",
    (atmp_law.NON_VIABLE_EXCLUSION, other_law.ANCILLARY_TISSUE, other_law.DEVICE_CLASS),
    Outcome.DEVICE,
)
_ANIMAL_DEVICE = Finding(
    "OUT-3",
    "It is non-viable animal tissue that does not act by pharmacological, immunological or metabolic means.",
    (atmp_law.NON_VIABLE_EXCLUSION, other_law.DEVICE_CLASS, other_law.ANIMAL_TISSUE),
    Outcome.DEVICE,
)
_TISSUE_AS_SUCH = Finding(
    "OUT-4",
    "It is non-viable human tissue as such, and does not act by pharmacological, immunological or metabolic"
    " means.",
    (atmp_law.NON_VIABLE_EXCLUSION, other_law.DEVICE_SCOPE, other_law.TISSUES_LAW),
    Outcome.TISSUE_CELL_SOHO,
)
_BLOOD_ELEMENTS = Finding(
    "OUT-5",
    "Its active part is blood elements without a nucleus, and those are not cells in the sense of the law;"
    " made industrially, they would be an ordinary biological medicine.",
    (guidance.ANUCLEATE, other_law.BLOOD_LAW),
    Outcome.BLOOD,
)
_CELL_DERIVED = Finding(
    "OUT-6",
    "It is derived from cells but contains none.",
    (guidance.CELL_DERIVED, atmp_law.BIOLOGICAL),
    Outcome.BIOLOGICAL,
)
_CULTURED_MICROBES = Finding(
    "OUT-7",
    "Its micro-organisms are neither genetically modified nor human or animal cells, and they are cultured or"
    " otherwise changed in making it.",
    (guidance.WILD_TYPE, atmp_law.BIOLOGICAL),
    Outcome.BIOLOGICAL,
)
_MICROBIOTA = Finding(
    "OUT-8",
    "It is microbiota, neither genetically modified nor human or animal cells, and no more than separated,"
    " filtered or frozen.",
    (guidance.WILD_TYPE, other_law.MICROBIOTA),
    Outcome.MICROBIOTA_SOHO,
)
_ORDINARY = Finding(
    "OUT-9",
    "It contains no cells, no tissue and no recombinant nucleic acid.",
    (atmp_law.ATMP_KINDS, atmp_law.BIOLOGICAL),
    Outcome.BIOLOGICAL,
)


def not_a_medicine(case: Case) -> Finding | None:
    """Directive 2001/83/EC, Art 1(2): neither presented as a medicine nor working as one."""
    return None if case.is_medicine else _NOT_A_MEDICINE


def inactive_non_viable(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(b), end; Regulation (EU) 2017/745, Art 1(6), 1(10), rule 18.

    Decision: cells or tissue named in Q02 that Q07 calls non-viable come here, in whatever company.
    Decision: Q18 alone names the regime; `tissue_as_such` from an animal is left to the flag to ask the CAT.
    """
    if not names_cells(case.active_part) or case.viable_cells or case.non_viable_principal_pim:
        return None
    match case.non_viable_role:
        case NonViableRole.TISSUE_AS_SUCH:
            return _TISSUE_AS_SUCH
        case NonViableRole.ANIMAL_TISSUE:
            return _ANIMAL_DEVICE
        case _:
            return _DEVICE_WITH_TISSUE


def blood_elements(case: Case) -> Finding | None:
    """Directive 2002/98/EC, Art 2(1); the CAT does not take elements without a nucleus for cells.

    Decision: no question tells an industrial product from a component: the code is `blood`, the text says so.
    """
    return _BLOOD_ELEMENTS if is_only_anucleate_blood(case.active_part) and not case.viable_cells else None


def derived_from_cells(case: Case) -> Finding | None:
    """EMA/CAT/600280/2010: lysates, vesicles, secretomes and the like are not cells."""
    parts = case.active_part
    if Part.CELL_DERIVED not in parts or names_cells(parts) or case.viable_cells:
        return None
    return _CELL_DERIVED


def micro_organisms(case: Case) -> Finding | None:
    """EMA/CAT/600280/2010; Regulation (EU) 2024/1938: unmodified micro-organisms are no cells of an ATMP.

    Decision: steps beyond Annex I (culture, as a rule) make an ordinary biological medicine; without them the
    microbiota keeps the nature in which it was donated.
    """
    parts = case.active_part
    if Part.MICROBES not in parts or names_cells(parts) or case.viable_cells:
        return None
    return _CULTURED_MICROBES if goes_beyond_annex_i(case.process_steps) else _MICROBIOTA


def nothing_advanced(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(a): without genes, cells and tissue no ATMP.

    Decision: "other" holds proteins and chemicals; both are ordinary medicines, the code is `biological`.
    Decision: an empty list in Q02 says "none of these" and is read like "other".
    """
    return None if names_cells(case.active_part) or case.viable_cells else _ORDINARY
