"""Pages of the conditions of a notified body, and the moves of the conformity."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import PortalRequest
from accounts.roles import Side
from audit.refusals import Refused, Stale
from dossiers import permissions, workflow
from dossiers.actions import conformity as actions
from dossiers.forms.conformity import ConditionForm, WhyForm
from dossiers.models import Condition, Dossier
from dossiers.queries.plate import plate
from dossiers.views.combined import combined_dossier


def condition_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Write down a condition of the notified body."""
    return _condition(request, combined_dossier(request, pk), None)


def condition(request: PortalRequest, pk: UUID, condition_pk: UUID) -> HttpResponse:
    """Change a condition of the notified body, or close it."""
    dossier = combined_dossier(request, pk)
    if request.user.side != Side.SPONSOR:
        raise Http404
    return _condition(request, dossier, get_object_or_404(dossier.conditions, pk=condition_pk))


def _condition(request: PortalRequest, dossier: Dossier, found: Condition | None) -> HttpResponse:
    refusal = permissions.why_not_edit_documents(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    form = ConditionForm(dossier, found, request.POST or None)
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_condition(dossier, **form.cleaned_data, condition=found, by=request.user)
        except Stale as changed:
            stale = changed.reason
            found = get_object_or_404(dossier.conditions, pk=found.pk) if found else None
            edition = found.edition if found else 1
            form = ConditionForm(dossier, found, {**request.POST.dict(), "edition": edition})
        else:
            messages.success(request, "The condition is saved.")
            return redirect("dossiers:combined_block", dossier.pk, "conformity")
    status = 409 if stale else 422 if form.errors else 200
    context = {
        "plate": plate(dossier, request.user),
        "dossier": dossier,
        "form": form,
        "condition": found,
        "stale": stale,
    }
    return render(request, "dossiers/condition.html", context, status=status)


@require_POST
def conformity_move(request: PortalRequest, pk: UUID, verb: str) -> HttpResponse:
    """Declare the evidence of conformity, or judge it."""
    dossier = combined_dossier(request, pk)
    move = next((move for move in workflow.CONFORMITY_MOVES if move.verb == verb), None)
    if move is None:
        raise Http404
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    moved = actions.move_conformity(dossier.conformity, move, why=why, by=request.user)
    messages.success(request, f"Conformity of the device: {moved.get_status_display().lower()}.")
    return redirect("dossiers:combined_block", dossier.pk, "conformity")
