"""What holds for every answer sheet under every set of rules."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine import RULESETS, FlagCode, Outcome, ProductFacts, classify, next_question
from classification.engine.facts import (
    ALL_KEYS,
    KEYS,
    REGIONAL_KEYS,
    ClaimedAction,
    NonViableRole,
    Part,
    ProcessStep,
    Source,
)
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Way
from tests.classification.engine.builders import complete_facts

RULES = sorted(RULESETS)
EACH = pytest.mark.parametrize("ruleset", RULES)

EUROPEAN = frozenset(tuple(Outcome)[: list(Outcome).index(Outcome.UNDETERMINED)])
CLASSES = {
    "EU-2009": EUROPEAN,
    "EU-REFORM": EUROPEAN,
    "UK-2012": EUROPEAN,
    "US-FDA": frozenset(outcome for outcome in Outcome if outcome.startswith("us_")),
    "JP-PMD": frozenset(outcome for outcome in Outcome if outcome.startswith("jp_")),
}
"""The classes that a set of rules can name."""

SHEETS = 4_000
"""Enough drawn answer sheets to meet every rule and to see every question matter; the seed is fixed."""

CHOICES = {
    "claimed_action": list(ClaimedAction),
    "source": list(Source),
    "non_viable_role": list(NonViableRole),
}


def drawn(chance, key):
    if key == "active_part":
        return frozenset(chance.sample(list(Part), chance.choice([1, 1, 1, 2])))
    if key == "process_steps":
        return frozenset(chance.sample(list(ProcessStep), chance.choice([0, 1, 1, 2])))
    return chance.choice(CHOICES.get(key, [True, False]))


@cache
def sheets():
    """Draw complete answer sheets of medicines, and one of something that is none."""
    chance = random.Random(1394)  # noqa: S311 - answers to test with, nothing secret
    facts = [ProductFacts(**{key: drawn(chance, key) for key in ALL_KEYS}) for _ in range(SHEETS)]
    return [facts[0].with_answer("is_medicine", False)] + [
        one.with_answer("is_medicine", True) for one in facts
    ]


@EACH
@settings(deadline=None)
@given(facts=complete_facts)
def test_a_complete_sheet_has_exactly_one_class(ruleset, facts):
    verdict = classify(facts, ruleset)
    assert verdict.outcomes == (verdict.outcome,)
    assert verdict.outcome in CLASSES[ruleset]
    assert verdict.first_open_question is None


@EACH
def test_every_class_has_its_witness(ruleset):
    assert {classify(facts, ruleset).outcome for facts in sheets()} == CLASSES[ruleset]


@settings(deadline=None)
@given(complete_facts, st.sampled_from(["EU-2009", "UK-2012"]))
def test_either_reason_alone_makes_cells_engineered(facts, ruleset):
    """Substantial manipulation OR another function; only where both are absent it leads out."""
    facts = (
        facts.with_answer("is_medicine", True)
        .with_answer("active_part", frozenset({Part.VIABLE_CELLS_OR_TISSUE}))
        .with_answer("viable_cells", True)
    )
    manipulated = facts.with_answer("process_steps", frozenset({ProcessStep.EXPANSION}))
    untouched = facts.with_answer("process_steps", frozenset({ProcessStep.CUTTING}))
    for base, same_function in ((manipulated, True), (untouched, False), (manipulated, False)):
        engineered = base.with_answer("same_location", True).with_answer("same_function", same_function)
        assert classify(engineered, ruleset).outcome is not Outcome.TISSUE_CELL_SOHO
        assert classify(engineered, ruleset).outcome.is_atmp == (
            facts.claimed_action is not ClaimedAction.NEITHER
        )
    at_home = untouched.with_answer("same_location", True).with_answer("same_function", True)
    assert classify(at_home, ruleset).outcome is Outcome.TISSUE_CELL_SOHO


@EACH
@settings(deadline=None, max_examples=60)
@given(facts=complete_facts, forgotten=st.sets(st.sampled_from(ALL_KEYS)))
def test_an_answer_taken_back_never_removes_the_class(ruleset, facts, forgotten):
    before = classify(facts, ruleset).outcome
    for key in sorted(forgotten):
        facts = facts.with_answer(key, None)
        assert before in classify(facts, ruleset).outcomes


@EACH
@settings(deadline=None, max_examples=40)
@given(facts=complete_facts, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_answers_is_irrelevant(ruleset, facts, chance):
    exchanged = list(facts.to_exchange().items())
    chance.shuffle(exchanged)
    again = ProductFacts()
    for key, _ in exchanged:
        again = again.with_answer(key, getattr(facts, key))
    assert classify(again, ruleset).to_json() == classify(facts, ruleset).to_json()
    read = ProductFacts.from_exchange(dict(exchanged))
    assert classify(read, ruleset).to_json() == classify(facts, ruleset).to_json()


@EACH
@settings(deadline=None, max_examples=40)
@given(facts=complete_facts, early=st.sets(st.sampled_from(ALL_KEYS), max_size=8))
def test_the_questions_lead_to_the_class_whatever_was_answered_before(ruleset, facts, early):
    """Some answers are there already; the questionnaire asks for the rest, and no more than it needs."""
    so_far, answered = facts.only(early), set(early)
    while question := next_question(so_far, answered, ruleset):
        assert question.key not in answered
        answered.add(question.key)
        so_far = so_far.with_answer(question.key, getattr(facts, question.key))
    assert classify(so_far, ruleset).outcomes == classify(facts, ruleset).outcomes


@settings(deadline=None, max_examples=60)
@given(complete_facts)
def test_the_european_questionnaire_never_asks_what_only_other_law_asks(facts):
    so_far, answered = ProductFacts(), set()
    while question := next_question(so_far, answered):
        answered.add(question.key)
        so_far = so_far.with_answer(question.key, getattr(facts, question.key))
    assert answered.isdisjoint(REGIONAL_KEYS)


def applied(ruleset, facts):
    """Name the rules that have something to say on the way."""
    place = ruleset.first
    while isinstance(place, Way):
        station = ruleset.stations[place]
        case = Case(facts.answers())
        case.base = station.base
        for rule in station.rules:
            finding = rule(case)
            if finding is None:
                continue
            yield rule
            place = finding.leads_to or place
            if finding.leads_to:
                break
        else:
            place = station.otherwise


@EACH
def test_every_rule_has_its_witness(ruleset):
    rules = RULESETS[ruleset]
    seen = {rule for facts in sheets() for rule in applied(rules, facts)}
    assert set(rules.rules) - seen == set()


def told(verdict):
    """Give what a question can change: the class and what to heed beside it."""
    return verdict.outcome, tuple(flag.code for flag in verdict.flags)


def witness(ruleset, key):
    """Find two sheets that differ in this answer only and are judged differently."""
    chance = random.Random(1271)  # noqa: S311 - answers to test with, nothing secret
    for facts in sheets():
        other = facts.with_answer(key, drawn(chance, key))
        if told(classify(facts, ruleset)) != told(classify(other, ruleset)):
            return facts, other
    return None


@EACH
def test_every_question_that_rules_read_can_change_the_class(ruleset):
    chance = random.Random(2009)  # noqa: S311 - answers to test with, nothing secret
    undecided = set(RULESETS[ruleset].reads)
    for facts in sheets():
        before = classify(facts, ruleset).outcome
        undecided -= {
            key
            for key in undecided
            if classify(facts.with_answer(key, drawn(chance, key)), ruleset).outcome is not before
        }
    assert undecided == set()


@pytest.mark.parametrize("key", KEYS)
def test_every_question_of_the_questionnaire_can_matter(key):
    assert witness("EU-2009", key) is not None


@pytest.mark.parametrize("key", REGIONAL_KEYS)
def test_every_regional_question_can_matter_where_it_is_asked(key):
    assert witness("US-FDA", key) is not None
    assert witness("EU-2009", key) is None


@settings(deadline=None, max_examples=200)
@given(complete_facts, st.sets(st.sampled_from(KEYS), max_size=4))
def test_the_reform_is_flagged_where_its_classes_are_others(facts, forgotten):
    for key in sorted(forgotten - {"active_part"}):
        facts = facts.with_answer(key, None)
    today, then = classify(facts), classify(facts, "EU-REFORM")
    is_flagged = FlagCode.REFORM_CHANGES_RESULT in {flag.code for flag in today.flags}
    assert is_flagged == set(today.outcomes).isdisjoint(then.outcomes)
