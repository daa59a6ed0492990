"""Pages of requirements."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import PortalRequest
from audit.refusals import Refused, Stale
from dossiers import permissions
from dossiers.actions import editing
from dossiers.actions import requirements as actions
from dossiers.forms.requirements import RequirementForm
from dossiers.models import Dossier, Requirement
from dossiers.queries import requirements as queries


def requirement_answer(request: PortalRequest, pk: UUID, requirement_pk: UUID) -> HttpResponse:
    """Answer a requirement; an answer changed meanwhile is shown beside this one and stays."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    requirement = get_object_or_404(dossier.requirements.select_related("section"), pk=requirement_pk)
    refusal = permissions.why_not_edit_documents(dossier, request.user)
    if refusal and request.method == "POST":
        raise Refused(refusal)
    form = None if refusal else RequirementForm(requirement, request.POST or None)
    if form and "autosave" in request.POST:
        return _autosaved(request, form)
    if form and form.is_valid():
        try:
            return _answered(request, actions.answer(requirement, **form.asked, by=request.user))
        except Stale:
            form.offer_again()
    if form:
        editing.give_sign(requirement, by=request.user)
    page = queries.requirement_page(requirement, request.user, request.GET.get("from", ""))
    template = "dossiers/_requirement_form.html" if request.htmx else "dossiers/requirement_answer.html"
    context = {"page": page, "form": form}
    return render(request, template, context, status=form.status if form else 200)


def _autosaved(request: PortalRequest, form: RequirementForm) -> HttpResponse:
    """Save an answer that is complete while the person goes on, and say so; never over a newer one."""
    if form.is_valid():
        try:
            form.requirement = actions.answer(form.requirement, **form.asked, by=request.user)
        except Stale:
            form.offer_again()
    page = queries.requirement_page(form.requirement, request.user)
    context = {"page": page, "form": form, "at": timezone.now()}
    return render(request, "dossiers/_requirement_saved.html", context, status=form.status)


def _answered(request: PortalRequest, requirement: Requirement) -> HttpResponse:
    """Answer htmx with the row and the new read-out; otherwise go back to where the person came from."""
    editing.stop(requirement, by=request.user)
    page = queries.requirement_page(requirement, request.user, request.GET.get("from", ""))
    if request.htmx:
        return render(request, "dossiers/_requirement_answered.html", {"page": page})
    messages.success(request, f"{requirement.code}: {requirement.get_state_display().lower()}.")
    return redirect(page.back_url)
