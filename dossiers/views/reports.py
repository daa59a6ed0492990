"""Pages of a dossier's reports: the register, and asking for one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from accounts.roles import Side
from audit import issuing
from audit.refusals import Refused
from dossiers.models import Dossier
from dossiers.queries import reports as queries


@require_safe
def dossier_reports(request: PortalRequest, pk: UUID) -> HttpResponse:
    """List the reports issued on a dossier that the person may read."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page = queries.reports_page(dossier, request.user)
    return render(request, "dossiers/reports.html", {"page": page, "dossier": dossier})


@require_POST
def status_report(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the status report."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    return _asked(request, dossier, f"Status of {dossier}", "dossiers.tasks.make_status_report")


@require_POST
def review_report(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the review report; it is the authority's own."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    if request.user.side != Side.AUTHORITY:
        raise Refused("The review report is made for the authority only.")
    return _asked(request, dossier, f"Review of {dossier}", "dossiers.tasks.make_review_report")


def _asked(request: PortalRequest, dossier: Dossier, title: str, task: str) -> HttpResponse:
    job = issuing.ask(title, dossier, task=task, by=request.user)
    return redirect(reverse("job", args=[job.pk]))
