"""Views."""

from django.http import HttpRequest, HttpResponse


def requirement_list(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def requirement_answer(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)
