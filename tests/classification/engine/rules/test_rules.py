"""Every rule once where it applies and once where it does not."""

import pytest

from classification.engine.citations import other_law
from classification.engine.outcomes import Outcome
from classification.engine.rules import (
    RULESETS,
    Station,
    combined,
    engineering,
    gene_therapy,
    out_of_scope,
    reform,
    somatic_cell,
    tissue_engineered,
)
from classification.engine.rules.case import Unanswered
from classification.engine.rules.finding import Way
from tests.classification.engine.builders import CELLS, VECTOR, case

NO_LIFE = {"viable_cells": "no"}
GTMP, TEP, SCTMP = Outcome.GTMP, Outcome.TEP, Outcome.SCTMP

APPLIES = [
    (out_of_scope.not_a_medicine, {"is_medicine": "no"}, None, "OUT-1", Outcome.NOT_MEDICINE),
    (
        gene_therapy.loaded_vesicle,
        {"active_part": ["cell_derived", "recombinant_nucleic_acid"]},
        None,
        "GT-1",
        None,
    ),
    (gene_therapy.infection_vaccine, VECTOR | {"infection_claim": "yes"}, None, "GT-2", Outcome.VACCINE),
    (gene_therapy.gene_therapy, VECTOR, None, "GT-3", Way.GENE_DEVICE),
    (
        gene_therapy.modified_but_not_by_effect,
        VECTOR | {"active_part": "gm_cells", "effect_from_sequence": "no"},
        None,
        "GT-4",
        Way.CELLS,
    ),
    (
        gene_therapy.chemical,
        {"active_part": "synthetic_oligonucleotide", "made_recombinantly": "no"},
        None,
        "GT-5",
        Outcome.CHEMICAL,
    ),
    (
        gene_therapy.nucleic_acid_falling_short,
        VECTOR | {"effect_from_sequence": "no"},
        None,
        "GT-6",
        Outcome.BIOLOGICAL,
    ),
    (gene_therapy.gene_precedence, {"active_part": "gm_cells"}, GTMP, "PRE-5", None),
    (engineering.viable_cells, {"viable_cells": "yes"}, None, "CEL-1", Way.ENGINEERING),
    (
        engineering.active_non_viable,
        NO_LIFE | {"active_part": "non_viable_cells_or_tissue", "non_viable_principal_pim": "yes"},
        None,
        "CEL-2",
        Way.ENGINEERING,
    ),
    (
        out_of_scope.inactive_non_viable,
        NO_LIFE
        | {
            "active_part": "non_viable_cells_or_tissue",
            "non_viable_principal_pim": "no",
            "non_viable_role": "tissue_as_such",
        },
        None,
        "OUT-4",
        Outcome.TISSUE_CELL_SOHO,
    ),
    (out_of_scope.blood_elements, NO_LIFE | {"active_part": "anucleate_blood"}, None, "OUT-5", Outcome.BLOOD),
    (
        out_of_scope.derived_from_cells,
        NO_LIFE | {"active_part": "cell_derived"},
        None,
        "OUT-6",
        Outcome.BIOLOGICAL,
    ),
    (
        out_of_scope.micro_organisms,
        NO_LIFE | {"active_part": "microbes", "process_steps": ["filtering"]},
        None,
        "OUT-8",
        Outcome.MICROBIOTA_SOHO,
    ),
    (out_of_scope.nothing_advanced, NO_LIFE | {"active_part": "other"}, None, "OUT-9", Outcome.BIOLOGICAL),
    (engineering.substantial_manipulation, CELLS, None, "ENG-1", None),
    (
        engineering.intact_units,
        CELLS | {"process_steps": "enzymatic_dissociation", "intact_units": "yes"},
        None,
        "ENG-2",
        None,
    ),
    (engineering.other_function, CELLS, None, "ENG-3", None),
    (
        engineering.not_engineered,
        CELLS | {"process_steps": "freezing", "same_location": "yes", "same_function": "yes"},
        None,
        "ENG-4",
        Outcome.TISSUE_CELL_SOHO,
    ),
    (tissue_engineered.tissue_precedence, {"claimed_action": "both"}, None, "PRE-4", None),
    (tissue_engineered.tissue_engineered, {"claimed_action": "both"}, None, "TEP-1", Way.TISSUE_DEVICE),
    (somatic_cell.somatic_cell, {"claimed_action": "pim"}, None, "SCT-1", Way.SOMATIC_DEVICE),
    (somatic_cell.no_medicinal_claim, {"claimed_action": "neither"}, None, "CLM-1", Outcome.NOT_MEDICINE),
    (
        combined.tissue_scaffold,
        {"active_part": ["viable_cells_or_tissue", "non_viable_cells_or_tissue"]},
        TEP,
        "DEV-1",
        None,
    ),
    (combined.no_device, {"integral_device": "no"}, SCTMP, "DEV-2", SCTMP),
    (
        combined.device_with_viable_cells,
        {"integral_device": "yes", "viable_cells": "yes"},
        TEP,
        "DEV-3",
        Outcome.COMBINED_TEP,
    ),
    (
        combined.device_with_active_tissue,
        NO_LIFE
        | {
            "integral_device": "yes",
            "active_part": "non_viable_cells_or_tissue",
            "non_viable_role": "tissue_as_such",
        },
        SCTMP,
        "DEV-4",
        Outcome.COMBINED_SCTMP,
    ),
    (
        combined.device_with_ancillary_tissue,
        NO_LIFE
        | {
            "integral_device": "yes",
            "active_part": "non_viable_cells_or_tissue",
            "non_viable_role": "device_principal_tissue_ancillary",
        },
        SCTMP,
        "DEV-5",
        Outcome.DEVICE,
    ),
    (combined.device_with_genes, VECTOR | {"integral_device": "yes"}, GTMP, "DEV-6", GTMP),
    (reform.reform_vaccine, VECTOR | {"infection_claim": "yes"}, None, "REF-1", Outcome.VACCINE),
    (reform.reform_gene_therapy, VECTOR | {"effect_from_sequence": "no"}, None, "REF-2", Way.GENE_DEVICE),
]

