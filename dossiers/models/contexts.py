"""Contexts of use: where and how a document stands in a sequence, kept apart from the document itself."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from dossiers.models.documents import Document, DocumentVersion
from dossiers.models.dossiers import Dossier, Section
from dossiers.models.filings import Filing
from dossiers.statuses import Operation


class ContextOfUse(models.Model):
    """One operation on a document: recorded with a filing, or chosen for the next one (`filing` is empty).

    Source: ICH eCTD v3.2.2, leaf operation and modified-file; v4.0, contextOfUse and replacementOf.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="contexts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="contexts")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="contexts")
    version = models.ForeignKey(DocumentVersion, null=True, on_delete=models.PROTECT, related_name="contexts")
    operation = models.CharField(max_length=8, choices=Operation)
    modified = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="modified_by")
    filing = models.ForeignKey(Filing, null=True, on_delete=models.PROTECT, related_name="contexts")
    why = models.CharField("reason", max_length=300, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["filing__sequence", "section__position", "document__file_name"]
        verbose_name_plural = "contexts of use"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "document"], name="context_one_in_a_filing"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(filing=None), name="context_one_chosen_for_the_next_filing"
            ),
            models.CheckConstraint(
                condition=Q(operation=Operation.NEW, modified=None)
                | Q(modified__isnull=False) & ~Q(operation=Operation.NEW),
                name="context_modifies_another_unless_new",
            ),
            models.CheckConstraint(
                condition=Q(filing__isnull=False)
                | Q(operation__in=[Operation.APPEND, Operation.DELETE]) & ~Q(why=""),
                name="context_chosen_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(filing=None)
                | Q(operation=Operation.DELETE, version=None)
                | ~Q(operation=Operation.DELETE) & Q(version__isnull=False),
                name="context_filed_has_version_unless_delete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()}: {self.document}"

    @property
    def trail_root(self) -> Any:
        """The record on whose page the trail is shown."""
        return self.dossier
