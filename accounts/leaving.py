"""What a person who leaves has still open; the apps that know of work name it here."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class OpenWork:
    """Something that waits for a person: what it is, and about what."""

    what: str
    about: str


Finder = Callable[[User], list[OpenWork]]
FINDERS: list[Finder] = []


def open_work_of(person: User) -> list[OpenWork]:
    """Return what waits for a person, so that it can be handed over before they go."""
    return [work for find in FINDERS for work in find(person)]
