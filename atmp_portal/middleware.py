"""What every request passes: the site's time zone, no null characters, and refusals turned into pages."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from audit.refusals import Refused

Answer = Callable[[HttpRequest], HttpResponse]


class SiteTimeMiddleware:
    """Shows times in the site's zone, and tells caches that htmx gets other pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.zone = ZoneInfo(settings.SITE_TIME_ZONE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the site's time zone."""
        with timezone.override(self.zone):
            response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        return response


class NullCharacterMiddleware:
    """Answers 400 to null characters: no person types them, and PostgreSQL keeps and compares none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what was sent is looked at once it is known who may send it."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Look at the address, the query and the fields of the form."""
        if "\0" in request.path_info or _has_null(request.GET) or _has_null(request.POST):
            raise SuspiciousOperation("A null character was sent.")


def _has_null(sent: QueryDict) -> bool:
    return any("\0" in text for name, values in sent.lists() for text in (name, *map(str, values)))


class RefusalMiddleware:
    """Turns a refused act into a 409 page that says why and what was kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refusals are caught below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if not isinstance(exception, Refused):
            return None
        context = {"reason": exception.reason, "back_url": self.page_before(request)}
        return render(request, "409.html", context, status=409)

    def page_before(self, request: HttpRequest) -> str:
        """Return the page of the site from which the person came."""
        page = request.headers.get("referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return page if is_ours else "/"
