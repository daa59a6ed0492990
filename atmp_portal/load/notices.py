"""What people were told of their dossiers; older notices are read, none waits to be mailed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import Notice, User
from atmp_portal.load.dossiers import Built
from atmp_portal.load.people import Authority
from atmp_portal.load.reviews import Review

UNREAD_FOR = timedelta(days=20)


def notices_of(built: Built, review: Review, authority: Authority, now: datetime) -> Iterator[Notice]:
    """Make the notices that filing, assigning and asking leave in the inboxes."""
    dossier, life = built.dossier, built.life
    page = dossier.get_absolute_url()
    if life.filed_at:
        filed = f"{dossier}: filed by {dossier.organisation}"
        for person in authority.coordinators:
            yield _notice(person, filed, "The filing waits for validation.", page, life.filed_at, now)
    for duty in review.assignments:
        text = f"Your duty: {duty.duty_line}."
        yield _notice(duty.reviewer, f"{dossier}: you are assigned", text, page, duty.assigned_at, now)
    if life.stopped_at:
        asked = reverse("dossiers:question_list", args=[dossier.pk])
        for person in (built.sponsor.lead, built.sponsor.contributor):
            yield _notice(
                person, f"{dossier}: list of questions", "The clock has stopped.", asked, life.stopped_at, now
            )


def _notice(person: User, subject: str, text: str, path: str, at: datetime, now: datetime) -> Notice:
    return Notice(
        person=person, subject=subject, text=text, path=path, is_action_needed=True, told_at=at, mailed_at=at,
        read_at=at + timedelta(days=1) if at < now - UNREAD_FOR else None,
    )  # fmt: skip
