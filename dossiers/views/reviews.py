"""Pages on which a filed dossier is taken in, and the list of reviews."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from accounts.models import User
from audit.moves import Move
from audit.refusals import Refused
from dossiers import workflow
from dossiers.actions import reviews as actions
from dossiers.forms.reviews import SendBackForm
from dossiers.models import Dossier
from dossiers.queries import reviews as queries


@require_safe
def review_list(request: PortalRequest) -> HttpResponse:
    """List a reviewer's own reviews, or every dossier under review for a coordinator."""
    page = queries.review_list(request.user, request.GET.get("page"))
    return render(request, "dossiers/review_list.html", {"page": page, "page_obj": page.page_obj})


def dossier_validate(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Look at what was filed, then take it as valid or send it back."""
    dossier = _movable(request, pk, workflow.VALIDATE)
    if request.method == "POST":
        actions.validate(dossier, by=request.user)
        messages.success(request, f"{dossier} is validated. Assign its reviewers, then start the clock.")
        return redirect("dossiers:people", pk=pk)
    page = queries.intake_page(dossier, request.user)
    return render(request, "dossiers/validate.html", {"page": page, "dossier": dossier})


def dossier_send_back(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Send a filing back to the sponsor, with what has to be put right."""
    dossier = _movable(request, pk, workflow.SEND_BACK)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.send_back(dossier, **form.cleaned_data, by=request.user)
        messages.success(request, f"{dossier} was sent back to {dossier.organisation}.")
        return redirect(dossier)
    context = {"page": queries.intake_page(dossier, request.user), "dossier": dossier, "form": form}
    return render(request, "dossiers/send_back.html", context, status=422 if form.errors else 200)


def dossier_start_review(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Look at who reviews, then start the clock."""
    dossier = _movable(request, pk, workflow.START_REVIEW)
    if request.method == "POST":
        actions.start_review(dossier, by=request.user)
        messages.success(request, f"The clock of {dossier} has started: today is day 1.")
        return redirect(dossier)
    page = queries.intake_page(dossier, request.user)
    return render(request, "dossiers/validate_start.html", {"page": page, "dossier": dossier})


def _movable(request: PortalRequest, pk: UUID, move: Move[Dossier, User]) -> Dossier:
    """Fetch a dossier that this person may move in this way now."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    refusal = move.why_not(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    return dossier
