from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import Invitation, Notice, User
from accounts.roles import Role
from audit.models import Event, Job
from audit.refusals import Refused
from dossiers import permissions, tasks
from dossiers.actions import members, owners
from dossiers.jobs import end_members
from dossiers.models import Document, Dossier, DossierMembership, Editing, SectionNote
from dossiers.models.dossiers import today_at_the_site
from dossiers.statuses import MemberRole
from tests.factories import dossiers, people

PASSWORD = "a-long-enough-password-9"


@pytest.fixture
def dossier(norvia, lead) -> Dossier:
    return dossiers.dossier(organisation=norvia, by=lead)


@pytest.fixture
def other(norvia, lead) -> Dossier:
    """Another dossier of the same sponsor, with a document whose name could leak."""
    made = dossiers.dossier(dossiers.product(norvia, name="Secretin", by=lead), by=lead)
    dossiers.document(made, name="secret-recipe.pdf", title="Secret recipe", by=lead)
    return made


@pytest.fixture
def helper(dossier, lead) -> User:
    person = people.person("Hugo Lindqvist", dossier.organisation, Role.HELPER)
    members.invite(dossier, person, role=MemberRole.EDITOR, ends_on=_in(30), by=lead)
    return person


def _in(days):
    return today_at_the_site() + timedelta(days=days)


def _fresh(user):
    return User.objects.get(pk=user.pk)


def test_a_helper_sees_their_dossier_and_nothing_else(helper, dossier, other):
    assert list(Dossier.objects.visible_to(helper)) == [dossier]
    assert list(Document.objects.visible_to(helper)) == []


@pytest.mark.parametrize(
    "path",
    [
        "home", "search", "report_list", "task_list", "dossiers:dossier_list", "dossiers:product_list",
        "classification:assessment_list", "qc:lot_list", "qc:specification_list", "accounts:inbox",
    ],
)  # fmt: skip
def test_no_list_tells_a_helper_of_what_they_are_not_invited_to(browser, helper, other, lead, path):
    query = {"q": "secret"}
    assert "Secret" in browser(lead).get(reverse("search"), query).content.decode()
    page = browser(helper).get(reverse(path), query if path == "search" else {})
    assert page.status_code == 200
    text = page.content.decode()
    assert [
        word for word in ("Secretin", "secret-recipe", "Secret recipe", other.number) if word in text
    ] == []


def test_the_counts_of_a_helper_are_those_of_their_dossier(browser, helper, dossier, other):
    page = browser(helper).get(reverse("home")).context["page"]
    assert (page.all_dossiers, page.all_candidates, page.all_lots, page.ways) == (1, 0, 0, [])


def test_a_helper_edits_only_as_an_editor(dossier, helper, lead):
    assert permissions.why_not_edit_documents(dossier, helper) is None
    member = dossier.members.get()
    members.change(member, role=MemberRole.READER, ends_on=_in(30), by=lead)
    assert permissions.why_not_edit_documents(dossier, helper) == (
        "Only the sponsor's regulatory lead and contributors change the dossier."
    )
    event = Event.objects.get(code="dossiers.member_changed")
    assert event.data == {"role": {"old": "editor", "new": "reader"}}
    assert event.audience == "sponsor"


def test_a_part_ends_by_itself_the_day_after_its_last_day(dossier, helper):
    DossierMembership.objects.update(ends_on=_in(0))
    assert list(Dossier.objects.visible_to(helper)) == [dossier]
    DossierMembership.objects.update(ends_on=_in(-1))
    assert list(Dossier.objects.visible_to(helper)) == []
    assert permissions.role_in(dossier, helper) == ""


def test_the_clock_closes_what_ran_out_once_and_tells_the_person(dossier, helper, lead, browser):
    section = dossier.sections.get(number="3.2.S.2.3")
    owners.own(section, owner=helper, due_on=_in(3), by=lead)
    DossierMembership.objects.update(ends_on=_in(-1))
    assert (end_members(), end_members()) == (1, 0)
    member = DossierMembership.objects.get()
    assert (member.ended_by, member.end_reason, member.name) == (
        None,
        "Its last day is over.",
        "Hugo Lindqvist",
    )
    section.refresh_from_db()
    assert (section.owner, section.due_on) == (None, None)
    event = Event.objects.get(code="dossiers.member_ended")
    assert event.actor_name != lead.full_name
    assert event.data["sections without an owner"] == "3.2.S.2.3"
    notices = Notice.objects.filter(person=helper).values_list("subject", "path")
    assert list(notices) == [("Your part in a dossier has ended", "/dossiers/")]
    assert dossier.product.name not in browser(helper).get(reverse("accounts:inbox")).content.decode()


