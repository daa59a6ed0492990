import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from audit.forms import SignatureForm
from audit.signing import Proof, shown_hash
from tests.factories.people import PASSWORD

SHOWN = {"lot": "NTG-26-0417"}


def posted(person, **data):
    request = RequestFactory().post("/quality/lots/certify/", data)
    request.user = person or AnonymousUser()
    return request


def form_of(person, password, **more):
    request = posted(person, password=password, shown=shown_hash(SHOWN), **more)
    return SignatureForm(request, data=request.POST)


def test_the_form_carries_the_hash_of_what_is_shown(lead):
    form = SignatureForm(posted(lead), shown=SHOWN)
    assert f'value="{shown_hash(SHOWN)}"' in form.as_p()


def test_the_own_password_gives_a_proof(lead):
    form = form_of(lead, PASSWORD)
    assert form.is_valid()
    assert form.proof == Proof(lead.pk, shown_hash(SHOWN))


@pytest.mark.parametrize("password", ["wrong", PASSWORD.upper()])
def test_another_password_signs_nothing(lead, password):
    form = form_of(lead, password)
    assert form.errors == {"password": ["This is not your password. Nothing was signed."]}


def test_a_missing_password_is_asked_for(lead):
    assert form_of(lead, "").errors == {"password": ["This field is required."]}


def test_a_wrong_password_is_counted_and_nothing_else_of_the_form_is_kept(lead):
    assert not form_of(lead, "wrong-but-close", comment="Not for the administrator").is_valid()
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.failures_since_start) == (lead.email, 1)
    assert (attempt.post_data, attempt.get_data) == ("", "")


def test_guessing_is_locked_out_even_for_the_right_password(lead, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        form_of(lead, "wrong").is_valid()
    assert form_of(lead, PASSWORD).errors == {"password": ["This is not your password. Nothing was signed."]}


def test_the_form_is_whole_again_after_the_check(lead):
    request = posted(lead, password=PASSWORD, shown=shown_hash(SHOWN), why="Reason")
    SignatureForm(request, data=request.POST).is_valid()
    assert request.POST["why"] == "Reason"
    assert isinstance(request.POST, MultiValueDict)
