"""Pages of the words of documents: search, and the comparison of two versions."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from dossiers.models import Document, Dossier
from dossiers.queries import comparing
from dossiers.queries import texts as queries


@require_safe
def search(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Find words in the documents of a dossier."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    asked = request.GET.get("q", "").strip()
    page = queries.search_page(dossier, request.user, asked, request.GET.get("page"))
    return render(request, "dossiers/text_search.html", {"page": page, "dossier": dossier})


@require_safe
def document_compare(request: PortalRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Compare two versions of a document that the person may read, by their words or side by side."""
    documents = Document.objects.visible_to(request.user).in_place()
    related = ("section", "dossier__product", "dossier__organisation")
    document = get_object_or_404(documents.select_related(*related), dossier=pk, pk=document_pk)
    asked = request.GET.get("from", ""), request.GET.get("to", "")
    versions = comparing.two_versions(document, request.user, *asked)
    if not versions:
        raise Http404("There are not two such versions that the person may read.")
    before, after = versions
    before.document = after.document = document
    is_side_by_side = request.GET.get("view") == "pages"
    page = comparing.compare_page(
        before, after, request.user, is_side_by_side=is_side_by_side, page=request.GET.get("page")
    )
    return render(request, "dossiers/document_compare.html", {"page": page, "dossier": document.dossier})