def test_a_person_from_outside_comes_in_through_the_invitation_and_into_this_dossier_only(
    browser, dossier, other, lead
):
    url = reverse("dossiers:helper_invite", args=[dossier.pk])
    data = {"full_name": "Ana Horvat", "email": "Ana@cro.example", "role": "reader", "ends_on": str(_in(9))}
    response = browser(lead).post(url, data)
    assert response.headers["Location"] == reverse("dossiers:people", args=[dossier.pk])
    offer = Invitation.objects.get()
    assert (offer.email, offer.role, offer.organisation) == (
        "ana@cro.example",
        "helper",
        dossier.organisation,
    )
    member = DossierMembership.objects.get()
    assert (member.person, member.name, member.role) == (None, "Ana Horvat", "reader")
    person = accounts.accept(offer, password=PASSWORD)
    assert person.role == Role.HELPER
    assert list(Dossier.objects.visible_to(person)) == [dossier]
    events = Event.objects.filter(code__startswith="dossiers.member").order_by("seq")
    assert [event.code for event in events] == ["dossiers.member_invited", "dossiers.member_joined"]


def test_one_invitation_leads_into_every_dossier_that_waits(dossier, other, lead):
    for each in (dossier, other):
        members.invite_helper(
            each, email="ana@cro.example", full_name="Ana Horvat", role="editor", ends_on=_in(9), by=lead
        )
    person = accounts.accept(Invitation.objects.get(), password=PASSWORD)
    assert set(Dossier.objects.visible_to(person)) == {dossier, other}
    with pytest.raises(Refused, match="does not act for Norvia Therapeutics, or has a part in it already"):
        members.invite_helper(
            other, email="ana@cro.example", full_name="Ana Horvat", role="editor", ends_on=_in(9), by=lead
        )


def test_a_part_that_ended_before_the_invitation_was_accepted_opens_nothing(dossier, lead):
    member = members.invite_helper(
        dossier, email="ana@cro.example", full_name="Ana Horvat", role="editor", ends_on=_in(9), by=lead
    )
    members.end(member, why="The contract fell through.", by=lead)
    person = accounts.accept(Invitation.objects.get(), password=PASSWORD)
    assert list(Dossier.objects.visible_to(person)) == []


def test_an_account_of_another_organisation_is_not_invited_as_a_helper(dossier, lead, other_lead):
    with pytest.raises(Refused, match="has an account already"):
        members.invite_helper(
            dossier, email=other_lead.email, full_name="P", role="reader", ends_on=_in(9), by=lead
        )
    assert not DossierMembership.objects.exists()


def test_a_colleague_of_another_sponsor_cannot_be_invited(browser, dossier, lead, other_lead):
    with pytest.raises(Refused, match="does not act for Norvia Therapeutics"):
        members.invite(dossier, other_lead, role=MemberRole.READER, ends_on=_in(1), by=lead)
    data = {"person": other_lead.pk, "role": "reader", "ends_on": str(_in(1))}
    response = browser(lead).post(reverse("dossiers:member_invite", args=[dossier.pk]), data)
    assert response.status_code == 422
    assert list(response.context["invite_form"].errors) == ["person"]


def test_a_reader_who_is_invited_as_an_editor_edits_this_dossier_and_no_other(dossier, other, lead, reader):
    assert permissions.why_not_edit_documents(dossier, reader) is not None
    members.invite(dossier, reader, role=MemberRole.EDITOR, ends_on=_in(5), by=lead)
    assert permissions.why_not_edit_documents(dossier, reader) is None
    assert permissions.why_not_edit_documents(other, reader) is not None
    assert permissions.why_not_invite_member(dossier, reader) is not None
    assert set(Dossier.objects.visible_to(reader)) == {dossier, other}


def test_an_owner_invites_colleagues_and_nobody_from_outside(browser, dossier, lead, contributor, reader):
    members.invite(dossier, contributor, role=MemberRole.OWNER, ends_on=_in(5), by=lead)
    page = browser(contributor).get(reverse("dossiers:people", args=[dossier.pk])).context
    assert (page["invite_form"] is not None, page["helper_form"]) == (True, None)
    members.invite(dossier, reader, role=MemberRole.READER, ends_on=_in(5), by=contributor)
    with pytest.raises(Refused, match="Only the regulatory lead invites people from outside"):
        members.invite_helper(
            dossier, email="ana@cro.example", full_name="Ana", role="reader", ends_on=_in(9), by=contributor
        )


def test_nobody_changes_their_own_part(dossier, lead, contributor):
    member = members.invite(dossier, contributor, role=MemberRole.OWNER, ends_on=_in(5), by=lead)
    with pytest.raises(Refused, match="Another person changes your part in the dossier"):
        members.end(member, why="Done", by=contributor)


def test_a_helper_never_owns_a_dossier_and_no_part_starts_in_the_past(dossier, lead, helper):
    with pytest.raises(Refused, match="only people of the organisation own a dossier"):
        members.change(dossier.members.get(), role=MemberRole.OWNER, ends_on=_in(5), by=lead)
    with pytest.raises(Refused, match="The last day is over already"):
        members.change(dossier.members.get(), role=MemberRole.READER, ends_on=_in(-1), by=lead)


def test_the_form_says_what_is_missing(browser, dossier, lead):
    url = reverse("dossiers:helper_invite", args=[dossier.pk])
    response = browser(lead).post(url, {"full_name": "Ana", "email": "no", "ends_on": str(_in(-1))})
    assert response.context["helper_form"].errors == {
        "email": ["Enter a valid email address."],
        "role": ["This field is required."],
        "ends_on": ["This day is over. Choose today or a later one."],
    }


