from datetime import date

import pytest

from classification.published.wording import NotUnderstood, PublishedDate, date_in, fingerprint, outcome_in


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Gene therapy medicinal product", "GTMP"),
        ("GTMP", "GTMP"),
        ("GT, combined", "combined-GTMP"),
        ("Somatic cell therapy medicinal product", "sCTMP"),
        ("sCTMP", "sCTMP"),
        ("somatic-cell therapy (combined ATMP)", "combined-sCTMP"),
        ("Tissue-engineered product", "TEP"),
        ("TISSUE ENGINEERED PRODUCT, COMBINED", "combined-TEP"),
        ("Tissue engineered product - not combined", "TEP"),
        ("TEP, non-combined ATMP", "TEP"),
        ("Tissue engineered product, not a combined product", "TEP"),
        ("Not an ATMP", "not-ATMP"),
        ("non-ATMP", "not-ATMP"),
        ("Does not fulfil the definition of an advanced therapy medicinal product", "not-ATMP"),
        ("not_ATMP", "not-ATMP"),
    ],
)
def test_outcomes_in_words(text, outcome):
    assert outcome_in(text) == outcome


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("withdrawn", "the outcome names no class"),
        ("Combined ATMP", "the outcome names no class"),
        ("Gene therapy or tissue engineered product", "the outcome names more than one class"),
        (
            "Not an ATMP; the definition of a tissue engineered product is not met",
            "the outcome names a class and says that it is no ATMP",
        ),
        ("Not a gene therapy medicinal product", "the outcome says what it is not"),
        ("Does not meet the definition of a somatic cell therapy", "the outcome says what it is not"),
        ("It isn't a TEP", "the outcome says what it is not"),
        ("TEP, not considered combined", "the outcome says what it is not"),
        ("TEP; combined ATMP: no", "the outcome says what it is not"),
        ("Tissue engineered product without a combined device", "the outcome says what it is not"),
    ],
)
def test_an_outcome_that_says_two_things_or_nothing_is_not_guessed(text, reason):
    with pytest.raises(NotUnderstood, match=reason):
        outcome_in(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2009", (2009, 0, 0)),
        ("2016-10", (2016, 10, 0)),
        ("10/2016", (2016, 10, 0)),
        ("Oct-16", (2016, 10, 0)),
        ("Oct '16", (2016, 10, 0)),
        ("October 2016", (2016, 10, 0)),
        ("Sept. 2020", (2020, 9, 0)),
        ("2021-04-22", (2021, 4, 22)),
        ("2021-04-22 00:00:00", (2021, 4, 22)),
        ("22/04/2021", (2021, 4, 22)),
        ("22.4.21", (2021, 4, 22)),
        ("04/22/2021", (2021, 4, 22)),
        ("03/04/2021", (2021, 4, 3)),
        ("22 April 2021", (2021, 4, 22)),
        ("22-Apr-2021", (2021, 4, 22)),
        ("1st March 2020", (2020, 3, 1)),
        ("April 22, 2021", (2021, 4, 22)),
    ],
)
def test_dates_in_many_forms(text, found):
    assert date_in(text) == PublishedDate(*found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "the date is not understood"),
        ("1/2", "the date is not understood"),
        ("31/02/2020", "the date does not exist"),
        ("13/13/2020", "the date does not exist"),
        ("2020-00", "the date does not exist"),
        ("00/01/2020", "the date does not exist"),
        ("1894", "the date does not exist"),
        ("3 Brumaire 2020", "the date names no month"),
    ],
)
def test_a_date_that_is_none_is_not_guessed(text, reason):
    with pytest.raises(NotUnderstood, match=reason):
        date_in(text)


def test_a_date_is_said_and_sorted_as_exactly_as_it_was_published():
    dates = [PublishedDate(2009), PublishedDate(2016, 10), PublishedDate(2021, 4, 22)]
    assert [str(dated) for dated in dates] == ["2009", "Oct 2016", "22 Apr 2021"]
    assert [dated.first for dated in dates] == [date(2009, 1, 1), date(2016, 10, 1), date(2021, 4, 22)]


def test_case_spaces_and_the_day_do_not_make_another_row():
    one = fingerprint("Skin  cells", "Burns", "TEP", PublishedDate(2021, 4, 22))
    assert one == fingerprint("skin cells ", "BURNS", "TEP", PublishedDate(2021, 4, 1))
    others = [
        fingerprint("Skin cell", "Burns", "TEP", PublishedDate(2021, 4, 22)),
        fingerprint("Skin cells", "", "TEP", PublishedDate(2021, 4, 22)),
        fingerprint("Skin cells", "Burns", "sCTMP", PublishedDate(2021, 4, 22)),
        fingerprint("Skin cells", "Burns", "TEP", PublishedDate(2021, 5, 22)),
    ]
    assert len({one, *others}) == 5
