"""What the pages of documents read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.models import User
from accounts.roles import Side
from dossiers import contexts, permissions
from dossiers.contexts import OperationOn
from dossiers.findings import named
from dossiers.models import Document, DocumentVersion, Dossier, Requirement, Section
from dossiers.queries.plate import Plate, plate
from dossiers.queries.words import MOST_WORDS
from dossiers.statuses import FilingResult, Operation

PAGE_SIZE = 50


def same_file(dossier: Dossier, sha256: str) -> DocumentVersion | None:
    """Return the version in the dossier that has the same bytes, if there is one."""
    return (
        DocumentVersion.objects.filter(sha256=sha256, document__dossier=dossier, document__removed_at=None)
        .select_related("document__section")
        .first()
    )


@dataclass(frozen=True)
class DocumentRow:
    """A document with the newest version that the person may read, and the ones before it."""

    document: Document
    newest: DocumentVersion
    versions: list[DocumentVersion]
    operation: OperationOn | None = None
    may_append: bool = False

    @property
    def operation_in_words(self) -> str:
        """What the next filing does with it, for those who prepare it."""
        return self.operation.in_words if self.operation else ""

    @property
    def is_leaving(self) -> bool:
        """Whether the next filing deletes it."""
        return self.operation is not None and self.operation.operation == Operation.DELETE

    @property
    def is_adding(self) -> bool:
        """Whether the next filing adds it to a filed one."""
        return self.operation is not None and self.operation.operation == Operation.APPEND

    @property
    def came_back(self) -> bool:
        """Whether its newest version was filed in an attempt that came back."""
        filing = self.newest.filed_in
        return filing is not None and filing.result == FilingResult.SENT_BACK

    @property
    def earlier(self) -> list[DocumentVersion]:
        """The versions before the newest one."""
        return self.versions[1:]

    @property
    def filed(self) -> str:
        """The sequence in which the newest version was filed, or nothing."""
        return self.newest.filed_in.sequence_number if self.newest.filed_in else ""

    @property
    def is_replacing(self) -> bool:
        """Whether a filing now would put the newest version in the place of a filed one."""
        return self.document.filed_in_id is not None and self.newest.filed_in_id is None

    @property
    def is_renamed(self) -> bool:
        """Whether the person had the file under another name."""
        return self.newest.original_name != self.document.file_name

    @property
    def tone(self) -> str:
        """How bad the worst finding is."""
        levels = {finding["level"] for finding in self.newest.findings}
        return "stop" if "stop" in levels else "warn" if levels else ""

    @property
    def state(self) -> str:
        """What stands in the column of states."""
        if self.newest.findings:
            worst = sorted(self.newest.findings, key=lambda finding: finding["level"] != "stop")[0]
            return named(worst["rule"])
        return "Filed" if self.filed else "Ready"


def documents_in_place(
    dossier: Dossier, user: User, *, section: Section | None = None, words: str = ""
) -> QuerySet[Document]:
    """Return the documents of a dossier, or of one section, that the person may see."""
    documents = Document.objects.visible_to(user).in_place().filter(dossier=dossier)
    if section:
        documents = documents.filter(section=section)
    return _matching(documents, words).select_related("section")


def document_rows(documents: Iterable[Document], dossier: Dossier, user: User) -> list[DocumentRow]:
    """Return documents of a dossier, all of them or those of one page, with all that a list shows."""
    found = list(documents)
    _fetch_versions(found, user)
    operations = {}
    if user.side == Side.SPONSOR:
        operations = contexts.by_document(contexts.operations_on(found, contexts.last_filing(dossier)))
    coming = {each.document.section_id for each in operations.values() if each.is_new}
    filled = contexts.sections_to_add_to(dossier, coming)
    return [
        DocumentRow(
            document,
            versions[0],
            versions,
            operation := operations.get(document.pk),
            may_append=document.section_id in filled and operation is not None and operation.is_new,
        )
        for document in found
        if (versions := list(document.versions.all()))
    ]


def document_row(document: Document, user: User) -> DocumentRow:
    """Return one document with the versions that the person may read."""
    found = Document.objects.select_related("section", "dossier").get(pk=document.pk)
    _fetch_versions([found], user)
    versions = list(found.versions.all())
    return DocumentRow(found, versions[0], versions)


def _fetch_versions(documents: list[Document], user: User) -> None:
    versions = DocumentVersion.objects.visible_to(user).with_filing().select_related("uploaded_by")
    prefetch_related_objects(documents, Prefetch("versions", versions.order_by("-number")))


def _matching(documents: QuerySet[Document], words: str) -> QuerySet[Document]:
    for word in words.split()[:MOST_WORDS]:
        documents = documents.filter(Q(title__icontains=word) | Q(file_name__icontains=word))
    return documents


@dataclass(frozen=True)
class DocumentTable:
    """A page of documents, and how many there are on all pages."""

    page_obj: Page[Document]
    rows: list[DocumentRow]
    summary: str


def document_table(
    documents: QuerySet[Document], dossier: Dossier, user: User, page: str = ""
) -> DocumentTable:
    """Gather a page of documents; what is not shown is only counted."""
    page_obj = Paginator(documents, PAGE_SIZE).get_page(page)
    versions = DocumentVersion.objects.visible_to(user).filter(document__in=documents).count()
    counts = _several(page_obj.paginator.count, "document"), _several(versions, "version")
    return DocumentTable(page_obj, document_rows(page_obj.object_list, dossier, user), ", ".join(counts))


def _several(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


@dataclass(frozen=True)
class DocumentList:
    """The documents of a dossier, page by page."""

    plate: Plate
    dossier: Dossier
    table: DocumentTable
    words: str
    can_edit: bool


def document_list(dossier: Dossier, user: User, *, words: str = "", page: str = "") -> DocumentList:
    """Gather a page of the documents of a dossier, of those whose name or title holds the words."""
    documents = documents_in_place(dossier, user, words=words)
    can_edit = permissions.why_not_edit_documents(dossier, user) is None
    table = document_table(documents, dossier, user, page)
    return DocumentList(plate(dossier, user), dossier, table, words, can_edit)


@dataclass(frozen=True)
class DocumentPage:
    """A document on its way to a new version, or out of the dossier."""

    plate: Plate
    row: DocumentRow
    answers: list[Requirement]
    edit_refusal: str | None
    remove_refusal: str | None
    stands: bool


def document_page(document: Document, user: User) -> DocumentPage:
    """Gather the versions of a document and the requirements that it answers."""
    return DocumentPage(
        plate=plate(document.dossier, user),
        row=document_row(document, user),
        answers=list(document.answers.all()),
        edit_refusal=permissions.why_not_edit_documents(document.dossier, user),
        remove_refusal=permissions.why_not_remove_document(document, user),
        stands=document.pk in contexts.standing_after(contexts.last_filing(document.dossier), [document]),
    )


def blocking(documents: Iterable[Document]) -> list[str]:
    """Say of documents just added what stops filing, one sentence each."""
    versions = DocumentVersion.objects.filter(document__in=list(documents)).exclude(findings=[])
    return [
        f"{version.document} was kept, but stops filing: {finding['text']} {finding['hint']}"
        for version in versions.select_related("document")
        for finding in version.findings
        if finding["level"] == "stop"
    ]
