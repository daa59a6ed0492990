"""What would have changed a verdict: each other answer and where it leads."""

import pytest
from hypothesis import example, given, settings

from classification.engine import Outcome, ProductFacts, classify, what_if
from classification.engine.rules import RULESETS
from tests.classification.engine.builders import CELLS, VECTOR, answers, any_facts


def to(key, found):
    return [one for one in found if one.question.key == key]


def test_alternative_as_plain_data():
    first, *_ = to("claimed_action", what_if(answers(**CELLS)))
    assert first.to_json() == {
        "question": "Q13",
        "key": "claimed_action",
        "given": "regenerate",
        "answer": "pim",
        "label": "They act by pharmacological, immunological or metabolic means",
        "outcome": "sCTMP",
        "outcomes": ["sCTMP"],
        "is_change": True,
    }


def test_other_answer_may_open_questions_again():
    (one,) = to("viable_cells", what_if(answers(**CELLS)))
    assert one.outcome is Outcome.UNDETERMINED
    assert one.outcomes == (Outcome.TEP, Outcome.DEVICE, Outcome.TISSUE_CELL_SOHO)


def test_unknown_answer_shows_every_answer():
    found = to("integral_device", what_if(answers(**CELLS | {"integral_device": "unknown"})))
    assert [(one.given, one.answer, one.outcome, one.is_change) for one in found] == [
        (None, True, Outcome.COMBINED_TEP, True),
        (None, False, Outcome.TEP, True),
    ]


def test_every_question_on_the_way_has_its_other_answers():
    facts = answers(**CELLS)
    asked = [step.question.key for step in classify(facts).path]
    assert list(dict.fromkeys(one.question.key for one in what_if(facts))) == asked


def test_tells_what_would_change_it_and_what_would_not():
    found = what_if(answers(**CELLS))
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


def test_steps_are_dropped_one_by_one_and_all_together():
    found = what_if(answers(**CELLS | {"process_steps": ["cutting", "expansion", "differentiation"]}))
    assert [one.label for one in to("process_steps", found)] == [
        "Without: Culture that expands the cells",
        "Without: Differentiation",
        "Without: Culture that expands the cells; Differentiation",
    ]


def test_an_expansion_is_added_to_untouched_cells():
    untouched = CELLS | {"process_steps": ["cutting"], "same_location": "yes", "same_function": "yes"}
    (one,) = to("process_steps", what_if(answers(**untouched)))
    assert (one.label, one.outcome) == ("With: Culture that expands the cells", Outcome.TEP)


def test_unknown_list_shows_lists_in_whole():
    found = to("process_steps", what_if(answers(**CELLS | {"process_steps": "unknown"})))
    assert [one.label for one in found] == [
        "None of these",
        "Culture that expands the cells",
        "Enzymatic dissociation",
        "Another step",
        "Enzymatic dissociation; Another step",
    ]


def test_vector_is_told_what_an_infection_would_make_of_it():
    (one,) = to("infection_claim", what_if(answers(**VECTOR)))
    assert (one.label, one.outcome) == ("Yes", Outcome.VACCINE)


def test_unknown_list_shows_what_the_law_tells_apart():
    found = to("process_steps", what_if(answers(**CELLS | {"process_steps": "unknown"}), "US-FDA"))
    assert [one.label for one in found] == [
        "None of these",
        "Culture that expands the cells",
        "Enzymatic dissociation",
        "Cutting",
    ]


@pytest.mark.parametrize("ruleset", sorted(RULESETS))
@settings(deadline=None, max_examples=60)
@given(facts=any_facts)
@example(facts=ProductFacts())
def test_alternatives_are_what_the_rules_say(ruleset, facts):
    now = classify(facts, ruleset).outcomes
    for one in what_if(facts, ruleset):
        then = classify(facts.with_answer(one.question.key, one.answer), ruleset).outcomes
        assert (one.outcomes, one.is_change) == (then, then != now)
