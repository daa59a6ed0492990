from datetime import timedelta

import pytest
from django.utils import timezone

from qc.forms import correction_form_for, entry_form_for
from qc.statuses import CriterionKind
from tests.factories import qc

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(norvia):
    lines = (
        *qc.LINES,
        qc.line(name="Colour", criterion=CriterionKind.TEXT, lower=None, expected_text="clear"),
    )
    specification = qc.specification_in_force(organisation=norvia, lines=lines)
    return qc.lot(specification, manufactured_at=timezone.now() - timedelta(days=3))


def form_of(lot, name, data=None, make=entry_form_for):
    test = lot.specification.tests.get(name=name)
    return make(test)(test, lot, data)


def errors_of(form):
    return {name: list(found) for name, found in form.errors.items()}


def test_a_number_is_asked_in_the_unit_of_the_test(lot):
    form = form_of(lot, "Viability", {"raw": " <30 "})
    assert form.is_valid()
    assert form.entry == {"raw": "<30"}
    assert form.fields["raw"].help_text == (
        "In %. As read, for example 96.2, or <0.3 below a limit of quantitation."
    )


def test_what_is_no_number_is_refused(lot):
    assert errors_of(form_of(lot, "Viability", {"raw": "ninety"})) == {
        "raw": ["Write a number with a point, such as 96.2, or a bound, such as <0.3."]
    }


@pytest.mark.parametrize(("finding", "as_expected"), [("yes", True), ("no", False), ("unclear", None)])
def test_a_finding_against_a_description(lot, finding, as_expected):
    form = form_of(lot, "Colour", {"finding": finding, "text": "clear, colourless"})
    assert form.is_valid()
    assert form.entry == {"is_as_expected": as_expected, "text": "clear, colourless"}
    assert form.fields["finding"].help_text == "Expected: clear"


def test_a_culture_is_read_on_the_way_or_finally(lot):
    read = form_of(lot, "Sterility", {"stage": "read", "read_on_day": "2", "finding": "yes"})
    assert read.is_valid()
    assert read.entry == {"is_as_expected": True, "text": "", "read_on_day": 2}
    final = form_of(lot, "Sterility", {"stage": "final", "read_on_day": "2", "finding": "no"})
    assert final.is_valid()
    assert final.entry == {"is_as_expected": False, "text": "", "read_on_day": None}


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"stage": "read", "finding": "yes"}, {"read_on_day": ["Give the day of the read."]}),
        ({"stage": "read", "finding": "yes", "read_on_day": "4"}, {
            "read_on_day": ["Today is day 3. A read is entered on its day or after it."],
        }),
        ({"stage": "read", "finding": "yes", "read_on_day": "0"}, {
            "read_on_day": ["Ensure this value is greater than or equal to 1."],
        }),
        ({}, {"stage": ["This field is required."], "finding": ["This field is required."]}),
    ],
)  # fmt: skip
def test_what_a_read_lacks(lot, data, errors):
    data = data or {"text": "x"}
    assert errors_of(form_of(lot, "Sterility", data)) == errors


def test_today_and_the_days_that_are_due_are_told(lot):
    form = form_of(lot, "Sterility")
    assert form.fields["read_on_day"].help_text == (
        "Of an interim read. Today is day 3. Reads are due on day 2, 5, 7, 10."
    )
    assert (form.fields["read_on_day"].initial, form.fields["stage"].initial) == (3, "read")


def test_on_the_first_day_nothing_is_proposed(norvia):
    lot = qc.lot(organisation=norvia, manufactured_at=timezone.now())
    assert form_of(lot, "Sterility").fields["read_on_day"].initial is None


@pytest.mark.parametrize(("name", "data"), [("Viability", {"raw": "91"}), ("Sterility", {"finding": "yes"})])
def test_a_correction_asks_for_its_reason(lot, name, data):
    assert errors_of(form_of(lot, name, data, correction_form_for)) == {"reason": ["This field is required."]}
    form = form_of(lot, name, {**data, "reason": "Misread"}, correction_form_for)
    assert form.is_valid()
    assert "reason" not in form.entry
