"""The library that comes with the portal, written after every migration: no database is without it."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.apps.registry import Apps
from django.db import router
from django.utils import timezone

from classification.engine.precedents import Fact
from classification.published.wording import date_in, fingerprint

DATA = Path(__file__).parent.parent / "data"
LIST_NAME = "Library of the portal, November 2026"
PRECEDENTS = UUID("6f1d3f0e-8a53-4c53-9c0c-5d3f3c1f7b10")
COPIED = (
    "reference",
    "product",
    "indication",
    "outcome",
    "outcome_words",
    "dated",
    "source",
    "source_url",
    "row_kind",
    "verification",
    "note",
)


@cache
def shipped_rows() -> tuple[Mapping[str, Any], ...]:
    """The rows of the library, as the model keeps them."""
    return tuple(_rows())


def _rows() -> Iterator[dict[str, Any]]:
    with (DATA / "precedents.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            dated = date_in(row["dated"])
            yield {
                **{name: row[name] for name in COPIED},
                "year": dated.year,
                "decided_on": dated.first,
                "facts": {str(fact): row[fact] for fact in Fact},
                "list_name": LIST_NAME,
                "fingerprint": fingerprint(row["product"], row["indication"], row["outcome"], dated),
            }


@cache
def undecided() -> Mapping[str, str]:
    """Why the published facts of a row do not decide its class, by reference."""
    with (DATA / "undecided.csv").open(encoding="utf-8", newline="") as file:
        return {row["reference"]: row["why"] for row in csv.DictReader(file)}


def fill(apps: Apps, using: str = "default") -> None:
    """Write the rows that are missing or have changed; a row has the same key in every database."""
    try:
        model = apps.get_model("classification", "Precedent")
    except LookupError:  # migrated back to before there was a library
        return
    if not router.allow_migrate_model(using, model):
        return
    now = timezone.now()
    rows = {row["reference"]: row for row in shipped_rows()}
    kept = {found.reference: found for found in model.objects.using(using).filter(imported_in=None)}
    missing = [
        model(pk=uuid5(PRECEDENTS, reference), imported_at=now, **row)
        for reference, row in rows.items()
        if reference not in kept
    ]
    changed = []
    for reference in rows.keys() & kept.keys():
        found, row = kept[reference], rows[reference]
        if any(getattr(found, name) != value for name, value in row.items()):
            for name, value in {**row, "imported_at": now}.items():
                setattr(found, name, value)
            changed.append(found)
    model.objects.using(using).bulk_create(missing)
    model.objects.using(using).bulk_update(changed, [*next(iter(rows.values())), "imported_at"])
