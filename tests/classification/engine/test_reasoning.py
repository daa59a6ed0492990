"""Unknown answers: compared with trying every possible answer one by one."""

from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classification.engine import Outcome, ProductFacts, classify
from classification.engine.facts import (
    KEYS,
    REGIONAL_KEYS,
    ClaimedAction,
    NonViableRole,
    Part,
    ProcessStep,
    Source,
)
from classification.engine.reasoning import Prospect, _followed, _from_the_start, leads, prospect
from classification.engine.rules import RULESETS
from classification.engine.rules.material import completions
from tests.classification.engine.builders import CELLS, answers, complete_facts

OUTCOME_KEYS = RULESETS["EU-2009"].reads
EUROPEAN = tuple(Outcome)[: list(Outcome).index(Outcome.UNDETERMINED)]
STEPS_THAT_DIFFER = [
    ProcessStep.CUTTING,
    ProcessStep.EXPANSION,
    ProcessStep.REPROGRAMMING,
    ProcessStep.ENZYMATIC_DISSOCIATION,
    ProcessStep.CO_CULTURE,
    ProcessStep.OTHER,
]


def every_list(ticks):
    return [frozenset(some) for size in range(len(ticks) + 1) for some in combinations(ticks, size)]


EVERY_ANSWER = {
    "active_part": every_list(list(Part)),
    "process_steps": every_list(STEPS_THAT_DIFFER),
    "claimed_action": list(ClaimedAction),
    "source": list(Source),
    "non_viable_role": list(NonViableRole),
}


def by_brute_force(facts, ruleset="EU-2009"):
    unknown = [key for key in RULESETS[ruleset].reads if getattr(facts, key) is None]
    outcomes = set()
    for values in product(*(EVERY_ANSWER.get(key, [True, False]) for key in unknown)):
        completed = {**facts.answers(), **dict(zip(unknown, values, strict=True))}
        outcomes |= prospect(completed, ruleset).outcomes
    return outcomes


def size_of_brute_force(keys):
    size = 1
    for key in keys:
        size *= len(EVERY_ANSWER.get(key, [True, False]))
    return size


outcome_keys = st.sets(st.sampled_from(sorted({*OUTCOME_KEYS, *REGIONAL_KEYS})), max_size=5)


@settings(deadline=None)
@given(complete_facts, st.sampled_from(sorted(RULESETS)))
def test_complete_answers_give_exactly_one_outcome(facts, ruleset):
    verdict = classify(facts, ruleset)
    assert verdict.outcomes == (verdict.outcome,)
    assert verdict.outcome is not Outcome.UNDETERMINED
    assert verdict.first_open_question is None


@settings(max_examples=120, deadline=None)
@given(complete_facts, outcome_keys, st.sampled_from(sorted(RULESETS)))
def test_unknown_answers_are_exact(facts, forgotten, ruleset):
    assume(size_of_brute_force(forgotten) <= 600)
    for key in forgotten:
        facts = facts.with_answer(key, None)
    assert prospect(facts.answers(), ruleset).outcomes == by_brute_force(facts, ruleset)


@settings(max_examples=60, deadline=None)
@given(complete_facts, outcome_keys, st.sampled_from(sorted(RULESETS)))
def test_leads_of_each_answer_are_exact(facts, forgotten, ruleset):
    assume(size_of_brute_force(forgotten) <= 600)
    for key in forgotten:
        facts = facts.with_answer(key, None)
    for key in forgotten & RULESETS[ruleset].reads:
        found = leads(key, completions(key), facts.answers(), ruleset)
        assert found == {
            answer: by_brute_force(facts.with_answer(key, answer), ruleset) for answer in completions(key)
        }


@settings(max_examples=25, deadline=None)
@given(complete_facts, st.sampled_from(sorted(RULESETS)))
def test_one_list_of_each_kind_is_enough(facts, ruleset):
    facts = facts.with_answer("active_part", None)
    assert prospect(facts.answers(), ruleset).outcomes == by_brute_force(facts, ruleset)
    assert len(completions("active_part")) < 40


@settings(deadline=None)
@given(complete_facts, st.sets(st.sampled_from(KEYS)))
def test_unknown_never_removes_the_former_outcome(facts, forgotten):
    before = classify(facts).outcome
    for key in forgotten:
        facts = facts.with_answer(key, None)
    assert before in classify(facts).outcomes


