"""What the page reads on which files come into a dossier: what is on its way, what waits to be placed."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from dossiers import contexts
from dossiers.contexts import Addable
from dossiers.models import DocumentVersion, Dossier, Section, Upload
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import UploadState


@dataclass(frozen=True)
class Shelf:
    """What is in the dossier already: sections, names taken in them, the same bytes, what is filed."""

    sections: dict[str, Section]
    taken: dict[tuple[str, str], DocumentVersion]
    copies: dict[str, DocumentVersion]
    filed: dict[str, list[Addable]]


@dataclass(frozen=True)
class AddingPage:
    """The page on which files come in."""

    plate: Plate
    dossier: Dossier
    shelf: Shelf
    fit: list[Upload]
    refused: list[Upload]
    coming: list[Upload]
    checking: list[Upload]

    @property
    def sections(self) -> list[Section]:
        """The sections into which a file can go."""
        return list(self.shelf.sections.values())

    @property
    def waiting(self) -> str:
        """Say what is not all here: "2 uploads wait"."""
        count = len(self.coming)
        return "One upload waits" if count == 1 else f"{count} uploads wait" if count else ""


def adding_page(dossier: Dossier, user: User) -> AddingPage:
    """Gather the person's files on their way; the same queries however many there are."""
    own = list(Upload.objects.visible_to(user).waiting().filter(dossier=dossier))
    return AddingPage(
        plate=plate(dossier, user),
        dossier=dossier,
        shelf=shelf(dossier),
        fit=_in(own, UploadState.FIT),
        refused=_in(own, UploadState.REFUSED),
        coming=_in(own, UploadState.COMING),
        checking=_in(own, UploadState.ARRIVED, UploadState.CHECKING),
    )


def _in(uploads: Iterable[Upload], *states: UploadState) -> list[Upload]:
    return [upload for upload in uploads if upload.state in states]


def shelf(dossier: Dossier) -> Shelf:
    """Gather what new files are compared with."""
    sections = dossier.sections.in_tree().filter(holds_documents=True)
    versions = (
        DocumentVersion.objects.filter(document__dossier=dossier, document__removed_at=None)
        .select_related("document__section")
        .order_by("number")
    )
    taken, copies = {}, {}
    for version in versions:
        taken[version.document.section.number, version.document.file_name] = version
        copies[version.sha256] = version
    filed: dict[str, list[Addable]] = {}
    for each in contexts.to_add_to(dossier):
        filed.setdefault(each.document.section.number, []).append(each)
    return Shelf({section.number: section for section in sections}, taken, copies, filed)
