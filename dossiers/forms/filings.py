"""Input for filing and withdrawing."""

from django import forms


class WithdrawalForm(forms.Form):
    """Why a dossier is withdrawn."""

    why = forms.CharField(
        label="Why it is withdrawn",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="The agency reads this.",
    )
