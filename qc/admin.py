"""Specifications and lots in the Django admin: who did what and when; results stay with the sponsor."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from qc.models import Lot, Specification


@admin.register(Specification)
class SpecificationAdmin(ReadOnlyAdmin):
    """Every specification; its limits stay with the sponsor."""

    list_display = ("code", "version", "organisation", "status", "created_by", "approved_by", "approved_at")
    list_filter = ("status", "organisation")
    list_select_related = ("organisation", "created_by", "approved_by")
    search_fields = ("code", "organisation__name")
    date_hierarchy = "created_at"
    fields = (
        "code",
        "version",
        "organisation",
        "status",
        "created_by",
        "created_at",
        "approved_by",
        "approved_at",
        "effective_from",
    )


@admin.register(Lot)
class LotAdmin(ReadOnlyAdmin):
    """Every lot; patient, contact and results stay with the sponsor."""

    list_display = ("number", "organisation", "status", "certification", "manufactured_at", "released_by")
    list_filter = ("status", "certification", "organisation")
    list_select_related = ("organisation", "released_by")
    search_fields = ("number", "organisation__name")
    date_hierarchy = "manufactured_at"
    fields = (
        "number",
        "organisation",
        "status",
        "certification",
        "manufactured_at",
        "expires_at",
        "created_by",
        "created_at",
        "submitted_by",
        "submitted_at",
        "released_by",
        "released_at",
        "finalised_by",
        "finalised_at",
        "failed_at",
    )
