"""People, organisations and invitations in the Django admin; every change goes through an action."""

from typing import Any, cast

import axes.admin  # noqa: F401  # registers its models now, so that they can be taken back below
import django.contrib.auth.admin  # noqa: F401  # likewise
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import Group
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from accounts import actions, bulk, permissions
from accounts.bulk import BulkAct
from accounts.forms import InvitationForm, OrganisationForm, PersonForm, RoleForm
from accounts.models import Invitation, Membership, Notice, Organisation, User
from accounts.roles import Role
from audit.admin import ReadOnlyAdmin, TrailAdmin

admin.site.unregister([Group, AccessAttempt, AccessFailureLog, AccessLog])

DEACTIVATE = BulkAct(
    verb="deactivate", label="Deactivate people", done="deactivated", wants_reason=True,
    note="They are logged out at once and cannot log in. Nothing of theirs is deleted or handed over.",
    why_not=permissions.why_not_deactivate, act=actions.deactivate,
)  # fmt: skip
REACTIVATE = BulkAct(
    verb="reactivate", label="Reactivate people", done="reactivated", wants_reason=True,
    note="They can log in again with their old password, in their old role.",
    why_not=permissions.why_not_reactivate, act=actions.reactivate,
)  # fmt: skip
SEND_AGAIN = BulkAct(
    verb="send_again", label="Send invitations again", done="sent again",
    note="A fresh link goes out by mail; the link sent before opens nothing any more.",
    why_not=permissions.why_not_send_again, act=actions.send_again,
)  # fmt: skip
WITHDRAW = BulkAct(
    verb="withdraw", label="Withdraw invitations", done="withdrawn",
    note="The link in the mail opens nothing any more. The person is not told.",
    why_not=permissions.why_not_withdraw, act=actions.withdraw_invitation,
)  # fmt: skip


def who(request: HttpRequest) -> User:
    """Return the administrator; the administration lets in nobody else."""
    return cast("User", request.user)


