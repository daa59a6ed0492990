"""The way to a verdict: the questions asked and what was answered."""

from classification.engine import classify
from tests.classification.engine.builders import CELLS, answers


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


def test_step_as_plain_data():
    assert classify(answers(**CELLS)).path[3].to_json() == {
        "question": "Q09",
        "key": "process_steps",
        "answer": ["expansion"],
        "label": "Culture that expands the cells",
    }


def test_unknown_answer_is_a_step_too():
    path = classify(answers(**CELLS | {"integral_device": "unknown"})).path
    assert (path[-1].question.id, path[-1].answer, path[-1].label) == ("Q14", None, "I do not know")


def test_no_part_named_has_a_label():
    step = classify(answers(is_medicine="yes", active_part=[], viable_cells="no")).path[1]
    assert step.label == "None of these"


def test_ticks_stand_in_the_order_of_the_questionnaire():
    steps = ["other", "freezing", "cutting"]
    (step,) = [
        step
        for step in classify(answers(**CELLS | {"process_steps": steps})).path
        if step.question.key == "process_steps"
    ]
    assert step.label == "Cutting; Freezing; Another step"
