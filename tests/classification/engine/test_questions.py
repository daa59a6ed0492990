"""The questionnaire as data, and which of its questions are put."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine import (
    QUESTIONS,
    FlagCode,
    ProductFacts,
    asked_questions,
    classify,
    next_question,
)
from classification.engine.citations import Trust
from classification.engine.facts import ANNEX_I_STEPS, KEYS, NonViableRole, Part, ProcessStep
from classification.engine.questions import QUESTION_OF, Kind, Topic
from classification.engine.rules.material import CASE_BY_CASE_STEPS, SUBSTANTIAL_STEPS
from tests.classification.engine.builders import ANSWERS, CELLS, VECTOR, answers


def keys(questions):
    return [question.key for question in questions]


def test_every_answer_has_its_question_once():
    assert sorted(keys(QUESTIONS)) == sorted(KEYS)
    assert [question.id for question in QUESTIONS] == [
        *(f"Q{number:02}" for number in range(1, 13)),
        *(f"Q{number:02}" for number in range(12, 19)),
    ]


def test_choices_are_the_exchange_values():
    for question in QUESTIONS:
        for choice in question.choices:
            value = [choice.value] if question.kind is Kind.MULTI else choice.value
            assert ProductFacts.from_exchange({question.key: value}).to_exchange() == {question.key: value}


def test_choices_are_complete():
    choices = {question.key: {choice.value for choice in question.choices} for question in QUESTIONS}
    assert choices["active_part"] == set(Part)
    assert choices["process_steps"] == set(ProcessStep)
    assert choices["non_viable_role"] == set(NonViableRole)
    assert choices["claimed_action"] == {"regenerate", "pim", "both", "neither"}
    assert choices["source"] == {"autologous", "allogeneic", "both", "xenogeneic"}


def test_questions_are_short_and_cited():
    for question in QUESTIONS:
        assert question.wording.endswith("?")
        assert len(question.wording) <= 90
        assert question.help
        assert question.why
        assert question.citation.trust in Trust


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_answer_has_an_example_and_every_doubt_a_way_out(question):
    for choice in question.choices:
        assert choice.hint.endswith("."), choice
        assert choice.example.endswith("."), choice
        assert len(choice.example) <= 90, choice
    assert len({choice.example for choice in question.choices}) == len(question.choices)
    assert question.find_out.endswith((".", "?"))


def test_the_steps_of_annex_i_say_so_and_the_others_how_they_count():
    hints = {choice.value: choice.hint for choice in QUESTION_OF["process_steps"].choices}
    assert {step for step, hint in hints.items() if hint == "On the list of Annex I."} == ANNEX_I_STEPS
    assert {step for step, hint in hints.items() if hint.startswith("Counts as substantial")} == (
        SUBSTANTIAL_STEPS | {ProcessStep.ENZYMATIC_DISSOCIATION}
    )
    assert {step for step, hint in hints.items() if hint == "Judged case by case."} == CASE_BY_CASE_STEPS


def test_question_as_plain_data():
    plain = QUESTIONS[13].to_json()
    assert plain["id"] == "Q13"
    assert plain["topic"] == "Claimed action"
    assert plain["kind"] == "choice"
    assert plain["choices"][3] == {
        "value": "neither",
        "label": "Neither",
        "hint": "A cosmetic effect, or a mere filler.",
        "example": "Cells that smooth wrinkles, with no claim on a disease.",
    }
    assert plain["find_out"].startswith("Ask whoever writes the indication")
    assert plain["citation"] == {
        "id": "P3",
        "reference": "Reg (EC) 1394/2007, Art 2(4)",
        "version": "in force in autumn 2026",
        "gist": "What may be both a tissue engineered product and somatic cell therapy is the former.",
        "trust": "R",
        "checked": "2026-11",
    }


def test_topics_follow_the_questionnaire():
    seen = list(dict.fromkeys(question.topic for question in QUESTIONS))
    assert seen == list(Topic)


def test_first_question_is_the_purpose():
    assert next_question(ProductFacts(), set()).id == "Q01"


def test_no_medicine_ends_the_questionnaire():
    facts = ProductFacts(is_medicine=False)
    assert keys(asked_questions(facts)) == ["is_medicine"]
    assert next_question(facts, {"is_medicine"}) is None


def test_cells_are_not_asked_about_genes():
    assert keys(asked_questions(answers(**CELLS))) == [
        "is_medicine",
        "active_part",
        "viable_cells",
        "process_steps",
        "same_location",
        "same_function",
        "claimed_action",
        "integral_device",
        "source",
        "hospital_custom_made",
        "sme",
    ]


def test_vector_is_not_asked_about_cells():
    assert keys(asked_questions(answers(**VECTOR))) == [
        "is_medicine",
        "active_part",
        "made_recombinantly",
        "aims_at_sequence",
        "effect_from_sequence",
        "infection_claim",
        "integral_device",
        "hospital_custom_made",
        "sme",
    ]


def test_unknown_keeps_open_what_a_no_would_close():
    facts = answers(is_medicine="yes", active_part="gm_cells")
    asked = {"is_medicine", "active_part", "made_recombinantly"}
    assert next_question(facts, asked).key == "aims_at_sequence"
    assert next_question(facts.with_answer("made_recombinantly", False), asked).key == "viable_cells"


@pytest.mark.parametrize(
    "given",
    [
        {"active_part": ["other"], "viable_cells": "no"},
        {"active_part": ["other", "synthetic_oligonucleotide"], "made_recombinantly": "no"},
    ],
)
def test_protein_is_asked_whether_it_edits_a_genome_for_the_cat_has_to_be_asked_then(given):
    facts = answers(is_medicine="yes", **given)
    assert next_question(facts, {"is_medicine", *given}).key == "aims_at_sequence"
    told = classify(facts.with_answer("aims_at_sequence", True))
    assert [str(flag.code) for flag in told.flags if flag.code == FlagCode.SEEK_CAT] == ["seek_CAT"]


def test_cells_beside_a_protein_are_not_asked_whether_it_edits_a_genome():
    facts = answers(**CELLS | {"active_part": ["viable_cells_or_tissue", "other"]})
    assert "aims_at_sequence" not in keys(asked_questions(facts))


def test_not_yet_asked_differs_from_answered_with_unknown():
    facts = answers(is_medicine="yes")
    assert next_question(facts, {"is_medicine"}).key == "active_part"
    assert next_question(facts, {"is_medicine", "active_part"}).key == "made_recombinantly"


def test_enzyme_question_comes_only_after_an_enzyme():
    asked = {"is_medicine", "active_part", "viable_cells", "process_steps"}
    start = {key: CELLS[key] for key in asked}
    enzyme = answers(**start | {"process_steps": "enzymatic_dissociation"})
    other = answers(**start | {"process_steps": "other"})
    assert next_question(enzyme, asked).key == "intact_units"
    assert next_question(other, asked).key == "property_altered"
    assert next_question(answers(**start), asked).key == "same_location"


def test_device_with_a_vector_asks_for_cells_late():
    facts = answers(**VECTOR | {"integral_device": "yes", "viable_cells": "unknown"})
    asked = set(VECTOR) - {"viable_cells"}
    assert next_question(facts, asked).key == "viable_cells"


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_wizard_ends_and_leaves_nothing_open(data):
    facts, answered = ProductFacts(), []
    while question := next_question(facts, set(answered)):
        assert question.key not in answered
        assert question in asked_questions(facts)
        answered.append(question.key)
        facts = facts.with_answer(
            question.key, data.draw(st.none() | ANSWERS.get(question.key, st.booleans()))
        )
    verdict = classify(facts)
    asked = {question.key for question in asked_questions(facts)}
    assert asked <= set(answered)
    if all(getattr(facts, key) is not None for key in answered):
        assert verdict.is_determined
    elif verdict.first_open_question is not None:
        assert verdict.first_open_question.key in answered
