"""Uploaded files: the limit of size, the checks of a PDF, names for folders; nothing is kept here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import md5, sha256
from pathlib import PurePath
from typing import Any, BinaryIO, TypeAlias, cast

import pikepdf
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify

from dossiers.structure import is_within

LONGEST_NAME = 64
SUFFIX = ".pdf"
MAGIC = b"%PDF-"
Upload: TypeAlias = "UploadedFile[Any]"
OLDEST, NEWEST = "1.4", "1.7"
VERSION = re.compile(r"/([0-9]\.[0-9])")
MAY_BE_RESTRICTED = ("1.0", "1.2", "3.3", "4.3", "5.4")
ACTIONS_THAT_RUN = {"/JavaScript": "a script", "/Launch": "an action that starts another program"}


class BadFile(Exception):
    """A file that is not taken: what is wrong with it and what to do, in words for the person who sent it."""

    def __init__(self, wrong: str, remedy: str, rule: str = "") -> None:
        self.wrong, self.remedy, self.rule = wrong, remedy, rule
        super().__init__(f"{wrong} {remedy}{f' Criterion {rule}.' if rule else ''}")


@dataclass(frozen=True)
class Checked:
    """A file that passed the checks, with its hashes and what was found."""

    file: Upload
    name: str
    sha256: str
    md5: str
    size: int
    pages: int
    pdf_version: str
    findings: list[dict[str, str]] = field(default_factory=list)


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
    name = original_name(upload)
    size = upload.size or 0
    if size > settings.MAX_UPLOAD_BYTES:
        most = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise BadFile(
            f"It is {filesizeformat(size)}; a file may have up to {most}.",
            "Split the document, or lower the resolution of its scanned pages.",
        )
    if not size:
        raise BadFile("The file is empty.", "Save it again from the program that wrote it.")
    upload.seek(0)
    if upload.read(len(MAGIC)) != MAGIC:
        raise BadFile("It is not a PDF, whatever its name says.", "Save the document as PDF 1.7.")
    hashes = _hashes(upload)
    pages, version, findings = _contents(upload, section)
    upload.seek(0)
    return Checked(upload, name, *hashes, size, pages, version, findings)


def original_name(upload: Upload) -> str:
    """Return the name under which the person had the file, without folders and control characters."""
    bare = PurePath((upload.name or "").replace("\\", "/")).name
    return "".join(letter for letter in bare if letter.isprintable())[:255] or f"document{SUFFIX}"


def file_name(original: str, taken: set[str]) -> str:
    """Suggest a name for the sequence folder: a-z, 0-9, hyphens, at most 64 characters, free in its section.

    Source: EU validation criteria v8.2, 15.4 and 15.6.
    """
    stem = slugify(re.sub(r"\.pdf$", "", original, flags=re.IGNORECASE)).replace("_", "-") or "document"
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


def _hashes(upload: Upload) -> tuple[str, str]:
    strong, of_ectd = sha256(), md5(usedforsecurity=False)
    for chunk in upload.chunks():
        strong.update(chunk)
        of_ectd.update(chunk)
    return strong.hexdigest(), of_ectd.hexdigest()


def _contents(upload: Upload, section: str) -> tuple[int, str, list[dict[str, str]]]:
    upload.seek(0)
    try:
        with pikepdf.open(cast("BinaryIO", upload), attempt_recovery=False) as pdf:
            pages = len(pdf.pages)
            version = _version(pdf)
            runs = _what_runs(pdf)
            is_restricted = pdf.is_encrypted
    except pikepdf.PasswordError:
        raise BadFile(
            "It asks for a password.", "Take the password off, or ask its author for an open copy.", "16.2"
        ) from None
    except (pikepdf.PdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError):
        raise BadFile("It is damaged and does not open.", "Save it again as PDF 1.7.", "16.5") from None
    if version < OLDEST:
        raise BadFile(f"It is PDF {version}; the agency takes 1.4 to 1.7.", "Save it as PDF 1.7.", "16.1")
    if not pages:
        raise BadFile("It has no pages.", "Save it again from the program that wrote it.", "16.5")
    if runs:
        raise BadFile(f"It contains {runs}.", "Print it to a new PDF, which leaves that out.")
    return pages, version, [*_findings(version), *(_restrictions(section) if is_restricted else [])]


def _version(pdf: pikepdf.Pdf) -> str:
    """Return the version of the catalogue where it is later than that of the header."""
    declared = VERSION.fullmatch(str(pdf.Root.get("/Version", "")))
    return max(str(pdf.pdf_version), declared[1] if declared else "")


def _findings(version: str) -> list[dict[str, str]]:
    if version <= NEWEST:
        return []
    return [
        {
            "level": "warn",
            "rule": "16.BP1",
            "text": f"the file is PDF {version}; 1.4 to 1.7 is best practice.",
            "hint": "Save it as PDF 1.7 and add that as a new version.",
        }
    ]


def _restrictions(section: str) -> list[dict[str, str]]:
    if any(is_within(section, free) for free in MAY_BE_RESTRICTED):
        return []
    return [
        {
            "level": "stop",
            "rule": "16.3",
            "text": "the file carries security settings that restrict printing, copying or changes.",
            "hint": "Save it without security settings and add that as a new version.",
        }
    ]


def _what_runs(pdf: pikepdf.Pdf) -> str:
    """Name what would run when the file is opened, or nothing."""
    for thing in pdf.objects:
        for dictionary in _dictionaries(thing):
            action = str(dictionary.get("/S", ""))
            if action in ACTIONS_THAT_RUN:
                return ACTIONS_THAT_RUN[action]
            if "/JS" in dictionary or "/JavaScript" in dictionary:
                return ACTIONS_THAT_RUN["/JavaScript"]
    return ""


def _dictionaries(thing: Any) -> Iterator[Any]:
    """Walk the dictionaries inside one object; what it refers to is walked on its own."""
    waiting = [thing]
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.Array):
            inner = list(current)
        elif isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            yield current
            inner = [value for _, value in current.items()]
        else:
            continue
        waiting += [part for part in inner if isinstance(part, pikepdf.Object) and not part.is_indirect]
