"""Writes Word files: plain content in, an editable document out. Stores nothing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from audit.typesetting import spelled

Text = tuple[str, str]

FONT = "Arial"
WIDTHS = (Cm(5.2), Cm(11.3))
LONGEST_PROPERTY = 255
PACKED_ON = (2000, 1, 1, 0, 0, 0)
"""The date of every part inside the file: a zip notes one, and the same input gives the same bytes."""


def render(content: Mapping[str, Any], *, title: str, made_at: datetime) -> bytes:
    """Write `content` as a Word file; the same input gives the same bytes.

    `content` holds `issuer`, `number`, `heading`, `lead`, `notice` with `title` and `text`, `facts` with
    `term` and `text`, and `parts` with `heading` and `fields` of `label` and `text`; a missing key is
    left out. All of it is text: nothing a person typed is read as markup.
    """
    if made_at.tzinfo is None:
        raise ValueError("made_at needs a time zone, or the bytes depend on the machine.")
    document = Document()
    _name(document, title, str(content.get("issuer", "")), made_at)
    _lay_out(document, content)
    document.add_heading(spelled(str(content.get("heading") or title)), level=0)
    if lead := content.get("lead"):
        document.add_paragraph(spelled(lead))
    if notice := content.get("notice"):
        _box(document, notice)
    if facts := content.get("facts"):
        _ruled(document, ("About", "What"), [(fact["term"], fact["text"]) for fact in facts])
    for part in content.get("parts", ()):
        document.add_heading(spelled(part["heading"]), level=1)
        _ruled(document, ("Field", "Text"), [(field["label"], field["text"]) for field in part["fields"]])
    return _packed(document)


def _name(document: WordDocument, title: str, author: str, made_at: datetime) -> None:
    properties = document.core_properties
    at = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = spelled(title)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = spelled(author)[:LONGEST_PROPERTY]
    properties.comments = properties.subject = properties.keywords = properties.category = ""
    properties.created = properties.modified = at
    properties.revision, properties.language = 1, "en-GB"


def _lay_out(document: WordDocument, content: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    running = "    ".join(str(content[key]) for key in ("issuer", "number") if content.get(key))
    section.header.paragraphs[0].text = spelled(running)
    document.styles["Normal"].font.name = FONT
    document.styles["Normal"].font.size = Pt(10)


def _box(document: WordDocument, notice: Mapping[str, str]) -> None:
    table = document.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    paragraph = table.cell(0, 0).paragraphs[0]
    paragraph.add_run(spelled(notice["title"])).bold = True
    table.cell(0, 0).add_paragraph(spelled(notice["text"]))
    document.add_paragraph()


def _ruled(document: WordDocument, head: Text, rows: Sequence[Text]) -> None:
    table = document.add_table(rows=1 + len(rows), cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    for row, texts in zip(table.rows, [head, *rows], strict=True):
        for place, (cell, width) in enumerate(zip(row.cells, WIDTHS, strict=True)):
            cell.width = width
            cell.paragraphs[0].add_run(spelled(texts[place])).bold = place == 0 or texts is head
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
    document.add_paragraph()


def _packed(document: WordDocument) -> bytes:
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name, date_time=PACKED_ON)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
