"""A demo document on its way to a dossier: its place, its file name and its typeset PDF."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf

from atmp_portal.demo.content import Document, day
from audit import typesetting

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class DemoDocument:
    """One version of one file; `original_name` is what the person who uploads it called it."""

    product_key: str
    section_number: str
    file_name: str
    original_name: str
    version: int
    write: Callable[[], Document]

    @property
    def title(self) -> str:
        """The title on the first page of the document."""
        return self.write().title

    def build(self) -> bytes:
        """The PDF as it would be filed: bookmarks shown, fonts embedded, readable page by page."""
        return _typeset(self)


@cache
def _typeset(demo: DemoDocument) -> bytes:
    document = demo.write()
    plain = typesetting.render(
        "document.typ",
        _plain(document),
        title=f"{document.product}, {document.section} {document.title}",
        made_at=datetime.combine(document.written_on, time(12), UTC),
        folder=FOLDER,
    )
    filed = BytesIO()
    with pikepdf.open(BytesIO(plain)) as file:
        file.Root.PageMode = pikepdf.Name.UseOutlines
        file.save(filed, linearize=True, deterministic_id=True)
    return filed.getvalue()


def _plain(document: Document) -> dict[str, object]:
    written = day(document.written_on)
    history = document.history or ((document.version, document.written_on, "First version"),)
    content: dict[str, object] = json.loads(json.dumps(asdict(document), default=str))
    return content | {
        "sponsor": document.sponsor.name,
        "address": document.sponsor.address,
        "typeface": document.sponsor.typeface,
        "version": f"{document.version}.0",
        "date": written,
        "history": [(f"{number}.0", day(when), change) for number, when, change in history],
    }
