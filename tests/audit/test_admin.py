import re

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Organisation
from audit import signing, trail
from audit.models import Audience, Event
from audit.signing import Proof, shown_hash
from tests.factories.reports import job, report

LISTS = ("event", "signature", "issuedreport", "job")
SECRET = "viability was 61 %"


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def desk(browser, administrator):
    return browser(administrator)


def evidence(person):
    """One row of every kind, with content that is not the administrator's."""
    with transaction.atomic():
        trail.record(
            "qc.result_entered",
            person,
            by=person,
            sentence=SECRET,
            why=SECRET,
            data={"result": SECRET},
            audience=Audience.SPONSOR,
        )
        signing.sign(
            person,
            meaning="Certified",
            statement="I certify the lot.",
            shown={"result": SECRET},
            by=person,
            proof=Proof(person.pk, shown_hash({"result": SECRET})),
        )
    report(person, person, title="Certificate")
    job(person, person)


def test_the_administrator_reads_who_did_what_and_when(desk, lead):
    evidence(lead)
    listed = text_of(desk.get("/admin/audit/event/"))
    assert "Ines Halvorsen Norvia Therapeutics, regulatory lead Result entered" in listed
    assert "Signed: Certified" in listed
    assert "Certificate" in text_of(desk.get("/admin/audit/issuedreport/"))


def test_no_page_of_evidence_shows_the_content(desk, lead):
    evidence(lead)
    for name in LISTS:
        listed = desk.get(f"/admin/audit/{name}/")
        assert SECRET not in listed.content.decode()
        for path in re.findall(rf'/admin/audit/{name}/[^/"]+/change/', listed.content.decode()):
            answer = desk.get(path)
            assert answer.status_code == 200
            assert SECRET not in answer.content.decode()
            assert desk.post(path, {"why": "forged"}).status_code == 403


def test_the_trail_of_a_person_leaves_out_what_is_not_for_the_administrator(desk, lead):
    evidence(lead)
    page = desk.get(f"/admin/accounts/user/{lead.pk}/history/")
    assert "Signed: Certified" in text_of(page)
    assert SECRET not in page.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_evidence_has_no_trail_of_its_own(desk, lead, name):
    evidence(lead)
    listed = desk.get(f"/admin/audit/{name}/").content.decode()
    path = re.findall(rf'/admin/audit/{name}/[^/"]+/change/', listed)[0]
    assert "historylink" not in desk.get(path).content.decode()
    assert desk.get(path.replace("change", "history")).status_code == 404


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_at_any_length(desk, lead, name, number, django_assert_num_queries):
    for _ in range(number):
        evidence(lead)
    queries = {"event": 6, "signature": 7, "issuedreport": 8, "job": 6}
    with django_assert_num_queries(queries[name]):
        assert desk.get(f"/admin/audit/{name}/").status_code == 200


def test_a_record_without_history_says_so(desk, norvia):
    assert Event.objects.count() == 0
    page = desk.get(f"/admin/accounts/organisation/{norvia.pk}/history/")
    assert "Nothing has happened to this record since it was made." in text_of(page)
    missing = desk.get("/admin/accounts/organisation/00000000-0000-0000-0000-000000000001/history/")
    assert missing.status_code == 404


def test_the_trail_is_kept_from_who_may_not_see_the_record(rf, administrator, norvia, monkeypatch):
    page = admin.site._registry[Organisation]
    monkeypatch.setattr(page, "has_view_or_change_permission", lambda _request, _record: False)
    request = rf.get("/")
    request.user = administrator
    with pytest.raises(PermissionDenied):
        page.history_view(request, str(norvia.pk))
