"""Requests as the views see them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PortalRequest(HttpRequest):
    """A request of a person who is logged in."""

    user: User
    htmx: HtmxDetails
