"""The evidence of a batch: events put in the order of time, chained to the trail, signatures on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from atmp_portal.load.rows import pour
from audit import signing, trail
from audit.actors import Recorded
from audit.models import Audience, Signature


@dataclass(frozen=True)
class _Told:
    at: datetime
    code: str
    thing: Recorded
    words: dict[str, Any]
    signature: Signature | None = None


@dataclass
class Chain:
    """What happened in a batch; `write` chains it, in the transaction of the rows that it tells of."""

    told: list[_Told] = field(default_factory=list)

    def tell(
        self,
        code: str,
        thing: Recorded,
        *,
        at: datetime,
        by: User | None,
        sentence: str = "",
        why: str = "",
        data: Mapping[str, Any] | None = None,
        audience: str = Audience.EVERYONE,
    ) -> None:
        """Keep an event for the trail, as `trail.record` would word it at that time."""
        words = {"by": by, "sentence": sentence, "why": why, "data": data, "audience": audience}
        self.told.append(_Told(at, code, thing, words))

    def sign(
        self,
        thing: Recorded,
        *,
        at: datetime,
        by: User,
        meaning: str,
        statement: str,
        shown: Mapping[str, Any],
        audience: str = Audience.EVERYONE,
    ) -> None:
        """Keep a signature with the event that seals it."""
        content = signing.as_stored(shown)
        signature = Signature(
            actor=by,
            actor_name=by.get_full_name(),
            actor_role=by.role_line,
            at=at,
            meaning=meaning,
            statement=statement,
            shown=content,
            shown_hash=trail.digest(content),
            object_type=thing._meta.label_lower,
            object_id=thing.pk,
            object_label=str(thing)[:300],
        )
        words = {
            "by": by,
            "sentence": f"Signed: {meaning}",
            "data": trail.sealed(signature),
            "audience": audience,
        }
        self.told.append(_Told(at, trail.SIGNED, thing, words, signature))

    def write(self) -> None:
        """Chain everything told since the last writing to the end of the trail."""
        head = trail.locked_head()
        events, signatures = [], []
        for told in sorted(self.told, key=lambda told: told.at):
            event = trail.compose(head, told.code, told.thing, at=told.at, **told.words)
            events.append(event)
            if told.signature:
                told.signature.event_id = event.seq
                signatures.append(told.signature)
        pour(events, signatures)
        head.save(update_fields=["seq", "hash"])
        self.told.clear()
