"""Views."""

from django.http import HttpRequest, HttpResponse


def thread_list(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def thread_new(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def thread_reply(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def thread_resolve(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def thread_reopen(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)
