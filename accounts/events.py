"""Codes of what happens to people and organisations."""

from enum import StrEnum


class AccountsEvent(StrEnum):
    """Audit codes of the accounts app."""

    INVITED = "accounts.invited"
    INVITATION_SENT_AGAIN = "accounts.invitation_sent_again"
    INVITATION_WITHDRAWN = "accounts.invitation_withdrawn"
    INVITATION_ACCEPTED = "accounts.invitation_accepted"
    USER_CHANGED = "accounts.user_changed"
    USER_DEACTIVATED = "accounts.user_deactivated"
    USER_REACTIVATED = "accounts.user_reactivated"
    MEMBERSHIP_STARTED = "accounts.membership_started"
    MEMBERSHIP_ENDED = "accounts.membership_ended"
    ORGANISATION_CREATED = "accounts.organisation_created"
    ORGANISATION_CHANGED = "accounts.organisation_changed"
    PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105  # an event code, not a password
