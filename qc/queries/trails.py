"""The whole trail of a lot or a specification, page by page."""

from django.core.paginator import Page, Paginator

from accounts.models import User
from audit import trail
from audit.models import Event
from qc.models import Lot, Specification

PER_PAGE = 50


def trail_page(thing: Lot | Specification, user: User, *, number: str | None) -> Page[Event]:
    """Return a page of everything that happened to a lot or a specification, newest first."""
    return Paginator(trail.events_about(thing, user), PER_PAGE).get_page(number)
