import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from atmp_portal.middleware import RefusalMiddleware, SiteTimeMiddleware
from audit.refusals import Refused, Stale
from tests.factories import dossiers, reports


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def forged(lead):
    """A report whose file was changed in the store: opening it is refused."""
    issued = reports.report(lead.organisation, lead)
    with issued.file.storage.open(issued.file.name, "wb") as stored:
        stored.write(b"forged")
    return issued


@pytest.fixture
def refusing(monkeypatch):
    """Let the search refuse, as any action may."""

    def refuse(_user, _text):
        raise Refused("The dossier was filed in the meantime.")

    monkeypatch.setattr("atmp_portal.views.searching.search", refuse)


def test_a_refusal_becomes_a_page_that_says_why(browser, lead, refusing):
    answer = browser(lead).get("/search/?q=x", headers={"Referer": "http://testserver/dossiers/"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "<html" in page
    assert "The dossier was filed in the meantime." in page
    assert 'href="http://testserver/dossiers/"' in page


def test_a_refusal_becomes_a_part_for_htmx(browser, lead, refusing):
    answer = browser(lead).get("/search/?q=x", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    part = text_of(answer)
    assert "<html" not in part
    assert "The dossier was filed in the meantime." in part
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("referer", ["javascript:alert(1)", "https://evil.example/", ""])
def test_the_way_back_stays_on_the_site(browser, lead, refusing, referer):
    page = text_of(browser(lead).get("/search/?q=x", headers={"Referer": referer}))
    assert 'href="/">Go back</a>' in page
    assert "evil" not in page


def test_what_is_stale_is_refused_likewise(rf, lead):
    request = rf.post("/")
    request.user, request.htmx = lead, False
    answer = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(
        request, Stale("The record changed after you opened it.")
    )
    assert (answer.status_code, "The record changed after you opened it." in text_of(answer)) == (409, True)


def test_other_errors_are_left_alone():
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("a fault")) is None


def test_times_are_shown_in_the_zone_of_the_site(settings):
    settings.SITE_TIME_ZONE = "Europe/Lisbon"
    zones = []

    def view(_request):
        zones.append(timezone.get_current_timezone_name())
        return HttpResponse()

    SiteTimeMiddleware(view)(RequestFactory().get("/"))
    assert zones == ["Europe/Lisbon"]
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("address", ["/search/?q=%00", "/reports/?%00=1", "/candidates/%00/"])
def test_a_null_character_in_the_address_is_a_bad_request_or_nothing(browser, lead, address):
    assert browser(lead).get(address).status_code == (404 if "candidates" in address else 400)


def test_a_null_character_in_a_section_or_a_form_is_a_bad_request(browser, lead):
    dossier = dossiers.dossier_at("draft", lead.organisation)
    assert browser(lead).get(f"/dossiers/{dossier.pk}/sections/%00/").status_code == 400
    place = {"section": "\0", "text": "Why?"}
    assert browser(lead).post(f"/dossiers/{dossier.pk}/threads/new/", place).status_code == 400
