"""Every rule of other regions once where it applies and once where it does not."""

from inspect import unwrap

import pytest

from classification.engine import RULESETS, FlagCode, classify
from classification.engine.citations import atmp_law, other_law, other_regions
from classification.engine.outcomes import Outcome
from classification.engine.rules import japan
from classification.engine.rules import united_states as us
from classification.engine.rules.finding import Way
from classification.engine.rules.manipulation import is_more_than_minimal
from tests.classification.engine.builders import CELLS, VECTOR, answers, case

NO_LIFE = {"active_part": "non_viable_cells_or_tissue", "viable_cells": "no"}
GRAFT = CELLS | {
    "process_steps": ["cutting"],
    "property_altered": "no",
    "same_function": "yes",
    "same_operation": "no",
    "other_article": "no",
    "systemic_effect": "no",
}
"""The patient's own skin, cut and put back later: the lower tier."""
CELL, GENE = Outcome.US_351_CELL_THERAPY, Outcome.US_351_GENE_THERAPY

APPLIES = [
    (us.not_medical, {"is_medicine": "no"}, None, "US-1", Outcome.US_OUTSIDE),
    (
        us.oligonucleotide,
        {"active_part": "synthetic_oligonucleotide", "made_recombinantly": "no"},
        None,
        "US-2",
        Outcome.US_DRUG,
    ),
    (us.infection_vaccine, VECTOR | {"infection_claim": "yes"}, None, "US-3", Outcome.US_VACCINE),
    (us.gene_therapy, VECTOR | {"aims_at_sequence": "no"}, None, "US-4", Way.GENE_DEVICE),
    (us.animal_cells, CELLS | {"source": "xenogeneic"}, None, "US-5", Way.SOMATIC_DEVICE),
    (us.same_operation, GRAFT | {"same_operation": "yes"}, None, "US-6", Outcome.US_SAME_PROCEDURE),
    (us.living_cells, CELLS, None, "US-7", Way.LOWER_TIER),
    (us.non_viable_tissue, NO_LIFE | {"non_viable_role": "tissue_as_such"}, None, "US-8", Way.LOWER_TIER),
    (us.blood, {"active_part": "anucleate_blood", "viable_cells": "no"}, None, "US-12", Outcome.US_BLOOD),
    (us.no_cells, {"active_part": "other", "viable_cells": "no"}, None, "US-13", Outcome.US_BIOLOGIC),
    (us.more_than_minimal, CELLS, None, "US-14", Way.SOMATIC_DEVICE),
    (us.other_function, CELLS, None, "US-15", Way.SOMATIC_DEVICE),
    (us.other_article, GRAFT | {"integral_device": "yes"}, None, "US-16", Way.SOMATIC_DEVICE),
    (
        us.systemic_effect,
        {"systemic_effect": "yes", "source": "allogeneic", "relative_or_reproductive": "no"},
        None,
        "US-17",
        Way.SOMATIC_DEVICE,
    ),
    (us.all_four_criteria, GRAFT, None, "US-18", Outcome.US_361_HCTP),
    (us.no_device, {"integral_device": "no"}, CELL, "US-19", CELL),
    (us.with_device, {"integral_device": "yes"}, GENE, "US-20", Outcome.US_COMBINATION),
    (japan.not_medical, {"is_medicine": "no"}, None, "JP-1", Outcome.JP_OUTSIDE),
    (japan.infection_vaccine, VECTOR | {"infection_claim": "yes"}, None, "JP-2", Outcome.JP_OUTSIDE),
    (japan.gene_therapy, VECTOR, None, "JP-3", Outcome.JP_REGENERATIVE),
    (japan.no_living_cells, {"viable_cells": "no"}, None, "JP-4", Outcome.JP_OUTSIDE),
    (japan.processed_cells, CELLS, None, "JP-5", Outcome.JP_REGENERATIVE),
    (japan.unprocessed_cells, GRAFT, None, "JP-6", Outcome.JP_OUTSIDE),
]

DOES_NOT = [
    (us.not_medical, {"is_medicine": "yes"}),
    (us.oligonucleotide, {"active_part": ["synthetic_oligonucleotide", "cell_derived"]}),
    (us.infection_vaccine, VECTOR),
    (us.gene_therapy, VECTOR | {"aims_at_sequence": "no", "effect_from_sequence": "no"}),
    (us.animal_cells, CELLS),
    (us.same_operation, GRAFT),
    (us.living_cells, NO_LIFE),
    (us.non_viable_tissue, CELLS),
    (us.blood, {"active_part": ["anucleate_blood", "other"]}),
    (us.no_cells, CELLS),
    (us.more_than_minimal, GRAFT),
    (us.other_function, GRAFT),
    (us.other_article, GRAFT),
    (us.systemic_effect, {"systemic_effect": "yes", "source": "autologous"}),
    (us.no_device, {"integral_device": "yes"}),
    (us.with_device, {"integral_device": "no"}),
    (japan.not_medical, {"is_medicine": "yes"}),
    (japan.infection_vaccine, VECTOR),
    (japan.gene_therapy, VECTOR | {"effect_from_sequence": "no"}),
    (japan.no_living_cells, CELLS),
    (japan.processed_cells, GRAFT),
    (japan.unprocessed_cells, CELLS),
]
named = {"ids": lambda value: getattr(value, "__name__", str(value))[:30]}


