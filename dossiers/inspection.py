"""Looking into one PDF: what is in it, as plain facts; runs in a process of its own and knows no Django.

`dossiers.inspector` starts it as a program that reads paths line by line. Every file is opened in a fork with
little memory and time, so that a file made to exhaust its reader ends the fork and nothing else.
"""

import json
import os
import re
import resource
import signal
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

MEMORY = 1024**3
CPU_SECONDS = 20
MOST_PAGES = 5_000
MOST_UNPACKED = 256 * 1024**2
PAGES_READ = 3
PAGES_LOOKED_AT = 20
LONGEST_TEXT = 6_000
MOST_NAMES = 8
VERSION = re.compile(r"/([0-9]\.[0-9])")
HTML = re.compile(rb"<(?:!doctype|html|script|svg|iframe)\b", re.IGNORECASE)
RUNS = {
    "/JavaScript": "a script",
    "/Launch": "an action that starts another program",
    "/SubmitForm": "an action that sends data to an address",
    "/ImportData": "an action that reads data from another file",
    "/XFA": "a form of XFA, which builds its own pages and runs scripts",
}
FLATE = {"/FlateDecode", "/Fl"}
STANDARD_FONTS = ("Courier", "Helvetica", "Times", "Symbol", "ZapfDingbats")
PAPER = {(595, 842), (612, 792), (842, 1191), (792, 1224)}  # A4, Letter, A3, Tabloid in points
DAMAGE = (pikepdf.PdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError)

Facts = dict[str, Any]


class TooHeavy(Exception):
    """A stream of the file unpacks to more than any document needs."""


def facts_of(path: Path) -> Facts:
    """Return what is in a file, or `wrong` with a word for why it cannot be taken."""
    strange = _other_format(path)
    if strange:
        return {"wrong": "polyglot", "what": strange}
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            facts = _facts(pdf)
    except pikepdf.PasswordError:
        return {"wrong": "password"}
    except (MemoryError, TooHeavy):
        return {"wrong": "heavy"}
    except DAMAGE:
        return {"wrong": "repairable" if _is_repairable(path) else "damaged"}
    if 0 < facts["pages"] <= MOST_PAGES and not facts["runs"]:
        facts |= _texts(path)
    return facts


def _other_format(path: Path) -> str:
    """Name what a file is besides a PDF: some programs would read it as that."""
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 4096))
        tail = file.read()
    _before, mark, after = tail.rpartition(b"%%EOF")
    if zipfile.is_zipfile(path):
        return "a ZIP archive"
    if HTML.search(head) or (mark and HTML.search(after)):
        return "a web page"
    is_padded = not after.strip(b"\0\t\n\f\r ")
    ends = bool(mark) and is_padded
    return "" if ends or not _ends_somewhere(path) else "something behind its end"


def _ends_somewhere(path: Path) -> bool:
    # A file that was cut off has no end at all: it is damaged, not two things at once.
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 8 * 1024**2))
        return b"%%EOF" in file.read()


def _is_repairable(path: Path) -> bool:
    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages) > 0
    except (*DAMAGE, MemoryError):
        return False


def _facts(pdf: pikepdf.Pdf) -> Facts:
    declared = VERSION.fullmatch(str(pdf.Root.get("/Version", "")))
    pages = len(pdf.pages)
    facts: Facts = {
        "version": max(str(pdf.pdf_version), declared[1] if declared else ""),
        "pages": pages,
        "is_restricted": bool(pdf.is_encrypted),
        "title": _plain(str(pdf.docinfo.get("/Title", "")))[:300],
        "bookmarks": "/First" in pdf.Root.get("/Outlines", {}),
        "runs": "",
        "embedded": 0,
        "links": 0,
        "fonts": [],
    }
    if pages <= MOST_PAGES:
        facts["odd_pages"] = _odd_pages(pdf)
        _look_at_objects(pdf, facts)
    return facts


def _plain(text: str) -> str:
    """Leave out what no person wrote: PostgreSQL keeps no null characters and no halves of signs."""
    return "".join(letter for letter in text if letter.isprintable())


def _odd_pages(pdf: pikepdf.Pdf) -> list[int]:
    """Return the first pages whose paper is none that the agency prints on."""
    odd: list[int] = []
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        width, height = sorted((abs(right - left), abs(top - bottom)))
        if not any(abs(width - w) <= 6 and abs(height - h) <= 6 for w, h in PAPER):
            odd.append(number)
            if len(odd) == MOST_NAMES:
                break
    return odd


