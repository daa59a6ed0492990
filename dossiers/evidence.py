"""Whether what was filed is still what was filed: its content, the events and signatures on it, its files."""

import hashlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.base import File

from audit import signing, trail
from audit.models import Event
from audit.trail import Break
from dossiers.events import DossierEvent
from dossiers.models import DocumentVersion, Dossier, Filing

FILED = (DossierEvent.FILED, DossierEvent.SEQUENCE_FILED, DossierEvent.RESPONSES_SENT)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and what is wrong with it if it does not hold."""

    what: str
    wrong: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is as it was filed."""
        return not self.wrong


def checks_of(filing: Filing) -> list[Check]:
    """Check a filing without its files: the content against its hash, the event and the signature."""
    event = Event.objects.filter(
        code__in=FILED,
        root_type=Dossier._meta.label_lower,
        root_id=filing.dossier_id,
        data__sequence=filing.sequence.number,
        data__attempt=filing.attempt,
    ).first()
    return list(_checks(filing, event.data["hash"] if event else ""))


def _checks(filing: Filing, told_hash: str) -> Iterator[Check]:
    is_intact = trail.digest(filing.content) == filing.content_hash
    yield Check("Content", "" if is_intact else "its content does not match its hash")
    is_told = told_hash == filing.content_hash
    yield Check("Event in the trail", "" if is_told else "its hash differs from the event that recorded it")
    for signature in signing.signatures_on(filing):
        is_signed = signature.shown_hash == filing.content_hash
        wrong = "" if is_signed else "its hash differs from the one that was signed"
        yield Check(f"Signature of {signature.actor_name}", wrong)


def files_of(filing: Filing, known: dict[UUID, str] | None = None) -> Iterator[Check]:
    """Check every file of a filing against the hash under which it was filed.

    `known` keeps the hashes of files that several filings hold, so that each is read once.
    """
    known = {} if known is None else known
    rows = {UUID(row["id"]): row for row in filing.content["documents"]}
    versions = DocumentVersion.objects.in_bulk(rows)
    for key, row in rows.items():
        name = f"{row['section']}, {row['file_name']}"
        if key not in known:
            known[key] = _hash_of_file(versions[key].file) if key in versions else ""
        if not known[key]:
            yield Check(name, f"the file {row['file_name']} is missing")
        elif known[key] != row["sha256"]:
            yield Check(name, f"the file {row['file_name']} was changed")
        else:
            yield Check(name)


def _hash_of_file(stored: "File[bytes]") -> str:
    try:
        with stored.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def breaks_in_filings() -> Generator[Break | None]:
    """Check every filing with its files against the trail; a break names the filing and the file."""
    told = {
        (event.root_id, event.data["sequence"], event.data["attempt"]): event.data["hash"]
        for event in Event.objects.filter(code__in=FILED).only("root_id", "data").iterator(chunk_size=2000)
    }
    known: dict[UUID, str] = {}
    filings = Filing.objects.with_content().select_related("dossier__product").order_by("filed_at")
    for filing in filings.iterator(chunk_size=20):
        place = (filing.dossier_id, filing.sequence.number, filing.attempt)
        yield _first_break(filing, told.pop(place, ""), known)
    for dossier, sequence, attempt in told:
        where = f"filing of dossier {dossier}, sequence {sequence:04}, attempt {attempt}"
        yield Break(where, "the trail tells of it, and it is missing")


def _first_break(filing: Filing, told_hash: str, known: dict[UUID, str]) -> Break | None:
    for check in (*_checks(filing, told_hash), *files_of(filing, known)):
        if not check.holds:
            return Break(f"filing {filing.pk}, {filing}", check.wrong)
    return None


def answered(content: Mapping[str, Any]) -> int:
    """Count the requirements that were answered when the content was frozen."""
    return sum(1 for row in content["requirements"] if row["state"] != "open")
