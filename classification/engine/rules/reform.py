"""The gene therapy test of the pharmaceutical reform: a draft, not yet law, off unless asked for."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import Part
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.material import names_genes, names_recombinant_material

_VACCINE = Finding(
    "REF-1",
    "It is a vaccine against an infectious disease, and those stay outside gene therapy in the draft.",
    (other_law.REFORM, atmp_law.INFECTION_VACCINES),
    Outcome.VACCINE,
)
_GENE_THERAPY = Finding(
    "REF-2",
    "It is meant to change a genetic sequence by coding nucleic acid, recombinant or synthetic, by an"
    " editor, or by"
    " cells so modified; the draft no longer asks for a direct effect.",
    (other_law.REFORM, guidance.PROTEIN_EDITOR),
    Way.GENE_DEVICE,
    doubt="the wording of the reform is not final",
)


def _is_reform_gene_therapy(case: Case) -> bool:
    parts = case.active_part
    # An oligonucleotide that is neither transcribed nor translated stays out; "other" alone can be an editor.
    if names_recombinant_material(parts) or parts == {Part.OTHER}:
        return case.aims_at_sequence
    return names_genes(parts) and case.made_recombinantly and case.aims_at_sequence


def reform_vaccine(case: Case) -> Finding | None:
    """COM(2023) 192: vaccines against infectious diseases stay outside the definition."""
    return _VACCINE if _is_reform_gene_therapy(case) and case.infection_claim else None


def reform_gene_therapy(case: Case) -> Finding | None:
    """COM(2023) 192: synthetic coding sequences and editors come in, and "directly" goes.

    Decision: what fails this test is judged by the rules of today.
    """
    return _GENE_THERAPY if _is_reform_gene_therapy(case) else None
