"""Input for a document that is filed as an addition to a filed one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dossiers.contexts import Addable, Addition

NO_REASON = "Say in a sentence what it adds."


class AdditionFields(forms.Form):
    """Whether a document adds to a filed one; asked only where a filed one of its section stands."""

    adds_to = forms.ChoiceField(
        label="Beside what was filed",
        required=False,
        error_messages={"invalid_choice": "It does not stand in this section. Choose again."},
        help_text="An addition is read together with the filed document, which stays as it is: further lots, "
        "an annex. Where the text itself changes, add a new version of the document instead.",
    )
    adds_why = forms.CharField(
        label="What it adds",
        max_length=300,
        required=False,
        help_text="Only for an addition: one sentence, kept in the trail.",
    )

    def offer(self, addables: Iterable[Addable]) -> None:
        """Offer the filed documents to which it can be added; without any, ask nothing."""
        self.addables = {str(each.document.pk): each for each in addables}
        if not self.addables:
            del self.fields["adds_to"], self.fields["adds_why"]
            return
        adds_to: Any = self.fields["adds_to"]
        adds_to.choices = [
            ("", "On its own, as a new document"),
            *((key, f"Adds to {each}") for key, each in self.addables.items()),
        ]

    def ask_why(self) -> None:
        """Ask what it adds, where it adds to something."""
        if self.cleaned_data.get("adds_to") and not self.cleaned_data.get("adds_why"):
            self.add_error("adds_why", NO_REASON)

    @property
    def addition(self) -> Addition | None:
        """What was chosen: the filed document, and what is added to it."""
        chosen = self.addables.get(self.cleaned_data.get("adds_to", ""))
        return Addition(chosen.document, self.cleaned_data.get("adds_why", "")) if chosen else None


class AppendForm(AdditionFields):
    """To which filed document another one is added, on the page of its own."""

    def __init__(self, addables: Iterable[Addable], data: Any = None) -> None:
        super().__init__(data)
        self.offer(addables)
        adds_to: Any = forms.ChoiceField(
            label="Adds to",
            widget=forms.RadioSelect,
            choices=[(key, str(each)) for key, each in self.addables.items()],
            error_messages={"required": "Choose the filed document to which it adds."},
        )
        if len(self.addables) == 1:
            adds_to.initial = next(iter(self.addables))
        self.fields["adds_to"] = adds_to
        self.fields["adds_why"].required = True
        self.fields["adds_why"].error_messages["required"] = NO_REASON
        self.fields["adds_why"].help_text = "One sentence, kept in the trail."