def test_an_end_leaves_the_name_in_history_and_takes_the_notices_of_a_helper(browser, dossier, lead, helper):
    url = reverse("dossiers:member_end", args=[dossier.pk, dossier.members.get().pk])
    response = browser(lead).post(url, {"why": "The contract ended."})
    assert response.headers["Location"] == reverse("dossiers:people", args=[dossier.pk])
    page = browser(lead).get(response.headers["Location"]).context["page"].colleagues
    assert [(member.name, member.end_reason) for member in page.ended] == [
        ("Hugo Lindqvist", "The contract ended.")
    ]
    assert page.in_force == []
    assert browser(helper).get(dossier.get_absolute_url()).status_code == 404
    assert [notice.path for notice in helper.notices.all()] == ["/dossiers/"]
    with pytest.raises(Refused, match="has ended already"):
        members.end(dossier.members.get(), why="Again", by=lead)


def test_the_page_says_who_sees_the_dossier_and_why(browser, dossier, lead, contributor, reader, helper):
    page = browser(lead).get(reverse("dossiers:people", args=[dossier.pk])).context["page"].colleagues
    last = f"{_in(30):%-d %B %Y}"
    assert [(row.name, row.what, row.why) for row in page.seen_by] == [
        ("Hugo Lindqvist", "Edits, comments, answers questions", f"Invited to this dossier until {last}"),
        ("Ines Halvorsen", "Edits", "Regulatory lead of Norvia Therapeutics"),
        ("Jun Sato", "Reads", "Reader of Norvia Therapeutics"),
        ("Tomasz Wierzba", "Edits", "Contributor of Norvia Therapeutics"),
    ]
    theirs = browser(helper).get(reverse("dossiers:people", args=[dossier.pk])).context["page"].colleagues
    assert (theirs.seen_by, theirs.ended, len(theirs.in_force)) == ([], [], 1)


def test_the_authority_learns_nothing_of_the_colleagues(browser, coordinator, norvia):
    filed = dossiers.dossier_at("filed", norvia)
    by = dossiers.writer(norvia)
    person = people.person("Hugo Lindqvist", norvia, Role.HELPER)
    members.invite(filed, person, role=MemberRole.READER, ends_on=_in(5), by=by)
    client = browser(coordinator)
    for name in ("people", "trail"):
        text = client.get(reverse(f"dossiers:{name}", args=[filed.pk])).content.decode()
        assert "Hugo Lindqvist" not in text
    assert list(DossierMembership.objects.visible_to(coordinator)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    browser, dossier, lead, number, django_assert_num_queries
):
    for place in range(number):
        person = people.person(f"Helper {place}", dossier.organisation, Role.HELPER)
        members.invite(dossier, person, role=MemberRole.READER, ends_on=_in(5), by=lead)
    client = browser(lead)
    with django_assert_num_queries(20):
        client.get(reverse("dossiers:people", args=[dossier.pk]))


def test_a_helper_who_edits_opens_the_answer_to_a_requirement_and_keeps_its_sign(browser, helper, dossier):
    requirement = dossier.requirements.order_by("position")[0]
    keys = [dossier.pk, requirement.pk]
    page = browser(helper).get(reverse("dossiers:requirement_answer", args=keys))
    assert page.context["form"].initial["state"] == "open"
    assert browser(helper).post(reverse("dossiers:requirement_editing", args=keys)).status_code == 200
    assert [sign.person for sign in Editing.objects.filter(requirement=requirement)] == [helper]


def test_a_helper_who_reads_neither_answers_nor_writes_notes(browser, helper, dossier, lead):
    members.change(dossier.members.get(), role=MemberRole.READER, ends_on=_in(30), by=lead)
    requirement, section = dossier.requirements.order_by("position")[0], dossier.sections.get(number="3.2.S")
    page = browser(helper).get(reverse("dossiers:requirement_answer", args=[dossier.pk, requirement.pk]))
    assert (page.status_code, page.context["form"]) == (200, None)
    notes = reverse("dossiers:section_notes", args=[dossier.pk, section.number])
    assert browser(helper).post(notes, {"text": "Mine", "edition": "0"}).status_code == 409
    assert not SectionNote.objects.exists()


def test_after_the_last_day_a_helper_finds_neither_the_job_nor_the_report_they_asked_for(
    browser, helper, dossier
):
    export = reverse("dossiers:requirement_export", args=[dossier.pk])
    asked = browser(helper).post(export, {"what": "checklist", "format": "csv"})
    job = Job.objects.get()
    tasks.make_requirements(str(job.pk))
    report = reverse("report_download", args=[job.report.pk])
    assert [browser(helper).get(url).status_code for url in (asked.url, report)] == [200, 200]
    DossierMembership.objects.update(ends_on=_in(-1))
    assert [browser(helper).get(url).status_code for url in (asked.url, report)] == [404, 404]
    assert browser(helper).post(reverse("job_retry", args=[job.pk])).status_code == 404
