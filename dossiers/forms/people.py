"""Input for assigning reviewers."""

from typing import Any

from django import forms

from accounts.models import User
from dossiers.models import Dossier
from dossiers.queries import people
from dossiers.statuses import Discipline, Duty


class AssignForm(forms.Form):
    """Who gets which duty; an assessor judges one discipline, a lead may."""

    reviewer = forms.ModelChoiceField(
        User.objects.none(), empty_label="Choose a reviewer", help_text="Reviewers of your authority."
    )
    duty = forms.ChoiceField(choices=Duty, widget=forms.RadioSelect)
    discipline = forms.ChoiceField(
        choices=[("", "None"), *Discipline.choices], required=False, help_text="An assessor needs one."
    )

    def __init__(self, dossier: Dossier, coordinator: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assigned = people.review_team(dossier).values("pk")
        self.fields["reviewer"].queryset = (  # type: ignore[attr-defined]  # a model choice has one
            people.assignable_reviewers(coordinator).exclude(pk__in=assigned)
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the discipline of an assessor."""
        if self.cleaned_data.get("duty") == Duty.ASSESSOR and not self.cleaned_data.get("discipline"):
            self.add_error("discipline", "Name the discipline that the assessor judges.")
        return self.cleaned_data


class EndAssignmentForm(forms.Form):
    """Why a duty ends."""

    why = forms.CharField(
        label="Reason",
        help_text="Only the authority reads it, in the trail.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