class RoleFilter(admin.SimpleListFilter):
    """Filters people by the role that they hold now."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every role, and none."""
        return [*Role.choices, ("none", "No role")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Keep the people in that role."""
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.exclude(memberships__ended_at=None)
            case role:
                return queryset.filter(memberships__role=role, memberships__ended_at=None)


class InvitationStateFilter(admin.SimpleListFilter):
    """Filters invitations by where they stand."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the four states."""
        return [(state.lower(), state) for state in ("Open", "Expired", "Accepted", "Withdrawn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        """Keep the invitations in that state."""
        unanswered = Q(accepted_at=None, withdrawn_at=None)
        match self.value():
            case "open":
                return queryset.filter(unanswered, expires_at__gt=timezone.now())
            case "expired":
                return queryset.filter(unanswered, expires_at__lte=timezone.now())
            case "accepted":
                return queryset.filter(accepted_at__isnull=False)
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
            case _:
                return queryset


class PeopleAdmin(TrailAdmin):
    """A list of people or of what belongs to them, with counts beside its filters."""

    show_facets = admin.ShowFacets.ALWAYS
    shows_details = True


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    """Where a person stood and stands."""

    model = Membership
    fields = readonly_fields = ("organisation", "role", "since", "ended_at")
    extra = 0
    can_delete = False
    verbose_name_plural = "Roles, now and before"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """Load the organisations along."""
        return super().get_queryset(request).select_related("organisation")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles change through "Change role"."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles change through "Change role"."""
        return False


@admin.register(User)
class UserAdmin(PeopleAdmin):
    """People: they come in by invitation and go by deactivation."""

    form = PersonForm
    inlines = (MembershipInline,)
    list_display = ("full_name", "email", "place", "is_active", "joined_at", "last_login")
    list_filter = ("is_active", RoleFilter, "memberships__organisation__side")
    search_fields = ("full_name", "email", "memberships__organisation__name")
    search_help_text = "Name, address or organisation"
    date_hierarchy = "joined_at"
    ordering = ("full_name",)
    fields = ("full_name", "email", "place", "is_active", "joined_at", "last_login")
    readonly_fields = ("place", "is_active", "joined_at", "last_login")
    actions = ("deactivate", "reactivate")

    @admin.display(description="organisation and role")
    def place(self, person: User) -> str:
        """Say where the person stands now."""
        return person.role_line

    @admin.action(description=DEACTIVATE.label)
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """Shut people out, after a look at what waits for them."""
        return bulk.carry_out(DEACTIVATE, self, request, queryset)

    @admin.action(description=REACTIVATE.label)
    def reactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """Let people in again."""
        return bulk.carry_out(REACTIVATE, self, request, queryset)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are invited."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Load the memberships along, so that the list costs the same at any length."""
        return super().get_queryset(request).prefetch_related("memberships__organisation")

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        """Change the details through the action that records it."""
        actions.change_person(obj, **form.cleaned_data, by=who(request))

    def get_urls(self) -> list[URLPattern]:
        """Add the page that changes a role."""
        change_role = self.admin_site.admin_view(self.change_role)
        return [path("<uuid:pk>/role/", change_role, name="accounts_user_role"), *super().get_urls()]

    def change_role(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Move a person to another role or organisation."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        refusal = permissions.why_not_change_role(person, who(request))
        form = RoleForm(person, request.POST or None)
        place = cast("forms.ModelChoiceField[Organisation]", form.fields["organisation"])
        place.widget = AutocompleteSelect(
            Membership._meta.get_field("organisation"), self.admin_site, choices=place.choices
        )
        if form.is_valid():
            actions.change_role(person, **form.cleaned_data, by=who(request))
            self.message_user(request, f"The role of {person} was changed.", messages.SUCCESS)
            return redirect("admin:accounts_user_change", person.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Change the role of {person}",
            "person": person,
            "refusal": refusal,
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/accounts/user/role.html", context, status=status)


@admin.register(Organisation)
class OrganisationAdmin(PeopleAdmin):
    """Sponsors, authorities and the administration."""

    form = OrganisationForm
    list_display = ("name", "side", "is_sme", "people", "created_at")
    list_filter = ("side", "is_sme")
    search_fields = ("name",)
    date_hierarchy = "created_at"
    ordering = ("name",)

    @admin.display(description="people", ordering="people_now")
    def people(self, organisation: Any) -> int:
        """Count who acts for the organisation now."""
        count: int = organisation.people_now
        return count

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the people in the same query."""
        in_force = Count("memberships", filter=Q(memberships__ended_at=None))
        return super().get_queryset(request).annotate(people_now=in_force)

    def save_model(
        self, request: HttpRequest, obj: Organisation, form: OrganisationForm, change: bool
    ) -> None:
        """Create or change through the action that records it."""
        if change:
            actions.change_organisation(obj, **form.cleaned_data, by=who(request))
        else:
            obj.pk = actions.create_organisation(**form.cleaned_data, by=who(request)).pk


@admin.register(Invitation)
class InvitationAdmin(PeopleAdmin):
    """Invitations: adding one sends the mail; afterwards it is sent again or withdrawn."""

    form = InvitationForm
    list_display = (
        "full_name",
        "email",
        "organisation",
        "role",
        "state",
        "invited_at",
        "mailed_at",
        "expires_at",
    )
    list_filter = (InvitationStateFilter, "role", "organisation__side")
    list_select_related = ("organisation",)
    search_fields = ("full_name", "email", "organisation__name")
    autocomplete_fields = ("organisation",)
    date_hierarchy = "invited_at"
    ordering = ("-invited_at",)
    readonly_fields = (
        "state",
        "invited_by",
        "invited_at",
        "mailed_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    )
    actions = ("send_again", "withdraw")

    @admin.display(description="state")
    def state(self, invitation: Invitation) -> str:
        """Say where the invitation stands."""
        return invitation.state

    @admin.action(description=SEND_AGAIN.label)
    def send_again(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> HttpResponse | None:
        """Mail fresh links."""
        return bulk.carry_out(SEND_AGAIN, self, request, queryset)

    @admin.action(description=WITHDRAW.label)
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> HttpResponse | None:
        """Take invitations back."""
        return bulk.carry_out(WITHDRAW, self, request, queryset)

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        """Ask for four things; show the rest once there is an invitation."""
        asked = ("email", "full_name", "organisation", "role")
        return (*asked, *self.readonly_fields) if obj else asked

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sent stays as it was sent."""
        return False

    def save_model(self, request: HttpRequest, obj: Invitation, form: InvitationForm, change: bool) -> None:
        """Invite through the action that records and mails it."""
        obj.pk = actions.invite(**form.cleaned_data, by=who(request)).pk


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Whether people were told and have read it; what they were told is theirs."""

    has_trail = False
    list_display = ("told_at", "person", "is_action_needed", "read_at", "mailed_at")
    list_filter = ("is_action_needed", "told_at")
    list_select_related = ("person",)
    search_fields = ("person__full_name", "person__email")
    date_hierarchy = "told_at"
    fields = ("told_at", "person", "is_action_needed", "read_at", "mailed_at")


class AccessAdmin(ReadOnlyAdmin):
    """Who logged in from where, and who failed to; what was typed is not shown."""

    has_trail = False
    date_hierarchy = "attempt_time"
    list_filter = ("attempt_time",)
    search_fields = ("username", "ip_address")
    fields = ("attempt_time", "username", "ip_address", "user_agent", "path_info")
    list_display = ("attempt_time", "username", "ip_address", "path_info")


admin.site.register([AccessAttempt, AccessFailureLog, AccessLog], AccessAdmin)
