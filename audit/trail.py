"""The append-only trail: recording an event, reading it back and verifying the chain."""

import hashlib
import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from audit.actors import Actor, Recorded, root_of
from audit.models import Audience, Event, Signature, TrailHead

GENESIS = "0" * 64
SIGNED = "audit.signed"
LONGEST_SENTENCE = 400


def canonical(content: object) -> str:
    """Write content as JSON in one way only, so that equal content has equal hashes."""
    return json.dumps(
        content, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def digest(content: object) -> str:
    """Return the SHA-256 of content in its canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def record(
    code: str,
    thing: Recorded,
    *,
    by: Actor | None,
    sentence: str = "",
    why: str = "",
    data: Mapping[str, Any] | None = None,
    audience: str = Audience.EVERYONE,
) -> Event:
    """Add one event to the trail, in the transaction of the change that it tells of.

    `by` is None when the portal itself acts. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Evidence is written in the transaction of its change.")
    head = locked_head()
    event = compose(
        head, code, thing, by=by, at=timezone.now(), sentence=sentence, why=why, data=data, audience=audience
    )
    event.save(force_insert=True)
    head.save(update_fields=["seq", "hash"])
    return event


def locked_head() -> TrailHead:
    """Lock the end of the chain until the transaction ends, so that writers of the trail wait in line."""
    TrailHead.objects.get_or_create(pk=1)
    return TrailHead.objects.select_for_update().get(pk=1)


def compose(
    head: TrailHead,
    code: str,
    thing: Recorded,
    *,
    by: Actor | None,
    at: datetime,
    sentence: str = "",
    why: str = "",
    data: Mapping[str, Any] | None = None,
    audience: str = Audience.EVERYONE,
) -> Event:
    """Word the next event of the chain and move the head on to it; whoever asks saves both."""
    root = root_of(thing)
    event = Event(
        seq=head.seq + 1,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.get_full_name() if by else "ATMP Portal",
        actor_role=by.role_line if by else "by itself",
        code=code,
        sentence=(sentence or sentence_of(code))[:LONGEST_SENTENCE],
        why=why,
        data=json.loads(canonical(data or {})),
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        object_label=str(thing)[:300],
        root_type=root._meta.label_lower,
        root_id=root.pk,
        audience=audience,
        previous_hash=head.hash,
    )
    event.hash = hash_of(event)
    head.seq, head.hash = event.seq, event.hash
    return event


def sentence_of(code: str) -> str:
    """Turn an event code into words: "dossiers.list_of_questions_sent" into "List of questions sent"."""
    return code.rpartition(".")[2].replace("_", " ").capitalize()


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Return old and new value of every field that differs, as an edit's event keeps them."""
    return {
        name: {"old": before.get(name), "new": value}
        for name, value in after.items()
        if before.get(name) != value
    }


def in_words(data: Mapping[str, Any]) -> list[str]:
    """Write out what an event keeps: the old and the new value of an edit, else the value."""
    return [
        f"{name}: {_word(value['old'])} → {_word(value['new'])}"
        if isinstance(value, dict) and value.keys() == {"old", "new"}
        else f"{name}: {_word(value)}"
        for name, value in data.items()
    ]


def _word(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def hash_of(event: Event) -> str:
    """Return the hash that chains an event to the one before it."""
    return digest(
        [
            event.previous_hash,
            event.seq,
            event.at.isoformat(),
            event.actor_id,
            event.actor_name,
            event.actor_role,
            event.code,
            event.sentence,
            event.why,
            event.data,
            event.object_type,
            event.object_id,
            event.object_label,
            event.root_type,
            event.root_id,
            event.audience,
        ]
    )


def events_about(root: models.Model, user: Actor) -> models.QuerySet[Event]:
    """Return the trail of a record as this person may read it, newest first."""
    return Event.objects.about(root).readable_by(user)


@dataclass(frozen=True)
class Break:
    """The first place where the evidence does not hold."""

    where: str
    what: str


# Whoever keeps evidence of its own adds here what it is called and how it is checked: one item for every
# piece looked at, None where it holds. `verify_trail` runs them after the trail itself.
FURTHER_CHECKS: list[tuple[str, Callable[[], Generator[Break | None]]]] = []


@dataclass(frozen=True)
class Verification:
    """What a verification looked at, and the first break if there is one."""

    events: int
    signatures: int
    broken: Break | None


def verify() -> Verification:
    """Check every event and signature in order; stop at the first that does not hold."""
    events = signatures = 0
    for broken in _breaks_in_chain():
        events += 1
        if broken:
            return Verification(events, signatures, broken)
    for broken in _breaks_in_signatures():
        signatures += 1
        if broken:
            return Verification(events, signatures, broken)
    return Verification(events, signatures, None)


def _breaks_in_chain() -> Generator[Break | None]:
    seq, previous = 0, GENESIS
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        where = f"event {event.seq}, {event.code}"
        seq += 1
        if event.seq != seq:
            yield Break(f"event {seq}", "it is missing")
        elif event.previous_hash != previous:
            yield Break(where, "it does not follow from the event before it")
        elif hash_of(event) != event.hash:
            yield Break(where, "its content was changed after it was written")
        else:
            yield None
        previous = event.hash
    head = TrailHead.objects.filter(pk=1).first() or TrailHead()
    if (head.seq, head.hash) != (seq, previous):
        yield Break(f"event {seq + 1}", "events are missing at the end of the trail")


def _breaks_in_signatures() -> Generator[Break | None]:
    for signature in Signature.objects.select_related("event").iterator(chunk_size=2000):
        where = f"signature {signature.pk} by {signature.actor_name}"
        told = signature.event.data
        if digest(signature.shown) != signature.shown_hash:
            yield Break(where, "what was shown was changed after it was signed")
        elif (told, signature.event.object_label) != (sealed(signature), signature.object_label):
            yield Break(where, "it differs from the event that recorded it")
        else:
            yield None
    orphan = Event.objects.filter(code=SIGNED, signature=None).order_by("seq").first()
    if orphan:
        yield Break(f"event {orphan.seq}, {orphan.code}", "the signature that it recorded is missing")


def sealed(signature: Signature) -> dict[str, object]:
    """Return what the trail keeps of a signature, so that the chain covers it."""
    return {
        "signature": str(signature.pk),
        "signer": str(signature.actor_id),
        "name": signature.actor_name,
        "role": signature.actor_role,
        "meaning": signature.meaning,
        "statement": signature.statement,
        "shown_hash": signature.shown_hash,
        "at": signature.at.isoformat(),
        "object": f"{signature.object_type} {signature.object_id}",
    }