DOES_NOT = [
    (out_of_scope.not_a_medicine, {"is_medicine": "yes"}, None),
    (gene_therapy.loaded_vesicle, {"active_part": "cell_derived"}, None),
    (gene_therapy.infection_vaccine, VECTOR, None),
    (gene_therapy.gene_therapy, VECTOR | {"effect_from_sequence": "no"}, None),
    (gene_therapy.modified_but_not_by_effect, VECTOR | {"active_part": "gm_cells"}, None),
    (gene_therapy.chemical, VECTOR, None),
    (gene_therapy.nucleic_acid_falling_short, VECTOR, None),
    (gene_therapy.gene_precedence, {"active_part": "recombinant_nucleic_acid"}, GTMP),
    (engineering.viable_cells, NO_LIFE, None),
    (
        engineering.active_non_viable,
        NO_LIFE | {"active_part": "non_viable_cells_or_tissue", "non_viable_principal_pim": "no"},
        None,
    ),
    (
        out_of_scope.inactive_non_viable,
        NO_LIFE | {"active_part": "non_viable_cells_or_tissue", "non_viable_principal_pim": "yes"},
        None,
    ),
    (out_of_scope.blood_elements, NO_LIFE | {"active_part": ["anucleate_blood", "cell_derived"]}, None),
    (
        out_of_scope.derived_from_cells,
        NO_LIFE | {"active_part": ["cell_derived", "non_viable_cells_or_tissue"]},
        None,
    ),
    (out_of_scope.micro_organisms, NO_LIFE | {"active_part": "other"}, None),
    (out_of_scope.nothing_advanced, {"active_part": "other", "viable_cells": "yes"}, None),
    (engineering.substantial_manipulation, CELLS | {"process_steps": ["cutting", "freezing"]}, None),
    (
        engineering.intact_units,
        CELLS | {"process_steps": "enzymatic_dissociation", "intact_units": "no"},
        None,
    ),
    (engineering.other_function, CELLS | {"same_location": "yes", "same_function": "yes"}, None),
    (engineering.not_engineered, CELLS | {"same_location": "yes", "same_function": "yes"}, None),
    (tissue_engineered.tissue_precedence, {"claimed_action": "regenerate"}, None),
    (tissue_engineered.tissue_engineered, {"claimed_action": "pim"}, None),
    (somatic_cell.somatic_cell, {"claimed_action": "both"}, None),
    (somatic_cell.no_medicinal_claim, {"claimed_action": "pim"}, None),
    (combined.tissue_scaffold, {"active_part": "non_viable_cells_or_tissue"}, TEP),
    (combined.no_device, {"integral_device": "yes"}, TEP),
    (combined.device_with_viable_cells, {"integral_device": "no"}, TEP),
    (combined.device_with_active_tissue, VECTOR | {"integral_device": "yes"}, GTMP),
    (combined.device_with_ancillary_tissue, VECTOR | {"integral_device": "yes"}, GTMP),
    (combined.device_with_genes, VECTOR, GTMP),
    (reform.reform_vaccine, VECTOR, None),
    (reform.reform_gene_therapy, VECTOR | {"aims_at_sequence": "no"}, None),
]


@pytest.mark.parametrize(
    ("rule", "given", "base", "id_", "leads_to"),
    APPLIES,
    ids=lambda value: getattr(value, "__name__", str(value))[:40],
)
def test_rule_applies(rule, given, base, id_, leads_to):
    finding = rule(case(base or Outcome.UNDETERMINED, **given))
    assert (finding.rule, finding.leads_to) == (id_, leads_to)


@pytest.mark.parametrize(
    ("rule", "given", "base"), DOES_NOT, ids=lambda value: getattr(value, "__name__", str(value))[:40]
)
def test_rule_does_not_apply(rule, given, base):
    assert rule(case(base or Outcome.UNDETERMINED, **given)) is None


