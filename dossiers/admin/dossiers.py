"""Products and dossiers: what there is and where it stands."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from dossiers.models import Adoption, Dossier, DossierMembership, Product


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    """Every product."""

    list_display = ("name", "organisation", "created_by", "created_at")
    list_filter = ("organisation",)
    list_select_related = ("organisation", "created_by")
    search_fields = ("name", "organisation__name")
    date_hierarchy = "created_at"
    fields = ("name", "organisation", "created_by", "created_at")


@admin.register(Adoption)
class AdoptionAdmin(ReadOnlyAdmin):
    """Which product adopted which classification."""

    has_trail = False
    list_display = ("product", "assessment", "adopted_by", "adopted_at")
    list_select_related = ("product", "assessment", "adopted_by")
    search_fields = ("product__name", "assessment__code")
    date_hierarchy = "adopted_at"
    fields = ("product", "assessment", "adopted_by", "adopted_at")


@admin.register(Dossier)
class DossierAdmin(ReadOnlyAdmin):
    """Every dossier and its state."""

    list_display = ("number", "product", "organisation", "procedure", "outcome_class", "status", "filed_at")
    list_filter = ("status", "procedure", "outcome_class", "organisation")
    list_select_related = ("product", "organisation")
    search_fields = ("number", "product__name", "organisation__name")
    date_hierarchy = "created_at"
    fields = (
        "number",
        "product",
        "organisation",
        "procedure",
        "outcome_class",
        "structure",
        "status",
        "outcome",
        "created_by",
        "created_at",
        "filed_at",
        "concluded_at",
    )


@admin.register(DossierMembership)
class DossierMembershipAdmin(ReadOnlyAdmin):
    """Who is invited to which dossier until when; the sponsor invites and ends."""

    has_trail = False
    list_display = ("dossier", "name", "role", "ends_on", "ended_at")
    list_filter = ("role",)
    list_select_related = ("dossier__product", "person", "invitation")
    search_fields = ("dossier__number", "person__full_name")
    date_hierarchy = "invited_at"
    fields = ("dossier", "person", "role", "ends_on", "invited_by", "invited_at", "ended_by", "ended_at")
