"""Input for the parts of an assessment and for the outcome."""

from django import forms

from dossiers.statuses import DossierOutcome, Recommendation


class PartForm(forms.Form):
    """The draft of a part: assessment and recommendation."""

    text = forms.CharField(
        label="Assessment", widget=forms.Textarea(attrs={"rows": 14}), max_length=50_000, required=False
    )
    recommendation = forms.ChoiceField(
        choices=[("", "None yet"), *Recommendation.choices], required=False, widget=forms.RadioSelect
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


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
