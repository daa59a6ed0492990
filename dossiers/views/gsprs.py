"""Pages of the safety and performance requirements of a device."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from accounts.roles import Side
from audit.refusals import Refused, Stale
from dossiers import permissions
from dossiers.actions import gsprs as actions
from dossiers.forms.gsprs import GsprForm, GsprsForm, JudgementForm
from dossiers.models import Dossier, Gspr
from dossiers.queries import gsprs as queries
from dossiers.queries.plate import plate
from dossiers.views.combined import combined_dossier


@require_safe
def gspr_list(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the check list of safety and performance requirements."""
    dossier = combined_dossier(request, pk)
    return _list(request, dossier)


def _list(request: PortalRequest, dossier: Dossier, form: GsprsForm | None = None) -> HttpResponse:
    page = queries.gspr_list(dossier, request.user, request.GET.get("show", ""))
    if not page.edit_refusal:
        form = form or GsprsForm(dossier)
    context = {"page": page, "dossier": dossier, "form": form}
    return render(request, "dossiers/gspr_list.html", context, status=422 if form and form.errors else 200)


@require_POST
def gsprs_answer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Answer the ticked requirements by one document, or set them aside for one reason."""
    dossier = combined_dossier(request, pk)
    refusal = permissions.why_not_edit_documents(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    form = GsprsForm(dossier, request.POST)
    if not form.is_valid():
        return _list(request, dossier, form)
    rows = actions.answer_gsprs(dossier, form.answers, by=request.user)
    many = "One requirement" if len(rows) == 1 else f"{len(rows)} requirements"
    messages.success(request, f"{many} answered.")
    return redirect("dossiers:gspr_list", dossier.pk)


@require_POST
def gspr_set_aside(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Set aside what is not expected of a scaffold and nobody decided."""
    dossier = combined_dossier(request, pk)
    rows = actions.set_aside_rare(dossier, by=request.user)
    messages.success(request, f"{len(rows)} requirements set aside; each can be opened again.")
    return redirect("dossiers:gspr_list", dossier.pk)


def gspr(request: PortalRequest, pk: UUID, gspr_pk: UUID) -> HttpResponse:
    """Answer a requirement as the sponsor, or judge it as the authority."""
    dossier = combined_dossier(request, pk)
    row = get_object_or_404(dossier.gsprs.select_related("document"), pk=gspr_pk)
    row.dossier = dossier
    is_authority = request.user.side == Side.AUTHORITY
    if is_authority:
        refusal = permissions.why_not_judge_gspr(row, request.user)
    else:
        refusal = permissions.why_not_edit_documents(dossier, request.user)
    if refusal and request.method == "POST":
        raise Refused(refusal)
    form = None if refusal else _gspr_form(request, row, is_authority=is_authority)
    if form and form.is_valid():
        try:
            _take_gspr(form, row, request)
        except Stale:
            form.offer_again()
        else:
            return _gspr_saved(request, dossier, row)
    line = queries.gspr_line(row, request.user)
    context = {"line": line, "dossier": dossier, "form": form, "refusal": refusal, "stands": row}
    context["plate"] = plate(dossier, request.user)
    template = "dossiers/_gspr_form.html" if request.htmx else "dossiers/gspr.html"
    return render(request, template, context, status=form.status if form else 200)


def _gspr_form(request: PortalRequest, row: Gspr, *, is_authority: bool) -> GsprForm | JudgementForm:
    if is_authority:
        return JudgementForm(row, request.POST or None)
    suggested = queries.gspr_line(row, request.user).row.place
    return GsprForm(row, suggested, request.POST or None)


def _take_gspr(form: GsprForm | JudgementForm, row: Gspr, request: PortalRequest) -> None:
    if isinstance(form, GsprForm):
        actions.answer_gsprs(row.dossier, {row.number: form.answer}, by=request.user)
    else:
        actions.judge_gspr(row, **form.cleaned_data, by=request.user)


def _gspr_saved(request: PortalRequest, dossier: Dossier, row: Gspr) -> HttpResponse:
    messages.success(request, f"{row}: saved.")
    return redirect(f"{reverse('dossiers:gspr_list', args=[dossier.pk])}#gspr-{row.number}")
