import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, Membership, Notice, Organisation, User, hash_of_token
from accounts.roles import Role, Side
from audit.models import Event
from audit.refusals import Refused
from tests.factories import people
from tests.factories.people import PASSWORD
from tests.factories.races import database_on_disk, race

TOKEN = "a-known-token"


def invite(administrator, organisation, **fields):
    wanted = {"email": "jana.nova@example.org", "full_name": "Jana Nova", "role": Role.CONTRIBUTOR}
    return actions.invite(organisation=organisation, by=administrator, **{**wanted, **fields})


@pytest.fixture
def open_invitation(administrator, norvia):
    invitation = invite(administrator, norvia)
    invitation.token_hash = hash_of_token(TOKEN)
    invitation.save()
    return invitation


def told():
    return [(event.code, event.sentence) for event in Event.objects.order_by("seq")]


def test_invite_keeps_the_hash_of_the_token_and_tells_the_trail(administrator, norvia):
    invitation = invite(administrator, norvia, email=" Jana.Nova@Example.org ")
    assert (invitation.email, invitation.state, invitation.invited_by) == (
        "jana.nova@example.org",
        "Open",
        administrator,
    )
    event = Event.objects.get()
    assert (event.code, event.sentence, event.data) == (
        "accounts.invited",
        "Jana Nova invited as contributor of Norvia Therapeutics",
        {"email": "jana.nova@example.org", "role": "contributor", "organisation": "Norvia Therapeutics"},
    )


@pytest.mark.parametrize("person", ["lead", "coordinator", "reader", "qualified_person"])
def test_only_an_administrator_invites(request, norvia, person):
    with pytest.raises(Refused, match=r"^Only an administrator manages people and organisations\.$"):
        invite(request.getfixturevalue(person), norvia)
    assert Invitation.objects.count() == 0


def test_invite_refuses_a_role_of_the_other_side(administrator, norvia, authority):
    with pytest.raises(Refused) as refused:
        invite(administrator, norvia, role=Role.REVIEWER)
    assert refused.value.reason == (
        "Reviewer is a role on the authority side; Norvia Therapeutics is on the sponsor side."
    )
    assert invite(administrator, authority, role=Role.REVIEWER).role == Role.REVIEWER


def test_invite_refuses_an_address_that_has_an_account(administrator, norvia, lead):
    with pytest.raises(Refused, match="has an account already"):
        invite(administrator, norvia, email=lead.email.upper())


def test_invite_refuses_an_address_that_has_an_unanswered_invitation(open_invitation, administrator, ostrava):
    with pytest.raises(Refused, match="has an unanswered invitation already"):
        invite(administrator, ostrava)
    actions.withdraw_invitation(open_invitation, by=administrator)
    assert invite(administrator, ostrava).organisation == ostrava


def test_send_again_kills_the_link_that_was_sent_before(open_invitation, administrator):
    Invitation.objects.update(expires_at=timezone.now(), mailed_at=timezone.now())
    again = actions.send_again(open_invitation, by=administrator)
    assert again.token_hash != hash_of_token(TOKEN)
    assert (again.state, again.mailed_at) == ("Open", None)
    assert told()[-1] == ("accounts.invitation_sent_again", "Invitation of Jana Nova sent again")


def test_withdraw_closes_an_invitation(open_invitation, administrator):
    assert actions.withdraw_invitation(open_invitation, by=administrator).state == "Withdrawn"
    assert told()[-1] == ("accounts.invitation_withdrawn", "Invitation of Jana Nova withdrawn")
    with pytest.raises(Refused, match="is withdrawn already"):
        actions.withdraw_invitation(open_invitation, by=administrator)
    with pytest.raises(Refused, match=r"was withdrawn\. Invite the person anew"):
        actions.send_again(open_invitation, by=administrator)


@pytest.mark.parametrize("act", [actions.send_again, actions.withdraw_invitation])
def test_only_an_administrator_handles_invitations(open_invitation, lead, act):
    with pytest.raises(Refused, match="Only an administrator"):
        act(open_invitation, by=lead)


def test_accept_makes_the_account_in_its_place(open_invitation, norvia):
    person = actions.accept(open_invitation, password=PASSWORD)
    assert (person.email, person.full_name, person.role, person.organisation) == (
        "jana.nova@example.org",
        "Jana Nova",
        Role.CONTRIBUTOR,
        norvia,
    )
    assert person.check_password(PASSWORD)
    assert Invitation.objects.get().state == "Accepted"
    assert told()[1:] == [
        ("accounts.invitation_accepted", "Invitation accepted by Jana Nova"),
        ("accounts.membership_started", "Joined Norvia Therapeutics as contributor"),
    ]


