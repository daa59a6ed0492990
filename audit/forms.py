"""The form in which a person signs."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, QueryDict

from audit.signing import Proof, shown_hash


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Check the password of the person logged in; guessing here is locked out as at login.

    The log of failed attempts keeps what was posted, so it is shown nothing of the form.
    """
    posted, request.POST = request.POST, QueryDict()
    try:
        known = authenticate(request, username=request.user.get_username(), password=password)
    finally:
        request.POST = posted
    return known is not None and known.pk == request.user.pk


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
        """Ask whether it is the signer's own password."""
        password: str = self.cleaned_data["password"]
        if not is_own_password(self.request, password):
            raise forms.ValidationError("This is not your password. Nothing was signed.")
        return password

    @property
    def proof(self) -> Proof:
        """The proof that a signed action asks for; only of a valid form."""
        signer = cast("UUID", self.request.user.pk)
        return Proof(user_id=signer, shown_hash=self.cleaned_data["shown"])
