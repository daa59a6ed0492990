"""Input for sections: working notes, and what a repetition is of."""

from typing import Any

from django import forms

from dossiers.models import Section
from dossiers.repetitions import LABELS, Repeatable

LONGEST_NOTES = 20_000
LONGEST_ATTRIBUTE = 120


class NotesForm(forms.Form):
    """Working notes with the edition that they were written on; `over` is the edition they may replace."""

    text = forms.CharField(
        label="Notes between us",
        required=False,
        strip=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    over = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Write line ends in one way, so that the same text is the same from every browser."""
        return "\n".join(self.cleaned_data["text"].replace("\r\n", "\n").split("\r"))

    @property
    def asked(self) -> dict[str, Any]:
        """What is to be saved, over the edition that the person saw last."""
        over = self.cleaned_data["over"]
        edition = self.cleaned_data["edition"] if over is None else over
        return {"text": self.cleaned_data["text"], "edition": edition}


class RepetitionForm(forms.Form):
    """What a repetition is of; the eCTD writes it into the address of every document below."""

    def __init__(self, section: Section, row: Repeatable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        for name in row.attributes:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                max_length=LONGEST_ATTRIBUTE,
                required=name in row.required,
                initial=section.attributes.get(name, ""),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for one attribute at least: without any, nothing tells the repetitions apart."""
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error(None, f"Say what it is of: {self.row.what}.")
        return self.cleaned_data
