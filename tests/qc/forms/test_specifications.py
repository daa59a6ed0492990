from decimal import Decimal

import pytest

from qc.forms import LineForm, PickForm, SpecificationForm, initial_of, line_form_for
from tests.factories import dossiers, qc

pytestmark = pytest.mark.django_db

LINE = {
    "category": "viability",
    "name": "Viability",
    "method": "Ph. Eur. 2.7.29",
    "criterion": "min",
    "lower": "80",
    "is_lower_inclusive": "yes",
    "is_upper_inclusive": "yes",
    "unit": "%",
    "turnaround_hours": "1",
    "may_follow_release": "before",
}


def errors_of(**changes):
    form = LineForm({**LINE, **changes})
    form.is_valid()
    return {name: list(found) for name, found in form.errors.items()}


def test_a_line_as_the_action_takes_it():
    form = LineForm({**LINE, "lower": "0.50", "may_follow_release": "after", "is_lower_inclusive": "no"})
    assert form.is_valid()
    assert form.line == {
        "category": "viability",
        "name": "Viability",
        "method": "Ph. Eur. 2.7.29",
        "criterion": "min",
        "lower": Decimal("0.50"),
        "is_lower_inclusive": False,
        "upper": None,
        "is_upper_inclusive": True,
        "decimals": 2,
        "unit": "%",
        "expected_text": "",
        "turnaround_hours": Decimal(1),
        "may_follow_release": True,
        "read_days": "",
        "alternative": "",
        "mechanism": "",
        "source": "",
    }


@pytest.mark.parametrize(("category", "kept"), [("potency", "kills_targets"), ("viability", "")])
def test_only_a_potency_test_names_a_mechanism(category, kept):
    form = LineForm({**LINE, "category": category, "mechanism": "kills_targets"})
    assert form.is_valid()
    assert form.line["mechanism"] == kept


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"lower": ""}, {"lower": ["Give the lower limit."]}),
        ({"criterion": "max"}, {"upper": ["Give the upper limit."]}),
        ({"criterion": "range", "lower": "", "upper": ""}, {
            "lower": ["Give the lower limit."], "upper": ["Give the upper limit."],
        }),
        ({"criterion": "range", "upper": "80"}, {"upper": ["The upper limit lies above the lower one."]}),
        ({"criterion": "text"}, {"expected_text": ["Say what is expected."]}),
        ({"lower": "eighty"}, {"lower": ["Write a number with a point, such as 80 or 0.50."]}),
        ({"lower": "<80"}, {"lower": ["Write a number with a point, such as 80 or 0.50."]}),
        ({"read_days": "2, 5"}, {"read_days": ["Interim reads belong to a test for absence."]}),
        ({"criterion": "absent", "read_days": "two"}, {
            "read_days": ["Write whole days with commas, such as 2, 5, 7, 10."],
        }),
        ({"criterion": "absent", "read_days": "2, 14", "turnaround_hours": "336"}, {
            "read_days": ["The reads lie before the end of the test."],
        }),
        ({"category": "mood"}, {
            "category": ["Select a valid choice. mood is not one of the available choices."],
        }),
        ({"turnaround_hours": "0"}, {
            "turnaround_hours": ["Ensure this value is greater than or equal to 0.01."],
        }),
    ],
)  # fmt: skip
def test_what_a_line_lacks(changes, errors):
    assert errors_of(**changes) == errors


def test_what_a_kind_of_criterion_does_not_use_is_forgotten():
    form = LineForm(
        {**LINE, "criterion": "absent", "upper": "5", "read_days": "5 2;7", "turnaround_hours": "336"}
    )
    assert form.is_valid()
    line = form.line
    assert (line["lower"], line["upper"], line["decimals"], line["read_days"]) == (None, None, 0, "2, 5, 7")


def test_a_line_survives_its_form_unchanged(norvia):
    drafted = qc.draft(organisation=norvia)
    for test in drafted.tests.all():
        form = line_form_for(test)(initial_of(test), initial=initial_of(test))
        assert form.may_save(), form.errors
        assert {name: getattr(test, name) for name in form.line} == form.line


def test_a_line_from_a_template_can_be_taken_over(norvia):
    drafted = qc.draft(organisation=norvia, family="til")
    own, templated = drafted.tests.get(name="Vector copies"), drafted.tests.first()
    assert "take_over" not in line_form_for(own).base_fields
    assert "take_over" in line_form_for(templated).base_fields


def test_a_stale_form_shows_saved_beside_typed_and_takes_the_new_edition_on(norvia):
    test = qc.draft(organisation=norvia).tests.get(name="Viability")
    opened = initial_of(test)
    test.lower, test.criterion, test.upper, test.edition = Decimal(70), "range", Decimal(90), 2
    form = LineForm({**opened, "lower": "60"}, initial=initial_of(test))
    assert not form.may_save()
    assert (form.is_stale, form.http_status, form["edition"].value()) == (True, 409, "2")
    assert [(d.label, d.saved, d.typed) for d in form.differences] == [
        ("Criterion", "Between", "At least"),
        ("Lower limit", "70", "60"),
        ("Upper limit", "90", "nothing"),
    ]
    again = LineForm({**opened, "lower": "60", "edition": "2"}, initial=initial_of(test))
    assert again.may_save()


def test_only_own_products_can_be_chosen(norvia, ostrava, analyst):
    mine, other = dossiers.product(norvia), dossiers.product(ostrava)
    data = {"code": "S-1", "shelf_life_hours": "72"}
    assert SpecificationForm(analyst, {**data, "product": mine.pk}).is_valid()
    form = SpecificationForm(analyst, {**data, "product": other.pk})
    assert form.errors == {
        "product": ["Select a valid choice. That choice is not one of the available choices."]
    }


def test_a_code_that_is_taken_is_refused_where_it_was_typed(norvia, analyst):
    drafted = qc.draft(organisation=norvia, code="S-1")
    form = SpecificationForm(
        analyst, {"code": "S-1", "shelf_life_hours": "72", "product": drafted.product.pk}
    )
    assert form.errors == {
        "code": ["This code is taken. Draft a new version on the page of the specification."]
    }


@pytest.mark.parametrize(
    ("ticked", "error"), [([], "Tick the lines first."), (["other"], "A ticked line is gone.")]
)
def test_ticks_are_of_this_draft(norvia, ticked, error):
    drafted, other = qc.draft(organisation=norvia), qc.draft(organisation=norvia)
    form = PickForm(drafted, {"tests": [str(other.tests.first().pk) for _ in ticked]})
    assert form.errors == {"tests": [error]}
