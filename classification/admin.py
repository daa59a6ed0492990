"""Classifications in the Django admin: who started and signed what, never what was answered."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from classification.models import Assessment


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Every classification; its content stays with the sponsor."""

    list_display = ("code", "version", "organisation", "status", "created_by", "changed_at", "finalised_by")
    list_filter = ("status", "organisation")
    list_select_related = ("organisation", "created_by", "finalised_by")
    search_fields = ("code", "organisation__name")
    date_hierarchy = "changed_at"
    fields = (
        "code",
        "version",
        "supersedes",
        "organisation",
        "status",
        "ruleset",
        "ruleset_version",
        "created_by",
        "created_at",
        "changed_at",
        "finalised_by",
        "finalised_at",
    )
