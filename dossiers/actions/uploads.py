"""Bringing files in piece by piece: beginning, taking bytes, checking, throwing away, placing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from celery.exceptions import OperationalError
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, refuse_if
from dossiers import inspector, permissions, places, uploads
from dossiers.actions import documents
from dossiers.contexts import Addition
from dossiers.events import DossierEvent
from dossiers.findings import BadFile
from dossiers.models import Document, Dossier, Section, Upload
from dossiers.models.uploads import FOLDER, in_some_days
from dossiers.statuses import UploadState
from dossiers.uploads import Measured

MOST_WAITING = 500
MOST_ATTEMPTS = 3
# Checked while the person waits; larger files go to the workers.
CHECKED_AT_ONCE = 4 * 1024 * 1024
CHECK = "dossiers.jobs.check_upload"


class OutOfStep(Exception):
    """Bytes came that do not follow what is here; the sender goes on from what the upload has."""


@transaction.atomic
def start(dossier: Dossier, *, name: str, size: int, mark: str, by: User) -> Upload:
    """Begin an upload, or return the one that the same person began with the same file.

    Raises BadFile for a size that is never taken, before any byte is sent. A file refused before starts anew.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    refuse_if(permissions.why_not_edit_documents(dossier, by))
    uploads.refuse_size(size)
    waiting = Upload.objects.waiting().filter(dossier=dossier, person=by)
    known = waiting.filter(mark=mark).first()
    if known and known.state == UploadState.REFUSED:
        known.delete()
        known = None
    if known:
        return known
    if waiting.count() >= MOST_WAITING:
        raise BadFile(
            f"{MOST_WAITING} of your files wait here already.", "Add them to the dossier or throw them away."
        )
    return Upload.objects.create(
        dossier=dossier, person=by, name=uploads.clean_name(name), size=size, mark=mark
    )


@transaction.atomic
def take(upload: Upload, *, offset: int, data: bytes, by: User) -> Upload:
    """Write the bytes that follow those that are here; the last ones make the upload ready for the checks.

    Raises OutOfStep where they do not follow. What is sent beyond the announced size ends the upload.
    """
    upload = _locked(upload)
    refuse_if(permissions.why_not_edit_documents(upload.dossier, by))
    if upload.state != UploadState.COMING:
        return upload
    if offset != upload.received:
        raise OutOfStep
    if offset + len(data) > upload.size:
        return _end(upload, "More was sent than was announced. Choose the file again.")
    _write(upload.path, offset, data)
    upload.received += len(data)
    if upload.received == upload.size:
        upload.state = UploadState.ARRIVED
        if upload.size > CHECKED_AT_ONCE:
            transaction.on_commit(partial(send_to_worker, upload.pk))
    upload.changed_at, upload.expires_at = timezone.now(), in_some_days()
    upload.save(update_fields=["received", "state", "changed_at", "expires_at"])
    return upload


def receive(dossier: Dossier, file: uploads.Upload, *, by: User) -> Upload:
    """Take a whole file of a form and check it at once: the way without JavaScript."""
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    upload = start(
        dossier, name=uploads.original_name(file), size=file.size or 0, mark=digest.hexdigest(), by=by
    )
    file.seek(upload.received)
    while upload.state == UploadState.COMING and (chunk := file.read(CHECKED_AT_ONCE)):
        upload = take(upload, offset=upload.received, data=chunk, by=by)
    return check(upload.pk) or upload


def send_to_worker(pk: UUID) -> None:
    """Hand an upload to the workers; when the broker is down the sweep sends it later."""
    try:
        current_app.send_task(CHECK, args=[str(pk)])
    except OperationalError:
        return


def check(pk: UUID) -> Upload | None:
    """Check an upload that is all here, once, however often this is called; None when another one does it."""
    token, now = uuid4(), timezone.now()
    lease = now - timedelta(seconds=settings.JOB_LEASE_SECONDS + inspector.SECONDS)
    claimed = (
        Upload.objects.filter(pk=pk)
        .filter(Q(state=UploadState.ARRIVED) | Q(state=UploadState.CHECKING, changed_at__lt=lease))
        .update(state=UploadState.CHECKING, claim=token, changed_at=now, attempts=F("attempts") + 1)
    )
    if not claimed:
        return None
    upload = Upload.objects.select_related("dossier").filter(pk=pk, claim=token).first()
    if upload is None:
        return None
    try:
        if upload.attempts > MOST_ATTEMPTS:
            raise BadFile(f"The checks were cut off {MOST_ATTEMPTS} times.", "Print it to a new PDF.")
        if not upload.path.exists() or upload.path.stat().st_size != upload.size:
            raise BadFile("What came is not what was announced.", "Choose the file again.")
        measured = uploads.measure(upload.path, upload.size)
    except BadFile as bad:
        return _settle(pk, token, wrong=str(bad))
    except FileNotFoundError:
        return None  # thrown away while it was checked
    return _settle(pk, token, measured=measured)


@transaction.atomic
def _settle(pk: UUID, token: UUID, *, wrong: str = "", measured: Measured | None = None) -> Upload | None:
    upload = Upload.objects.select_for_update().filter(pk=pk, claim=token, state=UploadState.CHECKING).first()
    if upload is None:
        return None
    if measured is None:
        return _end(upload, wrong)
    open_here = (
        upload.dossier.sections.in_tree().filter(holds_documents=True).values_list("number", flat=True)
    )
    place = places.suggest(upload.name, measured.facts, open_here)
    upload.state, upload.claim = UploadState.FIT, None
    upload.sha256, upload.md5, upload.facts = measured.sha256, measured.md5, measured.facts
    upload.section, upload.why = place.section, place.why
    upload.file_name = place.file_name or uploads.file_name(upload.name, set())
    upload.changed_at = timezone.now()
    upload.save()
    return upload


