"""Documents and their versions."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from dossiers.models.dossiers import Dossier, Section


def version_path(version: "DocumentVersion", name: str) -> str:
    """Return where a version is stored: under its own key, so that no name of a person's can matter."""
    return f"documents/{version.pk.hex[:2]}/{version.pk}.pdf"


class Document(models.Model):
    """A document in a section; its versions hold the files."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="documents")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="documents")
    file_name = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["section__position", "file_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "file_name"], name="document_file_name_in_section")
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the reading page of the newest version."""
        return reverse("dossiers:document", args=[self.dossier_id, self.pk])

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier


class DocumentVersion(models.Model):
    """One file of a document, as it came, with its hash and what the checks found."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=version_path)
    original_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    md5 = models.CharField(max_length=32)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    pdf_version = models.CharField(max_length=8)
    findings = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [models.Index(fields=["sha256"], name="document_version_sha256")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} version {self.number}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.document.dossier

    @property
    def has_blocking_findings(self) -> bool:
        """Whether a check found something with which the dossier cannot be filed."""
        return any(finding["level"] == "stop" for finding in self.findings)
