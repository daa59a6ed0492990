"""What evidence needs to know of a person and of a thing, without knowing their apps."""

from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID


class Actor(Protocol):
    """A person who acts: the key, the name and the role under which they act."""

    pk: Any

    def get_full_name(self) -> str:
        """Return the name, as signatures and the trail print it."""

    @property
    def role(self) -> str:
        """The code of the role held now; empty when the person holds none."""

    @property
    def role_line(self) -> str:
        """Organisation and role in words, as signatures and the trail print them."""

    @property
    def side(self) -> str:
        """Which side of the procedure the person stands on: sponsor, authority or administrator."""

    @property
    def acts_since(self) -> datetime | None:
        """Since when the person acts for this organisation; None when they act for none."""


class Recorded(Protocol):
    """A record whose changes leave evidence; Django's models fit by having a UUID key."""

    pk: Any
    id: UUID
    _meta: ClassVar[Any]


def root_of(thing: Recorded) -> Recorded:
    """Return the record on whose page the trail of this thing is shown: its dossier, lot or itself."""
    root: Recorded = getattr(thing, "trail_root", thing)
    return root
