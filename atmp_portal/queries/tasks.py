"""The page of everything that waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from accounts.models import User
from atmp_portal.queries.waiting import Task, tasks_of

PER_PAGE = 50
KINDS = {"": "All", "work": "To do next", "section": "My sections", "notice": "Notices"}


@dataclass(frozen=True)
class TaskPage:
    """The tasks of a person, narrowed by kind, by what they are about, and to late ones."""

    page_obj: "Page[Task]"
    total: int
    late: int
    kinds: tuple[tuple[str, str, int, bool], ...]
    abouts: list[str]
    kind: str
    about: str
    only_late: bool

    @property
    def in_words(self) -> str:
        """The counts: "9 open, 1 late"."""
        return f"{self.total} open{f', {self.late} late' if self.late else ''}"

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the tasks are asked for."""
        return bool(self.kind or self.about or self.only_late)


def task_page(user: User, asked: Mapping[str, str]) -> TaskPage:
    """Gather what waits for a person; the same few queries for any number."""
    tasks = tasks_of(user)
    kind = asked.get("kind", "") if asked.get("kind", "") in KINDS else ""
    abouts = sorted({task.about for task in tasks if task.kind != "notice"})
    about = asked.get("about", "") if asked.get("about", "") in abouts else ""
    only_late = asked.get("late") == "1"
    placed = [
        task for task in tasks if (not about or task.about == about) and (not only_late or task.is_late)
    ]
    kept = [task for task in placed if not kind or task.kind == kind]
    return TaskPage(
        page_obj=Paginator(kept, PER_PAGE).get_page(asked.get("page")),
        total=len(tasks),
        late=sum(task.is_late for task in tasks),
        kinds=tuple(
            (key, label, sum(not key or task.kind == key for task in placed), key == kind)
            for key, label in KINDS.items()
        ),
        abouts=abouts,
        kind=kind,
        about=about,
        only_late=only_late,
    )
