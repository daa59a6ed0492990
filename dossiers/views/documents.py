"""Pages of documents, and the files themselves."""

from uuid import UUID

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit.refusals import refuse_if
from dossiers import contexts, permissions
from dossiers.actions import contexts as choices
from dossiers.actions import documents as actions
from dossiers.forms.additions import AppendForm
from dossiers.forms.documents import DocumentsForm, RemovalForm, VersionForm
from dossiers.models import Document, DocumentVersion, Dossier
from dossiers.queries import documents as queries
from dossiers.queries.reading import reading_page
from dossiers.queries.sections import section_page
from dossiers.statuses import Operation

LONGEST_NUMBER = 9
# What the browser's own PDF viewer needs, and nothing that could run.
OF_FILES = {
    "default-src": [NONE],
    "object-src": [SELF],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [NONE],
}


@require_safe
def document_list(request: PortalRequest, pk: UUID) -> HttpResponse:
    """List the documents of a dossier."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    words, number = request.GET.get("q", ""), request.GET.get("page", "")
    page = queries.document_list(dossier, request.user, words=words, page=number)
    return render(request, "dossiers/document_list.html", {"page": page, "dossier": dossier})


def document_add(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Add documents to a section; good files are kept even where others are not."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    section = get_object_or_404(dossier.sections.visible_to(request.user), number=number)
    if request.method != "POST":
        return redirect(f"{section.get_absolute_url()}#add")
    refuse_if(permissions.why_not_edit_documents(dossier, request.user))
    form = DocumentsForm(section, request.POST, request.FILES)
    is_valid = form.is_valid()
    words = {"title": form.title_given, "note": form.cleaned_data.get("note", ""), "answers": form.ticked}
    added = actions.add_all(section, form.good, **words, addition=form.addition, by=request.user)
    if added:
        messages.success(request, f"Added to {section.number}: {', '.join(map(str, added))}.")
    for sentence in queries.blocking(added):
        messages.warning(request, sentence)
    if is_valid:
        return redirect(section)
    form.offer_open_requirements()
    context = {"page": section_page(section, request.user), "dossier": dossier, "form": form}
    return render(request, "dossiers/section.html", context, status=422)


@require_safe
def document(request: PortalRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Read a document in the browser: the newest version that the person may read, or the one asked for."""
    found = _document(request, pk, document_pk)
    versions = DocumentVersion.objects.visible_to(request.user).filter(document=found)
    asked = request.GET.get("version", "")
    is_number = asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    version = get_object_or_404(versions, number=asked) if is_number else versions[0]
    version.document = found
    return render(request, "dossiers/document_read.html", {"page": reading_page(version, request.user)})


def version_add(request: PortalRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Add a newer version of a document."""
    document = _document(request, pk, document_pk)
    refuse_if(permissions.why_not_edit_documents(document.dossier, request.user))
    form = VersionForm(document, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        version = actions.add_version(document, form.good[0], note=form.cleaned_data["note"], by=request.user)
        messages.success(request, f"{document} is now in version {version.number}.")
        return redirect(document.section)
    context = {"page": queries.document_page(document, request.user), "form": form}
    return render(request, "dossiers/document_version.html", context, status=422 if form.errors else 200)


def document_remove(request: PortalRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Take a document out of the dossier, at once or with the next filing when it was filed."""
    document = _document(request, pk, document_pk)
    refuse_if(permissions.why_not_remove_document(document, request.user))
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove(document, **form.cleaned_data, by=request.user)
        what = "leaves with the next filing" if document.filed_in_id else "was removed"
        messages.success(request, f"{document} {what}, in {document.section.number}.")
        return redirect(document.section)
    context = {"page": queries.document_page(document, request.user), "form": form}
    return render(request, "dossiers/document_remove.html", context, status=422 if form.errors else 200)


@require_POST
def document_keep(request: PortalRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Take back what was chosen for the next filing to do with a document."""
    document = _document(request, pk, document_pk)
    taken_back = choices.keep(document, by=request.user)
    is_leaving = taken_back == Operation.DELETE
    what = "stays; look at the requirements that it answered" if is_leaving else "is filed on its own"
    messages.success(request, f"{document} {what}.")
    return redirect(document.section)


def document_append(request: PortalRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Have a document filed as an addition to a filed one of its section."""
    document = _document(request, pk, document_pk)
    refuse_if(permissions.why_not_append(document, request.user))
    form = AppendForm(contexts.to_add_to(document.dossier, document.section), request.POST or None)
    if request.method == "POST" and form.is_valid() and form.addition:
        choices.append(document, form.addition.to, why=form.addition.why, by=request.user)
        messages.success(request, f"{document} is filed as an addition to {form.addition.to}.")
        return redirect(document.section)
    context = {"page": queries.document_page(document, request.user), "form": form}
    return render(request, "dossiers/document_append.html", context, status=422 if form.errors else 200)


@require_safe
@cache_control(private=True, no_cache=True)
@csp(OF_FILES)  # type: ignore[arg-type]  # its types know only views without arguments
def version_file(request: PortalRequest, pk: UUID, version_pk: UUID) -> FileResponse:
    """Give the bytes of a version, as they came."""
    versions = DocumentVersion.objects.visible_to(request.user).select_related("document")
    version = get_object_or_404(versions, document__dossier=pk, pk=version_pk)
    name = version.document.file_name
    return FileResponse(version.file.open("rb"), content_type="application/pdf", filename=name)


def _document(request: PortalRequest, pk: UUID, document_pk: UUID) -> Document:
    documents = Document.objects.visible_to(request.user).in_place()
    related = ("section", "dossier__product", "dossier__organisation")
    return get_object_or_404(documents.select_related(*related), dossier=pk, pk=document_pk)
