"""Pages and addresses on which files come into a dossier: piece by piece, or all at once in a form."""

from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PortalRequest
from audit.refusals import refuse_if
from dossiers import permissions
from dossiers.actions import uploads as actions
from dossiers.actions.uploads import OutOfStep, Wanted
from dossiers.findings import BadFile
from dossiers.forms.placing import SKIP, ManyFilesForm, PlacingForm, placing_forms
from dossiers.models import Dossier, Upload
from dossiers.queries import documents, placing
from dossiers.statuses import UploadState

LARGEST_PIECE = 8 * 1024 * 1024
LONGEST_NUMBER = 12


@require_http_methods(["GET", "HEAD", "POST"])
def documents_add(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the files on their way; without JavaScript, take many files in one form and check them at once."""
    dossier = _dossier(request, pk)
    refuse_if(permissions.why_not_edit_documents(dossier, request.user))
    form = ManyFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        for file in form.cleaned_data["documents"]:
            try:
                actions.receive(dossier, file, by=request.user)
            except BadFile as bad:
                messages.error(request, f"{file.name}: {bad}")
        return redirect("dossiers:documents_add", pk)
    return _page(request, dossier, form, status=422 if request.method == "POST" else 200)


@require_POST
def upload_start(request: PortalRequest, pk: UUID) -> JsonResponse:
    """Begin an upload, or go on with the one that was begun with this file."""
    dossier = _dossier(request, pk)
    refuse_if(permissions.why_not_edit_documents(dossier, request.user))
    name, size = request.POST.get("name", ""), request.POST.get("size", "")
    if not name or not _is_number(size):
        return JsonResponse({"words": "Choose a file."}, status=422)
    mark = sha256(f"{name}|{size}|{request.POST.get('modified', '')}".encode()).hexdigest()
    try:
        upload = actions.start(dossier, name=name, size=int(size), mark=mark, by=request.user)
    except BadFile as bad:
        return JsonResponse({"words": str(bad)}, status=422)
    return _state(request, upload)


@require_http_methods(["GET", "POST"])
def upload(request: PortalRequest, pk: UUID, upload_pk: UUID) -> JsonResponse:
    """Say how much of a file is here; POST takes the piece that begins at `Upload-Offset`."""
    found = _upload(request, pk, upload_pk)
    if request.method == "GET":
        return _state(request, found)
    refuse_if(permissions.why_not_edit_documents(found.dossier, request.user))
    offset = request.headers.get("Upload-Offset", "")
    if not _is_number(offset):
        return JsonResponse({"words": "A piece needs its place in the file."}, status=422)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_PIECE:
        return JsonResponse({"words": "The piece is too large."}, status=413)
    try:
        found = actions.take(found, offset=int(offset), data=request.body, by=request.user)
    except OutOfStep:
        found.refresh_from_db()
        return _state(request, found, status=409)
    if found.state == UploadState.ARRIVED and found.size <= actions.CHECKED_AT_ONCE:
        found = actions.check(found.pk) or found
    return _state(request, found)


@require_POST
def upload_discard(request: PortalRequest, pk: UUID, upload_pk: UUID) -> HttpResponse:
    """Throw away a file that is not placed; what was typed about the others in the same form is kept."""
    found = _upload(request, pk, upload_pk)
    others = Upload.objects.visible_to(request.user).filter(dossier=pk, state=UploadState.FIT)
    rows = placing_forms(others.exclude(pk=found.pk), placing.shelf(found.dossier), request.POST)
    actions.remember({row.upload.pk: row.typed for row in rows if row.is_bound}, by=request.user)
    actions.discard(found)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"state": "gone"})
    messages.success(request, f"{found.name} was thrown away.")
    return redirect("dossiers:documents_add", pk)


@require_POST
def documents_place(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Add every file that is fine to the dossier in one go; the others stay, each with its reason."""
    dossier = _dossier(request, pk)
    refuse_if(permissions.why_not_edit_documents(dossier, request.user))
    page = placing.adding_page(dossier, request.user)
    forms = [form for form in placing_forms(page.fit, page.shelf, request.POST) if form.is_bound]
    wanted = [form for form in forms if form.is_valid() and form.is_taken]
    done = actions.place_all(dossier, [_wanted(form) for form in wanted], by=request.user)
    for form in forms:
        if form.cleaned_data.get("treat") == SKIP:
            actions.discard(form.upload)
    _tell(request, done)
    if done.problems or any(form.errors for form in forms):
        return _page(request, dossier, status=422, typed=request.POST, problems=done.problems)
    is_empty = len(wanted) == len(page.fit)
    return redirect("dossiers:document_list" if is_empty and wanted else "dossiers:documents_add", pk)


def _wanted(form: PlacingForm) -> Wanted:
    section = form.shelf.sections[form.cleaned_data["section"]]
    return Wanted(
        form.upload,
        section,
        form.cleaned_data["file_name"],
        form.follows,
        is_copy_meant=form.copy is not None,
        title=form.cleaned_data["title"],
        addition=form.addition,
    )


def _tell(request: PortalRequest, done: actions.Placing) -> None:
    if done.added:
        names = ", ".join(f"{document} in {document.section.number}" for document in done.added)
        messages.success(request, f"Added {len(done.added)}: {names}.")
    for sentence in documents.blocking(done.added):
        messages.warning(request, sentence)


def _page(
    request: PortalRequest,
    dossier: Dossier,
    upload_form: ManyFilesForm | None = None,
    status: int = 200,
    typed: QueryDict | None = None,
    problems: Mapping[UUID, str] | None = None,
) -> HttpResponse:
    page = placing.adding_page(dossier, request.user)
    context = {
        "page": page,
        "rows": placing_forms(page.fit, page.shelf, typed, problems),
        "dossier": dossier,
        "upload_form": upload_form or ManyFilesForm(),
    }
    return render(request, "dossiers/documents_add.html", context, status=status)


def _state(request: PortalRequest, upload: Upload, status: int = 200) -> JsonResponse:
    """Say where an upload stands, with its row of the table once it can be placed."""
    row = ""
    if upload.state == UploadState.FIT:
        (form,) = placing_forms([upload], placing.shelf(upload.dossier))
        row = render_to_string("dossiers/_placing_row.html", {"row": form}, request)
    said = {
        "url": upload.get_absolute_url(),
        "state": upload.state,
        "received": upload.received,
        "size": upload.size,
        "words": upload.wrong or upload.get_state_display(),
        "row": row,
    }
    return JsonResponse(said, status=status)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _dossier(request: PortalRequest, pk: UUID) -> Dossier:
    return get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)


def _upload(request: PortalRequest, pk: UUID, upload_pk: UUID) -> Upload:
    uploads = Upload.objects.visible_to(request.user).select_related("dossier")
    return get_object_or_404(uploads, dossier=pk, pk=upload_pk)