def _look_at_objects(pdf: pikepdf.Pdf, facts: Facts) -> None:
    fonts: set[str] = set()
    # What stands directly in the trailer, even the root itself, is no object of its own.
    for thing in (*pdf.objects, pdf.trailer):
        if isinstance(thing, pikepdf.Stream):
            _refuse_bomb(thing)
        for dictionary in _dictionaries(thing):
            facts["runs"] = facts["runs"] or _what_runs(dictionary)
            action = str(dictionary.get("/S", ""))
            facts["links"] += action == "/URI"
            facts["embedded"] += "/EF" in dictionary
            fonts.add(_font_that_is_missing(dictionary))
    facts["fonts"] = sorted(map(_plain, fonts - {""}))[:MOST_NAMES]


def _what_runs(dictionary: Any) -> str:
    """Name what would run when the file is opened or clicked on, or nothing."""
    action = str(dictionary.get("/S", ""))
    if action in RUNS:
        return RUNS[action]
    if "/XFA" in dictionary:
        return RUNS["/XFA"]
    return RUNS["/JavaScript"] if "/JS" in dictionary or "/JavaScript" in dictionary else ""


def _font_that_is_missing(dictionary: Any) -> str:
    """Name a font that is used and not embedded; the standard ones come with every reader."""
    if str(dictionary.get("/Type", "")) != "/Font" or str(dictionary.get("/Subtype", "")) in {
        "/Type0",
        "/Type3",
    }:
        return ""
    name = str(dictionary.get("/BaseFont", "/unnamed")).removeprefix("/")
    descriptor = dictionary.get("/FontDescriptor", {})
    if any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        return ""
    return "" if name.startswith(STANDARD_FONTS) and "/FontDescriptor" not in dictionary else name[:60]


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


def _refuse_bomb(stream: Any) -> None:
    """Unpack a stream piece by piece, keeping nothing, and stop once it is beyond all measure."""
    filters = stream.get("/Filter", pikepdf.Array([]))
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    layers = [name for name in names if name in FLATE]
    if len(layers) < len(names):
        _refuse_other_bomb(stream)
    if not layers:
        return
    packed = stream.read_raw_bytes()
    # In small pieces: what is not unpacked yet is copied at each turn.
    pieces: Iterator[bytes] = (packed[at : at + 65_536] for at in range(0, len(packed), 65_536))
    for _ in layers:
        pieces = _unpacked(pieces)
    try:
        for _ in pieces:
            pass
    except zlib.error:
        return  # readers tolerate it, and it unpacks to no more than was counted


def _refuse_other_bomb(stream: Any) -> None:
    """Unpack a stream whole where filters other than Flate are on it; pictures stay packed."""
    try:
        size = len(stream.read_bytes())
    except pikepdf.PdfError:
        return  # a picture, or nothing that can be unpacked
    if size > MOST_UNPACKED:
        raise TooHeavy


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer, size = zlib.decompressobj(), 0
    for piece in pieces:
        rest = piece
        while rest and not packer.eof:
            out = packer.decompress(rest, 1024**2)
            rest = packer.unconsumed_tail
            size += len(out)
            if size > MOST_UNPACKED:
                raise TooHeavy
            yield out


def _texts(path: Path) -> Facts:
    """Read the first pages, and tell which of them are pictures without text."""
    texts: list[str] = []
    pictures: list[int] = []
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            for number in range(min(len(pdf), PAGES_LOOKED_AT)):
                page = pdf[number]
                words = page.get_textpage()
                most = min(words.count_chars(), LONGEST_TEXT)
                text = words.get_text_range(count=most) if most > 0 else ""
                if number < PAGES_READ:
                    texts.append(text.replace("\r\n", "\n").replace("\0", ""))
                if not text.strip() and any(page.get_objects(filter=[3], max_depth=2)):
                    pictures.append(number + 1)
    except (pypdfium2.PdfiumError, *DAMAGE, AssertionError):
        pass  # pikepdf opened it; what pdfium cannot read has no text for us
    return {"texts": texts, "pictures": pictures[:MOST_NAMES]}


def main() -> None:
    """Answer one line of JSON for each path that comes in, until nobody asks any more."""
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _answer(Path(line.rstrip("\n")), writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            said = answer.read()
        os.waitpid(child, 0)
        sys.stdout.write((said.decode() or '{"wrong": "heavy"}') + "\n")
        sys.stdout.flush()


def _answer(path: Path, writing: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        signal.alarm(2 * CPU_SECONDS)
        with os.fdopen(writing, "wb") as out:
            out.write(json.dumps(_facts_or_damage(path)).encode())
    finally:
        os._exit(0)


def _facts_or_damage(path: Path) -> Facts:
    try:
        return facts_of(path)
    except MemoryError:
        return {"wrong": "heavy"}
    except Exception:  # whatever a reader stumbles over: it is not sound
        return {"wrong": "damaged"}


if __name__ == "__main__":
    main()
