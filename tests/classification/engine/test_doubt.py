"""What an open question leaves possible, compared with the verdict itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine import QUESTIONS, FlagCode, Outcome, ProductFacts, classify
from classification.engine.doubt import doubt
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
