"""Combined products: which fields, requirements and conditions are decided."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from dossiers.models import CombinedField, Condition, Conformity, Gspr


@admin.register(CombinedField)
class CombinedFieldAdmin(ReadOnlyAdmin):
    """That a field of a combined product was written; what is in it stays with the two sides."""

    has_trail = False
    list_display = ("dossier", "name", "edition", "changed_by", "changed_at")
    list_select_related = ("dossier__product", "changed_by")
    search_fields = ("dossier__number", "name")
    date_hierarchy = "changed_at"
    fields = ("dossier", "name", "edition", "changed_by", "changed_at")


@admin.register(Gspr)
class GsprAdmin(ReadOnlyAdmin):
    """Which device requirements are decided; reasons and judgements stay with the two sides."""

    has_trail = False
    list_display = ("dossier", "number", "applicability", "edition")
    list_filter = ("applicability",)
    list_select_related = ("dossier__product",)
    search_fields = ("dossier__number", "number")
    fields = ("dossier", "number", "applicability", "edition")


@admin.register(Conformity)
class ConformityAdmin(ReadOnlyAdmin):
    """Where the evidence of conformity of each device stands."""

    has_trail = False
    list_display = ("dossier", "status", "asked_on", "answer_due_on")
    list_filter = ("status",)
    list_select_related = ("dossier__product",)
    search_fields = ("dossier__number",)
    fields = ("dossier", "status", "asked_on", "answer_due_on")


@admin.register(Condition)
class ConditionAdmin(ReadOnlyAdmin):
    """When conditions of notified bodies are due and closed; what they ask stays with the two sides."""

    has_trail = False
    list_display = ("dossier", "due_on", "owner", "closed_on")
    list_select_related = ("dossier__product", "owner")
    search_fields = ("dossier__number",)
    date_hierarchy = "due_on"
    fields = ("dossier", "due_on", "owner", "closed_on", "edition")
