from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from qc.models import Lot, Result, Specification, SpecificationTest
from qc.statuses import Category, CriterionKind, LotStatus
from tests.factories import qc

pytestmark = pytest.mark.django_db

SEEING = ["lead", "contributor", "reader", "analyst", "quality", "qualified_person"]
BLIND = ["other_lead", "coordinator", "reviewer", "administrator"]


@pytest.mark.parametrize(("who", "count"), [*((who, 1) for who in SEEING), *((who, 0) for who in BLIND)])
def test_who_sees_specifications_and_lots(norvia, who, count, request):
    qc.lot(organisation=norvia)
    person = request.getfixturevalue(who)
    assert Specification.objects.visible_to(person).count() == count
    assert Lot.objects.visible_to(person).count() == count


def test_one_specification_is_in_force_per_product(norvia):
    specification = qc.specification_in_force(organisation=norvia)
    specification.pk, specification.code = None, "OTHER"
    with pytest.raises(IntegrityError), transaction.atomic():
        specification.save(force_insert=True)


@pytest.mark.parametrize(
    ("fields"),
    [
        {"certification": "initial"},
        {"certification": "final"},
        {"status": LotStatus.REJECTED},
        {"status": LotStatus.LATE_OOS},
        {"containers": 0},
    ],
)
def test_the_database_refuses_half_a_decision(norvia, fields):
    lot = qc.lot(organisation=norvia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(**fields)


@pytest.mark.parametrize(
    "fields", [{"conclusion": "complies"}, {"read_on_day": None}, {"status": "reviewed"}]
)
def test_the_database_refuses_a_read_that_complies_or_has_no_day(norvia, fields):
    lot = qc.lot(organisation=norvia)
    test = lot.specification.tests.get(name="Sterility")
    result = qc.result(lot, test, is_checked=False, is_as_expected=True, read_on_day=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(**fields)


@pytest.mark.parametrize(
    ("hours", "words"),
    [("0.5", "30 min"), ("6", "6 h"), ("72", "72 h"), ("336", "14 d"), ("100", "100 h"), ("1.5", "1.5 h")],
)
def test_durations_as_labs_say_them(hours, words):
    assert SpecificationTest(turnaround_hours=Decimal(hours)).duration == words


@pytest.mark.parametrize(
    ("category", "criterion", "hours", "as_expected", "words"),
    [
        (Category.STERILITY, CriterionKind.ABSENT, 336, True, "no growth"),
        (Category.STERILITY, CriterionKind.ABSENT, 336, False, "growth"),
        (Category.STERILITY, CriterionKind.ABSENT, 0, True, "negative"),
        (Category.STERILITY, CriterionKind.ABSENT, 0, False, "positive"),
        (Category.MYCOPLASMA, CriterionKind.ABSENT, 5, True, "not detected"),
        (Category.MYCOPLASMA, CriterionKind.ABSENT, 5, False, "detected"),
        (Category.APPEARANCE, CriterionKind.TEXT, 1, True, "as described"),
        (Category.APPEARANCE, CriterionKind.TEXT, 1, False, "not as described"),
        (Category.APPEARANCE, CriterionKind.TEXT, 1, None, "cannot be judged"),
    ],
)
def test_findings_in_the_words_of_their_test(category, criterion, hours, as_expected, words):
    test = SpecificationTest(category=category, criterion=criterion, turnaround_hours=Decimal(hours))
    assert Result(test=test, is_as_expected=as_expected).shown == words


def test_days_are_counted_by_the_calendar_of_the_site():
    lot = Lot(manufactured_at=datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    assert lot.day_of(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == 1
    assert lot.day_of(datetime(2026, 11, 23, 22, 59, tzinfo=UTC)) == 1
    assert lot.day_of(lot.manufactured_at + timedelta(days=14)) == 14
