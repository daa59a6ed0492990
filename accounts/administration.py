"""The administration: Django's admin behind the portal's login, with the trail in place of Django's log."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts import views
from audit.models import Event

NAMES = {"axes": "Logins"}
PLACES = {"accounts": 0, "axes": 1, "audit": 2}


class Administration(AdminSite):
    """Pages for administrators; everybody else is told so, or asked to log in first."""

    site_header = "ATMP Portal administration"
    site_title = "ATMP Portal administration"
    index_title = "Administration"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the portal's login; who is logged in without the role is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Log out as everywhere else."""
        return views.logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Change the password as everywhere else."""
        return redirect("accounts:password_change")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Put people first, then logins and evidence, then the read-only pages of the other apps."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["name"] = NAMES.get(app["app_label"], app["name"])
        return sorted(found, key=lambda app: PLACES.get(app["app_label"], len(PLACES)))

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Return the trail, newest first."""
        return Event.objects.order_by("-seq")
