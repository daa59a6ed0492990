"""Pages of the words of documents: search, and the comparison of two versions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from dossiers.models import Dossier
from dossiers.queries import texts as queries


@require_safe
def search(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Find words in the documents of a dossier."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    asked = request.GET.get("q", "").strip()
    page = queries.search_page(dossier, request.user, asked, request.GET.get("page"))
    return render(request, "dossiers/text_search.html", {"page": page, "dossier": dossier})
