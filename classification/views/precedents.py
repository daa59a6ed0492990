"""Pages of the published classifications."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from classification.models import Precedent
from classification.queries import precedents


@require_safe
def precedent_list(request: PortalRequest) -> HttpResponse:
    """Show the published classifications, filtered by words, outcome and year."""
    found = precedents.precedent_list(
        request.user,
        outcome=request.GET.get("outcome", ""),
        year=request.GET.get("year", ""),
        text=request.GET.get("q", ""),
        order=request.GET.get("order", ""),
        page=request.GET.get("page"),
    )
    context = {"found": found, "page_obj": found.page}
    return render(request, "classification/precedent_list.html", context)


@require_safe
def precedent(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show one published classification, its facts, and what the rules make of them."""
    visible = Precedent.objects.visible_to(request.user).select_related("imported_in")
    page = precedents.precedent_page(get_object_or_404(visible, pk=pk))
    return render(request, "classification/precedent.html", {"page": page})
