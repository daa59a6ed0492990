"""Evidence in the Django admin: to read, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit.models import Event, IssuedReport, Job, Signature


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Shows records and lets nobody change them, superusers included."""

    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes."""
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The whole trail."""

    list_display = ("seq", "at", "actor_name", "actor_role", "sentence", "object_label", "code")
    list_filter = ("code", "at")
    search_fields = ("actor_name", "object_label", "code", "why")
    date_hierarchy = "at"
    ordering = ("-seq",)
    exclude = ("data", "why")  # may quote what only one side may read

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators read who did what and when."""
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Every signature; what was signed stays with those who may see the record."""

    list_display = ("at", "actor_name", "actor_role", "meaning", "object_label")
    search_fields = ("actor_name", "object_label", "meaning")
    date_hierarchy = "at"
    exclude = ("shown", "statement")


@admin.register(IssuedReport)
class IssuedReportAdmin(ReadOnlyAdmin):
    """The register of issued reports; the files stay with those who may see the record."""

    list_display = ("issued_at", "title", "object_label", "issued_by_name", "pages", "sha256")
    search_fields = ("title", "object_label", "sha256")
    date_hierarchy = "issued_at"
    exclude = ("content", "file")


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Background work and how it stands."""

    list_display = ("requested_at", "title", "object_label", "state", "attempts", "step", "finished_at")
    list_filter = ("state", "task")
    search_fields = ("title", "object_label")
