"""Typesets reports: a Typst template and plain content in, an accessible archival PDF out. Stores nothing."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

PROJECT = Path(__file__).resolve().parent.parent
REPORTS = PROJECT / "templates" / "reports"
FONTS = PROJECT / "static" / "vendor" / "plex-ttf"
FACES = frozenset({("IBM Plex Sans", 400), ("IBM Plex Sans", 600), ("IBM Plex Mono", 400)})

# Text comes from people: control characters, lone surrogates and private characters are errors in PDF/A,
# and a direction override could make a signed line read differently from what it says.
FORBIDDEN = frozenset({"Cc", "Cn", "Co", "Cs"})
OVERRIDES = frozenset("\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class FontsMissing(RuntimeError):
    """The report fonts are not where they should be, and another font would change every line break."""


def render(
    template: str, content: Mapping[str, object], *, title: str, made_at: datetime, folder: Path = REPORTS
) -> bytes:
    """Typeset `content` as PDF/A-2a and PDF/UA-1; the same input gives the same bytes.

    `content` holds only what JSON holds: dates and amounts arrive as the words to print. It reaches the
    template as data, so nothing a person typed is ever read as markup. A character no font can show is
    printed as its code, such as [U+1F600]: one emoji in an answer must not cost the report.
    """
    if made_at.tzinfo is None:
        raise ValueError("made_at needs a time zone, or the bytes depend on the machine.")
    if not (folder / template).is_file() or Path(template).name != template:
        raise LookupError(f"There is no template {template!r} in {folder}.")
    missing: frozenset[str] = frozenset()
    while True:
        try:
            return _compile(folder / template, _legible(content, missing), spelled(title, missing), made_at)
        except typst.TypstError as error:
            found = _without_glyph(error.diagnostic) - missing
            if not found:
                raise
            missing |= found


def pages_of(pdf: bytes) -> int:
    """How many pages the document has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def _compile(template: Path, content: object, title: str, made_at: datetime) -> bytes:
    return typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(FONTS),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content), "title": title},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made_at.timestamp()),
    )


@cache
def _fonts(folder: Path) -> typst.Fonts:
    # The fonts inside the wheel stay on: they lend the signs Plex lacks, such as a superscript plus.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    lacking = FACES - {(font.family, font.weight) for font in fonts.fonts()}
    if lacking:
        names = ", ".join(f"{family} {weight}" for family, weight in sorted(lacking))
        raise FontsMissing(f"No report without its fonts: {names} not found in {folder}.")
    return fonts


def _legible(content: object, missing: frozenset[str]) -> object:
    match content:
        case str():
            return spelled(content, missing)
        case Mapping():
            return {key: _legible(value, missing) for key, value in content.items()}
        case list() | tuple():
            return [_legible(value, missing) for value in content]
        case _:
            return content


def spelled(text: str, missing: frozenset[str] = frozenset()) -> str:
    """Write a text so that any file can hold it: a sign that none can show becomes its code."""
    # Composed first: a file name from a Mac has its accents apart, and the fonts know only the whole letter.
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        f"[U+{ord(sign):04X}]" if sign in missing or _is_forbidden(sign) else sign for sign in text
    )


def _is_forbidden(sign: str) -> bool:
    if sign in "\n\t":
        return False
    return sign in OVERRIDES or unicodedata.category(sign) in FORBIDDEN


def _without_glyph(diagnostic: str) -> frozenset[str]:
    clusters = "".join(NO_GLYPH.findall(diagnostic))
    decoded = ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), clusters)
    return frozenset(sign for sign in decoded if not sign.isascii())
