"""What lies between two sheets, compared as plain data."""

from hypothesis import given

from classification.engine import ChangedAnswer, Outcome, Sheet, asked_questions, classify, compare
from classification.engine.questions import QUESTION_OF
from tests.classification.engine.builders import CELLS, answers, complete_facts


def sheet(facts, **verdict):
    asked = {question.key for question in asked_questions(facts)}
    return Sheet(facts.to_exchange(), asked, {**classify(facts).to_json(), **verdict})


REPAIR = sheet(answers(**CELLS))
SIGNALS = sheet(answers(**{**CELLS, "claimed_action": "pim"}))


def test_another_claim_gives_another_class_with_its_findings():
    found = compare(REPAIR, SIGNALS)
    assert found.answers == (
        ChangedAnswer(
            QUESTION_OF["claimed_action"],
            "They regenerate, repair or replace tissue",
            "They act by pharmacological, immunological or metabolic means",
        ),
    )
    assert (found.old, found.new, found.is_other_class) == ((Outcome.TEP,), (Outcome.SCTMP,), True)
    assert [note["rule"] for note in found.findings_gone] == ["TEP-1"]
    assert [note["rule"] for note in found.findings_new] == ["SCT-1"]


def test_a_question_that_another_answer_opens_was_not_asked_before():
    fat = {**CELLS, "process_steps": ["cutting"], "same_location": "yes", "same_function": "yes"}
    found = compare(sheet(answers(**fat)), REPAIR)
    words = {change.question.id: (change.old, change.new) for change in found.answers}
    assert words["Q13"] == ("Not asked", "They regenerate, repair or replace tissue")
    assert words["Q09"] == ("Cutting", "Culture that expands the cells")
    assert found.new == (Outcome.TEP,)


def test_an_answer_that_is_missing_on_one_side_is_said():
    open_answers = dict(CELLS)
    del open_answers["claimed_action"]
    found = compare(REPAIR, sheet(answers(**open_answers)))
    assert [(change.old, change.new) for change in found.answers] == [
        ("They regenerate, repair or replace tissue", "Not answered")
    ]
    assert found.new == (Outcome.SCTMP, Outcome.TEP, Outcome.NOT_MEDICINE)


def test_the_verdict_that_was_given_counts_whatever_the_rules_say_now():
    flag = {"code": "seek_CAT", "text": "As it was written.", "citations": []}
    signed = sheet(answers(**CELLS), outcomes=["GTMP"], findings=[], flag_notes=[flag])
    found = compare(signed, REPAIR)
    assert (found.old, found.new) == ((Outcome.GTMP,), (Outcome.TEP,))
    assert (found.answers, found.findings_gone, found.flags_gone) == ((), (), (flag,))
    assert found.findings_new == tuple(REPAIR.verdict["findings"])


@given(facts=complete_facts)
def test_nothing_differs_from_itself(facts):
    assert compare(sheet(facts), sheet(facts)).is_empty


@given(one=complete_facts, other=complete_facts)
def test_the_way_back_is_the_way_there_turned_round(one, other):
    there, back = compare(sheet(one), sheet(other)), compare(sheet(other), sheet(one))
    assert (there.old, there.new) == (back.new, back.old)
    assert (there.findings_gone, there.findings_new) == (back.findings_new, back.findings_gone)
    assert (there.flags_gone, there.flags_new) == (back.flags_new, back.flags_gone)
    assert [(c.question, c.old, c.new) for c in there.answers] == [
        (c.question, c.new, c.old) for c in back.answers
    ]
