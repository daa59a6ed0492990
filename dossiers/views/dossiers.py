"""Pages of dossiers: list, new, overview, sections, trail."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from audit.refusals import Refused
from audit.trail import events_about
from dossiers import permissions
from dossiers.actions import dossiers as actions
from dossiers.forms.documents import DocumentsForm
from dossiers.forms.dossiers import DossierForm
from dossiers.models import Dossier, Product
from dossiers.queries import dossiers as queries
from dossiers.queries.plate import plate
from dossiers.queries.sections import section_page
from dossiers.statuses import Procedure


@require_safe
def dossier_list(request: PortalRequest) -> HttpResponse:
    """List the dossiers that the person may see, by filter words."""
    asked = {name: request.GET.get(name, "") for name in ("q", "sort", "page")}
    page = queries.dossier_list(request.user, **asked)
    return render(request, "dossiers/dossier_list.html", {"page": page, "page_obj": page.page_obj})


def dossier_new(request: PortalRequest) -> HttpResponse:
    """Make a dossier."""
    refusal = permissions.why_not_create_products(request.user)
    if refusal:
        raise Refused(refusal)
    chosen = {"product": request.GET.get("product"), "procedure": Procedure.MAA}
    form = DossierForm(request.user, request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        dossier = actions.create(**form.cleaned_data, by=request.user)
        messages.success(request, f"{dossier} was made. Its sections follow from the class.")
        return redirect(dossier)
    has_products = Product.objects.visible_to(request.user).exists()
    context = {"form": form, "has_products": has_products}
    return render(request, "dossiers/dossier_new.html", context, status=422 if form.errors else 200)


@require_safe
def dossier(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the overview of a dossier."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page = queries.overview(found, request.user)
    return render(request, "dossiers/dossier_overview.html", {"page": page, "dossier": found})


@require_safe
def section_first(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Go to the first section that holds documents."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    return redirect(found.sections.in_tree().filter(holds_documents=True)[0])


@require_safe
def section(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Show a section beside the tree of all sections."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    place = get_object_or_404(found.sections.visible_to(request.user), number=number)
    asked = {name: request.GET.get(name, "") for name in ("q", "page")}
    page = section_page(place, request.user, **asked, only_missing="missing" in request.GET)
    form = None if page.edit_refusal or place.is_left_out else DocumentsForm(place)
    return render(request, "dossiers/section.html", {"page": page, "dossier": found, "form": form})


@require_safe
def trail(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the trail of a dossier as the person may read it."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page_obj = Paginator(events_about(found, request.user), 50).get_page(request.GET.get("page"))
    context = {"plate": plate(found, request.user), "dossier": found, "page_obj": page_obj}
    return render(request, "dossiers/dossier_trail.html", context)
