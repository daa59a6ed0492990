"""Pages of the parts of an assessment, and of the outcome."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import PortalRequest
from audit.forms import SignatureForm
from audit.refusals import Refused, Stale
from dossiers import permissions, workflow
from dossiers.actions import conclusions as actions
from dossiers.forms.conclusions import OutcomeForm, PartForm, ReopenForm
from dossiers.models import Dossier, Part
from dossiers.queries import conclusions as queries


def part(request: PortalRequest, pk: UUID, kind: str) -> HttpResponse:
    """Read a part of the assessment, and write its draft."""
    found = _part(request, pk, kind)
    if request.method != "POST":
        return _shown(request, found)
    refusal = permissions.why_not_write_part(found, request.user)
    if refusal:
        raise Refused(refusal)
    form = PartForm(found, request.POST)
    if not form.is_valid():
        return _shown(request, found, form=form, status=422)
    try:
        actions.write_part(found, **form.cleaned_data, by=request.user)
    except Stale as stale:
        saved = _part(request, pk, kind)
        return _shown(request, saved, form=form.on_top_of(saved), stale=stale.reason, status=409)
    messages.success(request, "The draft is saved.")
    return redirect(found)


def part_conclude(request: PortalRequest, pk: UUID, kind: str) -> HttpResponse:
    """Read the draft of a part as it is saved, then conclude it, signed."""
    found = _part(request, pk, kind)
    refusal = workflow.CONCLUDE_PART.why_not(found, request.user)
    if refusal:
        raise Refused(refusal)
    page = queries.part_page(found, request.user)
    form = SignatureForm(request, shown=page.content)
    if request.method == "POST":
        form = SignatureForm(request, data=request.POST)
        if form.is_valid():
            actions.conclude_part(found, by=request.user, proof=form.proof)
            messages.success(request, f"The {found.get_kind_display().lower()} is concluded.")
            return redirect(found)
    context = {"page": page, "dossier": found.dossier, "form": form, "statement": actions.PART_STATEMENT}
    return render(request, "dossiers/part_conclude.html", context, status=422 if form.errors else 200)


def part_reopen(request: PortalRequest, pk: UUID, kind: str) -> HttpResponse:
    """Open a concluded part again, with a reason."""
    found = _part(request, pk, kind)
    refusal = workflow.REOPEN_PART.why_not(found, request.user)
    if refusal:
        raise Refused(refusal)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_part(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"The {found.get_kind_display().lower()} is open again.")
        return redirect(found)
    context = {"page": queries.part_page(found, request.user), "dossier": found.dossier, "form": form}
    return render(request, "dossiers/part_reopen.html", context, status=422 if form.errors else 200)


def dossier_conclude(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Choose the outcome and its grounds, read them once more, then sign."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    refusal = workflow.CONCLUDE.why_not(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    form, sign_form = OutcomeForm(dossier, request.POST or None), None
    content = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        content = queries.outcome_content(dossier, **form.cleaned_data)
        sign_form = SignatureForm(request, shown=content)
        if "shown" in request.POST:
            sign_form = SignatureForm(request, data=request.POST)
            if sign_form.is_valid():
                actions.conclude(dossier, **form.cleaned_data, by=request.user, proof=sign_form.proof)
                messages.success(request, f"The outcome of {dossier} is recorded.")
                return redirect(dossier)
    context = {
        "page": queries.conclude_page(dossier, request.user),
        "dossier": dossier,
        "form": form,
        "sign_form": sign_form,
        "content": content,
        "statement": actions.OUTCOME_STATEMENT,
    }
    status = 422 if form.errors or (sign_form and sign_form.errors) else 200
    return render(request, "dossiers/conclude.html", context, status=status)


def _part(request: PortalRequest, pk: UUID, kind: str) -> Part:
    parts = Part.objects.visible_to(request.user).select_related(
        "dossier__product__assessment", "dossier__organisation", "concluded_by"
    )
    return get_object_or_404(parts, dossier=pk, kind=kind)


def _shown(
    request: PortalRequest,
    found: Part,
    *,
    form: PartForm | None = None,
    stale: str = "",
    status: int = 200,
) -> HttpResponse:
    page = queries.part_page(found, request.user)
    names = ("text", "recommendation", "together", "edition")
    context = {
        "page": page,
        "dossier": found.dossier,
        "form": form or PartForm(found, initial={name: getattr(found, name) for name in names}),
        "stale": stale,
    }
    return render(request, "dossiers/part.html", context, status=status)
