import pytest
from django.core.management import call_command
from django.db import IntegrityError

from accounts.models import Invitation, Membership, Organisation, User, hash_of_token
from accounts.roles import AUTHORITY_ROLES, SPONSOR_ROLES, Role, Side
from audit.models import Event
from tests.factories import people
from tests.factories.people import PASSWORD


@pytest.mark.parametrize(
    ("role", "side"),
    [
        (Role.REGULATORY_LEAD, Side.SPONSOR),
        (Role.CONTRIBUTOR, Side.SPONSOR),
        (Role.READER, Side.SPONSOR),
        (Role.QC_ANALYST, Side.SPONSOR),
        (Role.QUALITY_ASSURANCE, Side.SPONSOR),
        (Role.QUALIFIED_PERSON, Side.SPONSOR),
        (Role.REVIEWER, Side.AUTHORITY),
        (Role.COORDINATOR, Side.AUTHORITY),
        (Role.ADMINISTRATOR, Side.ADMINISTRATION),
    ],
)
def test_every_role_stands_on_one_side(role, side):
    assert role.side == side
    assert (role in SPONSOR_ROLES, role in AUTHORITY_ROLES) == (
        side == Side.SPONSOR,
        side == Side.AUTHORITY,
    )


def test_what_a_person_is_follows_from_the_membership_in_force(norvia, authority):
    person = people.person("Sofia Marques", norvia, Role.READER)
    person.memberships.update(ended_at=person.joined_at)
    Membership.objects.create(user=person, organisation=authority, role=Role.REVIEWER)
    person = User.objects.get(pk=person.pk)
    assert (person.role, person.side, person.organisation, person.organisation_id) == (
        Role.REVIEWER,
        Side.AUTHORITY,
        authority,
        authority.pk,
    )
    assert person.role_line == "European Agency for Living Medicines, reviewer"


def test_prefetched_memberships_give_the_same_answer_without_a_query(norvia, django_assert_num_queries):
    person = people.person("Aoife Brennan", norvia, Role.QUALIFIED_PERSON)
    (person,) = User.objects.filter(pk=person.pk).prefetch_related("memberships__organisation")
    with django_assert_num_queries(0):
        assert person.role_line == "Norvia Therapeutics, Qualified Person"


def test_a_person_without_a_place_is_nobody(db):
    person = User.objects.create_user("guest@example.org", "Guest", PASSWORD)
    assert (person.role, person.side, person.organisation) == ("", "", None)
    assert person.role_line == "no organisation"
    assert not person.is_staff


def test_nobody_has_two_places_at_once(lead, ostrava):
    with pytest.raises(IntegrityError):
        Membership.objects.create(user=lead, organisation=ostrava, role=Role.READER)


def test_an_address_names_one_person_whatever_its_case(lead):
    assert User.objects.get_by_natural_key("INES.Halvorsen@example.org ") == lead
    with pytest.raises(IntegrityError):
        User.objects.create(email="Ines.HALVORSEN@example.org", full_name="Another")


def test_only_an_administrator_enters_the_administration(administrator, lead, coordinator):
    assert administrator.has_perm("accounts.change_user")
    assert administrator.has_module_perms("accounts")
    assert not lead.has_perm("accounts.change_user")
    assert not coordinator.has_module_perms("audit")
    administrator.is_active = False
    assert not administrator.has_perm("accounts.change_user")


def test_createsuperuser_makes_an_administrator_who_can_log_in(db, client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Root@Example.org", full_name="First One", interactive=False)
    person = User.objects.get()
    assert (person.email, person.role, person.organisation) == (
        "root@example.org",
        Role.ADMINISTRATOR,
        Organisation.objects.get(name="Administration", side=Side.ADMINISTRATION),
    )
    event = Event.objects.get()
    assert (event.actor_name, event.sentence) == (
        "ATMP Portal",
        "First One made administrator from the command line",
    )
    answer = client.post("/account/login/", {"username": "root@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")


def test_the_token_itself_is_not_kept():
    token = Invitation.new_token()
    assert len(token) == 43
    assert len(hash_of_token(token)) == 64
    assert Invitation.new_token() != token
