"""Documents and their versions; what is not filed yet is the sponsor's alone."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from dossiers.models.dossiers import Dossier, Section
from dossiers.models.filings import Filing
from dossiers.statuses import Operation


def version_path(version: "DocumentVersion", name: str) -> str:
    """Return where a version is stored: under its own key, so that no name of a person's can matter."""
    return f"documents/{version.pk.hex[:2]}/{version.pk}.pdf"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents."""

    def visible_to(self, user: User) -> Self:
        """Keep the documents of dossiers that the person sees; for the authority, only what was filed."""
        seen = self.filter(dossier__in=Dossier.objects.visible_to(user))
        match user.side:
            case Side.SPONSOR:
                return seen
            case Side.AUTHORITY:
                return seen.filter(filed_in__isnull=False)
            case _:
                return self.none()

    def in_place(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at=None)

    def to_stay(self) -> Self:
        """Leave out what was removed and what the next filing deletes: neither is evidence in it."""
        leaving = Document.objects.filter(contexts__filing=None, contexts__operation=Operation.DELETE)
        return self.in_place().exclude(pk__in=leaving.order_by().values("pk"))


class Document(models.Model):
    """A document in a section; its versions hold the files."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="documents")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="documents")
    file_name = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    filed_in = models.ForeignKey(Filing, null=True, on_delete=models.PROTECT, related_name="documents")
    removed_at = models.DateTimeField(null=True)
    deleted_in = models.ForeignKey(
        Filing, null=True, on_delete=models.PROTECT, related_name="deleted_documents"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["section__position", "file_name"]
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="document_by_date")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "file_name"],
                condition=Q(removed_at=None),
                name="document_file_name_in_section",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(filed_in=None) | Q(deleted_in__isnull=False),
                name="document_filed_is_removed_by_a_filing",
            ),
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


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Versions of documents."""

    def visible_to(self, user: User) -> Self:
        """Keep the versions that the person may read; for the authority, only what was filed."""
        seen = self.filter(document__dossier__in=Dossier.objects.visible_to(user))
        match user.side:
            case Side.SPONSOR:
                return seen
            case Side.AUTHORITY:
                return seen.filter(filed_in__isnull=False)
            case _:
                return self.none()

    def with_filing(self) -> Self:
        """Fetch in which sequence each was filed, without the content of that filing."""
        return self.select_related("filed_in__sequence").defer("filed_in__content")


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
    filed_in = models.ForeignKey(Filing, null=True, on_delete=models.PROTECT, related_name="versions")

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="document_version_sha256"),
            models.Index(fields=["-uploaded_at"], name="document_version_by_date"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} version {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of the file itself."""
        return reverse("dossiers:version_file", args=[self.document.dossier_id, self.pk])

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.document.dossier

    @property
    def has_blocking_findings(self) -> bool:
        """Whether a check found something with which the dossier cannot be filed."""
        return any(finding["level"] == "stop" for finding in self.findings)
