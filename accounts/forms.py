"""Forms of login, passwords and invitations."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import HttpRequest

from accounts import permissions
from accounts.http import PortalRequest
from accounts.models import Invitation, Organisation, User
from accounts.roles import Role
from audit.forms import is_own_password


class LoginForm(AuthenticationForm):
    """E-mail address and password."""

    error_messages = {
        "invalid_login": (
            "This e-mail address and this password do not belong together. "
            "Capital letters matter in the password."
        ),
        "inactive": "This account is deactivated.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username"})


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A new password, twice."""

    error_messages = {"password_mismatch": "The two passwords differ."}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = "New password"
        self.fields[
            "new_password1"
        ].help_text = "At least 12 characters. Four words in a row are easy to keep."
        self.fields["new_password2"].label = "New password, again"
        self.fields["new_password2"].help_text = ""


class PasswordChangeForm(NewPasswordForm):
    """A new password of someone who knows the present one."""

    old_password = forms.CharField(
        label="Present password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, request: PortalRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request.user, *args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Ask whether it is the person's own password."""
        password: str = self.cleaned_data["old_password"]
        if not is_own_password(self.request, password):
            raise forms.ValidationError("This is not your present password. Nothing was changed.")
        return password


class AddressForm(forms.Form):
    """The address to which a link for a new password is mailed."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A person's name and address."""

    class Meta:
        model = User
        fields = ("full_name", "email")

    def clean_email(self) -> str:
        """Take an address that nobody else has, whatever its case."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise forms.ValidationError("Another person has this address.")
        return email


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An organisation's details."""

    class Meta:
        model = Organisation
        fields = ("name", "side", "is_sme")

    def clean_side(self) -> str:
        """Keep an organisation that has people on its side."""
        side: str = self.cleaned_data["side"]
        if not self.instance._state.adding and side != self.initial["side"]:
            complain(permissions.why_not_change_side(self.instance))
        return side


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Whom to invite, where to, as what."""

    class Meta:
        model = Invitation
        fields = ("email", "full_name", "organisation", "role")

    def clean_email(self) -> str:
        """Take an address that has neither an account nor an open invitation."""
        email: str = self.cleaned_data["email"].lower()
        complain(permissions.why_not_address(email))
        return email

    def clean(self) -> dict[str, Any]:
        """Match role and organisation."""
        return with_matching_role(self)


class RoleForm(forms.Form):
    """The new place of a person, and why."""

    organisation = forms.ModelChoiceField(Organisation.objects.all())
    role = forms.ChoiceField(choices=Role)
    why = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the trail with the change.",
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.membership:
            self.initial = {"organisation": person.membership.organisation, "role": person.membership.role}

    def clean(self) -> dict[str, Any]:
        """Match role and organisation."""
        return with_matching_role(self)


class ReasonForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the trail with the change.",
    )


def complain(refusal: str | None) -> None:
    """Turn what a permission answered into a complaint of the field."""
    if refusal:
        raise forms.ValidationError(refusal)


def with_matching_role(form: forms.BaseForm) -> dict[str, Any]:
    """Return what was entered, with a complaint at the role when it is not one of the organisation's side."""
    entered = form.cleaned_data
    if "organisation" in entered and "role" in entered:
        refusal = permissions.why_not_role(entered["organisation"], entered["role"])
        if refusal:
            form.add_error("role", refusal)
    return entered
