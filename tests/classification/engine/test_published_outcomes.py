"""The engine against the published outcomes: none of the trusted rows of the library may be contradicted."""

import csv
from pathlib import Path

import pytest

from classification.engine.precedents import Agreement, Fact, PublishedCase, reading_of
from classification.published.shipped import shipped_rows, undecided

REFERENCE_TABLE = Path(__file__).parents[4] / "shared" / "data" / "cat_outcomes.csv"


def cases():
    return [
        PublishedCase(
            reference=row["reference"],
            product=row["product"],
            indication=row["indication"],
            outcome=row["outcome"],
            verification=row["verification"],
            facts=row["facts"],
            decided_on=row["decided_on"],
        )
        for row in shipped_rows()
    ]


TRUSTED = [case for case in cases() if case.is_trusted]


@pytest.mark.parametrize("case", TRUSTED, ids=lambda case: case.reference)
def test_published_outcome_is_not_contradicted(case):
    assert reading_of(case).agreement in {Agreement.SAME, Agreement.OPEN}


def test_facts_that_decide_give_the_published_outcome_alone():
    agreed = [case for case in TRUSTED if reading_of(case).agreement is Agreement.SAME]
    assert (len(agreed), len(TRUSTED)) == (52, 59)


def test_the_list_of_undecided_rows_with_their_reasons_is_exact():
    left_open = {case.reference for case in TRUSTED if reading_of(case).agreement is Agreement.OPEN}
    assert left_open == set(undecided())
    assert all(why.endswith(".") for why in undecided().values())


def test_the_open_question_of_an_undecided_row_is_named():
    questions = {
        case.reference: reading_of(case).open_question.id for case in TRUSTED if case.reference in undecided()
    }
    assert questions == {
        "CAT-001": "Q13",
        "CAT-009": "Q09",
        "CAT-011": "Q13",
        "CAT-026": "Q09",
        "CAT-030": "Q14",
        "CAT-032": "Q08",
        "CAT-036": "Q13",
    }


def test_a_row_that_says_otherwise_is_contradicted():
    (case,) = [case for case in TRUSTED if case.reference == "CAT-008"]
    wrong = PublishedCase(
        case.reference, case.product, case.indication, "GTMP", case.verification, case.facts
    )
    assert reading_of(wrong).agreement is Agreement.CONTRADICTED


def test_a_row_without_facts_says_nothing_about_the_rules():
    bare = PublishedCase("EMA-2021-001", "Autologous T cells", "Lymphoma", "GTMP", "imported", {})
    assert reading_of(bare).agreement is Agreement.NO_FACTS


@pytest.mark.skipif(not REFERENCE_TABLE.exists(), reason="the reference table is not beside this folder")
def test_the_library_holds_the_facts_of_the_reference_table():
    with REFERENCE_TABLE.open(encoding="utf-8", newline="") as file:
        table = {row["id"]: row for row in csv.DictReader(file)}
    kept = ("outcome", "dated", "row_kind", "verification")
    assert {
        row["reference"]: {**row["facts"], **{name: row[name] for name in kept}} for row in shipped_rows()
    } == {
        reference: {
            **{str(fact): row[fact] for fact in Fact},
            "outcome": row["outcome"],
            "dated": row["date"],
            "row_kind": row["row_kind"],
            "verification": row["verification"],
        }
        for reference, row in table.items()
    }
