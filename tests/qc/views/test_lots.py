from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Job
from qc.models import Lot
from qc.statuses import LotStatus
from tests.factories import people, qc

pytestmark = pytest.mark.django_db


def url(name, lot, *args):
    return reverse(f"qc:{name}", args=[lot.pk, *args])


def signature(lot, by, password=people.PASSWORD):
    return {"password": password, "shown": qc.proof_on_lot(lot, by).shown_hash}


def text(response):
    return " ".join(response.content.decode().split())


def test_the_list_shows_own_lots_with_how_far_they_are(browser, norvia, ostrava, lead):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia, number="NTG-MINE")
    qc.lot(organisation=ostrava, number="OCW-FOREIGN")
    qc.result(qc.lot(lot.specification, number="NTG-OOS"), lot.specification.tests.first(), raw="61")
    page = text(browser(lead).get(reverse("qc:lot_list")))
    assert "OCW-FOREIGN" not in page
    assert '<td class="num" data-l="Comply">1 of 3</td> <td class="nowrap">2 pending</td>' in page
    assert "1 test fails" in page
    assert "A QC analyst or quality assurance registers a lot." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(browser, norvia, analyst, count, django_assert_num_queries):
    specification = qc.specification_in_force(organisation=norvia)
    for _ in range(count):
        qc.enter_what_release_needs(qc.lot(specification))
    client = browser(analyst)
    client.get(reverse("qc:lot_list"))
    with django_assert_num_queries(9):
        client.get(reverse("qc:lot_list"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("analyst", 11), ("qualified_person", 14)])
def test_the_page_costs_the_same_however_many_results(
    browser, norvia, who, queries, count, request, django_assert_num_queries
):
    lines = tuple(qc.line(name=f"Test {number}") for number in range(count))
    specification = qc.specification_in_force(organisation=norvia, lines=(*lines, qc.STERILITY))
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, specification)
    client = browser(request.getfixturevalue(who))
    client.get(lot.get_absolute_url())
    with django_assert_num_queries(queries):
        client.get(lot.get_absolute_url())


def test_the_list_is_narrowed_by_state_and_product(browser, norvia, analyst):
    first = qc.lot(organisation=norvia, number="NTG-1")
    qc.reject(qc.lot(organisation=norvia, number="NTG-2"))
    client = browser(analyst)
    page = text(client.get(reverse("qc:lot_list"), {"state": "rejected"}))
    assert ("NTG-1" in page, "NTG-2" in page) == (False, True)
    page = text(client.get(reverse("qc:lot_list"), {"product": first.product.pk}))
    assert ("NTG-1" in page, "NTG-2" in page) == (True, False)
    page = text(client.get(reverse("qc:lot_list"), {"state": "late_oos"}))
    assert "No lot fits this filter." in page


def test_an_empty_list_says_what_comes_here(browser, analyst, lead):
    page = text(browser(analyst).get(reverse("qc:lot_list")))
    assert "A lot appears here once it is made and registered" in page
    assert "when quality control registers it" in text(browser(lead).get(reverse("qc:lot_list")))


FOREIGN = [
    ("get", "lot", {}),
    ("get", "lot_trail", {}),
    ("get", "lot_contact", {}),
    ("post", "lot_contact", {"clinical_contact": "x", "edition": "1"}),
    ("post", "lot_submit", {"password": people.PASSWORD, "shown": "x"}),
    ("post", "lot_certify", {"password": people.PASSWORD, "shown": "x"}),
    ("post", "lot_certify_final", {"password": people.PASSWORD, "shown": "x"}),
    ("get", "lot_reject", {}),
    ("post", "lot_reject", {"password": people.PASSWORD, "shown": "x", "reason": "x"}),
    ("post", "lot_certificate", {}),
]


