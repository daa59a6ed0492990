"""Reading the text of document versions: claimed, read in a process of its own, kept page by page.

What is kept is made from the files and can be made again at any time, so it leaves nothing in the trail.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from celery import current_app
from celery.exceptions import OperationalError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers import pdftext
from dossiers.models import DocumentVersion, PageText, TextReading
from dossiers.wording import plain_words, readable

logger = logging.getLogger(__name__)
TASK = "dossiers.tasks.read_text"
LEASE = timedelta(seconds=pdftext.SECONDS * 2)
MOST_ATTEMPTS = 3
BATCH = 200
UNREADABLE = "Its text cannot be read."
GIVEN_UP = "Its text could not be read: the reading ended early several times."
CUT_SHORT = "Its text was read to page {page} of {pages} only."


def ask_for(version: DocumentVersion) -> None:
    """Have the text of a new version read once the version is kept for good."""
    transaction.on_commit(partial(send, version.pk))


def send(version_id: UUID) -> None:
    """Hand a version to the workers; when the broker is down the sweep finds it later."""
    try:
        current_app.send_task(TASK, args=[str(version_id)])
    except OperationalError:
        logger.warning("The broker is down; the text of version %s is read later.", version_id)


def unread() -> QuerySet[DocumentVersion]:
    """Return the versions whose text nobody has read and nobody is reading."""
    lost = timezone.now() - LEASE
    return DocumentVersion.objects.filter(
        Q(reading=None) | Q(reading__read_at=None, reading__started_at__lt=lost)
    ).order_by("uploaded_at")


def read(version_id: UUID, *, again: bool = False) -> int | None:
    """Read the text of a version and keep it; returns how many pages have words.

    None when another worker is at it, or when it was read already and is not asked for `again`. A file that
    ends its reading early several times is given up, so that it cannot stop the others for ever.
    """
    attempt = _claim(version_id, again=again)
    if attempt is None:
        return None
    if attempt > MOST_ATTEMPTS:
        return _give_up(version_id)
    return _keep(DocumentVersion.objects.get(pk=version_id))


@transaction.atomic
def _claim(version_id: UUID, *, again: bool) -> int | None:
    """Take a version to read; the claim is committed first, so that an attempt that kills us is counted."""
    _, is_mine = TextReading.objects.get_or_create(version_id=version_id)
    reading = TextReading.objects.select_for_update().get(pk=version_id)
    is_lost = reading.read_at is None and reading.started_at < timezone.now() - LEASE
    if not (is_mine or is_lost or (again and reading.read_at)):
        return None
    reading.attempts = 1 if again else reading.attempts + 1
    reading.started_at, reading.read_at = timezone.now(), None
    reading.save(update_fields=["attempts", "started_at", "read_at"])
    return reading.attempts


def _give_up(version_id: UUID) -> int:
    TextReading.objects.filter(pk=version_id).update(read_at=timezone.now(), problem=GIVEN_UP)
    return 0


def _keep(version: DocumentVersion) -> int:
    """Read outside of the transaction, so that a long file keeps nobody from writing."""
    with TemporaryFile("w+", encoding="utf-8") as printed:
        _print_texts(version.file.path, printed)
        return _replace_texts(version, texts_in(printed))


@transaction.atomic
def _replace_texts(version: DocumentVersion, texts: Iterator[str]) -> int:
    TextReading.objects.select_for_update().get(pk=version.pk)
    PageText.objects.filter(version=version).delete()
    pages, with_words = 0, 0
    rows = (_row(version, page, readable(raw)) for page, raw in enumerate(texts, start=1))
    while batch := list(islice(rows, BATCH)):
        PageText.objects.bulk_create(batch)
        pages += len(batch)
        with_words += sum(1 for row in batch if row.words)
    TextReading.objects.filter(pk=version.pk).update(
        read_at=timezone.now(), pages_with_words=with_words, problem=_problem(pages, version.pages)
    )
    return with_words


def _row(version: DocumentVersion, page: int, text: str) -> PageText:
    return PageText(version=version, page=page, text=text, words=plain_words(text))


def _problem(read: int, pages: int) -> str:
    if read >= pages:
        return ""
    return CUT_SHORT.format(page=read, pages=pages) if read else UNREADABLE


def texts_in(printed: IO[str]) -> Iterator[str]:
    """Yield the texts that the reading program printed; a line that it did not end is not a page."""
    printed.seek(0)
    for line in printed:
        if line.endswith("\n"):
            yield json.loads(line)


def _print_texts(path: str, target: IO[str]) -> None:
    """Run the reading program; how it ends does not matter, what it printed until then does."""
    command = [sys.executable, "-I", pdftext.__file__, path]
    subprocess.run(  # noqa: S603  # our own program, and a path that the portal chose
        command, stdin=subprocess.DEVNULL, stdout=target, stderr=subprocess.DEVNULL, check=False
    )
