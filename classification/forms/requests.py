"""One part of the request to the CAT; mandatory fields may stay empty while it is being written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from classification.models import ClassificationRequest
from classification.queries.requests import FieldState
from classification.request_form import Entry, Field, Kind, mark_of, tidy

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
A_LINE = 80
SENT_IN_PART = "The page was sent in part. Load it again."
_MARKS = {"shown": "shown-{}", "prefilled": "prefilled-{}"}


class RequestPartForm(forms.Form):
    """The fields of one part; hidden beside each one the marks of what the page had shown."""

    edition = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft": ""}), error_messages={"required": SENT_IN_PART}
    )

    def __init__(
        self,
        written: ClassificationRequest,
        states: Iterable[FieldState],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"edition": written.edition})
        self.states = list(states)
        self.saved: list[FieldState] = []
        for state in self.states:
            self.fields[state.field.key] = _typed(state.field, state.text)
            self.initial[state.field.key] = state.text
            for name, text in {"shown": state.text, "prefilled": state.from_answers}.items():
                hidden = _MARKS[name].format(state.field.key)
                self.fields[hidden] = forms.CharField(
                    max_length=16,
                    widget=forms.HiddenInput(attrs={"data-draft": state.field.key}),
                    error_messages={"required": SENT_IN_PART},
                )
                self.initial[hidden] = mark_of(text)

    @property
    def rows(self) -> list[tuple[forms.BoundField, FieldState]]:
        """Each field with how its text relates to the answers."""
        return [(self[state.field.key], state) for state in self.states]

    @property
    def entries(self) -> dict[str, Entry]:
        """What a valid form brings for each field."""
        return {key: self._entry(key, self.cleaned_data) for key in self._keys}

    @property
    def _keys(self) -> list[str]:
        return [state.field.key for state in self.states]

    def _entry(self, key: str, values: Mapping[str, Any]) -> Entry:
        marks = {name: str(values.get(hidden.format(key), "")) for name, hidden in _MARKS.items()}
        return Entry(text=str(values.get(key, "")), **marks)

    def beside(
        self, written: ClassificationRequest, states: Mapping[str, FieldState], keys: Iterable[str]
    ) -> "RequestPartForm":
        """Return the form anew, with what was typed here and what was saved meanwhile in `keys` beside it.

        A field that was not touched here shows what is saved now.
        """
        entries = self.entries
        form = RequestPartForm(written, [states[key] for key in self._keys])
        form.initial.update({key: tidy(entry.text) for key, entry in entries.items() if entry.is_touched})
        form.saved = [states[key] for key in keys]
        return form


def _typed(field: Field, text: str) -> forms.Field:
    typed = _typed_as(field, text, label=field.label, help_text=field.help, required=False)
    typed.is_mandatory = field.is_mandatory  # type: ignore[attr-defined]  # the label says so
    return typed


def _typed_as(field: Field, text: str, **named: Any) -> forms.Field:
    match field.kind:
        case Kind.LINE:
            return forms.CharField(max_length=LONGEST_LINE, **named)
        case Kind.TEXT:
            widget = forms.Textarea(attrs={"rows": _rows(text)})
            return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **named)
        case _:
            return forms.ChoiceField(choices=[("", "Not chosen"), *field.choices], **named)


def _rows(text: str) -> int:
    lines = sum(1 + len(line) // A_LINE for line in text.splitlines())
    return min(max(lines + 1, 3), 16)
