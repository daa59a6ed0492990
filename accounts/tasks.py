"""Mail, sent after the commit."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from accounts.models import Notice

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def mail_notice(notice_id: str) -> bool:
    """Mail a notice, once; the mail names no content beyond what the inbox shows."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().select_related("person").filter(pk=notice_id).first()
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