@settings(deadline=None)
@given(complete_facts, st.randoms(use_true_random=False))
def test_order_of_answering_is_irrelevant(facts, random):
    exchanged = list(facts.to_exchange().items())
    random.shuffle(exchanged)
    assert classify(ProductFacts.from_exchange(dict(exchanged))).to_json() == classify(facts).to_json()


@settings(max_examples=60, deadline=None)
@given(complete_facts, outcome_keys)
def test_first_open_question_is_the_first_that_splits(facts, forgotten):
    assume(size_of_brute_force(forgotten) <= 128)
    for key in forgotten:
        facts = facts.with_answer(key, None)
    verdict = classify(facts)
    everything = by_brute_force(facts)
    splitting = [
        key
        for key in KEYS
        if key in forgotten
        and any(
            by_brute_force(facts.with_answer(key, value)) != everything
            for value in EVERY_ANSWER.get(key, [True, False])
        )
    ]
    if len(everything) == 1:
        assert verdict.first_open_question is None
    else:
        assert verdict.first_open_question.key == (splitting or [verdict.first_open_question.key])[0]


def test_two_unknowns_that_matter_only_together_name_the_first():
    verdict = classify(
        answers(
            is_medicine="yes",
            active_part="non_viable_cells_or_tissue",
            process_steps=["soaking"],
            claimed_action="regenerate",
            integral_device="yes",
            non_viable_role="tissue_as_such",
        )
    )
    assert verdict.outcomes == (Outcome.COMBINED_TEP, Outcome.TISSUE_CELL_SOHO)
    assert verdict.first_open_question.key == "viable_cells"


@settings(deadline=None)
@given(complete_facts, st.sampled_from(KEYS), st.data())
def test_a_question_that_is_not_asked_cannot_matter(facts, key, data):
    assume(key not in prospect(facts.answers(), "EU-2009").asked)
    other = data.draw(st.sampled_from(EVERY_ANSWER.get(key, [True, False])))
    assert classify(facts.with_answer(key, other)).outcome == classify(facts).outcome


@settings(deadline=None)
@given(complete_facts)
def test_either_reason_makes_cells_engineered(facts):
    facts = facts.with_answer("is_medicine", True).with_answer("viable_cells", True)
    facts = facts.with_answer("active_part", frozenset({Part.VIABLE_CELLS_OR_TISSUE}))
    rules = {finding.rule for finding in classify(facts).findings}
    is_engineered = "ENG-1" in rules or "ENG-3" in rules
    assert is_engineered != ("ENG-4" in rules)
    assert (classify(facts).outcome == Outcome.TISSUE_CELL_SOHO) == (not is_engineered)


@settings(deadline=None)
@given(complete_facts, outcome_keys, st.sampled_from(sorted(RULESETS)))
def test_walking_every_branch_and_sharing_like_branches_agree(facts, forgotten, ruleset):
    rules = RULESETS[ruleset]
    facts = facts.only(rules.reads - forgotten)
    walked = _followed(rules, rules.first, facts.answers())
    shared = _from_the_start(rules, facts.answers())
    assert Prospect(frozenset(shared.outcomes), shared.findings, shared.asked) == walked


def test_nothing_answered_leaves_every_class_open():
    verdict = classify(ProductFacts())
    assert verdict.outcomes == EUROPEAN
    assert verdict.first_open_question.id == "Q01"
    assert verdict.findings == ()


def test_unknown_that_cannot_matter_still_decides():
    verdict = classify(answers(**CELLS | {"same_location": "unknown", "same_function": "unknown"}))
    assert verdict.outcome == Outcome.TEP
    assert [finding.rule for finding in verdict.findings] == ["CEL-1", "ENG-1", "TEP-1", "DEV-2"]


def test_findings_of_an_open_verdict_hold_in_every_case():
    verdict = classify(answers(**CELLS | {"claimed_action": "unknown"}))
    assert verdict.outcomes == (Outcome.SCTMP, Outcome.TEP, Outcome.NOT_MEDICINE)
    assert [finding.rule for finding in verdict.findings] == ["CEL-1", "ENG-1", "ENG-3"]
    assert verdict.first_open_question.id == "Q13"


def test_unknown_rule_set_is_refused():
    with pytest.raises(KeyError, match="EU-2050"):
        classify(ProductFacts(), "EU-2050")
