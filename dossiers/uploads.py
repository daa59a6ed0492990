"""Uploaded files: the limit of size, the checks of a PDF, names for folders; nothing is kept here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5, sha256
from pathlib import Path, PurePath
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO, TypeAlias, cast

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify

from dossiers import findings, inspector
from dossiers.findings import BadFile, Finding

LONGEST_NAME = 64
SUFFIX = ".pdf"
MAGIC = b"%PDF-"
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}
Upload: TypeAlias = "UploadedFile[Any]"


@dataclass(frozen=True)
class Checked:
    """A file that passed the checks, with its hashes and what was found."""

    file: File[Any]
    name: str
    sha256: str
    md5: str
    size: int
    pages: int
    pdf_version: str
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Measured:
    """What is known of a file before it has a place."""

    sha256: str
    md5: str
    size: int
    facts: dict[str, Any]

    def as_checked(self, file: File[Any], name: str, section: str) -> Checked:
        """Judge the file for the section into which it goes."""
        return Checked(
            file,
            name,
            self.sha256,
            self.md5,
            self.size,
            self.facts["pages"],
            self.facts["version"],
            findings.judge(self.facts, section, self.size),
        )


class LimitedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file, and stops keeping it once it is over the limit.

    The rest is read and thrown away, so that the browser gets an answer instead of a broken connection.
    """

    file: TemporaryUploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start a file of its own for every upload of the form."""
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a chunk, or only count it."""
        self.seen += len(raw_data)
        if self.seen <= settings.MAX_UPLOAD_BYTES:
            return super().receive_data_chunk(raw_data, start)
        self.file.truncate(0)
        return None

    def file_complete(self, file_size: int) -> Upload | None:
        """Hand the file on with the size that was sent, so that the form can name it."""
        return super().file_complete(self.seen)


def check(upload: Upload, section: str) -> Checked:
    """Check an upload for a section; raises BadFile with the first thing that is wrong.

    Source of the rules: EU validation criteria v8.2, 16.1 to 16.5; eCTD v3.2.2 on names and sizes.
    """
    with _at_a_path(upload) as path:
        measured = measure(path, upload.size or 0)
    upload.seek(0)
    return measured.as_checked(upload, original_name(upload), section)


def refuse_size(size: int) -> None:
    """Refuse an empty file and one over the limit, before any of it is sent or read."""
    if size > settings.MAX_UPLOAD_BYTES:
        most = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise BadFile(
            f"It is {filesizeformat(size)}; a file may have up to {most}.",
            "Split the document, or lower the resolution of its scanned pages.",
        )
    if size <= 0:
        raise BadFile("The file is empty.", "Save it again from the program that wrote it.")


def measure(path: Path, size: int) -> Measured:
    """Measure a file whatever its section; raises BadFile where it cannot be taken into any."""
    refuse_size(size)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise BadFile("It is not a PDF, whatever its name says.", "Save the document as PDF 1.7.")
        hashes = _hashes(file)
    facts = inspector.facts_of(path)
    findings.refuse(facts)
    return Measured(*hashes, size, facts)


def original_name(upload: Upload) -> str:
    """Return the name under which the person had the file, without folders and control characters."""
    return clean_name(upload.name or "")


def clean_name(name: str) -> str:
    """Take folders, control characters and marks of writing direction out of a name, and shorten it."""
    bare = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in bare if letter.isprintable())[:255] or f"document{SUFFIX}"


def file_name(original: str, taken: set[str]) -> str:
    """Suggest a name for the sequence folder: a-z, 0-9, hyphens, at most 64 characters, free in its section.

    Source: EU validation criteria v8.2, 15.4 and 15.6.
    """
    stem = slugify(re.sub(r"\.pdf$", "", original, flags=re.IGNORECASE)).replace("_", "-") or "document"
    stem = f"document-{stem}" if stem in RESERVED else stem
    for number in range(1, len(taken) + 2):
        end = f"-{number}{SUFFIX}" if number > 1 else SUFFIX
        name = f"{stem[: LONGEST_NAME - len(end)].strip('-')}{end}"
        if name not in taken:
            break
    return name


def title_from(original: str) -> str:
    """Turn a file name into a first title."""
    words = re.sub(r"[-_\s]+", " ", re.sub(r"\.pdf$", "", original, flags=re.IGNORECASE)).strip()
    return (words[:1].upper() + words[1:])[:200] or "Document"


def _hashes(file: BinaryIO) -> tuple[str, str]:
    strong, of_ectd = sha256(), md5(usedforsecurity=False)
    file.seek(0)
    while chunk := file.read(1024 * 1024):
        strong.update(chunk)
        of_ectd.update(chunk)
    return strong.hexdigest(), of_ectd.hexdigest()


@contextmanager
def _at_a_path(upload: Upload) -> Iterator[Path]:
    """Give a path under which another process can read an upload, while the block lasts."""
    if isinstance(upload, TemporaryUploadedFile):
        upload.flush()
        yield Path(upload.temporary_file_path())
        return
    with NamedTemporaryFile(suffix=SUFFIX) as copy:
        if (upload.size or 0) <= settings.MAX_UPLOAD_BYTES:
            upload.seek(0)
            copyfileobj(cast("BinaryIO", upload), copy)
        copy.flush()
        yield Path(copy.name)
