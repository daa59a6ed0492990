"""Adding documents and versions to a dossier, and removing what was never filed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import pagetexts, permissions, uploads
from dossiers.actions import contexts
from dossiers.actions import requirements as answering
from dossiers.contexts import Addition
from dossiers.events import DossierEvent
from dossiers.models import Document, DocumentVersion, Dossier, Requirement, Section
from dossiers.queries import documents
from dossiers.statuses import Operation, RequirementState
from dossiers.uploads import Checked


class AlreadyHere(Refused):
    """The same file is in the dossier already; it is not stored again."""

    def __init__(self, version: DocumentVersion) -> None:
        self.version = version
        document = version.document
        super().__init__(
            f"Already here: {document.section.number}, {document.file_name}, version {version.number}."
        )


def add(
    section: Section,
    checked: Checked,
    *,
    title: str = "",
    note: str = "",
    answers: Iterable[Requirement] = (),
    file_name: str = "",
    is_copy_meant: bool = False,
    addition: Addition | None = None,
    by: User,
) -> Document:
    """Put a checked file into a section as a new document, which answers the requirements ticked.

    Raises AlreadyHere when the dossier holds the same file, unless the copy is meant; the file is stored only
    with its row. Without a name for its folder it gets one that is free.
    """
    with stored_together() as stored:
        dossier = _dossier_to_edit(section.dossier_id, by)
        if not is_copy_meant:
            _refuse_copy(dossier, checked)
        if not section.holds_documents:
            raise Refused(f"{section} holds sections, not documents. Choose one of them.")
        if not dossier.sections.in_tree().filter(pk=section.pk).exists():
            raise Refused(f"{section} is not asked for with the class of the product any more.")
        taken = set(section.documents.in_place().values_list("file_name", flat=True))
        if file_name in taken:
            raise Refused(f"{section.number} has a document named {file_name} already.")
        document = Document.objects.create(
            dossier=dossier,
            section=section,
            file_name=file_name or uploads.file_name(checked.name, taken),
            title=title or uploads.title_from(checked.name),
        )
        version = _store(document, checked, number=1, note=note, by=by)
        stored.append(version)
        trail.record(
            DossierEvent.DOCUMENT_ADDED,
            document,
            by=by,
            sentence=f"Added {document.file_name} to {section.number}",
            data=facts(version),
            audience=Audience.SPONSOR,
        )
        if addition:
            contexts.append(document, addition.to, why=addition.why, by=by)
        for requirement in answers:
            answering.answer(
                requirement,
                state=RequirementState.MET,
                document=document,
                edition=requirement.edition,
                by=by,
            )
        _touch(dossier)
    return document


def add_all(
    section: Section,
    files: Iterable[Checked],
    *,
    title: str = "",
    note: str = "",
    answers: Iterable[Requirement] = (),
    addition: Addition | None = None,
    by: User,
) -> list[Document]:
    """Put checked files into a section, each on its own; the first answers the requirements ticked.

    Where they are an addition, each of them is.
    """
    documents_added = []
    for place, checked in enumerate(files):
        ticked = answers if place == 0 else ()
        documents_added.append(
            add(section, checked, title=title, note=note, answers=ticked, addition=addition, by=by)
        )
    return documents_added


def add_version(document: Document, checked: Checked, *, note: str, by: User) -> DocumentVersion:
    """Put a checked file in the place of the newest version, which stays readable."""
    with stored_together() as stored:
        dossier = _dossier_to_edit(document.dossier_id, by)
        document = Document.objects.select_for_update().select_related("section").get(pk=document.pk)
        if document.removed_at:
            raise Refused(f"{document} was removed; add it as a new document.")
        if document.contexts.filter(filing=None, operation=Operation.DELETE).exists():
            raise Refused(f"{document} leaves with the next filing. Keep it first, then add the version.")
        _refuse_copy(dossier, checked)
        newest = document.versions.aggregate(top=Max("number"))["top"]
        version = _store(document, checked, number=newest + 1, note=note, by=by)
        stored.append(version)
        trail.record(
            DossierEvent.VERSION_ADDED,
            document,
            by=by,
            sentence=f"Added version {version.number} of {document.file_name} in {document.section.number}",
            why=note,
            data=facts(version),
            audience=Audience.SPONSOR,
        )
        _touch(dossier)
    return version


@transaction.atomic
def remove(document: Document, *, why: str, by: User) -> Document:
    """Take out a document; the requirements that it answered are open again.

    One that was filed stays until the next filing deletes it.
    """
    dossier = Dossier.objects.select_for_update().get(pk=document.dossier_id)
    document = Document.objects.select_for_update().select_related("section", "dossier").get(pk=document.pk)
    refusal = permissions.why_not_remove_document(document, by)
    if refusal:
        raise Refused(refusal)
    if document.filed_in_id:
        contexts.delete(document, why=why, by=by)
        _touch(dossier)
        return document
    document.contexts.filter(filing=None).delete()
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    trail.record(
        DossierEvent.DOCUMENT_REMOVED,
        document,
        by=by,
        sentence=f"Removed {document.file_name} from {document.section.number}",
        why=why,
        audience=Audience.SPONSOR,
    )
    for requirement in document.answers.all():
        answering.answer(requirement, state=RequirementState.OPEN, edition=requirement.edition, by=by)
    _touch(dossier)
    return document


@contextmanager
def stored_together() -> Iterator[list[DocumentVersion]]:
    """Keep a stored file only if its row is: what was written is deleted when the transaction fails."""
    stored: list[DocumentVersion] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for version in stored:
            version.file.delete(save=False)
        raise


def _dossier_to_edit(pk: UUID, by: User) -> Dossier:
    """Lock the dossier, so that two uploads of one file cannot both pass the check for copies."""
    dossier = Dossier.objects.select_for_update().get(pk=pk)
    refusal = permissions.why_not_edit_documents(dossier, by)
    if refusal:
        raise Refused(refusal)
    return dossier


def _refuse_copy(dossier: Dossier, checked: Checked) -> None:
    copy = documents.same_file(dossier, checked.sha256)
    if copy:
        raise AlreadyHere(copy)


def _store(document: Document, checked: Checked, *, number: int, note: str, by: User) -> DocumentVersion:
    version = DocumentVersion(
        document=document,
        number=number,
        original_name=checked.name,
        sha256=checked.sha256,
        md5=checked.md5,
        size=checked.size,
        pages=checked.pages,
        pdf_version=checked.pdf_version,
        findings=checked.findings,
        note=note,
        uploaded_by=by,
    )
    version.file.save(checked.name, checked.file, save=False)
    try:
        version.save(force_insert=True)
    except BaseException:
        version.file.delete(save=False)
        raise
    pagetexts.ask_for(version)
    return version


def facts(version: DocumentVersion) -> dict[str, object]:
    """Return what the trail keeps of a version."""
    return {
        "version": version.number,
        "sha256": version.sha256,
        "original_name": version.original_name,
        "pages": version.pages,
        "note": version.note,
    }


def _touch(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(changed_at=timezone.now())
