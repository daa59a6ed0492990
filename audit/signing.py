"""Signatures: re-authenticated, with a meaning, bound to the hash of what was shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from audit import trail
from audit.actors import Actor, Recorded
from audit.models import Audience, Event, Signature
from audit.refusals import Refused, Stale


@dataclass(frozen=True)
class Proof:
    """That a person has just entered their password, having been shown content with this hash."""

    user_id: UUID
    shown_hash: str


def sign(
    thing: Recorded,
    *,
    meaning: str,
    statement: str,
    shown: Mapping[str, Any],
    by: Actor,
    proof: Proof,
    audience: str = Audience.EVERYONE,
) -> Signature:
    """Sign a record in the transaction of the act that the signature seals.

    `shown` is the content of the record now; it must hash to what the person was shown.
    Raises Stale when the record changed since. Source: 21 CFR 11.50, 11.70 and 11.200; EU GMP Annex 11, 14.
    """
    if proof.user_id != by.pk:
        raise Refused("A signature is made by the person whose password was entered.")
    content = as_stored(shown)
    if trail.digest(content) != proof.shown_hash:
        raise Stale("The record changed after you opened it. Nothing was signed; read it again, then sign.")
    signature = Signature(
        actor_id=by.pk,
        actor_name=by.get_full_name(),
        actor_role=by.role_line,
        at=timezone.now(),
        meaning=meaning,
        statement=statement,
        shown=content,
        shown_hash=proof.shown_hash,
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        object_label=str(thing)[:300],
    )
    signature.event = _tell(signature, thing, by=by, audience=audience)
    signature.save(force_insert=True)
    return signature


def _tell(signature: Signature, thing: Recorded, *, by: Actor, audience: str) -> Event:
    return trail.record(
        trail.SIGNED,
        thing,
        by=by,
        sentence=f"Signed: {signature.meaning}",
        data=trail.sealed(signature),
        audience=audience,
    )


def shown_hash(shown: Mapping[str, Any]) -> str:
    """Return the hash that a signature form carries for the content beside it."""
    return trail.digest(as_stored(shown))


def signatures_on(thing: Recorded) -> list[Signature]:
    """Return the signatures on a record, oldest first."""
    return list(Signature.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk))


def as_stored(shown: Mapping[str, Any]) -> Any:
    """Return content as it comes back from the database, so that dates and decimals hash alike."""
    return json.loads(trail.canonical(shown))
