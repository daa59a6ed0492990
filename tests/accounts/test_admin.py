import re

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts import leaving
from accounts.leaving import OpenWork
from accounts.models import Invitation, Membership, Notice, Organisation, User
from accounts.roles import Role
from audit.admin import ReadOnlyAdmin, TrailAdmin
from audit.models import Event
from tests.factories import people

PEOPLE, INVITATIONS, ORGANISATIONS = (
    "/admin/accounts/user/",
    "/admin/accounts/invitation/",
    "/admin/accounts/organisation/",
)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def desk(browser, administrator):
    """The administrator's browser."""
    return browser(administrator)


@pytest.fixture
def invitation(administrator, norvia):
    return Invitation.objects.create(
        email="jana.nova@example.org",
        full_name="Jana Nova",
        organisation=norvia,
        role=Role.CONTRIBUTOR,
        token_hash="0" * 64,
        invited_by=administrator,
    )


def told():
    return list(Event.objects.order_by("seq").values_list("code", flat=True))


# Who enters


def test_the_administration_asks_to_log_in_at_the_portal(client, db):
    answer = client.get(PEOPLE, follow=True)
    assert answer.redirect_chain[-1] == (f"/account/login/?next={PEOPLE}", 302)


@pytest.mark.parametrize("person", ["lead", "qualified_person", "reviewer", "coordinator"])
def test_other_roles_are_told_that_they_may_not(request, browser, person):
    answer = browser(request.getfixturevalue(person)).get(PEOPLE, follow=True)
    assert answer.status_code == 403
    assert "Your role does not allow this" in text_of(answer)


def test_the_administrator_enters_and_finds_the_way_back(desk):
    page = desk.get("/admin/")
    assert page.status_code == 200
    assert "ATMP Portal administration" in text_of(page)
    assert 'href="/">Back to the portal</a>' in page.content.decode()
    assert desk.get("/admin/login/").url == "/admin/"
    assert desk.get("/admin/password_change/").url == "/account/password/"
    assert desk.post("/admin/logout/").url == "/account/login/"


def test_the_pages_obey_the_strict_policy(desk, invitation):
    for path in ("/admin/", PEOPLE, INVITATIONS, ORGANISATIONS, f"{INVITATIONS}add/"):
        answer = desk.get(path)
        assert "style-src 'self';" in answer["Content-Security-Policy"] + ";"
        assert not re.search(r"<style| style=| on[a-z]+=", answer.content.decode()), path


# What is there


def test_groups_and_permissions_are_not_managed_here():
    assert not admin.site.is_registered(Group)
    assert not admin.site.is_registered(Permission)


def test_nobody_deletes_anything(administrator, rf):
    request = rf.get("/")
    request.user = administrator
    for page in admin.site._registry.values():
        assert isinstance(page, TrailAdmin)
        assert not page.has_delete_permission(request)
        assert "delete_selected" not in page.get_actions(request)
        if isinstance(page, ReadOnlyAdmin):
            assert not page.has_add_permission(request)
            assert not page.has_change_permission(request)


def test_evidence_and_access_logs_are_read_only():
    for model in (Event, AccessAttempt, AccessLog, Notice):
        assert isinstance(admin.site._registry[model], ReadOnlyAdmin)


@pytest.mark.parametrize(
    ("path", "queries"),
    [(PEOPLE, 12), (INVITATIONS, 10), (ORGANISATIONS, 9), ("/admin/accounts/notice/", 7)],
)
@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_at_any_length(
    path, queries, number, desk, norvia, administrator, django_assert_num_queries
):
    for place in range(number):
        person = people.person(f"Person {place}", norvia, Role.READER)
        people.sponsor(f"Sponsor {place}")
        Notice.objects.create(person=person, subject="News", text="", path="/")
        Invitation.objects.create(
            email=f"guest{place}@example.org",
            full_name="Guest",
            organisation=norvia,
            role=Role.READER,
            token_hash=str(place),
            invited_by=administrator,
        )
    with django_assert_num_queries(queries):
        assert desk.get(path).status_code == 200


def test_people_are_found_by_name_address_and_organisation_and_filtered_by_role(desk, lead, other_lead):
    assert "Ines Halvorsen" in text_of(desk.get(PEOPLE, {"q": "norvia"}))
    assert "Petra" not in text_of(desk.get(PEOPLE, {"q": "norvia"}))
    assert "Petra" in text_of(desk.get(PEOPLE, {"q": "petra.svo"}))
    leads = text_of(desk.get(PEOPLE, {"role": "regulatory_lead"}))
    assert "Ines Halvorsen" in leads
    assert "ada.lindqvist@example.org" not in leads
    lead.memberships.update(ended_at=lead.joined_at)
    homeless = text_of(desk.get(PEOPLE, {"role": "none"}))
    assert "Ines Halvorsen" in homeless
    assert "Petra" not in homeless


