"""Sequences, what was filed in them, and the clock."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.admin import ReadOnlyAdmin
from dossiers.models import Carried, ClockEntry, ContextOfUse, Filing, Sequence


@admin.register(Sequence)
class SequenceAdmin(ReadOnlyAdmin):
    """The numbers in the life of each dossier."""

    has_trail = False
    list_display = ("dossier", "name", "kind", "opened_by", "opened_at")
    list_filter = ("kind",)
    list_select_related = ("dossier__product", "opened_by")
    search_fields = ("dossier__number",)
    fields = ("dossier", "number", "kind", "opened_by", "opened_at")


@admin.register(Filing)
class FilingAdmin(ReadOnlyAdmin):
    """The register of filings; their content stays with those who may see the dossier."""

    has_trail = False
    list_display = (
        "dossier",
        "sequence_number",
        "attempt",
        "kind_in_words",
        "result",
        "filed_by_name",
        "filed_at",
    )
    list_filter = ("sequence__kind", "result")
    list_select_related = ("dossier__product", "sequence")
    search_fields = ("dossier__number", "content_hash")
    date_hierarchy = "filed_at"
    fields = (
        "dossier", "sequence", "attempt", "filed_by", "filed_by_name", "filed_by_role", "filed_at",
        "result", "result_reason", "result_at", "content_hash",
    )  # fmt: skip


@admin.register(ContextOfUse)
class ContextOfUseAdmin(ReadOnlyAdmin):
    """What each sequence did with which document, without the sponsor's reasons."""

    has_trail = False
    list_display = ("document", "operation", "filing", "written_at")
    list_select_related = ("document", "filing__dossier__product", "filing__sequence")
    search_fields = ("document__file_name", "dossier__number")
    fields = ("dossier", "section", "document", "version", "operation", "modified", "filing", "written_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContextOfUse]:
        """Leave the content of the filings."""
        return super().get_queryset(request).defer("filing__content")


@admin.register(Carried)
class CarriedAdmin(ReadOnlyAdmin):
    """What a next sequence carries over, and who looked at it; the reasons stay with the sponsor."""

    has_trail = False
    list_display = ("sequence", "kind", "section", "looked_by", "looked_at")
    list_filter = ("kind",)
    list_select_related = ("sequence__dossier", "section", "looked_by")
    search_fields = ("sequence__dossier__number",)
    fields = ("sequence", "kind", "section", "looked_by", "looked_at")


@admin.register(ClockEntry)
class ClockEntryAdmin(ReadOnlyAdmin):
    """The clock ledgers."""

    has_trail = False
    list_display = ("dossier", "kind", "on", "day", "by", "written_at")
    list_filter = ("kind",)
    list_select_related = ("dossier__product", "by")
    search_fields = ("dossier__number",)
    date_hierarchy = "on"
    fields = ("dossier", "kind", "on", "day", "reason", "by", "written_at")
