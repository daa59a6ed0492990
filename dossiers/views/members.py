"""Pages of the colleagues on a dossier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import PortalRequest
from audit.refusals import Refused
from dossiers import permissions
from dossiers.actions import members as actions
from dossiers.forms.members import EndMemberForm, InviteForm, InviteHelperForm, MemberForm
from dossiers.models import Dossier, DossierMembership
from dossiers.queries import people as queries


def invite_forms(dossier: Dossier, request: PortalRequest, **bound: Any) -> dict[str, Any]:
    """Give the forms with which the person may invite; one that was sent is shown as it was sent."""
    may_invite = not permissions.why_not_invite_member(dossier, request.user)
    may_invite_helpers = not permissions.why_not_invite_helper(dossier, request.user)
    return {
        "invite_form": InviteForm(dossier, request.user) if may_invite else None,
        "helper_form": InviteHelperForm() if may_invite_helpers else None,
        **bound,
    }


def member_invite(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Invite a colleague of the organisation."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    if request.method != "POST":
        return redirect("dossiers:people", pk=pk)
    _demand(permissions.why_not_invite_member(dossier, request.user))
    form = InviteForm(dossier, request.user, request.POST)
    if form.is_valid():
        member = actions.invite(dossier, **form.cleaned_data, by=request.user)
        messages.success(request, f"Invited and told: {member}.")
        return redirect("dossiers:people", pk=pk)
    return _people(request, dossier, invite_form=form)


def helper_invite(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Invite a person from outside by mail."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    if request.method != "POST":
        return redirect("dossiers:people", pk=pk)
    _demand(permissions.why_not_invite_helper(dossier, request.user))
    form = InviteHelperForm(request.POST)
    if form.is_valid():
        member = actions.invite_helper(dossier, **form.cleaned_data, by=request.user)
        messages.success(request, f"Invited by mail: {member}.")
        return redirect("dossiers:people", pk=pk)
    return _people(request, dossier, helper_form=form)


def member_change(request: PortalRequest, pk: UUID, member_pk: UUID) -> HttpResponse:
    """Change the part of a colleague or its last day."""
    member = _member(request, pk, member_pk)
    _demand(permissions.why_not_change_member(member, request.user))
    form = MemberForm(member, request.POST or None)
    if form.is_valid():
        actions.change(member, **form.cleaned_data, by=request.user)
        messages.success(request, f"Changed: {member.name}.")
        return redirect("dossiers:people", pk=pk)
    return _one(request, member, form, "dossiers/member_change.html")


def member_end(request: PortalRequest, pk: UUID, member_pk: UUID) -> HttpResponse:
    """End the part of a colleague, with the reason."""
    member = _member(request, pk, member_pk)
    _demand(permissions.why_not_change_member(member, request.user))
    form = EndMemberForm(request.POST or None)
    if form.is_valid():
        actions.end(member, **form.cleaned_data, by=request.user)
        messages.success(request, f"Ended: {member.name}.")
        return redirect("dossiers:people", pk=pk)
    return _one(request, member, form, "dossiers/member_end.html")


def _member(request: PortalRequest, pk: UUID, member_pk: UUID) -> DossierMembership:
    members = DossierMembership.objects.visible_to(request.user).select_related(
        "person", "invitation", "dossier__product__assessment", "dossier__organisation"
    )
    return get_object_or_404(members, dossier=pk, pk=member_pk)


def _people(request: PortalRequest, dossier: Dossier, **bound: Any) -> HttpResponse:
    context = {
        "page": queries.people_page(dossier, request.user),
        "dossier": dossier,
        "form": None,
        **invite_forms(dossier, request, **bound),
    }
    return render(request, "dossiers/people.html", context, status=422)


def _one(request: PortalRequest, member: DossierMembership, form: Any, template: str) -> HttpResponse:
    page = queries.people_page(member.dossier, request.user)
    context = {"page": page, "dossier": member.dossier, "member": member, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _demand(refusal: str | None) -> None:
    if refusal:
        raise Refused(refusal)
