"""Pages of a dossier whose product was classified anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit.refusals import Refused
from dossiers import permissions
from dossiers.actions import dossiers as actions
from dossiers.models import Dossier
from dossiers.queries.reclassification import class_page


@require_safe
def dossier_class(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show what the class of the product means for a dossier; only to those who prepare it."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    refusal = permissions.why_not_prepare(dossier, request.user)
    refusal = refusal or permissions.why_not_see_candidates(request.user)
    if refusal:
        raise Refused(refusal)
    page = class_page(dossier, request.user)
    return render(request, "dossiers/dossier_class.html", {"page": page, "dossier": dossier})


@require_POST
def dossier_restructure(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Bring a dossier to the class that its product carries now."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    brought = actions.restructure(dossier, by=request.user)
    messages.success(request, f"{brought} follows the class {brought.class_in_words} now.")
    return redirect("dossiers:dossier_class", brought.pk)
