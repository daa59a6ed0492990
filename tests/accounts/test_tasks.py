from datetime import timedelta

import pytest
from celery import current_app
from celery.exceptions import OperationalError
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from accounts import actions, inbox, tasks
from accounts.jobs import resend_unsent_mail
from accounts.models import Invitation, Notice, User, hash_of_token
from accounts.queries import person_of_link
from accounts.roles import Role

TOKEN = "a-known-token"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def invitation(administrator, norvia):
    invitation = actions.invite(
        email="jana.nova@example.org",
        full_name="Jana Nova",
        organisation=norvia,
        role=Role.CONTRIBUTOR,
        by=administrator,
    )
    Invitation.objects.update(token_hash=hash_of_token(TOKEN))
    return invitation


@pytest.fixture
def notice(lead):
    return Notice.objects.create(
        person=lead, subject="Question Q-004 was asked", text="Potency assay.", path="/dossiers/"
    )


def test_the_invitation_mail_has_the_link_and_nothing_else_has_it(invitation, settings):
    settings.SITE_URL = "https://portal.example"
    expires = invitation.expires_at.replace(hour=9, minute=5)
    Invitation.objects.update(expires_at=expires)
    assert tasks.mail_invitation(str(invitation.pk), TOKEN)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["jana.nova@example.org"],
        "Invitation to ATMP Portal, Norvia Therapeutics",
    )
    assert (
        "Ada Lindqvist invites you to ATMP Portal, for Norvia Therapeutics, in the role of Contributor."
        in (sent.body)
    )
    assert "https://portal.example/account/invitations/a-known-token/" in sent.body
    assert "09:05 UTC" in sent.body
    kept = Invitation.objects.get()
    assert kept.mailed_at is not None
    assert TOKEN not in str(vars(kept))


def test_an_invitation_is_mailed_once(invitation):
    assert tasks.mail_invitation(str(invitation.pk), TOKEN)
    assert not tasks.mail_invitation(str(invitation.pk), TOKEN)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "change",
    [{"token_hash": "of another token"}, {"withdrawn_at": timezone.now()}, {"expires_at": timezone.now()}],
)
def test_a_link_that_opens_nothing_is_not_mailed(invitation, change):
    Invitation.objects.update(**change)
    assert not tasks.mail_invitation(str(invitation.pk), TOKEN)
    assert mail.outbox == []


def test_inviting_queues_the_mail_with_a_token_that_the_logs_do_not_show(
    administrator, norvia, monkeypatch, django_capture_on_commit_callbacks
):
    queued = []
    monkeypatch.setattr(
        tasks.mail_invitation, "apply_async", lambda args, **options: queued.append((args, options))
    )
    with django_capture_on_commit_callbacks(execute=True):
        made = actions.invite(
            email="a@example.org", full_name="A", organisation=norvia, role=Role.READER, by=administrator
        )
    ((invitation_id, token), options) = queued[0]
    assert invitation_id == str(made.pk)
    assert hash_of_token(token) == made.token_hash
    assert options == {"argsrepr": "(not shown)"}


def test_a_notice_is_mailed_once_with_the_way_to_it(notice, settings):
    settings.SITE_URL = "https://portal.example"
    assert tasks.mail_notice(str(notice.pk))
    assert not tasks.mail_notice(str(notice.pk))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["ines.halvorsen@example.org"],
        "Question Q-004 was asked",
        "Potency assay.\n\nhttps://portal.example/dossiers/\n\nYou read and settle this in the portal.",
    )


def test_a_deactivated_person_gets_no_mail(notice):
    User.objects.update(is_active=False)
    assert not tasks.mail_notice(str(notice.pk))
    assert mail.outbox == []


def test_the_mailed_link_sets_the_password_of_its_person(lead):
    assert tasks.mail_password_reset("INES.halvorsen@example.org ")
    (sent,) = mail.outbox
    assert sent.to == ["ines.halvorsen@example.org"]
    uid, token = sent.body.split("/account/password/new/")[1].split("/")[:2]
    assert person_of_link(uid, token) == lead
    actions.set_password(lead, "another-long-password", by=lead)
    assert person_of_link(uid, token) is None


@pytest.mark.parametrize(("uid", "token"), [("x", "y"), ("", ""), ("Zm9v", "c-d"), ("_", "_")])
def test_a_broken_link_belongs_to_nobody(db, uid, token):
    assert person_of_link(uid, token) is None


def test_a_password_mail_goes_to_people_with_a_place_only_and_not_in_floods(lead, contributor):
    assert not tasks.mail_password_reset("nobody@example.org")
    lead.memberships.update(ended_at=timezone.now())
    assert not tasks.mail_password_reset(lead.email)
    assert tasks.mail_password_reset(contributor.email)
    assert not tasks.mail_password_reset(contributor.email)
    User.objects.update(is_active=False)
    cache.clear()
    assert not tasks.mail_password_reset(contributor.email)
    assert len(mail.outbox) == 1


def test_the_broker_may_be_down(lead, monkeypatch, caplog, django_capture_on_commit_callbacks):
    def down(*_args, **_kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.mail_notice, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        inbox.tell([lead], subject="News", text="", path="/")
    assert Notice.objects.get().mailed_at is None
    assert caplog.messages == ["The broker is down; accounts.tasks.mail_notice was not queued."]


def test_unsent_mail_of_the_last_days_is_queued_again(lead, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.mail_notice, "apply_async", lambda args, **_options: queued.append(args))

    def told(ago, **fields):
        return Notice.objects.create(
            person=lead, subject="News", text="", path="/", told_at=timezone.now() - ago, **fields
        )

    lost = told(timedelta(minutes=5))
    told(timedelta(seconds=30))
    told(timedelta(days=4))
    told(timedelta(hours=1), mailed_at=timezone.now())
    assert resend_unsent_mail() == 1
    assert queued == [(str(lost.pk),)]


def test_every_task_is_known_by_its_name():
    assert {"accounts.tasks.mail_notice", "accounts.jobs.resend_unsent_mail"} <= set(current_app.tasks)
