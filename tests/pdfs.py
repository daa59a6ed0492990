"""Small PDFs for tests, made in a few milliseconds: sound, locked, scripted, broken and not PDF at all."""

from collections.abc import Callable
from io import BytesIO

import pikepdf

USER_PASSWORD = "open-sesame"
OWNER_PASSWORD = "owner-only"


def small_pdf(pages: int = 2, text: str = "A test document") -> bytes:
    """A sound PDF 1.7 with an outline; page n says `text, page n`, so that it can be searched."""
    return _saved(_document(pages, text))


def encrypted_pdf() -> bytes:
    """Nobody opens it without a password: pikepdf raises PasswordError."""
    return _saved(_document(), encryption=pikepdf.Encryption(user=USER_PASSWORD, owner=OWNER_PASSWORD))


def owner_password_pdf() -> bytes:
    """Opens without a question, yet printing and copying are restricted: only `is_encrypted` tells."""
    allowed = pikepdf.Permissions(extract=False, print_highres=False, print_lowres=False)
    return _saved(_document(), encryption=pikepdf.Encryption(user="", owner=OWNER_PASSWORD, allow=allowed))


def javascript_pdf() -> bytes:
    """Runs a script when it is opened."""
    document = _document()
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hello');")
    )
    return _saved(document)


def old_pdf() -> bytes:
    """PDF 1.3, which eCTD criterion 16.1 refuses."""
    return _saved(_document(), force_version="1.3")


def broken_pdf() -> bytes:
    """Begins like a PDF and holds nothing a reader could repair."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\x00\xff scrambled on the way \n" * 40


def junk_before_pdf() -> bytes:
    """A PDF behind other bytes: tolerant readers open it, its first bytes are not those of a PDF."""
    return b"MZ\x90\x00 not a document at all\n" + small_pdf()


def not_a_pdf() -> bytes:
    """A ZIP header under the name of a PDF, as when a Word file was only renamed."""
    return b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + b"word/document.xml" * 20


def _document(pages: int = 2, text: str = "A test document") -> pikepdf.Pdf:
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(_line(f"{text}, page {number}"))
    with document.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(f"Page {n + 1}", n) for n in range(pages))
    return document


def _line(text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"BT /F1 12 Tf 72 760 Td (" + escaped.encode("cp1252", "replace") + b") Tj ET"


def _saved(
    document: pikepdf.Pdf, *, encryption: pikepdf.Encryption | bool = False, force_version: str = ""
) -> bytes:
    target = BytesIO()
    document.save(
        target,
        min_version="" if force_version else "1.7",
        force_version=force_version,
        encryption=encryption,
        deterministic_id=not encryption,
    )
    return target.getvalue()


def changed(change: Callable[[pikepdf.Pdf], object], pages: int = 1) -> bytes:
    """A sound PDF after `change(document)`."""
    document = _document(pages)
    change(document)
    return _saved(document)
