"""What the reading page of a document and the comments of a section read."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Side
from dossiers import contexts, permissions
from dossiers.contexts import OperationOn
from dossiers.models import Comment, Document, DocumentVersion, Dossier, Question, Section, Thread
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import ThreadAudience, ThreadStatus

READERS = {
    ThreadAudience.PRIVATE: "Seen only by you",
    ThreadAudience.SPONSOR_TEAM: "Seen by your colleagues",
    ThreadAudience.REVIEW_TEAM: "Seen by the review team",
    ThreadAudience.SPONSOR_AND_REVIEW: "Seen by the review team and the sponsor",
}
REPLY_TO = {
    ThreadAudience.PRIVATE: "Add to my note",
    ThreadAudience.SPONSOR_TEAM: "Reply to my colleagues",
    ThreadAudience.REVIEW_TEAM: "Reply to the review team",
    ThreadAudience.SPONSOR_AND_REVIEW: "Reply to the review team and the sponsor",
}
LAST_PAGE = 10**9


def reading_url(version: DocumentVersion, page: int | None = None) -> str:
    """Return the address of a page of a document version in the reader."""
    asked = {"version": version.number, **({"page": page} if page else {})}
    return f"{version.document.get_absolute_url()}?{urlencode(asked)}"


@dataclass(frozen=True)
class ThreadView:
    """A thread as a person meets it: its place in the list, its comments and what they may do with it."""

    thread: Thread
    number: int
    comments: list[Comment]
    question: Question | None
    is_mine: bool
    is_resolved: bool
    url: str
    readers: str
    reply_label: str
    form_key: UUID
    refusal: str | None
    may_ask: bool

    @property
    def first(self) -> Comment:
        """The comment that started the thread."""
        return self.comments[0]

    @property
    def replies(self) -> list[Comment]:
        """What was written after it."""
        return self.comments[1:]


def threads_for(user: User, dossier: Dossier) -> QuerySet[Thread]:
    """Return the threads of a dossier whose audience includes the person, with all that a page shows."""
    comments = Comment.objects.select_related("author").order_by("written_at")
    return (
        Thread.objects.visible_to(user)
        .filter(dossier=dossier)
        .select_related("section", "version__document", "started_by", "resolved_by", "question")
        .prefetch_related(Prefetch("comments", comments))
    )


def thread_views(threads: list[Thread], dossier: Dossier, user: User) -> list[ThreadView]:
    """Number threads in the order given and say what the person may do with each."""
    refusal = permissions.why_not_comment(dossier, user)
    may_ask = permissions.why_not_ask(dossier, user) is None
    return [
        ThreadView(
            thread=thread,
            number=number,
            comments=list(thread.comments.all()),
            question=_question(thread, user),
            is_mine=thread.started_by_id == user.pk,
            is_resolved=thread.status == ThreadStatus.RESOLVED,
            url=thread_url(thread),
            readers=READERS[ThreadAudience(thread.audience)],
            reply_label=REPLY_TO[ThreadAudience(thread.audience)],
            form_key=uuid4(),
            refusal=refusal,
            may_ask=may_ask and not hasattr(thread, "question"),
        )
        for number, thread in enumerate(threads, start=1)
    ]


def _question(thread: Thread, user: User) -> Question | None:
    """Return the question that a thread became, unless it is a draft and the person the sponsor."""
    question: Question | None = getattr(thread, "question", None)
    return question if question and (question.sent_at or user.side == Side.AUTHORITY) else None


def thread_url(thread: Thread) -> str:
    """Return where a thread stands: in the reader, or on the page of its section."""
    place = reading_url(thread.version, thread.page) if thread.version else thread.section.get_absolute_url()
    return f"{place}#thread-{thread.pk}"


def reading_order(thread: Thread) -> tuple[int, float, Any]:
    """Sort threads as they stand in the document: by page, then from top to bottom."""
    top = max((quad[3] for quad in thread.quads), default=float("inf"))
    return thread.page or LAST_PAGE, -top, thread.started_at


@dataclass(frozen=True)
class Addressees:
    """A choice of who reads a new thread."""

    value: str
    label: str
    says: str
    is_preset: bool


SAYS = {
    ThreadAudience.PRIVATE: "for myself only",
    ThreadAudience.SPONSOR_TEAM: "to my colleagues",
    ThreadAudience.REVIEW_TEAM: "to the review team",
    ThreadAudience.SPONSOR_AND_REVIEW: "to the review team and the sponsor",
}
TEAMS = frozenset({ThreadAudience.SPONSOR_TEAM, ThreadAudience.REVIEW_TEAM})


def addressees(dossier: Dossier, user: User, version: DocumentVersion | None = None) -> list[Addressees]:
    """Return to whom the person may write here; their own side is preset, never both sides."""
    return [
        Addressees(audience.value, audience.label, SAYS[audience], audience in TEAMS)
        for audience in ThreadAudience
        if permissions.why_not_address(dossier, version, audience, user) is None
    ]


@dataclass(frozen=True)
class RailPlace:
    """A document in the list beside the reader."""

    number: str
    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class ReadingPage:
    """A document version with the threads on it."""

    plate: Plate
    dossier: Dossier
    document: Document
    version: DocumentVersion
    versions: list[DocumentVersion]
    standing: OperationOn | None
    may_append: bool
    rail: list[RailPlace]
    threads: list[ThreadView]
    elsewhere: list[ThreadView]
    addressees: list[Addressees]
    form_key: UUID
    comment_refusal: str | None
    shapes: list[dict[str, Any]]

    @property
    def open_threads(self) -> list[ThreadView]:
        """The threads that still wait for something."""
        return [view for view in self.threads if not view.is_resolved]

    @property
    def resolved_threads(self) -> list[ThreadView]:
        """The threads that were closed."""
        return [view for view in self.threads if view.is_resolved]

    @property
    def my_threads(self) -> list[ThreadView]:
        """The threads that the person started."""
        return [view for view in self.threads if view.is_mine]


def reading_page(version: DocumentVersion, user: User) -> ReadingPage:
    """Gather a document version with its threads in reading order; those on other versions stand apart."""
    document, dossier = version.document, version.document.dossier
    everywhere = list(threads_for(user, dossier).filter(version__document=document))
    here = sorted((thread for thread in everywhere if thread.version_id == version.pk), key=reading_order)
    apart = [thread for thread in everywhere if thread.version_id != version.pk]
    views = thread_views(here, dossier, user)
    standing = _standing(document, user)
    return ReadingPage(
        plate=plate(dossier, user),
        dossier=dossier,
        document=document,
        version=version,
        versions=list(DocumentVersion.objects.visible_to(user).filter(document=document)),
        standing=standing,
        may_append=bool(standing and standing.is_new) and not permissions.why_not_append(document, user),
        rail=_rail(document, user),
        threads=views,
        elsewhere=thread_views(apart, dossier, user),
        addressees=addressees(dossier, user, version),
        form_key=uuid4(),
        comment_refusal=permissions.why_not_comment(dossier, user),
        shapes=[_shape(view) for view in views],
    )


def _standing(document: Document, user: User) -> OperationOn | None:
    """Return what the next filing does with a document, for those who may choose it."""
    if document.dossier.filed_at is None or permissions.why_not_edit_documents(document.dossier, user):
        return None
    return contexts.operation_on(document)


def _shape(view: ThreadView) -> dict[str, Any]:
    """Return what the reader draws of a thread."""
    thread = view.thread
    return {
        "id": str(thread.pk),
        "number": view.number,
        "page": thread.page,
        "quads": thread.quads,
        "quote": thread.quote,
        "resolved": view.is_resolved,
        "mine": view.is_mine,
    }


def _rail(document: Document, user: User) -> list[RailPlace]:
    documents = Document.objects.visible_to(user).in_place().filter(dossier=document.dossier_id)
    return [
        RailPlace(
            other.section.number.removeprefix("3.2."),
            other.title,
            other.get_absolute_url(),
            other == document,
        )
        for other in documents.select_related("section")
    ]


@dataclass(frozen=True)
class SectionThreads:
    """The threads on a section itself, and the form for a new one."""

    section: Section
    threads: list[ThreadView]
    addressees: list[Addressees]
    form_key: UUID
    comment_refusal: str | None


def section_threads(section: Section, user: User) -> SectionThreads:
    """Gather the threads on a section without a document."""
    dossier = section.dossier
    threads = threads_for(user, dossier).filter(section=section, version=None)
    return SectionThreads(
        section=section,
        threads=thread_views(list(threads), dossier, user),
        addressees=addressees(dossier, user),
        form_key=uuid4(),
        comment_refusal=permissions.why_not_comment(dossier, user),
    )
