"""What the pages of login, account, inbox and invitations show."""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.http import urlsafe_base64_decode

from accounts.models import Invitation, Membership, Notice, User, hash_of_token

UNKNOWN_LINK = (
    "The portal does not know this link. If you were sent more than one invitation, only the link in the "
    "newest mail works; if the link was broken over two lines, put it together again."
)


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return every place that a person has or had, newest first."""
    return user.memberships.select_related("organisation")


def inbox_of(user: User) -> QuerySet[Notice]:
    """Return a person's notices: unread ones first, then newest first."""
    unread_first = Case(When(read_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Notice.objects.visible_to(user).order_by(unread_first, "-told_at")


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link belongs to."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(token_hash=hash_of_token(token)).first()


def person_of_link(uidb64: str, token: str) -> User | None:
    """Return whose password a mailed link sets, while the link is good."""
    try:
        person = User.objects.filter(pk=UUID(urlsafe_base64_decode(uidb64).decode()), is_active=True).first()
    except (ValueError, ValidationError):
        return None
    return person if person and default_token_generator.check_token(person, token) else None
