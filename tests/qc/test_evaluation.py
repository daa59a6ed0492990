from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc.evaluation import (
    Criterion,
    Reading,
    conclude,
    conclude_read,
    decimals_of,
    does_rounding_decide,
    figure,
    in_words,
    read,
    rounded,
)
from qc.statuses import Conclusion, CriterionKind

COMPLIES, OOS, UNCLEAR = Conclusion.COMPLIES, Conclusion.OOS, Conclusion.INDETERMINATE


def at_least(limit, *, inclusive=True):
    lower = Decimal(limit)
    return Criterion(CriterionKind.MIN, lower, inclusive, decimals=decimals_of([lower]))


def at_most(limit, *, inclusive=True):
    upper = Decimal(limit)
    return Criterion(
        CriterionKind.MAX, upper=upper, is_upper_inclusive=inclusive, decimals=decimals_of([upper])
    )


def between(lower, upper, *, inclusive=(True, True)):
    low, high = Decimal(lower), Decimal(upper)
    return Criterion(
        CriterionKind.RANGE, low, inclusive[0], high, inclusive[1], decimals=decimals_of([low, high])
    )


@pytest.mark.parametrize(
    ("criterion", "typed", "conclusion"),
    [
        # QC-02: inclusive and exclusive limits
        (at_least("70"), "70", COMPLIES),
        (at_least("70", inclusive=False), "70", OOS),
        (at_least("70", inclusive=False), "71", COMPLIES),
        (at_most("5"), "5", COMPLIES),
        (at_most("5", inclusive=False), "5", OOS),
        (at_most("5", inclusive=False), "4", COMPLIES),
        (between("80", "120"), "80", COMPLIES),
        (between("80", "120"), "120", COMPLIES),
        (between("80", "120", inclusive=(False, True)), "80", OOS),
        (between("80", "120", inclusive=(True, False)), "120", OOS),
        (between("80", "120"), "79", OOS),
        (between("80", "120"), "121", OOS),
        # QC-04: rounded half up to the decimals of the limit before it is compared (R1)
        (at_least("80"), "79.5", COMPLIES),
        (at_least("80"), "79.49", OOS),
        (at_most("0.5"), "0.54", COMPLIES),
        (at_most("0.5"), "0.55", OOS),
        (at_most("0.50"), "0.504", COMPLIES),
        (at_most("0.50"), "0.505", OOS),
        (at_most("5", inclusive=False), "4.5", OOS),
        (at_most("5", inclusive=False), "4.49", COMPLIES),
        # QC-05: a censored value complies only when its bound decides (R2)
        (at_most("0.5"), "<0.3", COMPLIES),
        (at_most("0.5"), "<0.5", COMPLIES),
        (at_most("5", inclusive=False), "<5", COMPLIES),
        (at_most("0.5"), "<0.51", UNCLEAR),
        (at_most("0.5"), ">0.3", UNCLEAR),
        (at_most("0.5"), ">0.5", OOS),
        (at_most("0.5"), ">0.6", OOS),
        (at_least("50"), ">50", COMPLIES),
        (at_least("50", inclusive=False), ">50", COMPLIES),
        (at_least("50"), ">49", UNCLEAR),
        (at_least("50"), "<60", UNCLEAR),
        (at_least("50"), "<50", OOS),
        (between("80", "120"), ">90", UNCLEAR),
        (between("80", "120"), "<90", UNCLEAR),
        (between("80", "120"), ">120", OOS),
        (between("80", "120"), "<80", OOS),
        # the endotoxin limit of 70 kg and 68 mL in one hour, K = 5 EU/kg/h
        (at_most("5.147"), "5.1474", COMPLIES),
        (at_most("5.147"), "5.1475", OOS),
        (at_least("3000000"), "2.9999996e6", COMPLIES),
        (at_least("3000000"), "2.99999e6", OOS),
    ],
)
def test_a_number_against_its_limits(criterion, typed, conclusion):
    assert conclude(criterion, read(typed)) == conclusion


@pytest.mark.parametrize("kind", [CriterionKind.ABSENT, CriterionKind.TEXT])
@pytest.mark.parametrize(("seen", "conclusion"), [(True, COMPLIES), (False, OOS), (None, UNCLEAR)])
def test_what_the_eye_judges(kind, seen, conclusion):
    assert conclude(Criterion(kind), Reading(is_as_expected=seen)) == conclusion


