"""Users, organisations, memberships, invitations and notices."""

import secrets
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.events import AccountsEvent
from accounts.roles import Role, Side
from audit import trail


class Organisation(models.Model):
    """A sponsor, an authority, or the administration of the site."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    side = models.CharField(max_length=20, choices=Side)
    is_sme = models.BooleanField(
        "micro, small or medium-sized enterprise",
        default=False,
        help_text="By Recommendation 2003/361/EC; opens the certification of Article 18.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is kept in lower case, so that it names one person only."""

    def create_user(self, email: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; without a password nobody can log in until one is set."""
        user = self.model(email=email.strip().lower(), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, full_name: str, password: str | None = None) -> "User":
        """Create an administrator from the command line, where nobody is logged in yet."""
        with transaction.atomic():
            user = self.create_user(email, full_name, password)
            home, _ = Organisation.objects.get_or_create(
                name="Administration", defaults={"side": Side.ADMINISTRATION}
            )
            Membership.objects.create(user=user, organisation=home, role=Role.ADMINISTRATOR)
            trail.record(
                AccountsEvent.MEMBERSHIP_STARTED,
                user,
                by=None,
                sentence=f"{full_name} made administrator from the command line",
                data={"email": user.email},
            )
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person, known by e-mail address; what they may do follows from the membership in force alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("name", max_length=120)
    is_active = models.BooleanField("active", default=True)
    is_demo = models.BooleanField("belongs to the demo", default=False)
    joined_at = models.DateTimeField("joined", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        ordering: ClassVar = ["full_name"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Keep the address in lower case."""
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """Return the name, as Django's admin and the evidence ask for it."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the name, as Django's admin asks for it."""
        return self.full_name

    @cached_property
    def membership(self) -> "Membership | None":
        """The membership in force, with its organisation."""
        return next((held for held in self._held if held.ended_at is None), None)

    @cached_property
    def _held(self) -> "list[Membership]":
        """Every membership, newest first, in one query; lists prefetch `memberships__organisation`."""
        if "memberships" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.memberships.all())
        return list(self.memberships.select_related("organisation"))

    @property
    def role(self) -> str:
        """The role held now; empty without a membership."""
        return Role(self.membership.role) if self.membership else ""

    @property
    def organisation(self) -> Organisation | None:
        """The organisation for which the person acts now."""
        return self.membership.organisation if self.membership else None

    @property
    def organisation_id(self) -> Any:
        """The key of that organisation, for queries."""
        return self.membership.organisation_id if self.membership else None

    @property
    def side(self) -> str:
        """The side of the procedure on which the person stands; empty without a membership."""
        return Role(self.membership.role).side if self.membership else ""

    @property
    def acts_since(self) -> datetime | None:
        """Since when the person acts for this organisation; None when they act for none."""
        if self.membership is None:
            return None
        home = self.membership.organisation_id
        unbroken = takewhile(lambda held: held.organisation_id == home, self._held)
        return min(held.since for held in unbroken)

    @property
    def role_line(self) -> str:
        """Organisation and role in words: "Norvia Therapeutics, regulatory lead"."""
        if self.membership is None:
            return "no organisation"
        label = Role(self.membership.role).label
        return f"{self.membership.organisation.name}, {label if label.startswith('Q') else label.lower()}"

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the Django admin."""
        return self.role == Role.ADMINISTRATOR

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Answer the Django admin: an administrator sees its pages; each page says what it allows."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """Answer the Django admin for all pages of an app."""
        return self.has_perm(app_label)


class Membership(models.Model):
    """That a person acts for an organisation in a role, from one day to another; one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_membership_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}, {self.get_role_display()}"

    @property
    def trail_root(self) -> User:
        """The record on whose page the trail is shown."""
        return self.user


def hash_of_token(token: str) -> str:
    """Return what is kept of an invitation's token; the token itself is only in the mail."""
    return sha256(token.encode()).hexdigest()


def invitation_end() -> Any:
    """Return when an invitation made now expires."""
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def unanswered(self) -> Self:
        """Keep the invitations that were neither accepted nor withdrawn; some may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self) -> Self:
        """Keep the invitations that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A place in an organisation, offered by mail through a link that works once and expires."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField("e-mail address")
    full_name = models.CharField("name", max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    invited_at = models.DateTimeField("invited", default=timezone.now, editable=False)
    mailed_at = models.DateTimeField("mail sent", null=True, editable=False)
    expires_at = models.DateTimeField("expires", default=invitation_end, editable=False)
    accepted_at = models.DateTimeField("accepted", null=True, editable=False)
    withdrawn_at = models.DateTimeField("withdrawn", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-invited_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_unanswered_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>"

    @property
    def state(self) -> str:
        """Where the invitation stands, in one word."""
        if self.accepted_at:
            return "Accepted"
        if self.withdrawn_at:
            return "Withdrawn"
        return "Open" if self.expires_at > timezone.now() else "Expired"

    @staticmethod
    def new_token() -> str:
        """Return a fresh one-time token of 256 random bits."""
        return secrets.token_urlsafe(32)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: User) -> Self:
        """Keep what the person was told since they act for their organisation, nothing of the one before."""
        if user.acts_since is None:
            return self.none()
        return self.filter(person_id=user.pk, told_at__gte=user.acts_since)


class Notice(models.Model):
    """Something that a person is told, in the inbox and by mail."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300)
    is_action_needed = models.BooleanField(default=False)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-told_at"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-told_at"], name="notice_by_person"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["told_at"], name="notice_unmailed", condition=Q(mailed_at=None)),
        ]

    def __str__(self) -> str:
        return self.subject
