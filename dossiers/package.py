"""A dossier as a ZIP with the folder and file names of an electronic submission, and checksums of all of it.

Every file is read once: it is hashed while it is copied, and held against the hash under which it was kept.
The same content gives the same bytes: fixed times, sorted names, nothing compressed. There is no XML
backbone in it.
"""

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO
from uuid import UUID

from audit.issuing import LargeFile
from audit.refusals import Refused
from dossiers.queries.content import since
from dossiers.structure import section_rows

LONGEST_NAME, LONGEST_PATH = 64, 180
NAME = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)?")
BLANK = re.compile(r"\{([a-z-]+)\}")
# What a folder is called while its attribute is not given: agency and language of a centralised procedure.
FILLED = {
    "cc": "ema",
    "ll": "en",
    "substance-manufacturer": "drug-substance",
    "product-dosageform-manufacturer": "drug-product",
}
CHUNK = 1 << 20
EVERY_SECONDS = 1.0

Tell = Callable[[str, int, int], None]
Operations = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Entry:
    """One file of a package: where it lies, and which version of which document it is."""

    path: str
    version: UUID
    name: str
    section: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Finding:
    """What is wrong with the names of a package, where, and by which rule."""

    text: str
    section: str
    rule: str


@dataclass(frozen=True)
class Packed:
    """A file as it went into the package, with the hashes found on the way."""

    entry: Entry
    md5: str
    sha256: str


def entries_of(content: Mapping[str, Any]) -> list[Entry]:
    """Return the files of a package, sorted by path: each in the folder of the sequence that brought it."""
    entries = [
        Entry(
            path_of(row),
            UUID(row["id"]),
            row["file_name"],
            row["section"],
            row["size"],
            row["sha256"],
        )
        for row in content["documents"]
    ]
    return sorted(entries, key=lambda entry: entry.path)


def operations_in(content: Mapping[str, Any]) -> Operations:
    """Return what the sequence does: the operation, the file, and the filed one that it modifies.

    Source: ICH eCTD v3.2.2, operation and modified-file of a leaf; a deletion has no file of its own.
    """
    changed = [row for row in content["documents"] if row.get("operation", "unchanged") != "unchanged"]
    lines = [(row["operation"], path_of(row), _path_if(row.get("modifies"))) for row in changed]
    lines += [("delete", "", path_of(row)) for row in content.get("deleted", [])]
    return sorted(lines, key=lambda line: (line[1] or line[2], line))


def path_of(row: Mapping[str, Any]) -> str:
    """Return where a document lies: in the folder of the sequence that brought it."""
    return f"{since(row)}/{folder_of(row)}/{row['file_name']}"


def _path_if(row: Mapping[str, Any] | None) -> str:
    return path_of(row) if row else ""


def folder_of(row: Mapping[str, Any]) -> str:
    """Return the folder of a document, its blanks filled; content without folders takes those of the tree."""
    folder = row.get("folder") or _folders().get(row["section"]) or f"m{row['section'][:1]}"
    return BLANK.sub(lambda blank: FILLED.get(blank[1], blank[1]), folder)


def _folders() -> dict[str, str]:
    return {row.number: row.folder for row in section_rows()}


def findings_in(entries: Sequence[Entry]) -> list[Finding]:
    """Return what an agency would not take: names, lengths and files in each other's place.

    Source: EU validation criteria v8.2, 15.3 to 15.7.
    """
    times = Counter(entry.path for entry in entries)
    return [finding for entry in entries for finding in _findings(entry, times[entry.path])]


def _findings(entry: Entry, times: int) -> Iterator[Finding]:
    for part in entry.path.split("/"):
        if not NAME.fullmatch(part):
            said = f"{part}: only lower-case letters without accents, digits and hyphens are allowed."
            yield Finding(said, entry.section, "Criterion 15.3")
        if len(part) > LONGEST_NAME:
            said = f"{part}: {len(part)} signs, at most {LONGEST_NAME} are allowed."
            yield Finding(said, entry.section, "Criterion 15.5")
    if len(entry.path) > LONGEST_PATH:
        said = f"{entry.path}: {len(entry.path)} signs, a path has at most {LONGEST_PATH}."
        yield Finding(said, entry.section, "Criterion 15.7")
    if times > 1:
        yield Finding(f"{entry.path}: {times} documents would lie here.", entry.section, "Own check")


