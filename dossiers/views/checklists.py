"""Pages of all requirements of a dossier: the check list, the matrix, answering many, the export."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit import issuing
from audit.refusals import Refused
from dossiers import permissions
from dossiers.actions import requirements as actions
from dossiers.forms.checklists import AnswerManyForm, ExportForm
from dossiers.models import Dossier
from dossiers.queries import checklist, matrix
from dossiers.queries.checklist import Asked


@require_safe
def requirement_list(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the check list of requirements."""
    dossier = _dossier(request, pk)
    page = checklist.requirement_list(dossier, request.user, Asked.of(request.GET.dict()))
    return render(request, "dossiers/requirement_list.html", {"page": page, "dossier": dossier})


@require_safe
def requirement_matrix(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show requirements against sections."""
    dossier = _dossier(request, pk)
    page = matrix.matrix_page(dossier, request.user, Asked.of(request.GET.dict()))
    return render(request, "dossiers/requirement_matrix.html", {"page": page, "dossier": dossier})


def requirements_answer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Say which requirements a document would answer; when that is confirmed, answer them."""
    dossier = _dossier(request, pk)
    refusal = permissions.why_not_edit_documents(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    is_sent = request.method == "POST"
    form = AnswerManyForm(dossier, request.POST if is_sent else request.GET)
    if form.is_valid() and is_sent:
        document, number = form.cleaned_data["document"], form.cleaned_data["page"]
        answered = actions.answer_many(
            dossier, form.editions, document=document, page=number, by=request.user
        )
        many = "1 requirement" if len(answered) == 1 else f"{len(answered)} requirements"
        messages.success(request, f"{many} answered by {document}.")
        return redirect("dossiers:requirement_list", pk)
    page = checklist.requirement_list(dossier, request.user, Asked())
    context = {"page": page, "dossier": dossier, "form": form}
    is_asked = is_sent or "document" in request.GET or "row" in request.GET
    status = 422 if form.errors and is_asked else 200
    return render(request, "dossiers/requirements_answer.html", context, status=status)


@require_POST
def requirement_export(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the check list or the matrix as a file; it is made in the background and registered."""
    dossier = _dossier(request, pk)
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Refused("Say what is exported: the check list or the matrix, as a spreadsheet or as CSV.")
    what, kind = form.cleaned_data["what"], form.cleaned_data["format"]
    asked = Asked.of(request.POST.dict())
    query = urlencode({"what": what, "format": kind}) + (f"&{asked.query}" if asked.query else "")
    title = "Check list" if what == "checklist" else "Requirements by section"
    job = issuing.ask(
        f"{title} of {dossier}",
        dossier,
        task="dossiers.tasks.make_requirements",
        asked=query,
        by=request.user,
    )
    return redirect(reverse("job", args=[job.pk]))


def _dossier(request: PortalRequest, pk: UUID) -> Dossier:
    return get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
