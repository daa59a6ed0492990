"""The verdict as people and programs read it."""

import json

from classification.engine import RULESETS, FlagCode, Outcome, classify, differs
from classification.engine.citations import (
    CITATIONS,
    Citation,
    Trust,
    atmp_law,
    guidance,
    other_law,
    other_regions,
    weakest,
)
from classification.engine.outcomes import ATMPS, in_code_order
from tests.classification.engine.builders import CELLS, VECTOR, answers


def test_outcome_codes_are_stable():
    assert [str(outcome) for outcome in Outcome] == [
        "GTMP",
        "sCTMP",
        "TEP",
        "combined-GTMP",
        "combined-sCTMP",
        "combined-TEP",
        "device",
        "tissue_cell_soho",
        "blood",
        "vaccine",
        "biological",
        "chemical",
        "microbiota_soho",
        "not_medicine",
        "undetermined",
        "us_361_hctp",
        "us_351_cell_therapy",
        "us_351_gene_therapy",
        "us_combination",
        "us_same_procedure",
        "us_device",
        "us_blood",
        "us_vaccine",
        "us_biologic",
        "us_drug",
        "us_outside",
        "jp_regenerative",
        "jp_outside",
    ]


def test_flag_codes_are_stable():
    assert {str(code) for code in FlagCode} == {
        "autologous",
        "allogeneic",
        "xenogeneic",
        "genetically_modified",
        "gm_not_direct",
        "gmo_law",
        "seek_CAT",
        "hospital_exemption_possible",
        "certification_possible",
        "device_evidence",
        "integral_device",
        "donor_rules",
        "reform_changes_result",
        "seek_advice",
    }


def test_every_outcome_has_words_and_a_source():
    for outcome in Outcome:
        assert outcome.label
        assert outcome.consequence.endswith(".")
        assert outcome.source.id in CITATIONS
    assert Outcome.TEP.label == "Tissue engineered product"
    assert Outcome.COMBINED_TEP.label == "Combined ATMP (tissue engineered)"


def test_atmps_are_the_three_classes_and_their_combined_forms():
    assert in_code_order(ATMPS) == tuple(Outcome)[:6]
    assert [outcome for outcome in Outcome if outcome.is_combined] == list(Outcome)[3:6]


def test_verdict_as_plain_data():
    plain = classify(answers(**CELLS | {"claimed_action": "unknown"})).to_json()
    assert json.loads(json.dumps(plain)) == plain
    assert {
        key: plain[key] for key in ("outcome", "outcomes", "first_open_question", "flags", "ruleset")
    } == {
        "outcome": "undetermined",
        "outcomes": ["sCTMP", "TEP", "not_medicine"],
        "first_open_question": "Q13",
        "flags": ["autologous", "seek_CAT", "donor_rules"],
        "ruleset": "EU-2009",
    }
    assert plain["ruleset_version"] == RULESETS["EU-2009"].version == "2026.11"
    assert plain["findings"][1] == {
        "rule": "ENG-1",
        "because": "The cells are engineered: culture that expands cells is substantial manipulation.",
        "citations": [
            "Reg (EC) 1394/2007, Art 2(1)(c), first indent",
            "EMA/CAT/600280/2010, substantial manipulation",
        ],
        "trust": "R",
    }
    assert plain["answers"]["process_steps"] == ["expansion"]


def test_explanation_is_made_of_the_findings():
    assert classify(answers(**CELLS)).explanation == (
        "The finished product contains viable cells or tissue."
        " The cells are engineered: culture that expands cells is substantial manipulation."
        " The cells do not keep their essential function: they are used in another place and do another job"
        " than in the donor. That alone makes them engineered."
        " It is presented to regenerate, repair or replace human tissue."
        " No device is an integral part of it."
        " It is an ATMP, and on the market it needs a central authorisation."
    )


def test_explanation_of_an_open_verdict_names_the_question():
    assert classify(answers(**VECTOR | {"infection_claim": "unknown"})).explanation == (
        "The answers leave 2 classes possible: Gene therapy medicinal product, Vaccine against an infectious"
        " disease. The first question that decides is Q06: Is the claim to prevent or treat an infection?"
    )


def test_same_answers_give_equal_verdicts():
    assert classify(answers(**CELLS)) == classify(answers(**CELLS))


def test_reform_rules_are_off_unless_asked_for():
    facts = answers(**VECTOR | {"made_recombinantly": "no"})
    assert classify(facts).outcome == Outcome.CHEMICAL
    assert classify(facts).ruleset == "EU-2009"
    reform = classify(facts, "EU-REFORM")
    assert (reform.outcome, reform.ruleset) == (Outcome.GTMP, "EU-REFORM")
    assert FlagCode.REFORM_CHANGES_RESULT not in {flag.code for flag in reform.flags}


def test_trust_of_several_sources_is_the_weakest():
    assert weakest({Trust.VERIFIED, Trust.SECONDARY}) is Trust.SECONDARY
    assert weakest({Trust.VERIFIED, Trust.RECALLED}) is Trust.RECALLED
    assert weakest({Trust.VERIFIED}) is Trust.VERIFIED


def test_only_verified_sources_may_be_quoted():
    for citation in CITATIONS.values():
        assert citation.is_quotable == (citation.trust is Trust.VERIFIED)
        assert citation.article
        assert citation.gist.endswith(".")
        assert citation.instrument.version


def test_citation_ids_are_unique():
    named = [
        thing
        for module in (atmp_law, guidance, other_law, other_regions)
        for thing in vars(module).values()
        if isinstance(thing, Citation)
    ]
    assert len(named) == len(CITATIONS)


def test_a_new_version_is_compared_with_what_was_named_before():
    facts = answers(**CELLS)
    assert not differs(["TEP"], facts)
    assert differs(["sCTMP"], facts)
    assert differs(["TEP", "sCTMP"], facts)
    assert not differs(["us_351_cell_therapy"], facts, "US-FDA")
