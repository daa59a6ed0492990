"""Pages of a dossier's packages: what can be packed, and asking for it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit import issuing
from audit.refusals import Refused
from dossiers import permissions
from dossiers.models import Dossier
from dossiers.queries import packages as queries


@require_safe
def package(request: PortalRequest, pk: UUID) -> HttpResponse:
    """List what of a dossier can be packed, and the packages made so far."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page = queries.package_page(dossier, request.user)
    return render(request, "dossiers/package.html", {"page": page, "dossier": dossier})


@require_POST
def filing_package(request: PortalRequest, pk: UUID, filing_pk: UUID) -> HttpResponse:
    """Ask for the package of what was filed."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    found = get_object_or_404(dossier.filings, pk=filing_pk)
    found.dossier = dossier
    title = f"Package of {found.place}"
    job = issuing.ask(title, found, task="dossiers.tasks.make_filing_package", by=request.user)
    return redirect(reverse("job", args=[job.pk]))


@require_POST
def package_draft(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the package of a dossier as it stands; it is the sponsor's own."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    refusal = permissions.why_not_prepare(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    title = "Package of the dossier as it stands"
    job = issuing.ask(title, dossier, task="dossiers.tasks.make_draft_package", by=request.user)
    return redirect(reverse("job", args=[job.pk]))
