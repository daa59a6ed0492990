"""The law of Japan: one class of regenerative medical products, of processed cells or of gene therapy."""

from __future__ import annotations

from classification.engine.citations import other_regions
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding
from classification.engine.rules.manipulation import is_more_than_minimal
from classification.engine.rules.material import names_recombinant_material

_NOT_MEDICAL = Finding(
    "JP-1",
    "It is not meant to treat, prevent or diagnose disease in people.",
    (other_regions.JP_PRODUCT,),
    Outcome.JP_OUTSIDE,
)
_VACCINE = Finding(
    "JP-2",
    "It works by a genetic sequence, but it is a vaccine that prevents an infection, and those are excluded.",
    (other_regions.JP_PRODUCT,),
    Outcome.JP_OUTSIDE,
    doubt="the exclusion speaks of preventing an infection, not of treating one",
)
_GENE_THERAPY = Finding(
    "JP-3",
    "It is gene therapy: its effect comes from a sequence that is brought into the patient or the cells.",
    (other_regions.JP_PRODUCT,),
    Outcome.JP_REGENERATIVE,
)
_NO_LIVING_CELLS = Finding(
    "JP-4",
    "It contains no living cells and is no gene therapy.",
    (other_regions.JP_PRODUCT,),
    Outcome.JP_OUTSIDE,
)
_PROCESSED = Finding(
    "JP-5",
    "Its living cells are processed beyond minimal manipulation.",
    (other_regions.JP_PRODUCT,),
    Outcome.JP_REGENERATIVE,
)
_UNPROCESSED = Finding(
    "JP-6",
    "Its living cells are no more than minimally manipulated; medical practice has a law of its own.",
    (other_regions.JP_PRODUCT, other_regions.JP_PRACTICE),
    Outcome.JP_OUTSIDE,
)


def not_medical(case: Case) -> Finding | None:
    """PMD Act: a product for people that treats, prevents or diagnoses."""
    return None if case.is_medicine else _NOT_MEDICAL


def _is_gene_therapy(case: Case) -> bool:
    parts = case.active_part
    return names_recombinant_material(parts) and case.aims_at_sequence and case.effect_from_sequence


def infection_vaccine(case: Case) -> Finding | None:
    """PMD Act: vaccines that prevent infections are left out of the class.

    Decision: Q06 does not tell preventing from treating; the finding carries the doubt.
    """
    return _VACCINE if _is_gene_therapy(case) and case.infection_claim else None


def gene_therapy(case: Case) -> Finding | None:
    """PMD Act: gene therapy belongs to the class.

    Decision: the source at hand says "gene therapy" and no more; both limbs of the European test are asked.
    """
    return _GENE_THERAPY if _is_gene_therapy(case) else None


def no_living_cells(case: Case) -> Finding | None:
    """PMD Act: the class holds processed living cells, human or animal."""
    return None if case.viable_cells else _NO_LIVING_CELLS


def processed_cells(case: Case) -> Finding | None:
    """PMD Act: cells processed beyond minimal manipulation; a device beside them is absorbed by the class."""
    return _PROCESSED if is_more_than_minimal(case) else None


def unprocessed_cells(case: Case) -> Finding | None:
    """PMD Act; Act on the Safety of Regenerative Medicine: minimal manipulation stays outside.

    Decision: a use that is not homologous raises the class of risk under the second law only.
    """
    return None if is_more_than_minimal(case) else _UNPROCESSED
