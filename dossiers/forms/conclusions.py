"""Input for the parts of an assessment and for the outcome."""

from typing import Any

from django import forms

from dossiers import permissions
from dossiers.models import Dossier, Part
from dossiers.statuses import DossierOutcome, PartKind, Recommendation


class PartForm(forms.Form):
    """The draft of a part: assessment and recommendation."""

    text = forms.CharField(
        label="Assessment", widget=forms.Textarea(attrs={"rows": 14}), max_length=50_000, required=False
    )
    recommendation = forms.ChoiceField(
        choices=[("", "None yet"), *Recommendation.choices], required=False, widget=forms.RadioSelect
    )
    together = forms.CharField(
        label="How device and medicine work together",
        help_text="Obligatory before this part is concluded.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=50_000,
        required=False,
    )
    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def __init__(self, part: Part, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        if part.kind != PartKind.INTERFACE:
            del self.fields["together"]

    def on_top_of(self, saved: Part) -> "PartForm":
        """Return the form with what was typed, to be saved over what somebody else saved meanwhile."""
        return PartForm(saved, {**self.cleaned_data, "edition": saved.edition})


class ReopenForm(forms.Form):
    """Why a concluded part is opened again."""

    why = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class OutcomeForm(forms.Form):
    """The outcome of the procedure and its grounds."""

    outcome = forms.ChoiceField(choices=DossierOutcome, widget=forms.RadioSelect)
    grounds = forms.CharField(
        help_text="In a few sentences; the sponsor reads them.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
    )

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier

    def clean_outcome(self) -> str:
        """Refuse an outcome that the assessment does not bear."""
        outcome: str = self.cleaned_data["outcome"]
        refusal = permissions.why_not_outcome(self.dossier, outcome)
        if refusal:
            raise forms.ValidationError(refusal)
        return outcome
