"""Input for the colleagues of a dossier and the owners of its sections."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import Role
from dossiers import permissions
from dossiers.models import Dossier, DossierMembership, Section
from dossiers.models.dossiers import today_at_the_site
from dossiers.queries import members, people
from dossiers.statuses import MemberRole

ROLES_OF_HELPERS = [
    (MemberRole.EDITOR, "Editor: changes documents and answers, comments"),
    (MemberRole.READER, "Reader: reads"),
]
ROLES = [(MemberRole.OWNER, "Owner: edits, and invites colleagues"), *ROLES_OF_HELPERS]


class LastDayField(forms.DateField):
    """A day from today on."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        """Refuse a day that is over."""
        day = super().clean(value)
        if day and day < today_at_the_site():
            raise forms.ValidationError("This day is over. Choose today or a later one.")
        return day


class InviteForm(forms.Form):
    """Which colleague gets which part in a dossier, until when."""

    person = forms.ModelChoiceField(
        User.objects.none(), empty_label="Choose a colleague", help_text="People of your organisation."
    )
    role = forms.ChoiceField(label="Part", choices=ROLES, widget=forms.RadioSelect)
    ends_on = LastDayField(label="Last day", help_text="The part ends by itself after this day.")

    def __init__(self, dossier: Dossier, by: User, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "colleague-%s")
        super().__init__(*args, **kwargs)
        found = members.invitable(dossier).exclude(pk=by.pk)
        if permissions.why_not_invite_helper(dossier, by):
            found = found.exclude(memberships__ended_at=None, memberships__role=Role.HELPER)
        self.fields["person"].queryset = found.order_by("full_name")  # type: ignore[attr-defined]  # has one

    def clean(self) -> dict[str, Any]:
        """Keep the dossier in the hands of the organisation."""
        person, role = self.cleaned_data.get("person"), self.cleaned_data.get("role")
        refusal = permissions.why_not_role_in_dossier(person, role) if person and role else None
        if refusal:
            self.add_error("role", refusal)
        return self.cleaned_data


class InviteHelperForm(forms.Form):
    """Who from outside gets which part in a dossier, until when."""

    full_name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="The invitation goes to this address.")
    role = forms.ChoiceField(label="Part", choices=ROLES_OF_HELPERS, widget=forms.RadioSelect)
    ends_on = LastDayField(label="Last day", help_text="After it the helper sees nothing any more.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "helper-%s")
        super().__init__(*args, **kwargs)


class MemberForm(forms.Form):
    """Another part or another last day of a colleague."""

    role = forms.ChoiceField(label="Part", choices=ROLES, widget=forms.RadioSelect)
    ends_on = LastDayField(label="Last day", help_text="The part ends by itself after this day.")

    def __init__(self, member: DossierMembership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if permissions.why_not_role_in_dossier(member.person, MemberRole.OWNER):
            self.fields["role"].choices = ROLES_OF_HELPERS  # type: ignore[attr-defined]  # a choice field has them
        self.initial = {"role": member.role, "ends_on": member.ends_on, **self.initial}


class EndMemberForm(forms.Form):
    """Why the part of a colleague ends before its last day."""

    why = forms.CharField(
        label="Reason",
        help_text="The sponsor reads it in the trail.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )


class SectionOwnerForm(forms.Form):
    """Who sees to a section and all below it, and by when."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label="Nobody of its own",
        help_text="It is theirs with every section below that has no owner of its own.",
    )
    due_on = forms.DateField(
        label="Wanted by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="May be left empty.",
    )
    is_for_all_below = forms.BooleanField(label="Take the owners of the sections below away", required=False)

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = people.sponsor_writers(section.dossier).order_by("full_name")
        self.fields["owner"].queryset = writers  # type: ignore[attr-defined]  # a model choice has one
        self.initial = {"owner": section.owner_id, "due_on": section.due_on, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Ask for an owner where a day is named."""
        if self.cleaned_data.get("due_on") and not self.cleaned_data.get("owner") and not self.errors:
            self.add_error("owner", "Choose who sees to it by that day.")
        return self.cleaned_data
