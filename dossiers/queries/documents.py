"""What the pages of documents read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.roles import Side
from dossiers import contexts, permissions
from dossiers.contexts import OperationOn
from dossiers.findings import named
from dossiers.models import Document, DocumentVersion, Dossier, Requirement, Section
from dossiers.queries.plate import Plate, plate
from dossiers.queries.words import MOST_WORDS
from dossiers.statuses import FilingResult, Operation


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


def document_rows(
    dossier: Dossier, user: User, *, section: Section | None = None, words: str = ""
) -> list[DocumentRow]:
    """Return the documents of a dossier, or of one section, that the person may see."""
    documents: QuerySet[Document] = Document.objects.visible_to(user).in_place().filter(dossier=dossier)
    if section:
        documents = documents.filter(section=section)
    if words:
        documents = _matching(documents, words)
    operations = {}
    if user.side == Side.SPONSOR:
        operations = contexts.by_document(contexts.operations_of(dossier, contexts.last_filing(dossier)))
    filled = {each.document.section_id for each in operations.values() if each.is_filed_and_stays}
    return [
        DocumentRow(
            document,
            versions[0],
            versions,
            operation := operations.get(document.pk),
            may_append=document.section_id in filled and operation is not None and operation.is_new,
        )
        for document in _with_versions(documents, user)
        if (versions := list(document.versions.all()))
    ]


def document_row(document: Document, user: User) -> DocumentRow:
    """Return one document with the versions that the person may read."""
    found = _with_versions(Document.objects.filter(pk=document.pk), user).get()
    versions = list(found.versions.all())
    return DocumentRow(found, versions[0], versions)


def _with_versions(documents: QuerySet[Document], user: User) -> QuerySet[Document]:
    versions = DocumentVersion.objects.visible_to(user).select_related("uploaded_by", "filed_in")
    return documents.select_related("section", "dossier").prefetch_related(
        Prefetch("versions", versions.order_by("-number"))
    )


def _matching(documents: QuerySet[Document], words: str) -> QuerySet[Document]:
    for word in words.split()[:MOST_WORDS]:
        documents = documents.filter(Q(title__icontains=word) | Q(file_name__icontains=word))
    return documents


def counted(rows: Iterable[DocumentRow]) -> str:
    """Sum documents up: "4 documents, 9 versions"."""
    counts = [len(row.versions) for row in rows]
    documents, versions = len(counts), sum(counts)
    return f"{_several(documents, 'document')}, {_several(versions, 'version')}"


def _several(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


@dataclass(frozen=True)
class DocumentList:
    """Every document of a dossier."""

    plate: Plate
    dossier: Dossier
    rows: list[DocumentRow]
    summary: str
    words: str
    can_edit: bool


def document_list(dossier: Dossier, user: User, words: str = "") -> DocumentList:
    """Gather the documents of a dossier, those whose name or title holds the words."""
    rows = document_rows(dossier, user, words=words)
    can_edit = permissions.why_not_edit_documents(dossier, user) is None
    return DocumentList(plate(dossier, user), dossier, rows, counted(rows), words, can_edit)


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
        stands=document.pk in contexts.standing_after(contexts.last_filing(document.dossier)),
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
