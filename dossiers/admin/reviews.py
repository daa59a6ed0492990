"""Reviews: who has which duty, what was asked and answered; the words stay with their readers."""

from django.contrib import admin

from audit.admin import ReadOnlyAdmin
from dossiers.admin.parts import PartOfDossierAdmin
from dossiers.models import Answer, Assignment, Comment, Part, Question, Thread


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