@pytest.mark.parametrize(("rule", "given", "base", "id_", "leads_to"), APPLIES, **named)
def test_rule_applies(rule, given, base, id_, leads_to):
    finding = rule(case(base or Outcome.UNDETERMINED, **given))
    assert (finding.rule, finding.leads_to) == (id_, leads_to)


@pytest.mark.parametrize(("rule", "given"), DOES_NOT, **named)
def test_rule_does_not_apply(rule, given):
    assert rule(case(CELL, **given)) is None


def test_every_rule_has_both_tests_and_names_its_source():
    every = {*RULESETS["US-FDA"].rules, *RULESETS["JP-PMD"].rules}
    assert {row[0] for row in APPLIES} == every
    # That all four criteria are met is what is left when none of the rules before it applies.
    assert {row[0] for row in DOES_NOT} == every - {us.all_four_criteria}
    assert all(rule.__doc__ for rule in every)


@pytest.mark.parametrize(
    ("steps", "more", "is_processed"),
    [
        ([], {}, False),
        (["expansion"], {"property_altered": "no"}, True),
        (["reprogramming", "freezing"], {}, True),
        (["freezing"], {"property_altered": "no"}, False),
        (["freezing"], {"property_altered": "yes"}, True),
        (["enzymatic_dissociation"], {"property_altered": "no"}, False),
    ],
)
def test_processing_is_what_alters_the_cells(steps, more, is_processed):
    given = {"active_part": "viable_cells_or_tissue", "process_steps": steps}
    assert is_more_than_minimal(case(**given, **more)) is is_processed


def test_modified_cells_are_processed_whatever_the_steps():
    assert is_more_than_minimal(case(active_part="gm_cells"))


@pytest.mark.parametrize(
    ("role", "acts", "outcome"),
    [
        ("device_principal_tissue_ancillary", "no", Outcome.US_COMBINATION),
        ("derivative", "no", Outcome.US_DEVICE),
        ("derivative", "yes", Outcome.US_BIOLOGIC),
        ("animal_tissue", "no", Outcome.US_DEVICE),
    ],
)
def test_tissue_that_is_not_viable_follows_its_role(role, acts, outcome):
    given = NO_LIFE | {"non_viable_role": role, "non_viable_principal_pim": acts}
    assert us.non_viable_tissue(case(**given)).leads_to == outcome


SAME_ANSWERS = {
    "the patient's own skin, moved in one operation": (
        GRAFT | {"same_operation": "yes", "same_location": "yes"},
        ("tissue_cell_soho", "us_same_procedure", "tissue_cell_soho", "jp_outside"),
    ),
    "skin banked for others": (
        GRAFT | {"source": "allogeneic", "same_location": "yes"},
        ("tissue_cell_soho", "us_361_hctp", "tissue_cell_soho", "jp_outside"),
    ),
    "cells of another person that work through the blood": (
        GRAFT
        | {"source": "allogeneic", "same_location": "yes"}
        | {"systemic_effect": "yes", "relative_or_reproductive": "no"},
        ("tissue_cell_soho", "us_351_cell_therapy", "tissue_cell_soho", "jp_outside"),
    ),
    "the same cells of a sister": (
        GRAFT
        | {"source": "allogeneic", "same_location": "yes"}
        | {"systemic_effect": "yes", "relative_or_reproductive": "yes"},
        ("tissue_cell_soho", "us_361_hctp", "tissue_cell_soho", "jp_outside"),
    ),
    "unmanipulated marrow into the heart": (
        GRAFT | {"same_function": "no"},
        ("TEP", "us_351_cell_therapy", "TEP", "jp_outside"),
    ),
    "expanded cartilage cells on a membrane": (
        CELLS | {"integral_device": "yes"},
        ("combined-TEP", "us_combination", "combined-TEP", "jp_regenerative"),
    ),
    "vector with a working gene": (VECTOR, ("GTMP", "us_351_gene_therapy", "GTMP", "jp_regenerative")),
    "vector vaccine against an infection": (
        VECTOR | {"infection_claim": "yes"},
        ("vaccine", "us_vaccine", "vaccine", "jp_outside"),
    ),
    "antisense oligonucleotide": (
        VECTOR | {"active_part": "synthetic_oligonucleotide", "made_recombinantly": "no"},
        ("chemical", "us_drug", "chemical", "jp_outside"),
    ),
    "T cells with a suicide gene": (
        CELLS
        | VECTOR
        | {"active_part": "gm_cells", "viable_cells": "yes", "claimed_action": "pim"}
        | {"effect_from_sequence": "no"},
        ("sCTMP", "us_351_gene_therapy", "sCTMP", "jp_regenerative"),
    ),
    "acellular pig skin": (
        {"is_medicine": "yes", **NO_LIFE, "non_viable_principal_pim": "no", "source": "xenogeneic"}
        | {"non_viable_role": "animal_tissue"},
        ("device", "us_device", "device", "jp_outside"),
    ),
    "living animal cells": (
        CELLS | {"source": "xenogeneic"},
        ("TEP", "us_351_cell_therapy", "TEP", "jp_regenerative"),
    ),
}


