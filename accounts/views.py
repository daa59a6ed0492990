"""Views."""

from django.http import HttpRequest, HttpResponse


def login(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def logout(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def account(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def password_change(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def password_reset(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def password_reset_sent(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def password_reset_confirm(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def invitation(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def inbox(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def inbox_read_all(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def notice(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)