def test_every_rule_has_both_tests_and_names_its_source():
    every = {*RULESETS["EU-2009"].rules, *RULESETS["EU-REFORM"].rules}
    assert {row[0] for row in APPLIES} == every
    assert {row[0] for row in DOES_NOT} == every
    assert all(rule.__doc__ for rule in every)


def test_station_without_an_answer_is_an_error():
    with pytest.raises(LookupError, match="must lead somewhere"):
        Station((), ()).visit(case())


def test_rule_never_reads_unknown_as_no():
    with pytest.raises(Unanswered, match="effect_from_sequence"):
        gene_therapy.gene_therapy(case(**VECTOR | {"effect_from_sequence": "unknown"}))


@pytest.mark.parametrize(
    ("role", "rule", "outcome"),
    [
        ("device_principal_tissue_ancillary", "OUT-2", Outcome.DEVICE),
        ("derivative", "OUT-2", Outcome.DEVICE),
        ("tissue_as_such", "OUT-4", Outcome.TISSUE_CELL_SOHO),
        ("animal_tissue", "OUT-3", Outcome.DEVICE),
    ],
)
def test_inactive_non_viable_follows_the_role(role, rule, outcome):
    finding = out_of_scope.inactive_non_viable(
        case(
            active_part="non_viable_cells_or_tissue",
            viable_cells="no",
            non_viable_principal_pim="no",
            non_viable_role=role,
        )
    )
    assert (finding.rule, finding.leads_to) == (rule, outcome)


def test_cultured_micro_organisms_are_an_ordinary_biological():
    finding = out_of_scope.micro_organisms(
        case(active_part="microbes", viable_cells="no", process_steps=["expansion"])
    )
    assert (finding.rule, finding.leads_to) == ("OUT-7", Outcome.BIOLOGICAL)


@pytest.mark.parametrize(
    ("steps", "more", "is_substantial"),
    [
        (["expansion"], {"property_altered": "no"}, True),
        (["reprogramming"], {}, True),
        (["enzymatic_dissociation"], {"intact_units": "no", "property_altered": "no"}, True),
        (["enzymatic_dissociation"], {"intact_units": "yes", "property_altered": "yes"}, False),
        (["enzymatic_dissociation", "other"], {"intact_units": "yes", "property_altered": "yes"}, True),
        (["labelling"], {"property_altered": "no"}, False),
        (["labelling"], {"property_altered": "yes"}, True),
        (["co_culture"], {"property_altered": "yes"}, True),
        (["cutting", "vitrification"], {"property_altered": "yes"}, False),
        ([], {"property_altered": "yes"}, False),
    ],
)
def test_substantial_manipulation_step_by_step(steps, more, is_substantial):
    finding = engineering.substantial_manipulation(
        case(active_part="viable_cells_or_tissue", process_steps=steps, **more)
    )
    assert (finding is not None) == is_substantial


def test_modified_cells_are_manipulated_even_if_no_step_says_so():
    finding = engineering.substantial_manipulation(case(active_part="gm_cells", process_steps=["freezing"]))
    assert finding.because == "The cells are engineered: genetic modification is substantial manipulation."


def test_white_cells_beside_blood_elements_stay_blood():
    finding = engineering.not_engineered(
        case(active_part="anucleate_blood", process_steps=[], same_location="yes", same_function="yes")
    )
    assert (finding.rule, finding.leads_to) == ("ENG-5", Outcome.BLOOD)


@pytest.mark.parametrize(
    ("place", "job", "doubt"),
    [
        ("no", "no", None),
        ("yes", "no", "place and function of the cells point in different directions"),
        ("no", "yes", "place and function of the cells point in different directions"),
    ],
)
def test_other_function_doubts_when_place_and_job_disagree(place, job, doubt):
    assert engineering.other_function(case(same_location=place, same_function=job)).doubt == doubt


def test_reform_lets_protein_editors_in():
    finding = reform.reform_gene_therapy(case(active_part="other", aims_at_sequence="yes"))
    assert finding.rule == "REF-2"


def test_reform_keeps_chemical_oligonucleotides_out():
    given = {
        "active_part": "synthetic_oligonucleotide",
        "made_recombinantly": "no",
        "aims_at_sequence": "yes",
    }
    assert reform.reform_gene_therapy(case(**given)) is None


def test_reform_has_nothing_to_say_about_unmodified_cells():
    assert reform.reform_gene_therapy(case(active_part="viable_cells_or_tissue")) is None


def test_modified_cells_that_miss_the_first_limb_are_not_said_to_act_without_the_sequence():
    given = VECTOR | {"active_part": "gm_cells", "aims_at_sequence": "no", "effect_from_sequence": "yes"}
    finding = gene_therapy.modified_but_not_by_effect(case(**given))
    assert finding.because == (
        "It is genetically modified, but it does not meet both limbs of the definition of gene therapy, so"
        " its cells decide the class."
    )


def test_scope_of_devices_is_cited_by_its_letters_and_by_its_weakest_mark():
    assert (other_law.DEVICE_SCOPE.article, other_law.DEVICE_SCOPE.trust) == ("Art 1(6)(g) and (h)", "R")
