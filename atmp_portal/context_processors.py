"""What every page shows: layout, navigation by role, inbox count, time zone."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Notice, User
from accounts.roles import Role
from atmp_portal.demo.people import DEMO_LOGINS


@dataclass(frozen=True)
class NavLink:
    """One link of the main navigation."""

    label: str
    url: str
    is_current: bool


LINKS = {
    "Home": "home",
    "Candidates": "classification:assessment_list",
    "Products": "dossiers:product_list",
    "Dossiers": "dossiers:dossier_list",
    "Reviews": "dossiers:review_list",
    "Specifications": "qc:specification_list",
    "Lots": "qc:lot_list",
    "Precedents": "classification:precedent_list",
    "Reports": "report_list",
    "Administration": "admin:index",
}


def links_for(user: User) -> tuple[str, ...]:
    """Return the names of the main navigation for a role, at most five after Home."""
    match user.role:
        case Role.REGULATORY_LEAD | Role.CONTRIBUTOR | Role.READER:
            return ("Home", "Candidates", "Products", "Dossiers", "Lots", "Reports")
        case Role.QC_ANALYST | Role.QUALITY_ASSURANCE | Role.QUALIFIED_PERSON:
            return ("Home", "Products", "Specifications", "Lots", "Dossiers", "Reports")
        case Role.HELPER:
            return ("Home", "Dossiers", "Reports")
        case Role.REVIEWER:
            return ("Home", "Reviews", "Dossiers", "Precedents", "Reports")
        case Role.COORDINATOR:
            return ("Home", "Dossiers", "Reviews", "Precedents", "Reports")
        case Role.ADMINISTRATOR:
            return ("Home", "Administration")
        case _:
            return ("Home",)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the context of every page."""
    htmx = getattr(request, "htmx", None)
    is_part = bool(htmx and not htmx.history_restore_request)
    context: dict[str, Any] = {
        "layout": "_bare.html" if is_part else "base.html",
        "zone": settings.SITE_TIME_ZONE,
        "demo_mode": settings.DEMO_MODE,
        "demo_logins": DEMO_LOGINS if settings.DEMO_MODE else (),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["nav"] = [_link(request, name) for name in links_for(user)]
        context["inbox_count"] = cache(partial(unread, user))
    return context


def unread(user: User) -> int:
    """Count what the person has not read yet; asked only by pages that show it."""
    return Notice.objects.visible_to(user).filter(read_at=None).count()


def _link(request: HttpRequest, label: str) -> NavLink:
    url = reverse(LINKS[label])
    is_current = request.path == url if label == "Home" else request.path.startswith(url)
    return NavLink(label, url, is_current)
