"""The rules in the order in which they are asked, and the stations they are grouped into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from classification.engine.facts import Part
from classification.engine.outcomes import Outcome
from classification.engine.rules import (
    combined,
    engineering,
    gene_therapy,
    out_of_scope,
    reform,
    somatic_cell,
    tissue_engineered,
)
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.material import CELL_PARTS

Rule = Callable[[Case], Finding | None]


@dataclass(frozen=True, slots=True)
class Station:
    """Rules asked together: the first that leads somewhere ends the station; else `otherwise` holds.

    `reads` names every question its rules may look at; what no later station reads can be forgotten.
    """

    rules: tuple[Rule, ...]
    reads: tuple[str, ...]
    otherwise: Way | None = None
    base: Outcome = Outcome.UNDETERMINED

    def visit(self, case: Case) -> tuple[list[Finding], Outcome | Way]:
        """The findings made here, and where they lead; raises `Unanswered` at an unknown that matters."""
        case.base = self.base
        findings = []
        for rule in self.rules:
            finding = rule(case)
            if finding is None:
                continue
            findings.append(finding)
            if finding.leads_to is not None:
                return findings, finding.leads_to
        if self.otherwise is None:
            raise LookupError("the rules of this station must lead somewhere")
        return findings, self.otherwise


_PURPOSE: tuple[Rule, ...] = (out_of_scope.not_a_medicine,)
_GENES: tuple[Rule, ...] = (
    gene_therapy.loaded_vesicle,
    gene_therapy.infection_vaccine,
    gene_therapy.gene_therapy,
    gene_therapy.modified_but_not_by_effect,
    gene_therapy.chemical,
    gene_therapy.nucleic_acid_falling_short,
)
_REFORM_GENES: tuple[Rule, ...] = (reform.reform_vaccine, reform.reform_gene_therapy, *_GENES)
_CELLS: tuple[Rule, ...] = (
    engineering.viable_cells,
    engineering.active_non_viable,
    out_of_scope.inactive_non_viable,
    out_of_scope.blood_elements,
    out_of_scope.derived_from_cells,
    out_of_scope.micro_organisms,
    out_of_scope.nothing_advanced,
)
_ENGINEERING: tuple[Rule, ...] = (
    engineering.substantial_manipulation,
    engineering.intact_units,
    engineering.other_function,
    engineering.not_engineered,
)
_CLAIM: tuple[Rule, ...] = (
    tissue_engineered.tissue_precedence,
    tissue_engineered.tissue_engineered,
    somatic_cell.somatic_cell,
    somatic_cell.no_medicinal_claim,
)
_DEVICE: tuple[Rule, ...] = (
    combined.tissue_scaffold,
    combined.no_device,
    combined.device_with_viable_cells,
    combined.device_with_ancillary_tissue,
    combined.device_with_active_tissue,
    combined.device_with_genes,
)

RULES: tuple[Rule, ...] = (
    *_PURPOSE,
    *_GENES,
    *_CELLS,
    *_ENGINEERING,
    *_CLAIM,
    gene_therapy.gene_precedence,
    *_DEVICE,
)
"""Every rule of the law in force, in order of evaluation."""

_GENE_QUESTIONS = (
    "active_part",
    "made_recombinantly",
    "aims_at_sequence",
    "effect_from_sequence",
    "infection_claim",
    "viable_cells",
)
_CELL_QUESTIONS = (
    "active_part",
    "viable_cells",
    "non_viable_principal_pim",
    "non_viable_role",
    "process_steps",
)
_ENGINEERING_QUESTIONS = (
    "active_part",
    "process_steps",
    "intact_units",
    "property_altered",
    "same_location",
    "same_function",
)
_DEVICE_QUESTIONS = ("integral_device", "active_part", "viable_cells", "non_viable_role")

_EU_2009: Mapping[Way, Station] = {
    Way.PURPOSE: Station(_PURPOSE, ("is_medicine",), Way.GENES),
    Way.GENES: Station(_GENES, _GENE_QUESTIONS, Way.CELLS),
    Way.CELLS: Station(_CELLS, _CELL_QUESTIONS),
    Way.ENGINEERING: Station(_ENGINEERING, _ENGINEERING_QUESTIONS, Way.CLAIM),
    Way.CLAIM: Station(_CLAIM, ("claimed_action",)),
    Way.GENE_DEVICE: Station((gene_therapy.gene_precedence, *_DEVICE), _DEVICE_QUESTIONS, base=Outcome.GTMP),
    Way.TISSUE_DEVICE: Station(_DEVICE, _DEVICE_QUESTIONS, base=Outcome.TEP),
    Way.SOMATIC_DEVICE: Station(_DEVICE, _DEVICE_QUESTIONS, base=Outcome.SCTMP),
}

RULESETS: Mapping[str, Mapping[Way, Station]] = {
    "EU-2009": _EU_2009,
    "EU-REFORM": {**_EU_2009, Way.GENES: Station(_REFORM_GENES, _GENE_QUESTIONS, Way.CELLS)},
}
"""The stations of each version of the law: `EU-2009` is in force, `EU-REFORM` is a draft and not yet law."""

OUTCOME_KEYS = frozenset(key for station in _EU_2009.values() for key in station.reads)
"""The questions that can change the class; the rest only raise flags."""


_ON_THE_WAY = (Way.PURPOSE, Way.GENES, Way.CELLS, Way.ENGINEERING, Way.CLAIM)


def _read_after(way: Way) -> frozenset[str]:
    if way not in _ON_THE_WAY:
        return frozenset()
    later = (*_ON_THE_WAY[_ON_THE_WAY.index(way) + 1 :], Way.SOMATIC_DEVICE)
    return frozenset(key for other in later for key in _EU_2009[other].reads)


LATER: Mapping[Way, frozenset[str]] = {way: _read_after(way) for way in Way}
"""For each station, the questions that a later one may look at."""

AHEAD: Mapping[Way, tuple[str, ...]] = {
    way: tuple(sorted(LATER[way].union(_EU_2009[way].reads))) for way in Way
}
"""For each station, the questions that it or a later one may look at."""

PARTS_AHEAD: Mapping[Way, frozenset[Part]] = {
    way: frozenset(Part)
    if way in {Way.PURPOSE, Way.GENES, Way.CELLS}
    else CELL_PARTS | {Part.ANUCLEATE_BLOOD}
    for way in Way
}
"""For each station, the parts of the product that it or a later one may still tell apart."""
