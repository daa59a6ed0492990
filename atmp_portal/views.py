"""Views."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def search(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def report_list(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def report_download(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def job(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def job_retry(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def help_page(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def accessibility(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def privacy(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def healthz(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)


def readyz(request: HttpRequest, **where: object) -> HttpResponse:
    """Not built yet."""
    return HttpResponse(status=501)
