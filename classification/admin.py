"""Classifications in the Django admin: who signed what, never the answers. Lists come in here."""

from typing import cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from accounts.models import User
from audit.admin import ReadOnlyAdmin
from audit.refusals import Refused
from classification import importing, permissions
from classification.models import Assessment, Precedent, PrecedentImport
from classification.published.upload import PublishedListForm, unsealed
from classification.queries import precedents

UPLOAD_PAGE = "admin/classification/precedent/import.html"
PREVIEW_PAGE = "admin/classification/precedent/import_preview.html"
MOST_SHOWN = 100


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


@admin.register(Precedent)
class PrecedentAdmin(ReadOnlyAdmin):
    """The published classifications; lists are brought in whole, after a look at what they hold."""

    has_trail = False
    change_list_template = "admin/classification/precedent/change_list.html"
    list_display = ("reference", "product", "outcome", "dated", "verification", "list_name")
    list_filter = ("outcome", "verification", "row_kind", "list_name")
    search_fields = ("reference", "product", "indication")
    date_hierarchy = "decided_on"
    fields = (
        "reference",
        "product",
        "indication",
        "outcome",
        "outcome_words",
        "dated",
        "source",
        "source_url",
        "row_kind",
        "verification",
        "note",
        "facts",
        "list_name",
        "imported_in",
        "imported_at",
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the page that brings a list in."""
        import_list = self.admin_site.admin_view(self.import_list)
        return [path("import/", import_list, name="classification_precedent_import"), *super().get_urls()]

    def import_list(self, request: HttpRequest) -> HttpResponse:
        """Show what a published list would add; bring it in once that is confirmed."""
        by = cast("User", request.user)
        if refusal := permissions.why_not_import(by):
            raise Refused(refusal)
        if "seal" in request.POST:
            return self._bring_in(request, request.POST["seal"], by)
        form = PublishedListForm(request.POST or None, request.FILES or None)
        context = {**self.admin_site.each_context(request), "title": "Import a list", "opts": self.opts}
        if not form.is_valid():
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, UPLOAD_PAGE, {**context, "form": form}, status=status)
        added = len(precedents.not_in_library(form.listing.entries))
        context |= {
            "listing": form.listing,
            "skipped": form.listing.skipped[:MOST_SHOWN],
            "added": added,
            "known": len(form.listing.entries) - added,
            "list_name": form.cleaned_data["list_name"],
            "seal": form.sealed,
        }
        return TemplateResponse(request, PREVIEW_PAGE, context)

    def _bring_in(self, request: HttpRequest, seal: str, by: User) -> HttpResponse:
        shown = unsealed(seal)
        if shown is None:
            raise Refused("What was shown is older than an hour. Upload the list again; nothing was stored.")
        imported = importing.import_list(
            shown.listing, list_name=shown.list_name, file_name=shown.file_name, by=by
        )
        counts = f"{imported.added} added, {imported.known} already here, {imported.skipped} skipped"
        self.message_user(request, f"{imported} was brought in: {counts}.", messages.SUCCESS)
        return redirect("admin:classification_precedent_changelist")


@admin.register(PrecedentImport)
class PrecedentImportAdmin(ReadOnlyAdmin):
    """Which lists were brought in, by whom, and what became of their rows."""

    shows_details = True
    list_display = ("imported_at", "list_name", "imported_by", "rows", "added", "known", "skipped")
    list_select_related = ("imported_by",)
    search_fields = ("list_name", "file_name")
    date_hierarchy = "imported_at"
    fields = (
        "list_name",
        "file_name",
        "imported_at",
        "imported_by",
        "rows",
        "added",
        "known",
        "skipped",
    )