@pytest.mark.parametrize(("given", "outcomes"), SAME_ANSWERS.values(), ids=SAME_ANSWERS)
def test_the_same_answers_under_four_laws(given, outcomes):
    facts = answers(**{"aims_at_sequence": "no", "effect_from_sequence": "no"} | given)
    codes = ("EU-2009", "US-FDA", "UK-2012", "JP-PMD")
    assert tuple(classify(facts, code).outcome for code in codes) == outcomes


def test_what_the_answers_do_not_decide_gives_a_set():
    facts = answers(**GRAFT | {"source": "allogeneic", "systemic_effect": "unknown"})
    verdict = classify(facts, "US-FDA")
    assert verdict.outcomes == (Outcome.US_361_HCTP, Outcome.US_351_CELL_THERAPY)
    assert verdict.first_open_question.id == "R03"
    (advice,) = [flag for flag in verdict.flags if flag.code is FlagCode.SEEK_ADVICE]
    assert advice.to_json() == {
        "code": "seek_advice",
        "text": "Ask the FDA: an answer on the way is unknown.",
        "citations": ["21 CFR, 3.7, request for designation"],
        "obliges": ["Send a request for designation, or ask for an early meeting."],
    }


EDITOR = {
    "is_medicine": "yes",
    "active_part": ["other", "synthetic_oligonucleotide"],
    "made_recombinantly": "no",
    "aims_at_sequence": "yes",
    "effect_from_sequence": "no",
    "infection_claim": "no",
    "viable_cells": "no",
}
"""A protein with a guide made chemically, meant to change the genome."""


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("US-FDA", "Ask the FDA: a genome editor given as protein only may be gene therapy."),
        (
            "UK-2012",
            "Ask the MHRA: a genome editor given as protein only has no clear place in current law.",
        ),
        ("JP-PMD", "Ask the PMDA: a genome editor given as protein only may be gene therapy."),
    ],
)
def test_an_editor_without_nucleic_acid_is_nowhere_beyond_doubt(code, text):
    flags = classify(answers(**EDITOR), code).flags
    assert [flag.text for flag in flags if flag.code is FlagCode.SEEK_ADVICE] == [text]


def test_a_guide_alone_is_a_drug_without_doubt():
    verdict = classify(answers(**EDITOR | {"active_part": ["synthetic_oligonucleotide"]}), "US-FDA")
    assert (verdict.outcome, verdict.flags) == (Outcome.US_DRUG, ())


def test_british_rules_are_those_of_the_eu():
    assert tuple(map(unwrap, RULESETS["UK-2012"].rules)) == RULESETS["EU-2009"].rules


def test_a_british_verdict_rests_on_british_law():
    facts = answers(**CELLS | {"integral_device": "yes", "hospital_custom_made": "yes"})
    verdict = classify(facts, "UK-2012")
    assert verdict.outcome is Outcome.COMBINED_TEP
    assert verdict.findings[-1].citations == (other_regions.UK_DEFINITION,)
    assert verdict.consequence == "It is an ATMP, and on the market it needs an authorisation of the MHRA."
    assert verdict.explanation.endswith(verdict.consequence)
    assert [str(flag.code) for flag in verdict.flags] == ["autologous"]


@pytest.mark.parametrize("code", ["US-FDA", "UK-2012", "JP-PMD"])
def test_no_verdict_elsewhere_cites_the_law_of_the_eu(code):
    european = {
        citation.short
        for module in (atmp_law, other_law)
        for citation in vars(module).values()
        if hasattr(citation, "short") and hasattr(citation, "trust")
    }
    for given, _ in SAME_ANSWERS.values():
        verdict = classify(answers(**given), code)
        for stated in (*verdict.findings, *verdict.flags):
            assert european.isdisjoint(stated.to_json()["citations"])


def test_only_european_classes_are_atmps():
    for outcome in Outcome:
        if outcome.startswith(("us_", "jp_")):
            assert not outcome.is_atmp
            assert not outcome.is_combined
