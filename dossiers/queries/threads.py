"""What the list of comments reads."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from accounts.models import User
from dossiers.models import Dossier, Thread
from dossiers.queries.plate import Plate, plate
from dossiers.queries.reading import ThreadView, thread_views, threads_for
from dossiers.statuses import ThreadStatus

PAGE_SIZE = 25
SHOWN = {"open": "Open", "resolved": "Resolved", "mine": "Mine", "all": "All"}


@dataclass(frozen=True)
class ShownTab:
    """A filter with its count."""

    key: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class ThreadList:
    """The comments of a dossier that the person reads."""

    plate: Plate
    dossier: Dossier
    tabs: list[ShownTab]
    views: list[ThreadView]
    page_obj: Page[Thread]


def thread_list(dossier: Dossier, user: User, *, show: str, page: str | None) -> ThreadList:
    """Gather a page of the threads that a person reads, newest first, with counts of theirs alone."""
    shown = show if show in SHOWN else "open"
    keep = {
        "open": Q(status=ThreadStatus.OPEN),
        "resolved": Q(status=ThreadStatus.RESOLVED),
        "mine": Q(started_by=user),
        "all": Q(),
    }
    counts = (
        Thread.objects.visible_to(user)
        .filter(dossier=dossier)
        .aggregate(**{name: Count("pk", filter=keep[name] or None) for name in SHOWN})
    )
    threads = threads_for(user, dossier).filter(keep[shown]).order_by("-started_at")
    page_obj = Paginator(threads, PAGE_SIZE).get_page(page)
    return ThreadList(
        plate=plate(dossier, user),
        dossier=dossier,
        tabs=[ShownTab(key, label, counts[key], key == shown) for key, label in SHOWN.items()],
        views=thread_views(list(page_obj.object_list), dossier, user),
        page_obj=page_obj,
    )


@dataclass(frozen=True)
class ThreadPage:
    """One thread, when a reply to it needs another look."""

    plate: Plate
    dossier: Dossier
    view: ThreadView


def thread_page(thread: Thread, user: User) -> ThreadPage:
    """Gather one thread with its comments."""
    found = threads_for(user, thread.dossier).get(pk=thread.pk)
    (view,) = thread_views([found], thread.dossier, user)
    return ThreadPage(plate(thread.dossier, user), thread.dossier, view)
