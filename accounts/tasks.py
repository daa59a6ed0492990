"""Mail, sent after the commit."""

import logging
from typing import Any

from celery import shared_task
from celery.exceptions import OperationalError
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode

from accounts.models import Invitation, Notice, User, hash_of_token
from accounts.roles import Role

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_RESETS = 120


def mail_later(task: Any, *args: str) -> bool:
    """Queue a mail, its arguments kept out of the logs; False when the broker is down."""
    try:
        task.apply_async(args, argsrepr="(not shown)")
    except OperationalError:
        logger.warning("The broker is down; %s was not queued.", task.name)
        return False
    return True


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def mail_notice(notice_id: str) -> bool:
    """Mail a notice, once; the mail names no content beyond what the inbox shows."""
    with transaction.atomic():
        notices = Notice.objects.select_for_update(of=("self",)).select_related("person")
        notice = notices.filter(pk=notice_id).first()
        if notice is None or notice.mailed_at or not notice.person.is_active:
            return False
        send_mail(
            notice.subject,
            f"{notice.text}\n\n{settings.SITE_URL}{notice.path}\n\nYou read and settle this in the portal.",
            None,
            [notice.person.email],
        )
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])
    return True


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def mail_invitation(invitation_id: str, token: str) -> bool:
    """Mail an invitation with its link, unless a newer link replaced it or it was answered meanwhile."""
    with transaction.atomic():
        invitations = Invitation.objects.select_for_update(of=("self",)).open()
        invitation = (
            invitations.select_related("organisation", "invited_by")
            .filter(pk=invitation_id, token_hash=hash_of_token(token), mailed_at=None)
            .first()
        )
        if invitation is None:
            return False
        context = {
            "invitation": invitation,
            "role": Role(invitation.role).label,
            "url": settings.SITE_URL + reverse("accounts:invitation", args=[token]),
        }
        with timezone.override(settings.SITE_TIME_ZONE):
            text = render_to_string("accounts/invitation_mail.txt", context)
        send_mail(f"Invitation to ATMP Portal, {invitation.organisation}", text, None, [invitation.email])
        invitation.mailed_at = timezone.now()
        invitation.save(update_fields=["mailed_at"])
    return True


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def mail_password_reset(email: str) -> bool:
    """Mail a link for a new password to an address of ours; seldom, so that nobody is flooded."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None or person.membership is None:
        return False
    if not cache.add(f"password-reset:{person.pk}", 1, SECONDS_BETWEEN_RESETS):
        return False
    link = [urlsafe_base64_encode(str(person.pk).encode()), default_token_generator.make_token(person)]
    text = render_to_string(
        "accounts/password_reset_mail.txt",
        {
            "person": person,
            "url": settings.SITE_URL + reverse("accounts:password_reset_confirm", args=link),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        },
    )
    send_mail("Your password for ATMP Portal", text, None, [person.email])
    return True
