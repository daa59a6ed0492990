"""Documents with words on their pages, and versions whose text is read or written down at once."""

from dossiers import pagetexts, uploads
from dossiers.actions import documents
from dossiers.models import Document, DocumentVersion, Dossier, PageText, TextReading
from dossiers.wording import plain_words
from tests.factories import dossiers as make
from tests.pdfs import small_pdf

SECTION = "3.2.S.2.3"


def read(of: Document) -> Document:
    """Read the text of every version of a document."""
    for version in of.versions.all():
        pagetexts.read(version.pk)
    return of


def document(of: Dossier, text: str, *, pages: int = 1, number: str = SECTION, name: str = "report.pdf"):
    """A document that says the text on each page, read."""
    return read(make.document(of, number, name=name, content=small_pdf(pages, text)))


def written(of: DocumentVersion, *texts: str) -> DocumentVersion:
    """Give a version these pages, whatever its file says."""
    PageText.objects.filter(version=of).delete()
    PageText.objects.bulk_create(
        PageText(version=of, page=page, text=text, words=plain_words(text))
        for page, text in enumerate(texts, start=1)
    )
    TextReading.objects.update_or_create(
        version=of, defaults={"read_at": of.uploaded_at, "pages_with_words": len(texts)}
    )
    DocumentVersion.objects.filter(pk=of.pk).update(pages=len(texts))
    return of


def new_version(of: Document, content: bytes | None = None) -> DocumentVersion:
    """A newer version of a document in a dossier that can be changed."""
    checked = uploads.check(make.upload("newer.pdf", content), of.section.number)
    return documents.add_version(of, checked, note="Newer", by=make.writer(of.dossier.organisation))
