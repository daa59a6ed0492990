"""The form in which a person signs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from audit.signing import Proof, shown_hash


class SignatureForm(forms.Form):
    """Password again, beside the content that is signed; a valid form holds the proof."""

    password = forms.CharField(
        label="Your password, again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        request: HttpRequest,
        shown: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.request = request
        if shown is not None:
            self.initial["shown"] = shown_hash(shown)

    def clean_password(self) -> str:
        """Check the password through the login backends, so that guessing here is locked out as well."""
        password: str = self.cleaned_data["password"]
        user = self.request.user
        known = authenticate(self.request, username=user.get_username(), password=password)
        if known is None or known.pk != user.pk:
            raise forms.ValidationError("This is not your password. Nothing was signed.")
        return password

    @property
    def proof(self) -> Proof:
        """The proof that a signed action asks for; only of a valid form."""
        return Proof(user_id=self.request.user.pk, shown_hash=self.cleaned_data["shown"])