@pytest.mark.parametrize("state", ["open", "expired", "accepted", "withdrawn"])
def test_invitations_are_filtered_by_state(desk, invitation, state):
    long_ago = invitation.invited_at
    changes = {
        "open": {},
        "expired": {"expires_at": long_ago},
        "accepted": {"accepted_at": long_ago},
        "withdrawn": {"withdrawn_at": long_ago},
    }
    Invitation.objects.update(**changes[state])
    for shown in changes:
        assert ("Jana Nova" in text_of(desk.get(INVITATIONS, {"state": shown}))) == (shown == state)


# Invitations


def test_adding_an_invitation_sends_it(desk, norvia, administrator):
    answer = desk.post(
        f"{INVITATIONS}add/",
        {
            "email": "Jana.Nova@example.org",
            "full_name": "Jana Nova",
            "organisation": norvia.pk,
            "role": Role.CONTRIBUTOR,
        },
    )
    assert answer.url == INVITATIONS
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.invited_by) == ("jana.nova@example.org", administrator)
    assert told() == ["accounts.invited"]


def test_an_invitation_that_does_not_fit_is_sent_back_with_reasons(desk, norvia, lead, invitation):
    def complaints(**changed):
        data = {"email": "new@example.org", "full_name": "N", "organisation": norvia.pk, "role": Role.READER}
        answer = desk.post(f"{INVITATIONS}add/", {**data, **changed})
        return answer.context["adminform"].form.errors

    assert complaints(role=Role.REVIEWER) == {
        "role": ["Reviewer is a role on the authority side; Norvia Therapeutics is on the sponsor side."]
    }
    assert complaints(email=lead.email.upper()) == {
        "email": [f"{lead.email} has an account already. Open it under Users and change its role."]
    }
    assert complaints(email=invitation.email) == {
        "email": [
            (
                "jana.nova@example.org has an unanswered invitation already. "
                "Send that one again, or withdraw it first."
            )
        ]
    }
    assert Invitation.objects.count() == 1


def test_a_sent_invitation_is_shown_and_not_changed(desk, invitation):
    path = f"{INVITATIONS}{invitation.pk}/change/"
    assert "jana.nova@example.org" in text_of(desk.get(path))
    assert "0" * 64 not in desk.get(path).content.decode()
    assert desk.post(path, {"email": "other@example.org"}).status_code == 403


def act(desk, path, action, *rows, **more):
    return desk.post(path, {"action": action, "_selected_action": [row.pk for row in rows], **more})


def test_a_bulk_act_says_first_what_it_will_do_and_what_it_cannot(desk, invitation, norvia, administrator):
    accepted = Invitation.objects.create(
        email="a@example.org",
        full_name="Accepted Already",
        organisation=norvia,
        role=Role.READER,
        token_hash="1",
        invited_by=administrator,
        accepted_at=invitation.invited_at,
    )
    asked = text_of(act(desk, INVITATIONS, "send_again", invitation, accepted))
    assert "1 will be sent again. A fresh link goes out by mail" in asked
    assert (
        "1 cannot be sent again: Accepted Already &lt;a@example.org&gt;: This invitation was accepted."
        in asked
    )
    assert told() == []
    act(desk, INVITATIONS, "send_again", invitation, accepted, confirmed="yes")
    assert told() == ["accounts.invitation_sent_again"]
    done = text_of(desk.get(INVITATIONS))
    assert "1 of 2 sent again." in done
    assert "This invitation was accepted." in done


def test_withdrawing_from_the_list(desk, invitation):
    act(desk, INVITATIONS, "withdraw", invitation, confirmed="yes")
    assert Invitation.objects.get().state == "Withdrawn"
    assert told() == ["accounts.invitation_withdrawn"]


# People


def test_details_of_a_person_are_changed_through_the_action(desk, lead):
    path = f"{PEOPLE}{lead.pk}/change/"
    management = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    desk.post(path, {"full_name": "Ines Berg", "email": lead.email, **management})
    assert User.objects.get(pk=lead.pk).full_name == "Ines Berg"
    event = Event.objects.get()
    assert (event.actor_name, event.data) == (
        "Ada Lindqvist",
        {"full_name": {"old": "Ines Halvorsen", "new": "Ines Berg"}},
    )
    trail = text_of(desk.get(f"{PEOPLE}{lead.pk}/history/"))
    assert "Details of Ines Berg changed full_name: Ines Halvorsen → Ines Berg" in trail


def test_nobody_is_added_by_hand(desk):
    assert desk.get(f"{PEOPLE}add/").status_code == 403
    assert "Invite a person" in text_of(desk.get(PEOPLE))


