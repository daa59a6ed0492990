"""Clock-driven work of the accounts app."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.inbox import send_mail_later
from accounts.models import Notice


@shared_task
def resend_unsent_mail() -> int:
    """Queue again the mails of the last days that were not sent; returns how many."""
    now = timezone.now()
    unsent = Notice.objects.filter(
        mailed_at=None, told_at__lt=now - timedelta(minutes=2), told_at__gt=now - timedelta(days=3)
    ).select_related("person")[:500]
    for notice in unsent:
        send_mail_later(notice)
    return len(unsent)
