"""The page on which a section gets its owner."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import PortalRequest
from audit.refusals import Refused
from dossiers import permissions
from dossiers.actions import owners as actions
from dossiers.forms.members import SectionOwnerForm
from dossiers.models import Dossier
from dossiers.queries import owners as queries


def section_owner(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Say who owns a section and all below it."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    section = get_object_or_404(
        dossier.sections.visible_to(request.user).select_related("owner"), number=number
    )
    section.dossier = dossier
    refusal = permissions.why_not_own_sections(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    form = SectionOwnerForm(section, request.POST or None)
    if form.is_valid():
        actions.own(section, **form.cleaned_data, by=request.user)
        messages.success(request, f"The owner of {section.number} is saved.")
        return redirect(section)
    page = queries.owner_page(section, request.user)
    context = {"page": page, "dossier": dossier, "form": form}
    return render(request, "dossiers/section_owner.html", context, status=422 if form.errors else 200)
