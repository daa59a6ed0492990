"""Brings published lists into the library: the one act on precedents, apart from those on candidates."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from accounts.models import User
from audit import trail
from audit.refusals import Refused
from classification import permissions
from classification.events import ClassificationEvent
from classification.models import Precedent, PrecedentImport, RowKind, TrustMark
from classification.published.listing import Entry, Listing
from classification.published.wording import date_in
from classification.queries import precedents


@transaction.atomic
def import_list(listing: Listing, *, list_name: str, file_name: str, by: User | None) -> PrecedentImport:
    """Bring a published list into the library; what is there already stays as it is.

    `by` is None at the command line.
    """
    if by and (reason := permissions.why_not_import(by)):
        raise Refused(reason)
    new = precedents.not_in_library(listing.entries)
    imported = PrecedentImport.objects.create(
        list_name=list_name,
        file_name=file_name,
        imported_by=by,
        rows=listing.rows,
        added=len(new),
        known=len(listing.entries) - len(new),
        skipped=len(listing.skipped),
    )
    try:
        with transaction.atomic():
            Precedent.objects.bulk_create(_precedents(new, imported), batch_size=500)
    except IntegrityError:
        raise Refused(
            "Another list was brought in at this moment. Look at what is there, and try again."
        ) from None
    counts = {name: getattr(imported, name) for name in ("rows", "added", "known", "skipped")}
    trail.record(
        ClassificationEvent.PRECEDENTS_IMPORTED,
        imported,
        by=by,
        sentence=f"Published list brought in: {list_name}, {imported.added} added",
        data={"file": file_name, **counts},
    )
    return imported


def _precedents(entries: Iterable[Entry], imported: PrecedentImport) -> list[Precedent]:
    numbers = precedents.last_numbers()
    made = []
    for entry in entries:
        dated = date_in(entry.dated)
        numbers[dated.year] += 1
        made.append(
            Precedent(
                reference=f"{precedents.IMPORTED}-{dated.year}-{numbers[dated.year]:03}",
                product=entry.product,
                indication=entry.indication,
                outcome=entry.outcome,
                outcome_words=entry.outcome_words,
                dated=entry.dated,
                year=dated.year,
                decided_on=dated.first,
                source=imported.list_name,
                row_kind=RowKind.RECOMMENDATION,
                verification=TrustMark.IMPORTED,
                list_name=imported.list_name,
                imported_in=imported,
                imported_at=imported.imported_at,
                fingerprint=entry.fingerprint,
            )
        )
    return made