def test_an_address_that_is_taken_is_sent_back(desk, lead, contributor):
    answer = desk.post(f"{PEOPLE}{lead.pk}/change/", {"full_name": "X", "email": contributor.email.upper()})
    assert answer.context["adminform"].form.errors == {"email": ["Another person has this address."]}


def test_the_role_is_changed_on_its_own_page(desk, contributor, ostrava):
    path = reverse("admin:accounts_user_role", args=[contributor.pk])
    assert "Tomasz Wierzba is now: Norvia Therapeutics, contributor." in text_of(desk.get(path))
    answer = desk.post(path, {"organisation": ostrava.pk, "role": Role.READER, "why": "Moved"})
    assert answer.url == f"{PEOPLE}{contributor.pk}/change/"
    held = Membership.objects.get(user=contributor, ended_at=None)
    assert (held.organisation, held.role) == (ostrava, Role.READER)
    assert told() == ["accounts.membership_ended", "accounts.membership_started"]
    history = text_of(desk.get(f"{PEOPLE}{contributor.pk}/change/"))
    assert "Norvia Therapeutics, Contributor" in history


def test_a_role_that_does_not_fit_is_sent_back(desk, contributor, norvia):
    path = reverse("admin:accounts_user_role", args=[contributor.pk])
    answer = desk.post(path, {"organisation": norvia.pk, "role": Role.REVIEWER, "why": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "why": ["This field is required."],
        "role": ["Reviewer is a role on the authority side; Norvia Therapeutics is on the sponsor side."],
    }


def test_the_own_role_is_not_changed_here(desk, administrator, norvia):
    path = reverse("admin:accounts_user_role", args=[administrator.pk])
    assert "You cannot change your own role; another administrator can." in text_of(desk.get(path))
    answer = desk.post(path, {"organisation": norvia.pk, "role": Role.READER, "why": "x"})
    assert answer.status_code == 409


@pytest.mark.parametrize("person", ["lead", "coordinator"])
def test_the_role_page_is_for_administrators(request, browser, contributor, person):
    path = reverse("admin:accounts_user_role", args=[contributor.pk])
    assert browser(request.getfixturevalue(person)).post(path, follow=True).status_code == 403


def test_deactivating_shows_what_waits_for_the_person_first(desk, lead, administrator, monkeypatch):
    monkeypatch.setattr(leaving, "FINDERS", [lambda person: [OpenWork("Answer Q-004", person.full_name)]])
    asked = text_of(act(desk, PEOPLE, "deactivate", lead, administrator))
    assert "1 will be deactivated. They are logged out at once" in asked
    assert "Waits for this person: Answer Q-004, Ines Halvorsen" in asked
    assert "1 cannot be deactivated: Ada Lindqvist: You cannot deactivate yourself" in asked
    unreasoned = act(desk, PEOPLE, "deactivate", lead, confirmed="yes")
    assert unreasoned.status_code == 422
    assert User.objects.get(pk=lead.pk).is_active
    act(desk, PEOPLE, "deactivate", lead, confirmed="yes", why="Left")
    assert not User.objects.get(pk=lead.pk).is_active
    assert [(event.code, event.why) for event in Event.objects.all()] == [
        ("accounts.user_deactivated", "Left")
    ]
    act(desk, PEOPLE, "reactivate", lead, confirmed="yes", why="Back")
    assert User.objects.get(pk=lead.pk).is_active


# Organisations


def test_organisations_are_added_and_changed_through_actions(desk, norvia, lead):
    desk.post(f"{ORGANISATIONS}add/", {"name": "Aurelia Biotech", "side": "sponsor"})
    made = Organisation.objects.get(name="Aurelia Biotech")
    desk.post(f"{ORGANISATIONS}{made.pk}/change/", {"name": "Aurelia", "side": "authority", "is_sme": "on"})
    made.refresh_from_db()
    assert (made.name, made.side, made.is_sme) == ("Aurelia", "authority", True)
    assert told() == ["accounts.organisation_created", "accounts.organisation_changed"]
    path = f"{ORGANISATIONS}{norvia.pk}/change/"
    answer = desk.post(path, {"name": "Norvia Therapeutics", "side": "authority"})
    assert answer.context["adminform"].form.errors == {
        "side": ["Norvia Therapeutics has people or invitations; its side cannot change."]
    }


def test_the_log_of_django_stays_empty(desk, norvia):
    desk.post(f"{ORGANISATIONS}{norvia.pk}/change/", {"name": "Norvia", "side": "sponsor"})
    assert admin.models.LogEntry.objects.count() == 0
    assert "accounts.organisation_changed" in text_of(desk.get("/admin/"))
