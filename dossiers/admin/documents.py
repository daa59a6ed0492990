"""Documents, their versions and texts; the files stay with those who may see them."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from dossiers.admin.parts import PartOfDossierAdmin
from dossiers.models import Document, DocumentVersion, PageText, TextReading, Upload


@admin.register(Document)
class DocumentAdmin(PartOfDossierAdmin):
    """Every document, without its files."""

    ordering = ("-created_at",)
    list_filter = ("created_at",)
    list_display = ("file_name", "dossier", "section", "created_at", "removed_at")
    list_select_related = ("dossier__product", "section")
    search_fields = ("file_name", "dossier__number")
    fields = ("dossier", "section", "file_name", "created_at", "removed_at", "filed_in")


@admin.register(DocumentVersion)
class DocumentVersionAdmin(PartOfDossierAdmin):
    """Every version with its hash; the file stays with those who may see it."""

    number_field = "document__dossier__number"
    ordering = ("-uploaded_at",)
    list_filter = ("uploaded_at",)
    list_display = ("document", "number", "size", "pages", "sha256", "uploaded_by", "uploaded_at")
    list_select_related = ("document", "uploaded_by")
    search_fields = ("sha256", "document__file_name", "document__dossier__number")
    fields = (
        "document",
        "number",
        "size",
        "pages",
        "pdf_version",
        "sha256",
        "md5",
        "uploaded_by",
        "uploaded_at",
        "filed_in",
    )


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Files on their way into a dossier; names and findings stay with their sponsor."""

    has_trail = False
    list_display = ("dossier", "person", "size", "received", "state", "attempts")
    list_filter = ("state",)
    list_select_related = ("dossier__product", "person")
    search_fields = ("dossier__number",)
    fields = ("dossier", "person", "size", "received", "state", "attempts")


@admin.register(TextReading)
class TextReadingAdmin(ReadOnlyAdmin):
    """How far the reading of texts is, and what cannot be read."""

    has_trail = False
    list_display = ("version", "attempts", "started_at", "read_at", "problem")
    list_select_related = ("version__document",)
    search_fields = ("version__document__file_name",)
    fields = ("version", "attempts", "started_at", "read_at", "pages_with_words", "problem")


@admin.register(PageText)
class PageTextAdmin(ReadOnlyAdmin):
    """Which pages have been read, without their words."""

    has_trail = False
    list_display = ("version", "page")
    list_select_related = ("version__document",)
    search_fields = ("version__document__file_name",)
    fields = ("version", "page")
