import pytest
from django.urls import reverse

from accounts.roles import Role
from qc.models import Lot, Result
from qc.statuses import Conclusion, LotStatus, ResultStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(norvia, analyst, quality) -> Lot:
    return qc.lot(organisation=norvia, number="NTG-1")


def url(name, lot, pk):
    return reverse(f"qc:{name}", args=[lot.pk, pk])


def text(response):
    return " ".join(response.content.decode().split())


def line_of(lot, name="Viability"):
    return lot.specification.tests.get(name=name)


def test_a_number_is_entered_and_judged(browser, lot, analyst):
    client = browser(analyst)
    page = text(client.get(url("result_new", lot, line_of(lot).pk)))
    assert "≥ 80 %" in page
    page = text(client.post(url("result_new", lot, line_of(lot).pk), {"raw": "61"}, follow=True))
    assert "Viability: 61, out of specification." in page
    assert Result.objects.get().conclusion == Conclusion.OOS


def test_a_mistake_keeps_what_was_typed(browser, lot, analyst):
    response = browser(analyst).post(url("result_new", lot, line_of(lot).pk), {"raw": "ninety"})
    assert response.status_code == 422
    assert 'value="ninety"' in text(response)


def test_a_read_is_entered(browser, lot, analyst):
    data = {"stage": "read", "read_on_day": "1", "finding": "yes"}
    page = text(
        browser(analyst).post(url("result_new", lot, line_of(lot, "Sterility").pk), data, follow=True)
    )
    assert "Sterility: no growth, pending." in page
    assert "none to date, day 1 of 14" in page


def test_a_double_click_enters_once(browser, lot, analyst):
    client = browser(analyst)
    address = url("result_new", lot, line_of(lot).pk)
    assert client.post(address, {"raw": "91"}).status_code == 302
    second = client.post(address, {"raw": "91"})
    assert second.status_code == 409
    assert "Viability has its final result" in text(second)
    assert Result.objects.count() == 1


@pytest.mark.parametrize("who", ["quality", "qualified_person", "lead"])
def test_others_do_not_enter(browser, lot, who, request):
    response = browser(request.getfixturevalue(who)).get(url("result_new", lot, line_of(lot).pk))
    assert response.status_code == 409
    assert "Only a QC analyst enters results." in text(response)


def test_checking_leads_to_the_next_result_that_waits(browser, lot, quality):
    first = qc.result(lot, line_of(lot), is_checked=False, raw="91")
    second = qc.result(lot, line_of(lot, "Vector copies"), is_checked=False, raw="2")
    client = browser(quality)
    page = text(client.get(url("result_review", lot, first.pk)))
    assert "<strong>91</strong> %" in page
    response = client.post(url("result_review", lot, first.pk))
    assert response.url == url("result_review", lot, second.pk)
    response = client.post(response.url)
    assert response.url == lot.get_absolute_url()
    assert set(Result.objects.values_list("status", flat=True)) == {ResultStatus.REVIEWED}


def test_whoever_entered_it_reads_why_they_cannot_check_it(browser, lot, analyst):
    result = qc.result(lot, line_of(lot), is_checked=False)
    client = browser(analyst)
    page = text(client.get(url("result_review", lot, result.pk)))
    assert "You entered this result; a second person checks it." in page
    assert client.post(url("result_review", lot, result.pk)).status_code == 409
    assert Result.objects.get().status == ResultStatus.ENTERED


def test_a_correction_shows_what_it_replaces(browser, lot, analyst, quality):
    result = qc.result(lot, line_of(lot), raw="61")
    client = browser(analyst)
    assert "Put this in its place" in text(client.get(url("result_correct", lot, result.pk)))
    assert client.post(url("result_correct", lot, result.pk), {"raw": "91"}).status_code == 422
    data = {"raw": "91", "reason": "Typed from the line above"}
    page = text(client.post(url("result_correct", lot, result.pk), data, follow=True))
    assert "Viability: 91, complies." in page
    newer = Result.objects.get(supersedes=result)
    page = text(browser(quality).get(url("result_review", lot, newer.pk)))
    assert '<span class="was">61</span>' in page
    again = client.post(url("result_correct", lot, result.pk), data)
    assert again.status_code == 409


def test_a_late_failing_result_cannot_be_corrected(browser, norvia):
    lot = qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    failing = lot.results.get(conclusion=Conclusion.OOS)
    response = browser(qc.colleague(norvia, Role.QC_ANALYST)).get(url("result_correct", lot, failing.pk))
    assert response.status_code == 409
    assert "A clean repeat does not make it invalid" in text(response)


@pytest.mark.parametrize("name", ["result_new", "result_review", "result_correct"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_results_of_another_sponsor_do_not_exist(browser, lot, ostrava, name, method):
    stranger = people.person("Petra Svobodová", ostrava, Role.QC_ANALYST)
    result = qc.result(lot, line_of(lot), is_checked=False, raw="61")
    pk = line_of(lot, "Sterility").pk if name == "result_new" else result.pk
    response = getattr(browser(stranger), method)(url(name, lot, pk), {"raw": "1"})
    assert response.status_code == 404
    assert "NTG-1" not in text(response)


def test_results_are_found_under_their_own_lot_only(browser, lot, analyst):
    other = qc.lot(lot.specification)
    result = qc.result(lot, line_of(lot), is_checked=False)
    assert browser(analyst).get(url("result_correct", other, result.pk)).status_code == 404
