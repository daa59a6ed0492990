"""Pages of specifications."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit.forms import SignatureForm
from audit.refusals import Refused
from qc import actions, permissions, queries, workflow
from qc.forms import HeadForm, LineForm, PickForm, SpecificationForm, initial_of, line_form_for
from qc.models import Specification, SpecificationTest


def _seen(request: PortalRequest, pk: UUID) -> Specification:
    return get_object_or_404(Specification.objects.visible_to(request.user), pk=pk)


def _changeable(request: PortalRequest, pk: UUID) -> Specification:
    seen = _seen(request, pk)
    reason = permissions.why_not_change(seen, request.user)
    if reason:
        raise Refused(reason)
    return seen


@require_safe
def specification_list(request: PortalRequest) -> HttpResponse:
    """List the specifications, one line per version."""
    listed = queries.specification_list(request.user, number=request.GET.get("page"))
    context = {
        "page_obj": listed.page,
        "rows": listed.rows,
        "why_not_draft": permissions.why_not_draft(request.user),
    }
    return render(request, "qc/specification_list.html", context)


def specification_new(request: PortalRequest) -> HttpResponse:
    """Draft the first version of a specification."""
    reason = permissions.why_not_draft(request.user)
    if reason:
        raise Refused(reason)
    form = SpecificationForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        drafted = actions.draft_specification(**form.cleaned_data, by=request.user)
        messages.success(request, f"{drafted} is drafted.")
        return redirect(drafted)
    return render(request, "qc/specification_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def specification(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show a specification."""
    return _page(request, _seen(request, pk))


def _page(
    request: PortalRequest,
    seen: Specification,
    form: SignatureForm | None = None,
    pick: PickForm | None = None,
) -> HttpResponse:
    page = queries.specification_page(seen, request.user)
    context = {"page": page, "form": form or SignatureForm(request, shown=page.content), "pick": pick}
    return render(request, "qc/specification.html", context, status=422 if form or pick else 200)


@require_safe
def specification_trail(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show everything that happened to a specification."""
    seen = _seen(request, pk)
    page = queries.trail_page(seen, request.user, number=request.GET.get("page"))
    context = {
        "thing": seen,
        "page_obj": page,
        "list_url": reverse("qc:specification_list"),
        "list_name": "Specifications",
    }
    return render(request, "qc/trail.html", context)


def specification_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Change shelf life and storage of a draft."""
    seen = _changeable(request, pk)
    now = {"shelf_life_hours": seen.shelf_life_hours, "storage": seen.storage, "edition": seen.edition}
    form = HeadForm(request.POST or None, initial=now)
    if request.method == "POST" and form.may_save():
        actions.change_specification(seen, form.cleaned_data, edition=seen.edition, by=request.user)
        return redirect(seen)
    context = {"specification": seen, "form": form}
    return render(request, "qc/specification_edit.html", context, status=form.http_status)


@require_POST
def specification_revise(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Draft the next version."""
    drafted = actions.revise_specification(_seen(request, pk), by=request.user)
    messages.success(
        request, f"{drafted} is drafted as a copy. The version in force stays in force until it is approved."
    )
    return redirect(drafted)


@require_POST
def specification_withdraw(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Give a draft up."""
    withdrawn = actions.withdraw_specification(_seen(request, pk), by=request.user)
    messages.success(request, f"The draft {withdrawn} is withdrawn.")
    return redirect(withdrawn)


@require_POST
def specification_approve(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Sign the approval."""
    seen = _seen(request, pk)
    reason = workflow.APPROVE.why_not(seen, request.user)
    if reason:
        raise Refused(reason)
    form = SignatureForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, seen, form=form)
    approved = actions.approve_specification(seen, by=request.user, proof=form.proof)
    messages.success(request, f"{approved} is in force.")
    return redirect(approved)


def test_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Add a line to a draft."""
    seen = _changeable(request, pk)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        test = actions.add_test(seen, form.line, by=request.user)
        messages.success(request, f"{test} is added.")
        return redirect(seen)
    context = {"specification": seen, "form": form}
    return render(request, "qc/test_form.html", context, status=422 if form.errors else 200)


def test_edit(request: PortalRequest, pk: UUID, test_pk: UUID) -> HttpResponse:
    """Change a line of a draft, or take its limit over."""
    seen = _changeable(request, pk)
    test = get_object_or_404(SpecificationTest, pk=test_pk, specification=seen)
    form = line_form_for(test)(request.POST or None, initial=initial_of(test))
    if request.method == "POST" and form.may_save():
        taken = bool(form.cleaned_data.get("take_over"))
        actions.change_test(test, form.line, edition=test.edition, by=request.user, is_taken_over=taken)
        messages.success(request, f"{test} is saved.")
        return redirect(seen)
    context = {"specification": seen, "test": test, "form": form}
    return render(request, "qc/test_form.html", context, status=form.http_status)


@require_POST
def test_take_over(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Take over the limits of the ticked lines."""
    seen = _changeable(request, pk)
    pick = PickForm(seen, request.POST)
    if not pick.is_valid():
        return _page(request, seen, pick=pick)
    count = actions.take_over_limits(seen, pick.cleaned_data["tests"], by=request.user)
    messages.success(request, f"{count} limit{'' if count == 1 else 's'} taken over.")
    return redirect(seen)


@require_POST
def test_remove(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Remove the ticked lines."""
    seen = _changeable(request, pk)
    pick = PickForm(seen, request.POST)
    if not pick.is_valid():
        return _page(request, seen, pick=pick)
    count = actions.remove_tests(seen, pick.cleaned_data["tests"], by=request.user)
    messages.success(
        request, f"{count} line{'' if count == 1 else 's'} removed; the trail keeps what they said."
    )
    return redirect(seen)
