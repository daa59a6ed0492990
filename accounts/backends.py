"""Login by e-mail address."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User

LONGEST_ADDRESS = 254  # the log of failed attempts has room for no more


class MembershipBackend(ModelBackend):
    """Django's own backend, for people with a place in an organisation; demo people only in the demo."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Ask for an active account with a membership in force."""
        return (
            super().user_can_authenticate(user)
            and isinstance(user, User)
            and user.membership is not None
            and (settings.DEMO_MODE or not user.is_demo)
        )


def address_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the address that failed attempts are counted for; another case is the same address."""
    entered = credentials or request.POST
    return str(entered.get("username") or "").strip().lower()[:LONGEST_ADDRESS]
