"""Pages of the people who review a dossier."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from audit.refusals import Refused
from dossiers import permissions
from dossiers.actions import people as actions
from dossiers.forms.people import AssignForm, EndAssignmentForm
from dossiers.models import Assignment, Dossier
from dossiers.queries import people as queries
from dossiers.views.members import invite_forms


@require_safe
def people(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show who reviews a dossier, as far as the person may know."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page = queries.people_page(dossier, request.user)
    form = None if page.assign_refusal else AssignForm(dossier, request.user)
    context = {"page": page, "dossier": dossier, "form": form, **invite_forms(dossier, request)}
    return render(request, "dossiers/people.html", context)


def assign(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Give a reviewer a duty."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    if request.method != "POST":
        return redirect("dossiers:people", pk=pk)
    refusal = permissions.why_not_change_people(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    form = AssignForm(dossier, request.user, request.POST)
    if form.is_valid():
        assignment = actions.assign(dossier, **form.cleaned_data, by=request.user)
        messages.success(request, f"Assigned and told: {assignment}.")
        return redirect("dossiers:people", pk=pk)
    context = {"page": queries.people_page(dossier, request.user), "dossier": dossier, "form": form}
    return render(request, "dossiers/people.html", context, status=422)


def assignment_end(request: PortalRequest, pk: UUID, assignment_pk: UUID) -> HttpResponse:
    """End a duty, with the reason."""
    assignment = get_object_or_404(
        Assignment.objects.visible_to(request.user).select_related(
            "reviewer", "dossier__product__assessment", "dossier__organisation"
        ),
        dossier=pk,
        pk=assignment_pk,
    )
    refusal = permissions.why_not_end_assignment(assignment, request.user)
    if refusal:
        raise Refused(refusal)
    form = EndAssignmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_assignment(assignment, **form.cleaned_data, by=request.user)
        messages.success(request, f"Ended: {assignment}.")
        return redirect("dossiers:people", pk=pk)
    page = queries.people_page(assignment.dossier, request.user)
    context = {"page": page, "dossier": assignment.dossier, "assignment": assignment, "form": form}
    return render(request, "dossiers/people_end.html", context, status=422 if form.errors else 200)
