"""Views."""

from django.http import HttpRequest, HttpResponse


def people(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def assign(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def assignment_end(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)
