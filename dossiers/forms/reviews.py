"""Input for taking a filed dossier in."""

from django import forms


class SendBackForm(forms.Form):
    """Why a filing goes back to the sponsor."""

    why = forms.CharField(
        label="What has to be put right",
        help_text="The sponsor reads this text.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
