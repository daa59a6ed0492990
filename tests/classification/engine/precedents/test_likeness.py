from dataclasses import replace

import pytest

from classification.engine import classify
from classification.engine.precedents import WORDS, Fact, Library, PublishedCase
from classification.engine.precedents.comparison import NO_VALUE
from classification.published.shipped import shipped_rows
from tests.classification.engine.builders import CELLS, VECTOR, answers

CASES = [
    PublishedCase(
        row["reference"],
        row["product"],
        row["indication"],
        row["outcome"],
        row["verification"],
        row["facts"],
        row["decided_on"],
    )
    for row in shipped_rows()
]
LIBRARY = Library(CASES)
HEART = "Expanded allogeneic bone marrow stromal cells ischaemic heart failure"
MARROW_CELLS = CELLS | {"source": "allogeneic"}


def near(given, text, most=4):
    return LIBRARY.nearest(answers(**given), text, most)


def references(found):
    return [likeness.case.reference for likeness in found]


def test_the_claim_decides_what_is_near():
    repair = near(MARROW_CELLS, HEART)
    signals = near(
        MARROW_CELLS | {"claimed_action": "pim"}, "Expanded stromal cells, graft-versus-host disease"
    )
    assert references(repair)[:2] == ["GEX-009", "CAT-008"]
    assert references(signals)[:2] == ["CAT-015", "AUT-024"]


def test_why_a_case_is_near_is_said_in_words():
    heart_repair = next(found for found in near(MARROW_CELLS, HEART) if found.case.reference == "CAT-008")
    assert heart_repair.same == (
        "repair is claimed",
        "living cells",
        "another function",
        "substantially manipulated",
        "cardiac",
        "expanded",
    )
    assert heart_repair.differs == ("autologous",)
    assert (len(heart_repair.comparison.agreeing), heart_repair.comparison.compared) == (6, 7)


def test_a_few_answers_are_enough_to_look():
    found = near({"active_part": "viable_cells_or_tissue"}, HEART)
    assert references(found)[:3] == ["GEX-009", "CAT-015", "CAT-008"]
    assert {likeness.comparison.compared for likeness in found} == {2}


def test_without_answers_the_words_alone_count():
    found = near({}, "CAR-T cells against CD19, lymphoma", most=2)
    assert references(found) == ["AUT-013", "AUT-005"]
    assert found[0].same == ("lymphoma", "CD19")
    assert found[0].differs == ()


def test_without_answers_and_words_nothing_is_near():
    assert near({}, "") == []
    assert near({}, "zzz") == []


def test_what_goes_without_saying_is_said_only_where_there_is_nothing_else():
    bare = PublishedCase("X", "", "", "GTMP", "verified-primary", {Fact.GENES: "no"})
    (found,) = Library([bare]).nearest(answers(active_part="other"), "", 1)
    assert found.same == ("not recombinant",)


def test_a_case_without_facts_is_found_by_its_words():
    listed = PublishedCase("EMA-2021-001", "Cardiospheres for the heart", "", "TEP", "imported", {})
    (found,) = Library([*CASES, listed]).nearest(answers(**MARROW_CELLS), "cardiospheres", 1)
    assert (found.case, found.same, found.comparison.compared) == (listed, ("cardiospheres",), 0)


def test_ranking_does_not_depend_on_the_order_of_the_cases():
    again = Library(reversed(CASES)).nearest(answers(**MARROW_CELLS), HEART, len(CASES))
    assert again == LIBRARY.nearest(answers(**MARROW_CELLS), HEART, len(CASES))


def test_of_equals_the_trusted_and_then_the_newest_is_named_first():
    twin = PublishedCase("B", "Skin", "Burns", "TEP", "verified-primary", {}, CASES[0].decided_on)
    recalled = replace(twin, reference="A", verification="recalled-medium")
    newer = replace(twin, reference="C", decided_on=CASES[-1].decided_on)
    found = Library([recalled, twin, newer]).nearest(answers(), "skin", 3)
    assert references(found) == ["C", "B", "A"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.reference)
def test_every_case_is_found_by_its_own_words(case):
    found = LIBRARY.nearest(answers(), f"{case.product} {case.indication}", 1)
    assert found[0].case.reference == case.reference


def test_how_many_share_five_answers():
    assert LIBRARY.sharing(answers(**MARROW_CELLS)) == 15
    assert LIBRARY.sharing(answers()) == 0


def against(given, text=""):
    facts = answers(**given)
    return LIBRARY.disagreeing(facts, classify(facts).outcomes, text)


def test_no_trusted_case_speaks_against_what_the_rules_decide_on_whole_facts():
    assert against(MARROW_CELLS) == []
    assert against(VECTOR) == []


def test_a_case_whose_scaffold_was_no_device_speaks_against_a_combined_product():
    (found,) = against(MARROW_CELLS | {"integral_device": "yes"}, "stromal cells on dermis")
    assert found.case.reference == "CAT-030"
    assert found.unpublished == ("the manipulation", "whether a device is part of it")


def test_where_less_can_be_compared_the_words_have_to_be_alike():
    assert references(against(MARROW_CELLS, "fibroblasts and keratinocytes for venous ulcers")) == ["CAT-001"]
    assert against(MARROW_CELLS, HEART) == []


def test_a_recalled_or_imported_case_speaks_against_nothing():
    facts = answers(**MARROW_CELLS)
    other = replace(CASES[4], outcome="GTMP")
    assert other.reference == "CAT-008"
    assert len(Library([other]).disagreeing(facts, classify(facts).outcomes)) == 1
    for mark in ("recalled-medium", "imported"):
        library = Library([replace(other, verification=mark)])
        assert library.disagreeing(facts, classify(facts).outcomes) == []


def test_of_an_inferred_class_only_that_it_is_an_atmp_counts():
    facts = answers(**MARROW_CELLS)
    inferred = replace(CASES[4], outcome="GTMP", verification="class-inferred")
    assert Library([inferred]).disagreeing(facts, classify(facts).outcomes) == []


def test_every_value_of_the_library_has_words():
    values = {(Fact(fact), value) for case in CASES for fact, value in case.facts.items()}
    assert {pair for pair in values if pair[1] not in NO_VALUE} <= set(WORDS)
