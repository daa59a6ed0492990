"""Evidence in the Django admin: to read, never to change."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from audit import trail
from audit.models import Audience, Event, IssuedReport, Job, Signature


class TrailAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Pages whose history is the trail; what actions recorded is not logged a second time."""

    has_trail = True
    shows_details = False  # they may quote what stays between those who see the record
    show_full_result_count = False
    list_per_page = 50

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the action that added the record."""
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the action that changed the record."""
        return None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes; people are deactivated, invitations withdrawn."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show a record, with a link to its trail where it has one."""
        return super().changeform_view(request, object_id, form_url, {"has_trail": self.has_trail})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the trail of one record, with old and new values."""
        record = self.get_object(request, unquote(object_id)) if self.has_trail else None
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        events = trail.events_about(record, request.user)  # type: ignore[arg-type]  # who passed is a person
        page = Paginator(events, self.list_per_page).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Trail of {record}",
            "page_obj": page,
            "lines": [(event, trail.in_words(event.data) if self.shows_details else []) for event in page],
            "shows_details": self.shows_details,
            "object": record,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/trail.html", context)


class ReadOnlyAdmin(TrailAdmin):
    """Shows records and lets nobody change them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes."""
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The whole trail: who did what, when; the content of an act stays with those who may see the record."""

    has_trail = False
    list_display = ("seq", "at", "actor_name", "actor_role", "what", "object_label", "code")
    list_filter = ("at", "code")
    search_fields = ("actor_name", "object_label", "code")
    ordering = ("-seq",)
    fields = (
        "seq",
        "at",
        "actor_name",
        "actor_role",
        "what",
        "code",
        "object_type",
        "object_label",
        "audience",
        "previous_hash",
        "hash",
    )

    @admin.display(description="what")
    def what(self, event: Event) -> str:
        """Say what was done, in general words where only one side may read the sentence."""
        return event.sentence if event.audience == Audience.EVERYONE else trail.sentence_of(event.code)


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Every signature; what was signed stays with those who may see the record."""

    has_trail = False
    list_display = ("at", "actor_name", "actor_role", "meaning", "object_label")
    search_fields = ("actor_name", "object_label", "meaning")
    date_hierarchy = "at"
    ordering = ("-at",)
    fields = ("at", "actor_name", "actor_role", "meaning", "object_type", "object_label", "shown_hash")


@admin.register(IssuedReport)
class IssuedReportAdmin(ReadOnlyAdmin):
    """The register of issued reports; the files stay with those who may see the record."""

    has_trail = False
    list_display = ("issued_at", "title", "object_label", "issued_by_name", "media_type", "pages", "sha256")
    list_filter = ("kind", "media_type")
    search_fields = ("title", "object_label", "sha256")
    date_hierarchy = "issued_at"
    fields = (
        "issued_at",
        "issued_by_name",
        "kind",
        "title",
        "object_label",
        "file_name",
        "media_type",
        "pages",
        "size",
        "sha256",
    )


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Background work and how it stands."""

    has_trail = False
    list_display = ("requested_at", "title", "object_label", "state", "attempts", "step", "finished_at")
    list_filter = ("state", "task")
    search_fields = ("title", "object_label")
    fields = (
        "requested_at",
        "requested_by",
        "title",
        "task",
        "object_label",
        "state",
        "step",
        "attempts",
        "failure",
        "heartbeat_at",
        "finished_at",
    )
