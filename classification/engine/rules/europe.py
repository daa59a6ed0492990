"""The law of the European Union as stations: `EU-2009` in force, and `EU-REFORM`, a draft not yet law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from classification.engine.citations import atmp_law, guidance, other_law
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
from classification.engine.rules.alike import Kind
from classification.engine.rules.finding import Way
from classification.engine.rules.flags import FLAGS
from classification.engine.rules.kinds import (
    parts_by_cells,
    parts_by_genes,
    parts_by_genes_or_editor,
    parts_by_manipulation,
    parts_by_scaffold,
    role_by_principal,
    role_by_regime,
    steps_by_manipulation,
)
from classification.engine.rules.material import goes_beyond_annex_i
from classification.engine.rules.ruleset import Change, Jurisdiction, Rule, RuleSet, State, Station

_PURPOSE: tuple[Rule, ...] = (out_of_scope.not_a_medicine,)
_GENES: tuple[Rule, ...] = (
    gene_therapy.loaded_vesicle,
    gene_therapy.infection_vaccine,
    gene_therapy.gene_therapy,
    gene_therapy.modified_but_not_by_effect,
    gene_therapy.chemical,
    gene_therapy.nucleic_acid_falling_short,
)
# What meets the test of today meets that of the draft first, so the rules of today have the rest only.
_REFORM_GENES: tuple[Rule, ...] = (
    reform.reform_vaccine,
    reform.reform_gene_therapy,
    *[rule for rule in _GENES if rule not in {gene_therapy.infection_vaccine, gene_therapy.gene_therapy}],
)
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

_GENE_QUESTIONS = (
    "active_part",
    "made_recombinantly",
    "aims_at_sequence",
    "effect_from_sequence",
    "infection_claim",
    "viable_cells",
)
_REFORM_QUESTIONS = tuple(key for key in _GENE_QUESTIONS if key != "effect_from_sequence")
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

_DEVICE_KINDS: Mapping[str, Kind] = {"active_part": parts_by_scaffold, "non_viable_role": role_by_principal}

STATIONS: Mapping[Way, Station] = {
    Way.PURPOSE: Station(_PURPOSE, ("is_medicine",), Way.GENES),
    Way.GENES: Station(
        _GENES, _GENE_QUESTIONS, Way.CELLS, then=(Way.GENE_DEVICE,), kinds={"active_part": parts_by_genes}
    ),
    Way.CELLS: Station(
        _CELLS,
        _CELL_QUESTIONS,
        then=(Way.ENGINEERING,),
        kinds={
            "active_part": parts_by_cells,
            "process_steps": goes_beyond_annex_i,
            "non_viable_role": role_by_regime,
        },
    ),
    Way.ENGINEERING: Station(
        _ENGINEERING,
        _ENGINEERING_QUESTIONS,
        Way.CLAIM,
        kinds={"active_part": parts_by_manipulation, "process_steps": steps_by_manipulation},
    ),
    Way.CLAIM: Station(_CLAIM, ("claimed_action",), then=(Way.TISSUE_DEVICE, Way.SOMATIC_DEVICE)),
    Way.GENE_DEVICE: Station(
        (gene_therapy.gene_precedence, *_DEVICE), _DEVICE_QUESTIONS, base=Outcome.GTMP, kinds=_DEVICE_KINDS
    ),
    Way.TISSUE_DEVICE: Station(_DEVICE, _DEVICE_QUESTIONS, base=Outcome.TEP, kinds=_DEVICE_KINDS),
    Way.SOMATIC_DEVICE: Station(_DEVICE, _DEVICE_QUESTIONS, base=Outcome.SCTMP, kinds=_DEVICE_KINDS),
}

EU_2009 = RuleSet(
    code="EU-2009",
    title="European Union: advanced therapies, law in force",
    jurisdiction=Jurisdiction.EU,
    version="2026.11",
    dated="2026-11-25",
    state=State.IN_FORCE,
    note="Regulation (EC) 1394/2007 and Directive 2001/83/EC, with the definition of gene therapy of 2009.",
    citations=(
        atmp_law.ATMP_KINDS,
        atmp_law.GENE_SUBSTANCE,
        atmp_law.SOMATIC_CELLS,
        atmp_law.TISSUE_DEFINITION,
        atmp_law.COMBINED,
        guidance.CULTURE,
    ),
    changes=(
        Change("2026.11", "2026-11-25", "The first version that verdicts name; no class has changed by it."),
    ),
    stations=STATIONS,
    flags=FLAGS,
)

EU_REFORM = RuleSet(
    code="EU-REFORM",
    title="European Union: pharmaceutical reform, draft",
    jurisdiction=Jurisdiction.EU,
    version="2026.11",
    dated="2026-11-25",
    state=State.DRAFT,
    note=(
        "Not yet law: provisional agreement of 11 December 2025, formal adoption open. It follows the"
        " proposal of 2023, because the final wording was not found."
    ),
    citations=(other_law.REFORM, guidance.PROTEIN_EDITOR),
    changes=(
        Change("2026.11", "2026-11-25", "The first version that verdicts name; no class has changed by it."),
    ),
    stations={
        **STATIONS,
        Way.GENES: replace(
            STATIONS[Way.GENES],
            rules=_REFORM_GENES,
            reads=_REFORM_QUESTIONS,
            kinds={"active_part": parts_by_genes_or_editor},
        ),
    },
    flags=FLAGS,
)