@pytest.mark.parametrize("kind", CriterionKind)
def test_nothing_read_never_complies(kind):
    limits = Criterion(kind, Decimal(1), upper=Decimal(2))
    assert conclude(limits, Reading()) == UNCLEAR


@pytest.mark.parametrize("kind", [CriterionKind.MIN, CriterionKind.MAX, CriterionKind.RANGE])
def test_a_limit_that_is_missing_never_lets_a_number_comply(kind):
    assert conclude(Criterion(kind), read("1")) == UNCLEAR


def test_a_kind_nobody_knows_never_complies():
    assert conclude(Criterion("sigma"), read("1")) == UNCLEAR


@pytest.mark.parametrize(
    ("is_negative", "conclusion"), [(True, Conclusion.PENDING), (False, OOS), (None, UNCLEAR)]
)
def test_a_read_on_the_way_never_complies(is_negative, conclusion):
    assert conclude_read(is_negative) == conclusion


@given(st.decimals(-1000, 1000, places=4), st.sampled_from(["<", ">"]), st.integers(0, 200))
def test_a_censored_value_is_judged_as_every_value_behind_its_bound(bound, qualifier, step):
    """Where a bound decides, no value on its side is judged otherwise, short of rounding to the limit."""
    behind = bound - step - 1 if qualifier == "<" else bound + step + 1
    for criterion in (at_least("0"), at_most("0", inclusive=False), between("-10", "10")):
        verdict = conclude(criterion, Reading(bound, qualifier))
        if verdict != UNCLEAR:
            assert conclude(criterion, Reading(behind)) == verdict


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.25", 1, "0.3"), ("0.35", 1, "0.4"), ("2.5", 0, "3"), ("3.5", 0, "4"), ("96.24", 1, "96.2")],
)
def test_rounding_is_half_up_never_half_even(value, decimals, expected):
    assert str(rounded(Decimal(value), decimals)) == expected


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("96.2", "96.2", ""),
        (" < 0.30 ", "0.30", "<"),
        (">0.3", "0.3", ">"),
        ("1.2e6", "1.2E+6", ""),
        ("500 000", "500000", ""),
        ("-3", "-3", ""),
    ],
)
def test_what_is_typed_is_read_as_it_stands(typed, value, qualifier):
    assert (str(read(typed).value), read(typed).qualifier) == (value, qualifier)


@pytest.mark.parametrize("typed", ["", "about 5", "96,2", "<", "≤5", "NaN", "1e", "--1", "5 %"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="Write a number with a point") as refused:
        read(typed)
    assert str(refused.value) == "Write a number with a point, such as 96.2, or a bound, such as <0.3."


@pytest.mark.parametrize("typed", ["1e30", "0.1234567"])
def test_a_number_the_register_cannot_hold_is_refused(typed):
    with pytest.raises(ValueError, match="at most 18 digits and 6 decimals"):
        read(typed)


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (at_least("80"), "≥ 80"),
        (at_least("50", inclusive=False), "> 50"),
        (at_most("0.50"), "≤ 0.50"),
        (at_most("5", inclusive=False), "< 5"),
        (between("80", "120"), "80 to 120"),
        (between("0.5", "5"), "0.5 to 5.0"),
        (between("80", "120", inclusive=(False, True)), "> 80 and ≤ 120"),
        (at_least("500000"), "≥ 500\u202f000"),
        (Criterion(CriterionKind.ABSENT), "absent"),
        (Criterion(CriterionKind.TEXT, expected_text="all identifiers equal"), "all identifiers equal"),
        (Criterion(CriterionKind.MIN), "≥ no limit"),
    ],
)
def test_a_criterion_in_words(criterion, words):
    assert in_words(criterion) == words


def test_large_numbers_are_grouped_and_small_ones_are_not():
    assert [figure(Decimal(n)) for n in ("1000", "12345.5", "-200000")] == [
        "1000",
        "12\u202f345.5",
        "-200\u202f000",
    ]


@pytest.mark.parametrize(
    ("typed", "decides"), [("79.6", True), ("79.4", False), ("<79.6", False), ("81", False)]
)
def test_rounding_is_told_where_it_decides(typed, decides):
    assert does_rounding_decide(at_least("80"), read(typed)) is decides


def test_rounding_decides_nothing_without_a_number():
    assert does_rounding_decide(Criterion(CriterionKind.ABSENT), Reading(is_as_expected=True)) is False
