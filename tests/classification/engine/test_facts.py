"""Answers in exchange form: read, refused, written back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine.facts import (
    ALL_KEYS,
    ANNEX_I_STEPS,
    KEYS,
    REGIONAL_KEYS,
    BadAnswer,
    ClaimedAction,
    Part,
    ProcessStep,
    ProductFacts,
    spoken,
)
from tests.classification.engine.builders import ANSWERS

any_facts = st.builds(ProductFacts, **{key: st.none() | ANSWERS.get(key, st.booleans()) for key in ALL_KEYS})


def test_reads_every_kind_of_answer():
    facts = ProductFacts.from_exchange(
        {
            "is_medicine": "yes",
            "viable_cells": "no",
            "active_part": ["other", "gm_cells", "other"],
            "process_steps": [],
            "claimed_action": "pim",
        }
    )
    assert facts == ProductFacts(
        is_medicine=True,
        viable_cells=False,
        active_part=frozenset({Part.OTHER, Part.GM_CELLS}),
        process_steps=frozenset(),
        claimed_action=ClaimedAction.PIM,
    )


@pytest.mark.parametrize("key", ALL_KEYS)
def test_missing_unknown_and_null_are_the_same(key):
    assert (
        ProductFacts.from_exchange({key: "unknown"})
        == ProductFacts.from_exchange({key: None})
        == ProductFacts()
    )


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({"colour": "red"}, "colour", "is not a question of the questionnaire"),
        ({"is_medicine": True}, "is_medicine", 'must be "yes", "no" or "unknown"'),
        ({"is_medicine": "Yes"}, "is_medicine", 'must be "yes", "no" or "unknown"'),
        ({"sme": ["yes"]}, "sme", 'must be "yes", "no" or "unknown"'),
        (
            {"source": "donor"},
            "source",
            "must be one of autologous, allogeneic, both, xenogeneic or unknown",
        ),
        (
            {"claimed_action": ["pim"]},
            "claimed_action",
            "must be one of regenerate, pim, both, neither or unknown",
        ),
    ],
)
def test_refuses_what_the_questionnaire_does_not_know(answers, field, message):
    with pytest.raises(BadAnswer) as refusal:
        ProductFacts.from_exchange(answers)
    assert (refusal.value.field, refusal.value.message) == (field, message)
    assert str(refusal.value) == f"{field}: {message}"


@pytest.mark.parametrize("raw", ["cells", {"gm_cells": "yes"}, 3])
def test_refuses_a_list_that_is_none(raw):
    with pytest.raises(BadAnswer, match="active_part: must be a list of recombinant_nucleic_acid, gm_cells"):
        ProductFacts.from_exchange({"active_part": raw})


@pytest.mark.parametrize(
    ("tick", "shown"), [("unknown", "'unknown'"), (None, "None"), (["other"], r"\['other'\]")]
)
def test_refuses_a_list_with_a_strange_tick(tick, shown):
    with pytest.raises(BadAnswer, match=f"process_steps: holds {shown}, which is none of cutting, grinding"):
        ProductFacts.from_exchange({"process_steps": ["cutting", tick]})


@settings(deadline=None)
@given(any_facts)
def test_exchange_form_goes_there_and_back(facts):
    assert ProductFacts.from_exchange(facts.to_exchange()) == facts


def test_exchange_form_keeps_the_order_of_the_questionnaire():
    facts = ProductFacts.from_exchange(
        {"process_steps": ["other", "expansion", "cutting"], "sme": "no", "is_medicine": "yes"}
    )
    assert list(facts.to_exchange().items()) == [
        ("is_medicine", "yes"),
        ("process_steps", ["cutting", "expansion", "other"]),
        ("sme", "no"),
    ]


def test_an_empty_list_is_an_answer():
    assert ProductFacts.from_exchange({"process_steps": []}).to_exchange() == {"process_steps": []}


def test_with_answer_replaces_one_and_refuses_a_strange_key():
    facts = ProductFacts(is_medicine=True, sme=True)
    assert facts.with_answer("sme", None) == ProductFacts(is_medicine=True)
    with pytest.raises(BadAnswer, match="colour: is not a question"):
        facts.with_answer("colour", True)


def test_only_forgets_the_rest():
    assert ProductFacts(is_medicine=True, sme=True).only(["sme"]) == ProductFacts(sme=True)


def test_unknown_is_spoken():
    assert spoken(None) == "unknown"


def test_annex_i_has_its_thirteen_entries():
    assert len(ANNEX_I_STEPS) == 13
    assert ProcessStep.EXPANSION not in ANNEX_I_STEPS


def test_the_questionnaire_has_its_keys_and_other_law_asks_for_four_more():
    assert len(KEYS) == 19
    assert (*KEYS, *REGIONAL_KEYS) == ALL_KEYS
    assert (
        *("same_operation", "other_article", "systemic_effect", "relative_or_reproductive"),
    ) == REGIONAL_KEYS


def test_answers_for_other_law_are_always_optional():
    facts = ProductFacts.from_exchange({"is_medicine": "yes", "other_article": "no"})
    assert facts.other_article is False
    assert facts.to_exchange() == {"is_medicine": "yes", "other_article": "no"}