def _end(upload: Upload, wrong: str) -> Upload:
    """Refuse an upload for good: its bytes go, the reason stays with the person and in the trail."""
    upload.state, upload.claim, upload.wrong = UploadState.REFUSED, None, wrong[:500]
    upload.changed_at = timezone.now()
    upload.save(update_fields=["state", "claim", "wrong", "changed_at"])
    trail.record(
        DossierEvent.UPLOAD_REFUSED,
        upload,
        by=upload.person,
        sentence=f"Not taken: {upload.name}",
        why=wrong,
        data={"size": upload.size},
        audience=Audience.SPONSOR,
    )
    transaction.on_commit(partial(upload.path.unlink, missing_ok=True))
    return upload


def _locked(upload: Upload) -> Upload:
    found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if found is None:
        raise Refused(f"{upload.name} was thrown away meanwhile. Choose the file again.")
    return found


@transaction.atomic
def discard(upload: Upload) -> None:
    """Throw away what came of a file, once however often this is called; what became a document stays one."""
    found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if found is None:
        return
    if found.state == UploadState.PLACED:
        raise Refused(f"{upload.name} is in the dossier already. Remove the document there.")
    path = found.path
    found.delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))


def remember(typed: Mapping[UUID, dict[str, Any]], *, by: User) -> None:
    """Keep with each of the person's files what they typed about it, until it is placed or thrown away."""
    waiting = Upload.objects.visible_to(by).filter(pk__in=typed, state=UploadState.FIT)
    for upload in waiting:
        upload.typed = typed[upload.pk]
        upload.save(update_fields=["typed"])


@dataclass(frozen=True)
class Wanted:
    """Where a person wants a file: a section, a name, and whether it follows a document that is there."""

    upload: Upload
    section: Section
    file_name: str
    follows: Document | None = None
    is_copy_meant: bool = False
    title: str = ""
    addition: Addition | None = None


@dataclass
class Placing:
    """What came of placing files: the documents, and the reason for each that stays in the table."""

    added: list[Document] = field(default_factory=list)
    problems: dict[UUID, str] = field(default_factory=dict)


def place_all(dossier: Dossier, wanted: Iterable[Wanted], *, by: User) -> Placing:
    """Make documents of checked files in one transaction; a file that cannot go in stays where it is."""
    placing = Placing()
    with documents.stored_together() as stored:
        refuse_if(permissions.why_not_edit_documents(dossier, by))
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        for one in wanted:
            try:
                with transaction.atomic():
                    document = _place(one, by)
            except Refused as refused:
                placing.problems[one.upload.pk] = str(refused)
            else:
                stored.append(document.versions.order_by("-number")[0])
                placing.added.append(document)
    return placing


def _place(one: Wanted, by: User) -> Document:
    upload = Upload.objects.select_for_update().filter(pk=one.upload.pk).first()
    if upload is None:
        raise Refused("It was thrown away meanwhile.")
    if upload.state != UploadState.FIT:
        raise Refused(f"It is not ready: {upload.get_state_display().lower()}.")
    measured = Measured(upload.sha256, upload.md5, upload.size, upload.facts)
    try:
        with upload.path.open("rb") as bytes_here:
            checked = measured.as_checked(File(bytes_here), upload.name, one.section.number)
            document = _store(one, checked, by)
    except FileNotFoundError:
        raise Refused("Its bytes are missing. Throw it away and choose the file again.") from None
    upload.state, upload.document = UploadState.PLACED, document
    upload.facts, upload.changed_at = {}, timezone.now()
    upload.save(update_fields=["state", "document", "facts", "changed_at"])
    transaction.on_commit(partial(upload.path.unlink, missing_ok=True))
    return document


def _store(one: Wanted, checked: uploads.Checked, by: User) -> Document:
    if one.follows:
        note = f"Came as {checked.name}"[:300]
        return documents.add_version(one.follows, checked, note=note, by=by).document
    return documents.add(
        one.section,
        checked,
        title=one.title,
        file_name=one.file_name,
        is_copy_meant=one.is_copy_meant,
        addition=one.addition,
        by=by,
    )


def expire() -> int:
    """Throw away what nobody came back for, and bytes that belong to no upload; returns how many."""
    late = list(Upload.objects.filter(expires_at__lt=timezone.now()).values_list("pk", flat=True))
    thrown_away = sum(_expired(pk) for pk in late)
    known = {f"{pk}.part" for pk in Upload.objects.values_list("pk", flat=True)}
    day_ago = (timezone.now() - timedelta(days=1)).timestamp()
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*/*.part"):
        if path.name not in known and path.stat().st_mtime < day_ago:
            path.unlink(missing_ok=True)
            thrown_away += 1
    return thrown_away


@transaction.atomic
def _expired(pk: UUID) -> bool:
    """Throw one away, unless its sender came back in this very moment."""
    upload = Upload.objects.select_for_update().filter(pk=pk, expires_at__lt=timezone.now()).first()
    if upload is None:
        return False
    transaction.on_commit(partial(upload.path.unlink, missing_ok=True))
    upload.delete()
    return True


def _write(path: Path, offset: int, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(data)
