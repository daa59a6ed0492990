"""The one place that changes a status."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from audit import trail
from audit.actors import Actor
from audit.models import Audience
from audit.refusals import Refused

Thing = TypeVar("Thing", bound=models.Model)
Person = TypeVar("Person", bound=Actor)


def nothing_against(thing: object, user: object) -> None:
    """Guard of a move that needs nothing beyond the right role and the right state."""


@dataclass(frozen=True)
class Move(Generic[Thing, Person]):
    """One row of a workflow table: from which states, by whom, under which guard, to which state."""

    verb: str
    label: str
    roles: frozenset[str]
    source: frozenset[str]
    target: str
    event: str
    guard: Callable[[Thing, Person], str | None] = nothing_against
    field: str = "status"
    audience: str = Audience.EVERYONE
    is_signed: bool = False

    def why_not(self, thing: Thing, user: Person) -> str | None:
        """Return why this person cannot make this move now, or None when they can."""
        if user.role not in self.roles:
            return f"Your role does not allow you to {self.verb.replace('_', ' ')} this."
        state = getattr(thing, self.field)
        if state not in self.source:
            return f"{thing} is {self.word(thing).lower()}; this cannot be done now."
        return self.guard(thing, user)

    def word(self, thing: Thing) -> str:
        """Return the thing's present state in words."""
        display: Callable[[], str] = getattr(thing, f"get_{self.field}_display")
        return str(display())


@dataclass(frozen=True)
class Offer(Generic[Thing, Person]):
    """A move as a button: what it says, and why it is refused, if it is."""

    move: Move[Thing, Person]
    refusal: str | None


def offers(moves: Iterable[Move[Thing, Person]], thing: Thing, user: Person) -> list[Offer[Thing, Person]]:
    """Return the moves that belong to this person's role and this state, with the reason where refused."""
    return [
        Offer(move, move.why_not(thing, user))
        for move in moves
        if user.role in move.roles and getattr(thing, move.field) in move.source
    ]


@transaction.atomic
def make(
    move: Move[Thing, Person],
    thing: Thing,
    *,
    by: Person,
    why: str = "",
    sentence: str = "",
    data: Mapping[str, Any] | None = None,
    also: Mapping[str, object] | None = None,
) -> Thing:
    """Make a move: lock the row, ask the rules again on the locked row, write, record the event.

    `also` are further fields that change with the status. Raises Refused with the reason.
    """
    locked = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    refusal = move.why_not(locked, by)
    if refusal:
        raise Refused(refusal)
    before = getattr(locked, move.field)
    written = {move.field: move.target, **(also or {})}
    for name, value in written.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(written))
    trail.record(
        move.event,
        locked,  # type: ignore[arg-type]  # models with a UUID key fit the protocol
        by=by,
        why=why,
        sentence=sentence,
        data={"from": before, "to": move.target, **(data or {})},
        audience=move.audience,
    )
    return locked
