"""Input for filing and withdrawing."""

from uuid import UUID

from django import forms
from django.http import QueryDict


class WithdrawalForm(forms.Form):
    """Why a dossier is withdrawn."""

    why = forms.CharField(
        label="Why it is withdrawn",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="The agency reads this.",
    )


class NextSequenceForm(forms.Form):
    """What the next sequence answers, where it answers something."""

    answers_to = forms.CharField(
        label="What it answers (optional)",
        max_length=200,
        required=False,
        help_text="For example the letter of the agency and its date.",
    )


class CarriedForm(forms.Form):
    """The lines that were looked at."""

    lines = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        given = data.getlist("lines")
        self.fields["lines"].choices = [(key, key) for key in given]  # type: ignore[attr-defined]  # set, not typed