@pytest.mark.parametrize(("method", "name", "data"), FOREIGN)
@pytest.mark.parametrize("who", ["other", "coordinator", "administrator"])
def test_the_lot_of_another_sponsor_does_not_exist(
    browser, norvia, ostrava, who, method, name, data, request
):
    lot = qc.lot(organisation=norvia, number="NTG-SECRET")
    person = (
        people.person("Petra Svobodová", ostrava, Role.QUALIFIED_PERSON)
        if who == "other"
        else request.getfixturevalue(who)
    )
    response = getattr(browser(person), method)(url(name, lot), data)
    assert response.status_code == 404
    assert "NTG-SECRET" not in text(response)
    assert Lot.objects.get().status == LotStatus.QUARANTINE


def test_a_lot_is_registered_from_the_form(browser, norvia, analyst):
    specification = qc.specification_in_force(organisation=norvia)
    made = timezone.now() - timedelta(days=2)
    client = browser(analyst)
    assert "Register the lot" in text(client.get(reverse("qc:lot_new")))
    data = {
        "specification": specification.pk,
        "number": "NTG-26-0417",
        "made_on": f"{made:%d %b %Y}",
        "made_at": f"{made:%H:%M} UTC",
        "patient_pseudonym": "NX-0417",
        "containers": "2",
    }
    page = text(client.post(reverse("qc:lot_new"), data, follow=True))
    assert "Lot NTG-26-0417 is registered in quarantine." in page
    assert "2 containers" in page
    lot = Lot.objects.get()
    assert (lot.created_by, lot.containers) == (analyst, 2)
    assert lot.expires_at - lot.manufactured_at == timedelta(hours=72)
    again = client.post(reverse("qc:lot_new"), data)
    assert again.status_code == 422
    assert "There is a lot NTG-26-0417 already." in text(again)
    assert Lot.objects.count() == 1


def test_a_name_of_a_patient_is_not_accepted(browser, norvia, analyst):
    specification = qc.specification_in_force(organisation=norvia)
    response = browser(analyst).post(
        reverse("qc:lot_new"), {"specification": specification.pk, "patient_pseudonym": "Jan Jansen"}
    )
    assert response.status_code == 422
    assert "This looks like a name." in text(response)


def test_without_a_specification_in_force_the_form_says_so(browser, norvia, analyst):
    assert "No specification is in force" in text(browser(analyst).get(reverse("qc:lot_new")))


def test_others_read_why_they_cannot_register(browser, qualified_person):
    response = browser(qualified_person).get(reverse("qc:lot_new"))
    assert response.status_code == 409
    assert "A QC analyst or quality assurance registers a lot." in text(response)


def test_the_page_before_certification_shows_gates_and_statement(browser, norvia, qualified_person):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia, number="NTG-1")
    page = text(browser(qualified_person).get(lot.get_absolute_url()))
    assert "2 results stay pending. The specification allows each of them to follow release." in page
    assert page.count('aria-label="Holds"') == 7
    assert (
        "I certify that lot NTG-1 was made and tested in accordance with its authorisation and GMP, "
        "with 2 results pending."
    ) in page
    assert "Signs as Aoife Brennan, Norvia Therapeutics, Qualified Person." in page
    assert "Certify and release NTG-1" in page
    assert url("lot_reject", lot) in page


@pytest.mark.parametrize("who", ["analyst", "quality", "lead"])
def test_others_see_the_gates_but_cannot_sign(browser, norvia, who, request):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    page = text(browser(request.getfixturevalue(who)).get(lot.get_absolute_url()))
    assert page.count('aria-label="Holds"') == 6
    assert "Only a Qualified Person certifies a lot." in page
    assert "Your password, again" not in page
    assert url("lot_reject", lot) not in page


