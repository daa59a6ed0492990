"""The sections and requirements of dossiers, and who is at work on them."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from dossiers.admin.parts import PartOfDossierAdmin
from dossiers.models import Editing, Requirement, Section, SectionNote


@admin.register(Section)
class SectionAdmin(PartOfDossierAdmin):
    """The sections of every dossier."""

    ordering = ("dossier_id", "position")
    list_display = ("number", "title", "dossier", "holds_documents", "is_expected")
    list_filter = ("module", "is_expected")
    list_select_related = ("dossier__product",)
    search_fields = ("number", "title", "dossier__number")
    fields = ("dossier", "number", "title", "module", "holds_documents", "is_expected", "why_expected")


@admin.register(SectionNote)
class SectionNoteAdmin(ReadOnlyAdmin):
    """That working notes were written; what they say stays with the sponsor."""

    has_trail = False
    list_display = ("section", "edition", "written_by", "written_at")
    list_select_related = ("section", "written_by")
    search_fields = ("section__dossier__number",)
    fields = ("section", "edition", "written_by", "written_at")


@admin.register(Editing)
class EditingAdmin(ReadOnlyAdmin):
    """Who has a form open now."""

    has_trail = False
    list_display = ("dossier", "person", "since", "seen_at")
    list_select_related = ("dossier__product", "person")
    search_fields = ("dossier__number", "person__full_name")
    fields = ("dossier", "person", "since", "seen_at")


@admin.register(Requirement)
class RequirementAdmin(PartOfDossierAdmin):
    """The requirements of every dossier; how they are answered stays with the sponsor."""

    ordering = ("dossier_id", "code")
    list_display = ("code", "dossier", "section", "trust")
    list_filter = ("trust",)
    list_select_related = ("dossier__product", "section")
    search_fields = ("code", "dossier__number")
    fields = ("dossier", "section", "code", "text", "citation", "trust")
