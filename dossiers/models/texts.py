"""The words of documents, page by page, for search and comparison; made from the files, never evidence."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from dossiers.models.documents import DocumentVersion


class TextReading(models.Model):
    """That the text of a version is being read, was read, or cannot be read and why."""

    version = models.OneToOneField(
        DocumentVersion, primary_key=True, on_delete=models.CASCADE, related_name="reading"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    pages_with_words = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["read_at", "started_at"], name="text_reading_unread")]


class PageText(models.Model):
    """The text of one page: as it reads, and as plain words in lower case without accents, to be searched.

    A table beside it (SQLite) or a generated column (PostgreSQL) indexes `words`. On SQLite triggers keep it
    true; a migration that makes this table anew has to set them again.
    """

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="page_texts")
    page = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["version", "page"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "page"], name="page_text_of_version")
        ]