def test_the_whole_way_to_the_final_certification(browser, norvia, quality, qualified_person):
    specification = qc.specification_in_force(organisation=norvia, lines=qc.LINES[:2])
    lot = qc.enter_what_release_needs(qc.lot(specification, number="NTG-1"))
    page = text(browser(quality).get(lot.get_absolute_url()))
    assert "Review of the batch record" in page
    page = text(browser(quality).post(url("lot_submit", lot), signature(lot, quality), follow=True))
    assert "Lot NTG-1 is with the Qualified Persons." in page
    client = browser(qualified_person)
    page = text(client.post(url("lot_certify", lot), signature(lot, qualified_person), follow=True))
    assert "Lot NTG-1 is certified and released; results are still pending." in page
    assert "certified-initial" in page
    assert "Vector copies has no final result." in page
    qc.result(lot, specification.tests.get(name="Vector copies"))
    page = text(client.get(lot.get_absolute_url()))
    assert "Certify NTG-1 finally" in page
    page = text(client.post(url("lot_certify_final", lot), signature(lot, qualified_person), follow=True))
    assert "Lot NTG-1 is certified finally." in page
    assert "Released, final" in page
    assert "Your password, again" not in page


@pytest.mark.parametrize("name", ["lot_submit", "lot_certify", "lot_certify_final"])
def test_a_wrong_password_signs_nothing(browser, norvia, name, quality, qualified_person):
    status = LotStatus.QUARANTINE if name == "lot_submit" else LotStatus.UNDER_REVIEW
    lines = qc.LINES[:1] if name == "lot_certify_final" else qc.LINES
    lot = qc.lot_at(status, qc.specification_in_force(organisation=norvia, lines=lines))
    by = quality if name == "lot_submit" else qualified_person
    response = browser(by).post(url(name, lot), signature(lot, by, "wrong"))
    assert response.status_code == 422
    assert "This is not your password. Nothing was signed." in text(response)
    assert Lot.objects.get(pk=lot.pk).status == status


@pytest.mark.parametrize("who", ["analyst", "quality", "lead"])
@pytest.mark.parametrize("name", ["lot_certify", "lot_certify_final"])
def test_posting_a_certification_without_the_role_is_refused(browser, norvia, name, who, request):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    person = request.getfixturevalue(who)
    response = browser(person).post(url(name, lot), signature(lot, person))
    assert response.status_code == 409
    assert Lot.objects.get(pk=lot.pk).status == LotStatus.UNDER_REVIEW


def test_a_lot_is_rejected_on_its_own_page(browser, norvia, qualified_person):
    lot = qc.lot(organisation=norvia, number="NTG-1")
    client = browser(qualified_person)
    assert "I reject lot NTG-1. It must not be given to anybody." in text(client.get(url("lot_reject", lot)))
    wrong = client.post(url("lot_reject", lot), {**signature(lot, qualified_person), "reason": ""})
    assert wrong.status_code == 422
    data = {**signature(lot, qualified_person), "reason": "The bag leaks"}
    page = text(client.post(url("lot_reject", lot), data, follow=True))
    assert "Lot NTG-1 is rejected." in page
    assert "Rejected: it must not be given" in page
    assert "The bag leaks" in page


@pytest.mark.parametrize("who", ["analyst", "quality", "lead"])
def test_others_do_not_reject(browser, norvia, who, request):
    lot = qc.lot(organisation=norvia)
    assert browser(request.getfixturevalue(who)).get(url("lot_reject", lot)).status_code == 409


def test_a_late_positive_says_what_to_do_now(browser, norvia, qualified_person):
    lot = qc.lot_at(LotStatus.LATE_OOS, organisation=norvia)
    page = text(browser(qualified_person).get(lot.get_absolute_url()))
    assert "Sterility: growth, after release" in page
    assert "Call now: Dr M. Vos, University Hospital Lindenau, +32 9 555 01 00." in page
    assert "not yet checked by a second person" in page
    assert "since the failing result" in page
    assert "Final certification of this lot" in page
    assert "Your password, again" not in page


def test_a_failing_result_before_release_says_what_can_be_done(browser, norvia, analyst):
    lot = qc.lot(organisation=norvia)
    qc.result(lot, lot.specification.tests.get(name="Viability"), raw="61")
    page = text(browser(analyst).get(lot.get_absolute_url()))
    assert "Out of specification: Viability, 61 %" in page


