"""Input for the conditions of a notified body and the moves of the conformity."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import SPONSOR_WRITERS
from dossiers.forms.combined import SHOWN_DAY, documents_of
from dossiers.forms.dossiers import DAYS
from dossiers.models import Condition, Document, Dossier


class ConditionForm(forms.Form):
    """A condition of the notified body, open or closed."""

    text = forms.CharField(label="Condition", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(
        label="Due",
        input_formats=DAYS,
        help_text="For example 1 Dec 2026.",
        error_messages={"invalid": "Write the day as in 1 Dec 2026."},
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), empty_label="Choose a person", help_text="Who sees to it."
    )
    closed_on = forms.DateField(
        label="Closed on",
        required=False,
        input_formats=DAYS,
        error_messages={"invalid": "Write the day as in 1 Dec 2026."},
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), label="Closed with", required=False, empty_label="Choose a document"
    )
    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}), initial=1)

    def __init__(self, dossier: Dossier, condition: Condition | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(
            is_active=True,
            memberships__organisation=dossier.organisation_id,
            memberships__role__in=SPONSOR_WRITERS,
            memberships__ended_at=None,
        ).distinct()
        document: Any = self.fields["document"]
        document.queryset = documents_of(dossier)
        document.label_from_instance = lambda each: f"{each.section.number} {each.file_name}"
        if condition:
            self.initial = {
                "text": condition.text,
                "due_on": condition.due_on.strftime(SHOWN_DAY),
                "owner": condition.owner_id,
                "closed_on": condition.closed_on and condition.closed_on.strftime(SHOWN_DAY),
                "document": condition.document_id,
                "edition": condition.edition,
            }

    def clean(self) -> dict[str, Any]:
        """Close a condition on a day and with a document, or not at all."""
        closed, document = self.cleaned_data.get("closed_on"), self.cleaned_data.get("document")
        if closed and not document and "document" not in self.errors:
            self.add_error("document", "Choose the document that closes it.")
        if document and not closed and "closed_on" not in self.errors:
            self.add_error("closed_on", "Say on which day it was closed.")
        return self.cleaned_data


class WhyForm(forms.Form):
    """What is noted with a move of the conformity."""

    why = forms.CharField(label="Note", required=False, max_length=1000)
