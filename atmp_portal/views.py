"""Pages that know all apps: home, search, reports, background jobs; help, and what machines ask."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from atmp_portal.queries import home as home_pages
from atmp_portal.queries import readiness, reports, searching, tasks
from audit import issuing
from audit.models import MediaType


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Show what waits for the person, as their role needs it."""
    page = home_pages.home_page(request.user)
    return render(request, page.template, {"page": page})


@require_safe
def task_list(request: PortalRequest) -> HttpResponse:
    """Show everything that waits for the person."""
    page = tasks.task_page(request.user, request.GET.dict())
    return render(request, "task_list.html", {"page": page, "page_obj": page.page_obj})


@require_safe
def search(request: PortalRequest) -> HttpResponse:
    """Find things by words, of every kind that the person may see."""
    text = request.GET.get("q", "").strip()
    return render(request, "search.html", {"text": text, "found": searching.search(request.user, text)})


@require_safe
def report_list(request: PortalRequest) -> HttpResponse:
    """Show the register of issued reports."""
    text = request.GET.get("q", "").strip()
    page = reports.report_page(request.user, text=text, page=request.GET.get("page"))
    return render(request, "report_list.html", {"page_obj": page, "text": text})


@require_safe
def report_download(request: PortalRequest, pk: UUID) -> HttpResponse | FileResponse:
    """Hand out a report, as long as its file is the one that was registered."""
    report = get_object_or_404(reports.visible_reports(request.user), pk=pk)
    is_large = report.media_type == MediaType.ZIP
    return FileResponse(
        issuing.opened(report) if is_large else BytesIO(issuing.intact_bytes(report)),
        as_attachment=True,
        filename=report.file_name,
        content_type=report.media_type,
    )


@require_safe
def job(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show how far a job is; htmx asks for the part again until it is over."""
    found = get_object_or_404(reports.visible_jobs(request.user).select_related("report"), pk=pk)
    report = getattr(found, "report", None)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "_job_now.html", {"job": found, "report": report})
    record = reports.record_of(found, request.user)
    return render(request, "job.html", {"job": found, "report": report, "record": record})


@require_POST
def job_retry(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Try a failed job again."""
    found = get_object_or_404(reports.visible_jobs(request.user), pk=pk)
    return redirect("job", issuing.retry(found).pk)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Explain the portal in short."""
    return render(request, "help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was done for accessibility, and what was not."""
    return render(request, "accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the portal keeps of a person."""
    return render(request, "privacy.html")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the portal can work: 200, or 503 with what is missing."""
    ready = readiness.readiness()
    return JsonResponse(ready, status=200 if all(ready.values()) else 503)
