"""Input for answering several requirements at once, and for their export."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from dossiers.models import Document, Dossier, Requirement
from dossiers.statuses import RequirementState

LONGEST_NUMBER = 9


class AnswerManyForm(forms.Form):
    """Which open requirements one document answers."""

    row = forms.ModelMultipleChoiceField(
        Requirement.objects.none(),
        error_messages={"required": "Tick the open requirements that the document answers."},
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), error_messages={"required": "Choose the document that answers them."}
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, dossier: Dossier, data: QueryDict) -> None:
        super().__init__(data)
        rows: Any = self.fields["row"]
        rows.queryset = dossier.requirements.select_related("section")
        documents: Any = self.fields["document"]
        documents.queryset = Document.objects.to_stay().filter(dossier=dossier).select_related("section")

    @property
    def open_rows(self) -> list[Requirement]:
        """The ticked requirements that are still open."""
        return [row for row in self.cleaned_data["row"] if row.state == RequirementState.OPEN]

    @property
    def other_rows(self) -> list[Requirement]:
        """The ticked requirements that have an answer already; they stay as they are."""
        return [row for row in self.cleaned_data["row"] if row.state != RequirementState.OPEN]

    @property
    def editions(self) -> dict[UUID, int]:
        """The edition in which the person saw each requirement, as the preview carried it."""
        seen = {}
        for row in self.cleaned_data["row"]:
            edition = self.data.get(f"edition-{row.pk}", "")
            if edition.isdecimal() and len(edition) <= LONGEST_NUMBER:
                seen[row.pk] = int(edition)
        return seen


class ExportForm(forms.Form):
    """What is exported, and as which kind of file."""

    what = forms.ChoiceField(choices=[("checklist", "Check list"), ("matrix", "Requirements by section")])
    format = forms.ChoiceField(choices=[("xlsx", "Spreadsheet"), ("csv", "CSV file")])
