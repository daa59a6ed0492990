"""Login by e-mail address."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class MembershipBackend(ModelBackend):
    """Django's own backend; whoever has no place in an organisation cannot log in."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Ask for an active account with a membership in force."""
        return super().user_can_authenticate(user) and isinstance(user, User) and user.membership is not None
