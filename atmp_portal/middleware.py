"""What every request passes: the site's time zone, and refusals turned into pages."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
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
