"""A form that notices when its record changed after it was opened, and loses nothing typed."""

from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Difference:
    """A field where what is saved now differs from what was typed."""

    label: str
    saved: str
    typed: str


class EditionForm(forms.Form):
    """Carries the edition of the record as it was when the form was opened."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_stale = False

    def clean(self) -> dict[str, Any]:
        """Compare editions; a stale form takes the present one on, so that saving again is a decision."""
        data = super().clean() or {}
        now = self.initial.get("edition")
        if now is not None and data.get("edition") != now:
            self.is_stale = True
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            self.data["edition"] = str(now)  # type: ignore[index]  # likewise, a copy can be written
        return data

    def may_save(self) -> bool:
        """Whether it is filled in well and the record is still the one that was opened."""
        return self.is_valid() and not self.is_stale

    @property
    def http_status(self) -> int:
        """What the page answers: 422 for a mistake, 409 when somebody was faster."""
        if self.errors:
            return 422
        return 409 if self.is_stale else 200

    @property
    def differences(self) -> list[Difference]:
        """Return saved beside typed, where they differ."""
        pairs = [
            (field, str(self.initial.get(field.name) or ""), str(field.value() or ""))
            for field in self.visible_fields()
        ]
        return [
            Difference(str(field.label), _word(field, saved), _word(field, typed))
            for field, saved, typed in pairs
            if field.name in self.initial and saved != typed
        ]


def _word(field: forms.BoundField, value: str) -> str:
    choices = dict(getattr(field.field, "choices", None) or {})
    return str(choices.get(value, value)) or "nothing"
