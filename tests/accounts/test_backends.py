import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from accounts.backends import LONGEST_ADDRESS, address_of
from accounts.models import User
from tests.factories.people import PASSWORD


def enter(person):
    return authenticate(RequestFactory().post("/"), username=person.email, password=PASSWORD)


def test_whoever_has_a_place_may_enter(lead):
    assert enter(lead) == lead


def test_a_deactivated_person_may_not(lead):
    User.objects.update(is_active=False)
    assert enter(lead) is None


def test_a_person_without_a_place_may_not(lead):
    lead.memberships.update(ended_at=lead.joined_at)
    assert enter(lead) is None


@pytest.mark.parametrize("demo_mode", [True, False])
def test_people_of_the_demo_enter_only_the_demo(lead, settings, demo_mode):
    settings.DEMO_MODE = demo_mode
    User.objects.update(is_demo=True)
    assert (enter(lead) is not None) == demo_mode


def test_a_session_ends_with_the_place_that_it_was_opened_for(lead, browser, settings):
    page = browser(lead)
    assert page.get("/account/").status_code == 200
    User.objects.update(is_demo=True)
    assert page.get("/account/").status_code == 302


def test_failed_attempts_are_counted_for_an_address_of_any_length(client, db):
    sent = {"username": "a" * 5000, "password": "x"}
    assert client.post("/account/login/", sent).status_code == 422
    assert len(address_of(RequestFactory().post("/", sent))) == LONGEST_ADDRESS
