"""Telling people: a notice in the inbox now, the mail after the commit."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.urls import reverse

from accounts import tasks
from accounts.models import Notice, User
from audit.models import IssuedReport, Job

LONGEST_SUBJECT = 200


def tell(
    people: Iterable[User], *, subject: str, text: str, path: str, is_action_needed: bool = False
) -> None:
    """Tell each person once, within the transaction of what they are told of; mail follows the commit.

    The subject becomes one line, as mail asks for, whatever the names in it.
    """
    subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    notices = Notice.objects.bulk_create(
        Notice(person=person, subject=subject, text=text, path=path, is_action_needed=is_action_needed)
        for person in sorted(set(people), key=lambda person: person.email)
        if person.is_active
    )
    for notice in notices:
        transaction.on_commit(partial(send_mail_later, notice))


def tell_of_issued_report(report: IssuedReport) -> None:
    """Tell the person who asked for a report that it is there."""
    tell(
        _asking_still(report.job),
        subject=f"{report.title} is ready",
        text="The report that you asked for can be opened.",
        path=reverse("report_download", args=[report.pk]),
    )


def tell_of_failed_job(job: Job) -> None:
    """Tell the person who asked for a report that it could not be made."""
    tell(
        _asking_still(job),
        subject=f"{job.title} could not be made",
        text=job.failure,
        path=reverse("job", args=[job.pk]),
    )


def _asking_still(job: Job) -> list[User]:
    """The person who asked, unless they act for another organisation by now: a title can name a product."""
    return [job.requested_by] if Job.objects.visible_to(job.requested_by).filter(pk=job.pk).exists() else []


def send_mail_later(notice: Notice) -> None:
    """Queue the mail of a notice; when the broker is down the sweep sends it later."""
    tasks.mail_later(tasks.mail_notice, str(notice.pk))