class _Hashed(RawIOBase):
    """A file that is only written to its end, and its hash with it."""

    def __init__(self, file: BinaryIO, pool: ThreadPoolExecutor) -> None:
        self.file, self.pool = file, pool
        self.sha256, self.size = hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Write and hash at the same time."""
        hashing = self.pool.submit(self.sha256.update, data)
        written = self.file.write(data)
        hashing.result()
        self.size += written
        return written


def write(
    entries: Sequence[Entry],
    target: Path,
    opened: Callable[[Entry], BinaryIO],
    tell: Tell,
    operations: Operations = (),
) -> LargeFile:
    """Write a package; refuses, naming the file, when one is missing or is not what was kept."""
    try:
        return _write(entries, target, opened, tell, operations)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _write(
    entries: Sequence[Entry],
    target: Path,
    opened: Callable[[Entry], BinaryIO],
    tell: Tell,
    operations: Operations,
) -> LargeFile:
    progress = _Progress(sum(entry.size for entry in entries), len(entries), tell)
    with ThreadPoolExecutor(2) as pool, target.open("wb") as file:
        hashed = _Hashed(file, pool)
        with zipfile.ZipFile(hashed, "w", zipfile.ZIP_STORED) as archive:
            packed = [_pack(archive, entry, opened, pool, progress) for entry in entries]
            _manifest(archive, "manifest-md5.txt", [(one.md5, one.entry.path) for one in packed])
            _manifest(archive, "manifest-sha256.txt", [(one.sha256, one.entry.path) for one in packed])
            _operations(archive, operations)
        return LargeFile(target, hashed.sha256.hexdigest(), hashed.size)


class _Progress:
    """How much is packed, told once a second: often enough to show, and that the worker lives."""

    def __init__(self, total: int, files: int, tell: Tell) -> None:
        self.total, self.files, self.tell = total, files, tell
        self.done = self.file = 0
        self.told = monotonic()

    def add(self, size: int) -> None:
        """Count what was copied."""
        self.done += size
        if monotonic() - self.told >= EVERY_SECONDS:
            self.told = monotonic()
            step = f"Packing file {self.file} of {self.files}"
            self.tell(step, self.done >> 20, max(self.total >> 20, 1))


def _pack(
    archive: zipfile.ZipFile,
    entry: Entry,
    opened: Callable[[Entry], BinaryIO],
    pool: ThreadPoolExecutor,
    progress: _Progress,
) -> Packed:
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    progress.file += 1
    try:
        source = opened(entry)
    except OSError:
        raise Refused(
            f"{entry.name} in {entry.section} is missing from the store. Nothing was packed."
        ) from None
    with source, archive.open(_info(entry.path, entry.size), "w") as target:
        while chunk := source.read(CHUNK):
            hashing = pool.submit(md5.update, chunk)
            sha256.update(chunk)
            target.write(chunk)
            hashing.result()
            progress.add(len(chunk))
    if sha256.hexdigest() != entry.sha256:
        raise Refused(f"{entry.name} in {entry.section} is not the file that was kept. Nothing was packed.")
    return Packed(entry, md5.hexdigest(), sha256.hexdigest())


def _manifest(archive: zipfile.ZipFile, name: str, lines: Sequence[tuple[str, str]]) -> None:
    archive.writestr(_info(name), "".join(f"{digest}  {path}\n" for digest, path in lines))


def _operations(archive: zipfile.ZipFile, operations: Operations) -> None:
    """Write what the sequence does, one operation a line: operation, file, what it modifies."""
    lines = [("operation", "file", "modifies"), *operations]
    archive.writestr(_info("operations.tsv"), "".join("\t".join(line) + "\n" for line in lines))


def _info(path: str, size: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    info.file_size = size
    return info
