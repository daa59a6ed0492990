from datetime import timedelta

import pytest
from celery.exceptions import OperationalError
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts import actions, tasks
from accounts.models import Invitation, Notice, User, hash_of_token
from accounts.roles import Role
from atmp_portal.demo.people import DEMO_LOGINS
from audit.models import Event
from tests.factories.people import PASSWORD

TOKEN = "a-known-token"
LOGIN, ACCOUNT, INBOX = "/account/login/", "/account/", "/account/inbox/"
NEW = "four-words-in-a-row"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def errors(answer) -> dict:
    return answer.context["form"].errors


def log_in(client, person, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": person.email, "password": password, **more})


# Login


def test_login_leads_home(client, lead):
    answer = log_in(client, lead)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get(ACCOUNT).status_code == 200


def test_login_does_not_mind_the_case_of_the_address(client, lead):
    answer = client.post(LOGIN, {"username": " Ines.HALVORSEN@example.org", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/dossiers/?page=2", "/dossiers/?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("accounts:logout", "/"),
        ("", "/"),
    ],
)
def test_login_leads_to_pages_of_the_site_only(client, lead, wanted, where):
    assert log_in(client, lead, next=wanted).url == where
    assert client.get(LOGIN, {"next": wanted}).url == where


def test_a_page_asks_to_log_in_and_comes_back(client, lead):
    asked = client.get("/reports/?q=lot")
    assert asked.url == "/account/login/?next=/reports/%3Fq%3Dlot"
    assert 'name="next" value="/reports/?q=lot"' in text_of(client.get(asked.url))


@pytest.mark.parametrize("address", ["ines.halvorsen@example.org", "nobody@example.org"])
def test_login_says_the_same_of_a_wrong_password_and_an_unknown_address(client, lead, address):
    answer = client.post(LOGIN, {"username": address, "password": "wrong"})
    assert answer.status_code == 422
    assert errors(answer) == {
        "__all__": [
            (
                "This e-mail address and this password do not belong together. "
                "Capital letters matter in the password."
            )
        ]
    }
    assert f'value="{address}"' in text_of(answer)
    assert "wrong" not in text_of(answer)


def test_login_says_the_same_of_a_deactivated_person(client, lead):
    User.objects.update(is_active=False)
    assert "do not belong together" in text_of(log_in(client, lead))


def test_guessing_is_locked_out_in_plain_words(client, lead, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert log_in(client, lead, "wrong").status_code == 422
    client.post(LOGIN, {"username": lead.email.upper(), "password": "wrong"})
    answer = log_in(client, lead)
    assert answer.status_code == 429
    assert "Too many wrong passwords" in text_of(answer)
    assert client.get(ACCOUNT).status_code == 302


def test_the_lock_out_is_of_one_person_and_ends(client, lead, contributor, settings, time_machine):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        log_in(client, lead, "wrong")
    assert log_in(client, contributor).status_code == 302
    client.logout()
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    assert log_in(client, lead).status_code == 302


def test_the_demo_shows_its_logins_and_nobody_else_does(client, db, settings):
    assert "norvia-demo-2026" not in text_of(client.get(LOGIN))
    settings.DEMO_MODE = True
    shown = text_of(client.get(LOGIN))
    assert all(login.email in shown and login.password in shown for login in DEMO_LOGINS)


def test_logout_ends_the_session_and_must_be_posted(browser, lead):
    page = browser(lead)
    assert page.get("/account/logout/").status_code == 405
    assert page.post("/account/logout/").url == LOGIN
    assert page.get(ACCOUNT).status_code == 302


# Account and passwords


def test_the_account_page_tells_who_i_am_and_was(browser, contributor, ostrava, administrator):
    actions.change_role(contributor, organisation=ostrava, role=Role.READER, why="", by=administrator)
    page = text_of(browser(User.objects.get(pk=contributor.pk)).get(ACCOUNT))
    for part in ("Tomasz Wierzba", "tomasz.wierzba@example.org", "Norvia Therapeutics", "Contributor"):
        assert part in page
    assert "Ostrava Cell Works, reader" in page


def test_changing_the_password_keeps_this_session_and_ends_the_others(browser, lead):
    here, elsewhere = browser(lead), browser(lead)
    answer = here.post(
        "/account/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    )
    assert answer.url == ACCOUNT
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert User.objects.get().check_password(NEW)
    event = Event.objects.get()
    assert (event.code, event.sentence, event.data) == ("accounts.password_changed", "Password changed", {})


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (("wrong", NEW, NEW), {"old_password": ["This is not your present password. Nothing was changed."]}),
        ((PASSWORD, NEW, "other"), {"new_password2": ["The two passwords differ."]}),
        (
            (PASSWORD, "short", "short"),
            {
                "new_password2": [
                    "This password is too short. It must contain at least 12 characters.",
                ]
            },
        ),
        ((PASSWORD, "password1234", "password1234"), {"new_password2": ["This password is too common."]}),
    ],
)
def test_changing_the_password_complains(browser, lead, data, complaint):
    old, first, second = data
    answer = browser(lead).post(
        "/account/password/", {"old_password": old, "new_password1": first, "new_password2": second}
    )
    assert answer.status_code == 422
    assert errors(answer) == complaint
    assert User.objects.get().check_password(PASSWORD)


def test_a_forgotten_password_is_asked_for_without_telling_who_is_known(client, lead, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.mail_password_reset, "apply_async", lambda args, **_options: asked.append(args))
    for address in (lead.email, "nobody@example.org"):
        answer = client.post("/account/password/forgotten/", {"email": address})
        assert answer.url == "/account/password/forgotten/sent/"
    assert asked == [(lead.email,), ("nobody@example.org",)]
    assert "If the address belongs to an account" in text_of(client.get(answer.url))


def test_a_forgotten_password_needs_an_address(client, db):
    answer = client.post("/account/password/forgotten/", {"email": "ines"})
    assert (answer.status_code, errors(answer)) == (422, {"email": ["Enter a valid email address."]})


def test_a_forgotten_password_while_no_mail_can_be_sent(client, db, monkeypatch):
    def down(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(tasks.mail_password_reset, "apply_async", down)
    answer = client.post("/account/password/forgotten/", {"email": "ines@example.org"})
    assert answer.status_code == 409
    assert "The portal cannot send mail at the moment." in text_of(answer)


@pytest.fixture
def reset_path(lead, mailoutbox):
    cache.clear()
    tasks.mail_password_reset(lead.email)
    return "/account/password/new/" + mailoutbox[0].body.split("/account/password/new/")[1].split()[0]


def test_the_mailed_link_sets_a_password_once(client, lead, reset_path):
    assert "Ines Halvorsen" in text_of(client.get(reset_path))
    new = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(reset_path, new).url == LOGIN
    assert log_in(client, lead, NEW).status_code == 302
    assert Event.objects.get().sentence == "Password set through a mailed link"
    again = client.post(reset_path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert again.status_code == 410
    assert User.objects.get().check_password(NEW)


def test_the_mailed_link_complains_of_a_weak_password(client, reset_path):
    answer = client.post(reset_path, {"new_password1": "x", "new_password2": "x"})
    assert answer.status_code == 422


def test_the_mailed_link_ends_after_a_day(client, reset_path, time_machine):
    time_machine.move_to(timezone.now() + timedelta(hours=24, minutes=1))
    answer = client.get(reset_path)
    assert answer.status_code == 410
    assert "Ines" not in text_of(answer)


# Invitations


@pytest.fixture
def offer(administrator, norvia):
    invitation = actions.invite(
        email="jana.nova@example.org",
        full_name="Jana Nova",
        organisation=norvia,
        role=Role.QC_ANALYST,
        by=administrator,
    )
    Invitation.objects.update(token_hash=hash_of_token(TOKEN))
    return invitation


PATH = f"/account/invitations/{TOKEN}/"
ACCEPTED = {"new_password1": NEW, "new_password2": NEW}


def test_an_invitation_shows_what_is_offered_to_whom(client, offer):
    page = text_of(client.get(PATH))
    for part in ("Norvia Therapeutics", "QC analyst", "Jana Nova", "jana.nova@example.org", "Ada Lindqvist"):
        assert part in page


def test_accepting_logs_in(client, offer):
    assert client.post(PATH, ACCEPTED).url == "/"
    page = text_of(client.get(ACCOUNT))
    assert "Welcome. Your account for Norvia Therapeutics is ready." in page
    assert "Norvia Therapeutics, qc analyst" in page.replace("QC", "qc")


def test_accepting_complains_of_a_weak_password_and_makes_no_account(client, offer):
    similar = {"new_password1": "jana.nova@example.org", "new_password2": "jana.nova@example.org"}
    answer = client.post(PATH, similar)
    assert answer.status_code == 422
    assert errors(answer) == {"new_password2": ["The password is too similar to the e-mail address."]}
    assert User.objects.count() == 1


def used(_offer):
    actions.accept(Invitation.objects.get(), password=NEW)


def withdrawn(_offer):
    Invitation.objects.update(withdrawn_at=timezone.now())


def expired(_offer):
    Invitation.objects.update(expires_at=timezone.now())


def replaced(_offer):
    Invitation.objects.update(token_hash="of another token")


def has_account(_offer):
    User.objects.create_user("jana.nova@example.org", "Somebody")


@pytest.mark.parametrize(
    ("happened", "says"),
    [
        (used, "This invitation was used already."),
        (withdrawn, "This invitation was withdrawn."),
        (expired, "This invitation has expired. Ask the person who invited you to send it again."),
        (replaced, "The portal does not know this link."),
        (has_account, "You already have an account with this e-mail address."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_invitation_says_why_and_leaks_nothing(client, offer, happened, says, method):
    happened(offer)
    people_before = User.objects.count()
    answer = getattr(client, method)(PATH, ACCEPTED)
    page = text_of(answer)
    assert answer.status_code == 410
    assert says in page
    for secret in ("Jana", "Norvia", "jana.nova", "Ada Lindqvist", "QC analyst"):
        assert secret not in page
    assert User.objects.count() == people_before


# Inbox


def tell(person, subject, path="/help/", **fields):
    return Notice.objects.create(person=person, subject=subject, text="Text", path=path, **fields)


def test_the_inbox_shows_the_own_notices_unread_first(browser, lead, contributor):
    tell(lead, "Read before", read_at=timezone.now())
    tell(lead, "Answer this", is_action_needed=True)
    tell(contributor, "Not for Ines")
    answer = browser(lead).get(INBOX)
    assert [notice.subject for notice in answer.context["page_obj"]] == ["Answer this", "Read before"]
    assert "Not for Ines" not in text_of(answer)
    assert "Waits for you" in text_of(answer)
    assert 'aria-label="Inbox, 1 new"' in text_of(answer)


def test_an_empty_inbox_says_what_will_come(browser, lead):
    assert "Nothing yet." in text_of(browser(lead).get(INBOX))


@pytest.mark.parametrize("number", [1, 3])
def test_the_inbox_costs_the_same_at_any_length(browser, lead, number, django_assert_num_queries):
    for _ in range(number):
        tell(lead, "News")
    page = browser(lead)
    with django_assert_num_queries(6):
        page.get(INBOX)


def test_opening_a_notice_marks_it_and_leads_to_its_place(browser, lead):
    notice = tell(lead, "News")
    page = browser(lead)
    assert page.get(reverse("accounts:notice", args=[notice.pk])).url == "/help/"
    assert Notice.objects.get().read_at is not None


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "dossiers/"])
def test_a_notice_leads_nowhere_else(browser, lead, path):
    notice = tell(lead, "News", path=path)
    assert browser(lead).get(reverse("accounts:notice", args=[notice.pk])).url == INBOX


def test_the_notice_of_another_is_not_there(browser, lead, contributor):
    notice = tell(contributor, "Secret")
    assert browser(lead).get(reverse("accounts:notice", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_everything_can_be_marked_as_read(browser, lead):
    tell(lead, "One")
    tell(lead, "Two")
    page = browser(lead)
    assert page.get("/account/inbox/read/").status_code == 405
    answer = page.post("/account/inbox/read/", follow=True)
    assert "2 notices marked as read." in text_of(answer)
    assert not Notice.objects.filter(read_at=None).exists()