def test_accept_works_once(open_invitation, administrator):
    actions.accept(open_invitation, password=PASSWORD)
    with pytest.raises(Refused, match="This invitation was used already"):
        actions.accept(open_invitation, password=PASSWORD)
    with pytest.raises(Refused, match="This invitation was accepted"):
        actions.send_again(open_invitation, by=administrator)
    with pytest.raises(Refused, match=r"was accepted\. Deactivate the person instead"):
        actions.withdraw_invitation(open_invitation, by=administrator)
    assert User.objects.filter(email="jana.nova@example.org").count() == 1


def test_accept_refuses_what_expired_was_withdrawn_or_was_replaced(open_invitation, administrator):
    old = Invitation.objects.get()
    actions.send_again(open_invitation, by=administrator)
    with pytest.raises(Refused, match="A newer mail replaced this link"):
        actions.accept(old, password=PASSWORD)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match="This invitation has expired"):
        actions.accept(Invitation.objects.get(), password=PASSWORD)
    actions.withdraw_invitation(open_invitation, by=administrator)
    with pytest.raises(Refused, match="This invitation was withdrawn"):
        actions.accept(Invitation.objects.get(), password=PASSWORD)
    assert not User.objects.filter(email="jana.nova@example.org").exists()


def test_accept_refuses_who_has_an_account_meanwhile(open_invitation):
    User.objects.create_user("jana.nova@example.org", "Jana Nova", PASSWORD)
    with pytest.raises(Refused, match="You already have an account with this e-mail address"):
        actions.accept(open_invitation, password=PASSWORD)


def test_change_person_keeps_old_and_new_and_leaves_evidence_alone(lead, administrator):
    actions.change_person(lead, full_name="Ines Berg", email="Ines.Berg@example.org", by=administrator)
    person = User.objects.get(pk=lead.pk)
    assert (person.full_name, person.email) == ("Ines Berg", "ines.berg@example.org")
    assert Event.objects.get().data == {
        "full_name": {"old": "Ines Halvorsen", "new": "Ines Berg"},
        "email": {"old": "ines.halvorsen@example.org", "new": "ines.berg@example.org"},
    }


def test_changing_nothing_leaves_no_event(lead, norvia, administrator):
    actions.change_person(lead, full_name=lead.full_name, email=lead.email, by=administrator)
    actions.change_organisation(norvia, name=norvia.name, side=norvia.side, is_sme=True, by=administrator)
    assert told() == []


def test_change_role_ends_one_membership_and_starts_another(contributor, ostrava, administrator):
    actions.change_role(
        contributor, organisation=ostrava, role=Role.REGULATORY_LEAD, why="Moved", by=administrator
    )
    held = list(Membership.objects.filter(user=contributor).order_by("since"))
    assert [(one.role, one.organisation.name, one.ended_at is None) for one in held] == [
        ("contributor", "Norvia Therapeutics", False),
        ("regulatory_lead", "Ostrava Cell Works", True),
    ]
    ended, started = Event.objects.order_by("seq")
    assert (ended.sentence, ended.why, ended.data) == (
        "Tomasz Wierzba is no longer contributor of Norvia Therapeutics",
        "Moved",
        {"organisation": "Norvia Therapeutics", "role": "contributor"},
    )
    assert (started.sentence, started.data) == (
        "Tomasz Wierzba became regulatory lead of Ostrava Cell Works",
        {
            "organisation": {"old": "Norvia Therapeutics", "new": "Ostrava Cell Works"},
            "role": {"old": "contributor", "new": "regulatory_lead"},
        },
    )


def test_change_role_gives_a_place_to_who_has_none(norvia, administrator):
    guest = User.objects.create_user("guest@example.org", "Guest")
    started = actions.change_role(
        guest, organisation=norvia, role=Role.READER, why="Forgotten", by=administrator
    )
    assert (started.user, started.role) == (guest, Role.READER)


def test_change_role_refusals(lead, contributor, norvia, administrator):
    def change(person, *, by, role=Role.READER):
        actions.change_role(person, organisation=norvia, role=role, why="", by=by)

    with pytest.raises(Refused, match="Only an administrator"):
        change(contributor, by=lead)
    with pytest.raises(Refused, match=r"^You cannot change your own role; another administrator can\.$"):
        change(administrator, by=administrator)
    with pytest.raises(Refused, match="Coordinator is a role on the authority side"):
        change(contributor, role=Role.COORDINATOR, by=administrator)
    with pytest.raises(Refused, match=r"^Tomasz Wierzba holds this role already\.$"):
        change(contributor, role=Role.CONTRIBUTOR, by=administrator)
    assert Membership.objects.get(user=contributor).ended_at is None


