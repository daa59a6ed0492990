"""Commenting: start a thread, reply, resolve, reopen; its text goes to its audience and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import inbox
from accounts.models import Notice, User
from audit import moves, trail
from audit.models import Audience
from audit.moves import Move
from audit.refusals import Refused
from dossiers import permissions, workflow
from dossiers.events import DossierEvent
from dossiers.models import Comment, DocumentVersion, Dossier, Section, Thread
from dossiers.queries import people
from dossiers.statuses import ThreadAudience

TOLD = {
    ThreadAudience.PRIVATE: Audience.ACTOR,
    ThreadAudience.SPONSOR_TEAM: Audience.SPONSOR,
    ThreadAudience.REVIEW_TEAM: Audience.AUTHORITY,
    ThreadAudience.SPONSOR_AND_REVIEW: Audience.EVERYONE,
}


@dataclass(frozen=True)
class Place:
    """Where a thread stands: a section, or a page and passage of a document version in it."""

    section: Section
    version: DocumentVersion | None = None
    page: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    quads: Sequence[Sequence[float]] = ()

    def __str__(self) -> str:
        words = [self.section.number]
        if self.version:
            words.append(str(self.version))
        if self.page:
            words.append(f"page {self.page}")
        return ", ".join(words)


@transaction.atomic
def start_thread(place: Place, *, text: str, audience: str, form_key: UUID, by: User) -> Thread:
    """Comment on a place; the same form sent twice gives the same thread."""
    dossier = Dossier.objects.select_for_update().get(pk=place.section.dossier_id)
    posted = _posted(form_key, by)
    if posted:
        return posted.thread
    refusal = permissions.why_not_comment(dossier, by) or permissions.why_not_address(
        dossier, place.version, audience, by
    )
    if refusal:
        raise Refused(refusal)
    thread = Thread.objects.create(
        dossier=dossier,
        section=place.section,
        version=place.version,
        page=place.page,
        quote=place.quote,
        prefix=place.prefix,
        suffix=place.suffix,
        quads=list(place.quads),
        audience=audience,
        started_by=by,
    )
    Comment.objects.create(thread=thread, author=by, text=text, form_key=form_key)
    trail.record(
        DossierEvent.THREAD_STARTED,
        thread,
        by=by,
        sentence=f"Comment on {place}",
        audience=TOLD[ThreadAudience(audience)],
    )
    _tell_readers(thread, by=by)
    return thread


@transaction.atomic
def reply(thread: Thread, *, text: str, form_key: UUID, by: User) -> Comment:
    """Reply in a thread, to the same readers; the same form sent twice gives the same comment."""
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    posted = _posted(form_key, by)
    if posted:
        return posted
    refusal = permissions.why_not_resolve(thread, by)
    if refusal:
        raise Refused(refusal)
    comment = Comment.objects.create(thread=thread, author=by, text=text, form_key=form_key)
    trail.record(
        DossierEvent.COMMENTED,
        thread,
        by=by,
        sentence=f"Reply to a comment on {thread.section.number}",
        audience=TOLD[ThreadAudience(thread.audience)],
    )
    _tell_readers(thread, by=by)
    return comment


@transaction.atomic
def resolve(thread: Thread, *, by: User) -> Thread:
    """Close a thread; it stays readable, with who closed it and when."""
    return moves.make(
        _for_readers(workflow.RESOLVE, thread),
        thread,
        by=by,
        sentence=f"Comment on {thread.section.number} resolved",
        also={"resolved_by": by, "resolved_at": timezone.now()},
    )


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> Thread:
    """Open a resolved thread again."""
    return moves.make(
        _for_readers(workflow.REOPEN, thread),
        thread,
        by=by,
        sentence=f"Comment on {thread.section.number} reopened",
        also={"resolved_by": None, "resolved_at": None},
    )


def _for_readers(move: Move[Thread, User], thread: Thread) -> Move[Thread, User]:
    """Return the move with an event for the readers of this thread only."""
    return replace(move, audience=TOLD[ThreadAudience(thread.audience)])


def _posted(form_key: UUID, author: User) -> Comment | None:
    return Comment.objects.select_related("thread").filter(form_key=form_key, author=author).first()


def _tell_readers(thread: Thread, *, by: User) -> None:
    """Tell the thread's readers that there are comments; one unread notice per dossier is enough."""
    readers: set[User] = set()
    if thread.audience in {ThreadAudience.REVIEW_TEAM, ThreadAudience.SPONSOR_AND_REVIEW}:
        readers |= set(people.review_team(thread.dossier))
    if thread.audience in {ThreadAudience.SPONSOR_TEAM, ThreadAudience.SPONSOR_AND_REVIEW}:
        readers |= set(people.sponsor_writers(thread.dossier))
    subject = f"{thread.dossier}: new comments"
    path = reverse("dossiers:thread_list", args=[thread.dossier_id])
    told = set(
        Notice.objects.filter(person__in=readers, subject=subject, path=path, read_at=None).values_list(
            "person_id", flat=True
        )
    )
    inbox.tell(
        [reader for reader in readers if reader != by and reader.pk not in told],
        subject=subject,
        text="There are comments that you have not read.",
        path=path,
    )
