from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from qc.forms import LotFilterForm, LotForm
from tests.factories import dossiers, qc

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    moment = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
    with time_machine.travel(moment, tick=False), timezone.override(ZoneInfo("Europe/Brussels")):
        yield


@pytest.fixture
def specification(norvia):
    return qc.specification_in_force(organisation=norvia)


def form_of(person, specification, **changes):
    return LotForm(
        person,
        {
            "specification": specification.pk,
            "number": "NTG-26-0417",
            "made_on": "22 Nov 2026",
            "made_at": "10:40",
            "patient_pseudonym": "NX-0417",
            "containers": "1",
            **changes,
        },
    )


def errors_of(form):
    return {name: list(found) for name, found in form.errors.items()}


def test_a_lot_as_the_action_takes_it(specification, analyst):
    form = form_of(analyst, specification)
    assert form.is_valid(), form.errors
    assert form.lot == {
        "specification": specification,
        "number": "NTG-26-0417",
        "patient_pseudonym": "NX-0417",
        "chain_of_identity": "",
        "containers": 1,
        "clinical_contact": "",
        "manufactured_at": datetime(2026, 11, 22, 9, 40, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        ("22 Nov 2026", "10:40", datetime(2026, 11, 22, 9, 40, tzinfo=UTC)),
        ("2 November 2026", "9.05", datetime(2026, 11, 2, 8, 5, tzinfo=UTC)),
        ("2026-10-24", "10:40", datetime(2026, 10, 24, 8, 40, tzinfo=UTC)),
        ("22 Nov 2026", "10:40 UTC", datetime(2026, 11, 22, 10, 40, tzinfo=UTC)),
        ("25 Oct 2026", "00:30 UTC", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_day_and_time_become_one_moment(specification, analyst, day, time, moment):
    form = form_of(analyst, specification, made_on=day, made_at=time)
    assert form.is_valid(), form.errors
    assert form.lot["manufactured_at"] == moment


CLOCKS = "The clocks change in this hour. Write the time in UTC, such as 00:40 UTC."


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"made_at": "25:00"}, {"made_at": ["Write the time as 10:40, or as 09:40 UTC."]}),
        ({"made_on": "25 Oct 2026", "made_at": "02:30"}, {"made_at": [CLOCKS]}),
        ({"made_on": "29 Mar 2026", "made_at": "02:30"}, {"made_at": [CLOCKS]}),
        ({"made_on": "23 Nov 2026", "made_at": "17:41"}, {
            "made_at": ["This lies in the future. A lot is registered once it is made."],
        }),
        ({"made_on": "11/22/2026"}, {"made_on": ["Enter a valid date."]}),
        ({"number": "NTG 26"}, {
            "number": ["Use letters, digits, hyphens, points and slashes, without spaces."],
        }),
        ({"containers": "0"}, {"containers": ["Ensure this value is greater than or equal to 1."]}),
        ({"patient_pseudonym": ""}, {
            "patient_pseudonym": ["The product is autologous: give the code of the patient."],
        }),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_lot(specification, analyst, changes, errors):
    assert errors_of(form_of(analyst, specification, **changes)) == errors


@pytest.mark.parametrize("typed", ["NX-0417", "P0417", "001-0042", "NORVIA-7"])
def test_a_code_is_a_pseudonym(specification, analyst, typed):
    assert form_of(analyst, specification, patient_pseudonym=typed).is_valid()


@pytest.mark.parametrize("typed", ["Jansen", "Jan Jansen", "J. Jansen 2", "NX", "Müller-7", "nx-0417"])
def test_what_looks_like_a_name_is_refused(specification, analyst, typed):
    assert errors_of(form_of(analyst, specification, patient_pseudonym=typed)) == {
        "patient_pseudonym": [
            "This looks like a name. Use the code: capital letters, digits and hyphens, such as NX-0417."
        ]
    }


@pytest.mark.parametrize(
    "typed", ["12-04-1965", "1965-04-12", "12/04/65", "12.4.1965", "19650412", "NX-12041965"]
)
def test_what_looks_like_a_date_of_birth_is_refused(specification, analyst, typed):
    assert errors_of(form_of(analyst, specification, patient_pseudonym=typed)) == {
        "patient_pseudonym": ["This looks like a date of birth. Use the code, such as NX-0417."]
    }


def test_a_number_is_taken_whatever_its_case(specification, analyst):
    qc.lot(specification, number="ntg-26-0417")
    assert errors_of(form_of(analyst, specification)) == {"number": ["There is a lot NTG-26-0417 already."]}


def test_only_own_specifications_in_force_can_be_chosen(norvia, ostrava, analyst):
    invalid = ["Select a valid choice. That choice is not one of the available choices."]
    for specification in (
        qc.draft(organisation=norvia),
        qc.specification_in_force(organisation=ostrava),
    ):
        assert errors_of(form_of(analyst, specification)) == {"specification": invalid}


def test_a_choice_names_product_specification_and_shelf_life(specification, analyst):
    choices = [label for _, label in LotForm(analyst).fields["specification"].choices]
    assert choices == ["Choose a product", f"{specification.product}, {specification}, 72 h"]


def test_the_filter_offers_the_products_that_have_lots(norvia, ostrava, analyst):
    mine = qc.lot(organisation=norvia).product
    qc.lot(organisation=ostrava)
    dossiers.product(norvia)
    form = LotFilterForm(analyst, {"product": str(mine.pk), "state": "nonsense"})
    assert [str(product) for product in form.fields["product"].queryset] == [str(mine)]
    assert form.chosen == {"state": "", "product": str(mine.pk)}
    assert form.is_used
    assert not LotFilterForm(analyst, {}).is_used
