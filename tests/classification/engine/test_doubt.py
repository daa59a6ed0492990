"""What an open question leaves possible, compared with the verdict itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine import QUESTIONS, FlagCode, Outcome, ProductFacts, classify
from classification.engine.doubt import doubt, way_to
from classification.engine.questions import QUESTION_OF
from tests.classification.engine.builders import ANSWERS, CELLS, VECTOR, answers

RULES = "EU-2009"


def test_it_leaves_what_the_verdict_leaves_and_each_answer_leaves_part_of_it():
    left = doubt(answers(**CELLS), QUESTION_OF["claimed_action"], RULES)
    assert left.outcomes == (Outcome.SCTMP, Outcome.TEP, Outcome.NOT_MEDICINE)
    assert set(left.leads) == {(Outcome.TEP,), (Outcome.SCTMP,), (Outcome.NOT_MEDICINE,)}
    assert left.matters


def test_an_idle_answer_does_not_matter():
    left = doubt(answers(**CELLS), QUESTION_OF["same_location"], RULES)
    assert not left.matters
    assert left.asks_the_cat


def test_a_question_beside_the_class_waits_with_its_flags():
    left = doubt(answers(**VECTOR), QUESTION_OF["hospital_custom_made"], RULES)
    assert left.outcomes == (Outcome.GTMP,)
    assert left.leads == ()
    assert left.flags == (FlagCode.HOSPITAL_EXEMPTION_POSSIBLE,)


def test_where_the_class_is_no_atmp_no_flag_waits():
    left = doubt(ProductFacts(is_medicine=False), QUESTION_OF["sme"], RULES)
    assert (left.outcomes, left.flags) == ((Outcome.NOT_MEDICINE,), ())


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_answer_leads_out_of_what_the_open_question_leaves(data):
    facts = ProductFacts(
        **{
            question.key: data.draw(st.none() | ANSWERS.get(question.key, st.booleans()))
            for question in QUESTIONS
        }
    )
    question = data.draw(st.sampled_from(QUESTIONS))
    left = doubt(facts, question, RULES)
    assert left.outcomes == classify(facts.with_answer(question.key, None), RULES).outcomes
    if left.leads:
        assert set().union(*left.leads) == set(left.outcomes)


def taken(facts, outcome):
    return [(step.question.key, step.answer) for step in way_to(outcome, facts, RULES)]


def test_the_way_to_a_class_is_the_one_answer_that_decides():
    facts = answers(**CELLS | {"integral_device": "unknown", "same_location": "unknown"})
    assert taken(facts, Outcome.TEP) == [("integral_device", False)]
    assert taken(facts, Outcome.COMBINED_TEP) == [("integral_device", True)]


def test_two_answers_are_named_where_one_does_not_suffice():
    facts = answers(**CELLS | {"integral_device": "unknown", "claimed_action": "unknown"})
    assert taken(facts, Outcome.COMBINED_SCTMP) == [("claimed_action", "pim"), ("integral_device", True)]
    assert taken(facts, Outcome.NOT_MEDICINE) == [("claimed_action", "neither")]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_the_way_leads_to_its_class_and_no_step_of_it_is_idle(data):
    facts = ProductFacts(
        **{
            question.key: data.draw(st.none() | ANSWERS.get(question.key, st.booleans()))
            for question in QUESTIONS
        }
    )
    outcome = data.draw(st.sampled_from(classify(facts, RULES).outcomes))
    steps = way_to(outcome, facts, RULES)
    for step in steps:
        facts = facts.with_answer(step.question.key, step.answer)
    assert classify(facts, RULES).outcomes == (outcome,)
    for step in steps:
        assert classify(facts.with_answer(step.question.key, None), RULES).outcomes != (outcome,)
