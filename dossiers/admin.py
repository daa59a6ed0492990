"""Products, dossiers and reviews in the Django admin: what there is and where it stands, not what it says."""

import re
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.admin import ReadOnlyAdmin
from dossiers.models import (
    Adoption,
    Answer,
    Assignment,
    Carried,
    ClockEntry,
    CombinedField,
    Comment,
    Condition,
    Conformity,
    ContextOfUse,
    Document,
    DocumentVersion,
    Dossier,
    DossierMembership,
    Editing,
    Filing,
    Gspr,
    PageText,
    Part,
    Product,
    Question,
    Requirement,
    Section,
    SectionNote,
    Sequence,
    TextReading,
    Thread,
    Upload,
)

DOSSIER_NUMBER = re.compile(r"H[0-9]{7}", re.IGNORECASE)


class PartOfDossierAdmin(ReadOnlyAdmin):
    """Rows of which each dossier has hundreds: found by the number of the dossier without reading them all.

    They stand in the order of an index. The dates of all of them are not read for the sake of a way down
    from year to day; a filter chooses the date instead.
    """

    has_trail = False
    number_field: ClassVar[str] = "dossier__number"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Take a whole dossier number as what it is; other words are looked for everywhere."""
        number = search_term.strip()
        if DOSSIER_NUMBER.fullmatch(number):
            return queryset.filter(**{self.number_field: number.upper()}), False
        return super().get_search_results(request, queryset, search_term)


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


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    """Who has which duty on which dossier."""

    has_trail = False
    list_display = ("reviewer", "duty", "discipline", "dossier", "assigned_at", "ended_at")
    list_filter = ("duty", "discipline")
    list_select_related = ("reviewer", "dossier__product")
    search_fields = ("reviewer__full_name", "dossier__number")
    date_hierarchy = "assigned_at"
    fields = ("dossier", "reviewer", "duty", "discipline", "assigned_by", "assigned_at", "ended_at")


@admin.register(Part)
class PartAdmin(ReadOnlyAdmin):
    """The parts of assessments; what they say stays with the review team."""

    has_trail = False
    list_display = ("dossier", "kind", "status", "concluded_by", "concluded_at")
    list_filter = ("kind", "status")
    list_select_related = ("dossier__product", "concluded_by")
    search_fields = ("dossier__number",)
    fields = ("dossier", "kind", "status", "concluded_by", "concluded_at")


@admin.register(Thread)
class ThreadAdmin(PartOfDossierAdmin):
    """That a thread was started, for whom; its words stay with its readers."""

    ordering = ("-started_at",)
    list_display = ("dossier", "section", "audience", "status", "started_by", "started_at")
    list_filter = ("audience", "status", "started_at")
    list_select_related = ("dossier__product", "section", "started_by")
    search_fields = ("dossier__number", "started_by__full_name")
    fields = ("dossier", "section", "audience", "status", "started_by", "started_at")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """That somebody commented; the words stay with the readers of the thread."""

    has_trail = False
    ordering = ("-written_at",)
    list_display = ("author", "written_at")
    list_filter = ("written_at",)
    list_select_related = ("author",)
    search_fields = ("author__full_name",)
    fields = ("author", "written_at")


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    """The numbers and states of questions; their text stays with the two sides."""

    has_trail = False
    list_display = ("code", "dossier", "kind", "discipline", "status", "raised_by", "sent_at", "due_on")
    list_filter = ("status", "kind", "discipline")
    list_select_related = ("dossier__product", "raised_by")
    search_fields = ("dossier__number",)
    date_hierarchy = "raised_at"
    fields = (
        "dossier",
        "number",
        "round",
        "kind",
        "discipline",
        "status",
        "raised_by",
        "raised_at",
        "sent_at",
    )


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    """That a question was answered; the answer stays with the two sides."""

    has_trail = False
    list_display = ("question", "written_by", "written_at", "sent_at")
    list_select_related = ("question", "written_by")
    search_fields = ("question__dossier__number",)
    date_hierarchy = "written_at"
    fields = ("question", "written_by", "written_at", "sent_at")


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


@admin.register(ContextOfUse)
class ContextOfUseAdmin(ReadOnlyAdmin):
    """What each sequence did with which document, without the sponsor's reasons."""

    has_trail = False
    list_display = ("document", "operation", "filing", "written_at")
    list_select_related = ("document", "filing__dossier__product")
    search_fields = ("document__file_name", "dossier__number")
    fields = ("dossier", "section", "document", "version", "operation", "modified", "filing", "written_at")


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


@admin.register(Sequence)
class SequenceAdmin(ReadOnlyAdmin):
    """The numbers in the life of each dossier."""

    has_trail = False
    list_display = ("dossier", "name", "kind", "opened_by", "opened_at")
    list_filter = ("kind",)
    list_select_related = ("dossier__product", "opened_by")
    search_fields = ("dossier__number",)
    fields = ("dossier", "number", "kind", "opened_by", "opened_at")


@admin.register(Carried)
class CarriedAdmin(ReadOnlyAdmin):
    """What a next sequence carries over, and who looked at it; the reasons stay with the sponsor."""

    has_trail = False
    list_display = ("sequence", "kind", "section", "looked_by", "looked_at")
    list_filter = ("kind",)
    list_select_related = ("sequence__dossier", "section", "looked_by")
    search_fields = ("sequence__dossier__number",)
    fields = ("sequence", "kind", "section", "looked_by", "looked_at")


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Files on their way into a dossier; names and findings stay with their sponsor."""

    has_trail = False
    list_display = ("dossier", "person", "size", "received", "state", "attempts")
    list_filter = ("state",)
    list_select_related = ("dossier__product", "person")
    search_fields = ("dossier__number",)
    fields = ("dossier", "person", "size", "received", "state", "attempts")
