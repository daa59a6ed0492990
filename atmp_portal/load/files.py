"""The files of the load: small real PDFs, written once and shared by versions of different dossiers."""

from dataclasses import dataclass, field, replace
from hashlib import md5, sha256
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from atmp_portal.demo.documents import DEMO_DOCUMENTS
from dossiers import uploads
from dossiers.uploads import Checked

SECTION = "3.2.S.2.3"


@dataclass(frozen=True)
class StoredFile:
    """A file in the store, and what the checks of an upload said of it."""

    path: str
    checked: Checked


@dataclass
class Files:
    """The store of the load; within a dossier every file is another one, as uploading asks for."""

    stored: list[StoredFile] = field(default_factory=list)
    _pattern: bytes = b""

    def file(self, number: int) -> StoredFile:
        """Return the file of this number, made when it is asked for the first time."""
        while len(self.stored) <= number:
            self.stored.append(self._store(len(self.stored) + 1))
        return self.stored[number]

    def _store(self, number: int) -> StoredFile:
        content = self._written(number)
        name, digests = f"study-report-{number}.pdf", (sha256(content), md5(content, usedforsecurity=False))
        checked = replace(
            self._checked(content),
            name=name,
            sha256=digests[0].hexdigest(),
            md5=digests[1].hexdigest(),
            size=len(content),
        )
        path = f"documents/load/{checked.sha256}.pdf"
        if not default_storage.exists(path):
            path = default_storage.save(path, ContentFile(content))
        return StoredFile(path, checked)

    def _checked(self, content: bytes) -> Checked:
        """Check the first file as an upload is checked; the others differ from it in their subject alone."""
        if self.stored:
            return self.stored[0].checked
        return uploads.check(SimpleUploadedFile("first.pdf", content, "application/pdf"), SECTION)

    def _written(self, number: int) -> bytes:
        self._pattern = self._pattern or min((demo.build() for demo in DEMO_DOCUMENTS[:3]), key=len)
        made = BytesIO()
        with pikepdf.open(BytesIO(self._pattern)) as pdf:
            pdf.docinfo["/Subject"] = f"Study report {number}"
            pdf.save(made, deterministic_id=True)
        return made.getvalue()