def test_a_positive_read_and_a_missing_one_stand_in_the_table(browser, norvia, analyst):
    lot = qc.lot(organisation=norvia, manufactured_at=timezone.now() - timedelta(hours=49))
    client = browser(analyst)
    assert "read of day 2 is missing" in text(client.get(lot.get_absolute_url()))
    sterility = lot.specification.tests.get(name="Sterility")
    qc.result(lot, sterility, is_as_expected=False, read_on_day=2)
    assert "growth, day 2" in text(client.get(lot.get_absolute_url()))


def test_a_lot_that_expired_says_so(browser, norvia, analyst):
    lot = qc.lot(organisation=norvia, manufactured_at=timezone.now() - timedelta(hours=80))
    page = text(browser(analyst).get(lot.get_absolute_url()))
    assert "Expired before it was released" in page
    assert "of shelf life are over" in page


def test_a_corrected_value_stays_readable_with_who_when_and_why(browser, norvia, analyst):
    lot = qc.lot(organisation=norvia)
    qc.correct(qc.result(lot, lot.specification.tests.get(name="Viability"), raw="61"), raw="79.6")
    page = text(browser(analyst).get(lot.get_absolute_url()))
    assert '<span class="was">61</span>' in page
    assert "Milan Dvořák" in page
    assert "Typed from the line above" in page
    assert '<strong>79.6</strong> <span class="meta d-block">compared as 80</span>' in page


def test_an_analyst_may_enter_and_correct_and_quality_may_check(browser, norvia, analyst, quality):
    lot = qc.lot(organisation=norvia)
    test = lot.specification.tests.get(name="Viability")
    result = qc.result(lot, test, is_checked=False)
    sterility = lot.specification.tests.get(name="Sterility")
    enter, check = url("result_new", lot, sterility.pk), url("result_review", lot, result.pk)
    correct = url("result_correct", lot, result.pk)
    page = text(browser(analyst).get(lot.get_absolute_url()))
    assert (enter in page, correct in page, check in page) == (True, True, False)
    page = text(browser(quality).get(lot.get_absolute_url()))
    assert (enter in page, correct in page, check in page) == (False, False, True)
    assert "Check 1 result" in page


def test_the_clinical_contact_is_changed_and_a_stale_form_is_shown_both_ways(browser, norvia, quality):
    lot = qc.lot(organisation=norvia, clinical_contact="")
    client = browser(quality)
    client.get(url("lot_contact", lot))
    assert (
        client.post(url("lot_contact", lot), {"clinical_contact": "Dr A", "edition": "1"}).status_code == 302
    )
    stale = client.post(url("lot_contact", lot), {"clinical_contact": "Dr B", "edition": "1"})
    assert stale.status_code == 409
    assert '<td data-l="Saved now">Dr A</td><td data-l="You typed">Dr B</td>' in text(stale)
    assert Lot.objects.get().clinical_contact == "Dr A"


def test_the_whole_trail_is_there_to_read(browser, norvia, reader):
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, organisation=norvia)
    page = text(browser(reader).get(url("lot_trail", lot)))
    assert "Lot registered" in page
    assert "Lot submitted to the Qualified Persons" in page


def test_a_certificate_is_asked_for_once(browser, norvia, quality):
    lot = qc.lot(organisation=norvia, number="NTG-1")
    client = browser(quality)
    first = client.post(url("lot_certificate", lot))
    second = client.post(url("lot_certificate", lot))
    job = Job.objects.get()
    assert (job.title, job.task) == ("Certificate of lot NTG-1", "qc.tasks.lot_certificate")
    assert first.url == second.url == reverse("job", args=[job.pk])


def test_others_do_not_issue_certificates(browser, norvia, lead):
    response = browser(lead).post(url("lot_certificate", qc.lot(organisation=norvia)))
    assert response.status_code == 409
    assert not Job.objects.exists()
