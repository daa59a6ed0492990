"""Pages of the next sequence: open it, look at what it carries over, drop it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit.refusals import Refused
from dossiers import permissions
from dossiers.actions import sequences as actions
from dossiers.forms.filings import CarriedForm, NextSequenceForm
from dossiers.models import Dossier
from dossiers.queries import carried as queries


@require_safe
def next_sequence(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the next sequence and what it carries over; only its sponsor sees it."""
    dossier = _dossier(request, pk)
    page = queries.next_page(dossier, request.user)
    context = {"page": page, "dossier": dossier, "form": NextSequenceForm()}
    return render(request, "dossiers/next_sequence.html", context)


@require_POST
def open_next(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Open the next sequence."""
    dossier = _dossier(request, pk)
    form = NextSequenceForm(request.POST)
    answers_to = form.cleaned_data["answers_to"] if form.is_valid() else ""
    sequence = actions.open_next(dossier, answers_to=answers_to, by=request.user)
    messages.success(request, f"{sequence} is open. Documents can be changed for it.")
    return redirect("dossiers:next_sequence", pk=pk)


@require_POST
def look_at(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Mark lines as looked at and still right."""
    dossier = _dossier(request, pk)
    form = CarriedForm(request.POST)
    lines = form.cleaned_data["lines"] if form.is_valid() else []
    count = actions.look_at(dossier, lines, by=request.user)
    messages.success(request, f"{count} line{'s' if count != 1 else ''} marked as looked at, still right.")
    return redirect("dossiers:next_sequence", pk=pk)


@require_POST
def drop_next(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Drop the sequence that is open; its documents stay."""
    dossier = _dossier(request, pk)
    if refusal := permissions.why_not_look_at(dossier, request.user):
        raise Refused(refusal)
    actions.drop(dossier, why="", by=request.user)
    messages.success(request, "The sequence was dropped. Its number is free again.")
    return redirect("dossiers:next_sequence", pk=pk)


def _dossier(request: PortalRequest, pk: UUID) -> Dossier:
    """Fetch a dossier whose preparation the person may see."""
    seen = Dossier.objects.visible_to(request.user).with_product().select_related("next_sequence")
    dossier: Dossier = get_object_or_404(seen, pk=pk)
    if refusal := permissions.why_not_prepare(dossier, request.user):
        raise Refused(refusal)
    return dossier
