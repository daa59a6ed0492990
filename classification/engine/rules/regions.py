"""The sets of rules of other regions, over the same answers."""

from __future__ import annotations

from classification.engine.citations import other_regions
from classification.engine.outcomes import Outcome
from classification.engine.rules import japan, united_states
from classification.engine.rules.finding import Way
from classification.engine.rules.kinds import (
    parts_by_cells_in_america,
    parts_by_genes_in_america,
    parts_by_modification,
    role_in_america,
    source_by_donor,
    source_by_privilege,
    steps_by_alteration,
    steps_by_shaping,
)
from classification.engine.rules.material import names_recombinant_material
from classification.engine.rules.regional_flags import JP_FLAGS, UK_FLAGS, US_FLAGS
from classification.engine.rules.ruleset import Change, Jurisdiction, RuleSet, State, Station
from classification.engine.rules.united_kingdom import BRITISH_STATIONS, REGIMES

_FIRST = (Change("2026.11", "2026-11-25", "The first version."),)

_US_DEVICE = (united_states.no_device, united_states.with_device)

US_FDA = RuleSet(
    code="US-FDA",
    title="United States: tissues, biologics and combination products",
    jurisdiction=Jurisdiction.US,
    version="2026.11",
    dated="2026-11-25",
    state=State.IN_FORCE,
    note="There is no class of ATMP: cells and tissue are of the lower tier (361) or biologics (351).",
    citations=(
        other_regions.US_TISSUE_TIER,
        other_regions.US_BIOLOGICS,
        other_regions.FOUR_CRITERIA,
        other_regions.SAME_OPERATION,
        other_regions.US_GENE_THERAPY,
        other_regions.US_COMBINATION,
    ),
    changes=_FIRST,
    stations={
        Way.PURPOSE: Station((united_states.not_medical,), ("is_medicine",), Way.GENES),
        Way.GENES: Station(
            (united_states.oligonucleotide, united_states.infection_vaccine, united_states.gene_therapy),
            (
                *("active_part", "made_recombinantly", "aims_at_sequence"),
                *("effect_from_sequence", "infection_claim"),
            ),
            Way.CELLS,
            then=(Way.GENE_DEVICE,),
            kinds={"active_part": parts_by_genes_in_america},
        ),
        Way.CELLS: Station(
            (
                united_states.animal_cells,
                united_states.same_operation,
                united_states.living_cells,
                united_states.non_viable_tissue,
                united_states.blood,
                united_states.no_cells,
            ),
            (
                *("active_part", "viable_cells", "source", "process_steps", "same_operation"),
                *("non_viable_role", "non_viable_principal_pim"),
            ),
            then=(Way.LOWER_TIER, Way.SOMATIC_DEVICE),
            kinds={
                "active_part": parts_by_cells_in_america,
                "source": source_by_donor,
                "process_steps": steps_by_shaping,
                "non_viable_role": role_in_america,
            },
        ),
        Way.LOWER_TIER: Station(
            (
                united_states.more_than_minimal,
                united_states.other_function,
                united_states.other_article,
                united_states.systemic_effect,
                united_states.all_four_criteria,
            ),
            (
                *("active_part", "process_steps", "property_altered", "same_function", "integral_device"),
                *("other_article", "systemic_effect", "source", "relative_or_reproductive"),
            ),
            then=(Way.SOMATIC_DEVICE,),
            kinds={
                "active_part": parts_by_modification,
                "process_steps": steps_by_alteration,
                "source": source_by_privilege,
            },
        ),
        Way.GENE_DEVICE: Station(_US_DEVICE, ("integral_device",), base=Outcome.US_351_GENE_THERAPY),
        Way.SOMATIC_DEVICE: Station(_US_DEVICE, ("integral_device",), base=Outcome.US_351_CELL_THERAPY),
    },
    flags=US_FLAGS,
)

UK_2012 = RuleSet(
    code="UK-2012",
    title="United Kingdom: advanced therapies, law in force",
    jurisdiction=Jurisdiction.UK,
    version="2026.11",
    dated="2026-11-25",
    state=State.IN_FORCE,
    note=(
        "The text mirrors that of the EU. A consultation of 11 May to 22 June 2026 asks whether gene therapy"
        " should cover synthetic nucleic acids and editing; it is not law."
    ),
    citations=(other_regions.UK_DEFINITION, other_regions.UK_REFORM),
    changes=_FIRST,
    stations=BRITISH_STATIONS,
    flags=UK_FLAGS,
    regimes=REGIMES,
)

JP_PMD = RuleSet(
    code="JP-PMD",
    title="Japan: regenerative medical products",
    jurisdiction=Jurisdiction.JP,
    version="2026.11",
    dated="2026-11-25",
    state=State.IN_FORCE,
    note="One class of products; medical practice and research with cells have a law of their own.",
    citations=(other_regions.JP_PRODUCT, other_regions.JP_PRACTICE),
    changes=_FIRST,
    stations={
        Way.PURPOSE: Station((japan.not_medical,), ("is_medicine",), Way.GENES),
        Way.GENES: Station(
            (japan.infection_vaccine, japan.gene_therapy),
            ("active_part", "aims_at_sequence", "effect_from_sequence", "infection_claim"),
            Way.CELLS,
            kinds={"active_part": names_recombinant_material},
        ),
        Way.CELLS: Station(
            (japan.no_living_cells, japan.processed_cells, japan.unprocessed_cells),
            ("viable_cells", "active_part", "process_steps", "property_altered"),
            kinds={"active_part": parts_by_modification, "process_steps": steps_by_alteration},
        ),
    },
    flags=JP_FLAGS,
)
