"""Telling people: a notice in the inbox now, the mail after the commit."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from accounts import tasks
from accounts.models import Notice, User


def tell(
    people: Iterable[User], *, subject: str, text: str, path: str, is_action_needed: bool = False
) -> None:
    """Tell each person once, within the transaction of what they are told of; mail follows the commit."""
    notices = Notice.objects.bulk_create(
        Notice(person=person, subject=subject, text=text, path=path, is_action_needed=is_action_needed)
        for person in sorted(set(people), key=lambda person: person.email)
        if person.is_active
    )
    for notice in notices:
        transaction.on_commit(partial(send_mail_later, notice))


def send_mail_later(notice: Notice) -> None:
    """Queue the mail of a notice; when the broker is down the sweep sends it later."""
    try:
        tasks.mail_notice.delay(str(notice.pk))
    except OperationalError:
        tasks.logger.warning("The broker is down; notice %s is mailed later.", notice.pk)