def test_deactivate_shuts_out_at_once_and_deletes_nothing(lead, administrator, browser):
    page = browser(lead)
    assert page.get("/account/").status_code == 200
    actions.deactivate(lead, why="Left", by=administrator)
    assert page.get("/account/").status_code == 302
    assert Membership.objects.get(user=lead).ended_at is None
    event = Event.objects.get()
    assert (event.sentence, event.why, event.data) == (
        "Ines Halvorsen deactivated",
        "Left",
        {"is_active": {"old": True, "new": False}},
    )
    actions.reactivate(lead, why="Came back", by=administrator)
    assert browser(User.objects.get(pk=lead.pk)).get("/account/").status_code == 200
    assert told()[-1] == ("accounts.user_reactivated", "Ines Halvorsen reactivated")


def test_deactivate_and_reactivate_refusals(lead, contributor, administrator):
    with pytest.raises(Refused, match="Only an administrator"):
        actions.deactivate(contributor, why="", by=lead)
    with pytest.raises(Refused, match="You cannot deactivate yourself"):
        actions.deactivate(administrator, why="", by=administrator)
    with pytest.raises(Refused, match="Ines Halvorsen is active already"):
        actions.reactivate(lead, why="", by=administrator)
    with pytest.raises(Refused, match="Only an administrator"):
        actions.reactivate(contributor, why="", by=lead)
    actions.deactivate(lead, why="", by=administrator)
    with pytest.raises(Refused, match="Ines Halvorsen is deactivated already"):
        actions.deactivate(lead, why="", by=administrator)


def test_organisations_are_created_and_changed_with_evidence(administrator, lead):
    created = actions.create_organisation(
        name="Aurelia Biotech", side=Side.SPONSOR, is_sme=False, by=administrator
    )
    actions.change_organisation(
        created, name="Aurelia Bio", side=Side.AUTHORITY, is_sme=True, by=administrator
    )
    assert [(event.sentence, event.data) for event in Event.objects.order_by("seq")] == [
        ("Aurelia Biotech created", {"name": "Aurelia Biotech", "side": "sponsor", "is_sme": False}),
        (
            "Details of Aurelia Bio changed",
            {
                "name": {"old": "Aurelia Biotech", "new": "Aurelia Bio"},
                "side": {"old": "sponsor", "new": "authority"},
                "is_sme": {"old": False, "new": True},
            },
        ),
    ]
    with pytest.raises(Refused, match="Only an administrator"):
        actions.create_organisation(name="Mine", side=Side.SPONSOR, is_sme=True, by=lead)


def test_an_organisation_with_people_stays_on_its_side(lead, administrator):
    with pytest.raises(Refused, match=r"has people or invitations; its side cannot change\.$"):
        actions.change_organisation(
            lead.organisation, name="Norvia", side=Side.AUTHORITY, is_sme=True, by=administrator
        )
    assert Organisation.objects.get(pk=lead.organisation_id).name == "Norvia Therapeutics"


def test_reading_marks_only_the_own_notices(lead, contributor):
    for person in (lead, lead, contributor):
        Notice.objects.create(person=person, subject="News", text="", path="/")
    foreign = Notice.objects.get(person=contributor)
    actions.read(foreign, by=lead)
    assert Notice.objects.get(pk=foreign.pk).read_at is None
    assert actions.read_all(by=lead) == 2
    assert actions.read_all(by=lead) == 0
    assert Notice.objects.get(pk=foreign.pk).read_at is None


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_accept_once(norvia, tmp_path):
    with database_on_disk(tmp_path):
        invitation = invite(people.administrator(), norvia)
        outcomes = race(*[lambda: actions.accept(invitation, password=PASSWORD)] * 2)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "User"]
        assert User.objects.filter(email=invitation.email).count() == 1
        assert len(told()) == 3


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_the_same_moment_leave_one_membership(norvia, ostrava, tmp_path):
    with database_on_disk(tmp_path):
        person = people.person("Tomasz Wierzba", norvia, Role.CONTRIBUTOR)
        ada = people.administrator()
        race(
            lambda: actions.change_role(person, organisation=ostrava, role=Role.READER, why="", by=ada),
            lambda: actions.change_role(person, organisation=norvia, role=Role.READER, why="", by=ada),
        )
        assert Membership.objects.filter(user=person, ended_at=None).count() == 1
        assert Membership.objects.filter(user=person).count() == 3
