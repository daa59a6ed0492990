"""The way to a verdict and what would have changed it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine import Outcome, ProductFacts, alternatives, classify
from classification.engine.facts import KEYS
from tests.classification.engine.builders import ANSWERS, CELLS, VECTOR, answers


def test_path_is_the_questions_asked_in_order():
    path = classify(answers(**CELLS)).path
    assert [(step.question.id, step.label) for step in path] == [
        ("Q01", "Yes"),
        ("Q02", "Living human or animal cells or tissue, not genetically modified"),
        ("Q07", "Yes"),
        ("Q09", "Culture that expands the cells"),
        ("Q12", "No"),
        ("Q12", "No"),
        ("Q13", "They regenerate, repair or replace tissue"),
        ("Q14", "No"),
    ]


def test_step_says_where_the_other_answers_lead():
    step = classify(answers(**CELLS)).path[6]
    assert step.to_json() == {
        "question": "Q13",
        "key": "claimed_action",
        "answer": "regenerate",
        "label": "They regenerate, repair or replace tissue",
        "otherwise": [
            {
                "answer": "pim",
                "label": "They act by pharmacological, immunological or metabolic means",
                "outcomes": ["sCTMP"],
            },
            {"answer": "both", "label": "Both of these, and both are claimed", "outcomes": ["TEP"]},
            {"answer": "neither", "label": "Neither", "outcomes": ["not_medicine"]},
        ],
    }


def test_other_answer_may_open_questions_again():
    step = classify(answers(**CELLS)).path[2]
    (lead,) = step.otherwise
    assert lead.outcome is Outcome.UNDETERMINED
    assert lead.outcomes == (Outcome.TEP, Outcome.DEVICE, Outcome.TISSUE_CELL_SOHO)


def test_unknown_step_shows_every_answer():
    (step,) = [
        step
        for step in classify(answers(**CELLS | {"integral_device": "unknown"})).path
        if step.answer is None
    ]
    assert step.label == "I do not know"
    assert [(lead.answer, lead.outcome) for lead in step.otherwise] == [
        (True, Outcome.COMBINED_TEP),
        (False, Outcome.TEP),
    ]


def test_alternatives_tell_what_would_change_it():
    found = alternatives(answers(**CELLS))
    assert {(one.question.key, one.label, one.outcome) for one in found if one.is_change} == {
        ("is_medicine", "No", Outcome.NOT_MEDICINE),
        ("active_part", "Genetically modified human or animal cells", Outcome.UNDETERMINED),
        ("viable_cells", "No", Outcome.UNDETERMINED),
        ("claimed_action", "They act by pharmacological, immunological or metabolic means", Outcome.SCTMP),
        ("claimed_action", "Neither", Outcome.NOT_MEDICINE),
        ("integral_device", "Yes", Outcome.COMBINED_TEP),
    }
    assert {(one.question.key, one.label) for one in found if not one.is_change} == {
        ("process_steps", "Without: Culture that expands the cells"),
        ("same_location", "Yes"),
        ("same_function", "Yes"),
        ("claimed_action", "Both of these, and both are claimed"),
    }


def test_alternatives_drop_steps_one_by_one_and_all_together():
    found = alternatives(answers(**CELLS | {"process_steps": ["cutting", "expansion", "differentiation"]}))
    assert [one.label for one in found if one.question.key == "process_steps"] == [
        "Without: Culture that expands the cells",
        "Without: Differentiation",
        "Without: Culture that expands the cells; Differentiation",
    ]


def test_alternatives_add_an_expansion_to_untouched_cells():
    given_ = CELLS | {"process_steps": ["cutting"], "same_location": "yes", "same_function": "yes"}
    (one,) = [one for one in alternatives(answers(**given_)) if one.question.key == "process_steps"]
    assert (one.label, one.outcome) == ("With: Culture that expands the cells", Outcome.TEP)


def test_alternatives_leave_unknown_answers_alone():
    given_ = answers(**VECTOR | {"integral_device": "unknown"})
    assert "integral_device" not in {one.question.key for one in alternatives(given_)}


@settings(deadline=None)
@given(st.builds(ProductFacts, **{key: ANSWERS.get(key, st.booleans()) for key in KEYS}))
def test_alternatives_are_what_the_rules_say(facts):
    for one in alternatives(facts):
        assert classify(facts.with_answer(one.question.key, one.answer)).outcomes == one.outcomes


def test_no_part_named_has_a_label():
    step = classify(answers(is_medicine="yes", active_part=[], viable_cells="no")).path[1]
    assert step.label == "None of these"
