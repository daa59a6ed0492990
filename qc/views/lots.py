"""Pages of lots and their release."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from accounts.models import User
from audit import issuing
from audit.forms import SignatureForm
from audit.moves import Move
from audit.refusals import Refused
from qc import actions, permissions, queries, signed, workflow
from qc.forms import ContactForm, LotFilterForm, LotForm, RejectionForm
from qc.models import Lot
from qc.standing import fresh_standing


def _seen(request: PortalRequest, pk: UUID) -> Lot:
    return get_object_or_404(Lot.objects.visible_to(request.user), pk=pk)


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


@require_safe
def lot_list(request: PortalRequest) -> HttpResponse:
    """List the lots, filtered by state and product."""
    chosen = LotFilterForm(request.user, request.GET)
    listed = queries.lot_list(request.user, number=request.GET.get("page"), **chosen.chosen)
    context = {
        "filter": chosen,
        "page_obj": listed.page,
        "rows": listed.rows,
        "why_not_register": permissions.why_not_register(request.user),
    }
    return render(request, "qc/lot_list.html", context)


def lot_new(request: PortalRequest) -> HttpResponse:
    """Register a lot."""
    _refuse(permissions.why_not_register(request.user))
    form = LotForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        lot = actions.register_lot(**form.lot, by=request.user)
        messages.success(request, f"Lot {lot} is registered in quarantine.")
        return redirect(lot)
    return render(request, "qc/lot_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def lot(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show a lot."""
    return _page(request, _seen(request, pk))


def _page(request: PortalRequest, seen: Lot, form: SignatureForm | None = None) -> HttpResponse:
    page = queries.lot_page(seen, request.user)
    context = {"page": page, "form": form or SignatureForm(request, shown=page.content)}
    return render(request, "qc/lot.html", context, status=422 if form else 200)


@require_safe
def lot_trail(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show everything that happened to a lot."""
    seen = _seen(request, pk)
    page = queries.trail_page(seen, request.user, number=request.GET.get("page"))
    context = {"thing": seen, "page_obj": page, "list_url": reverse("qc:lot_list"), "list_name": "Lots"}
    return render(request, "qc/trail.html", context)


def lot_contact(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Name the clinical contact."""
    seen = _seen(request, pk)
    _refuse(permissions.why_not_change_contact(seen, request.user))
    now = {"clinical_contact": seen.clinical_contact, "edition": seen.edition}
    form = ContactForm(request.POST or None, initial=now)
    if request.method == "POST" and form.may_save():
        contact = form.cleaned_data["clinical_contact"]
        actions.change_contact(seen, contact, edition=seen.edition, by=request.user)
        return redirect(seen)
    return render(request, "qc/lot_contact.html", {"lot": seen, "form": form}, status=form.http_status)


def _sign(
    request: PortalRequest, pk: UUID, move: Move[Lot, User], act: Callable[..., Lot], outcome: str
) -> HttpResponse:
    seen = _seen(request, pk)
    _refuse(move.why_not(seen, request.user))
    form = SignatureForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, seen, form)
    act(seen, by=request.user, proof=form.proof)
    messages.success(request, f"Lot {seen} {outcome}.")
    return redirect(seen)


@require_POST
def lot_submit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Sign the review of the batch record and hand the lot to the Qualified Persons."""
    return _sign(request, pk, workflow.SUBMIT, actions.submit_lot, "is with the Qualified Persons")


@require_POST
def lot_certify(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Sign the initial certification."""
    outcome = "is certified and released; results are still pending"
    return _sign(request, pk, workflow.CERTIFY_INITIAL, actions.certify_initially, outcome)


@require_POST
def lot_certify_final(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Sign the final certification."""
    return _sign(request, pk, workflow.CERTIFY_FINAL, actions.certify_finally, "is certified finally")


def lot_reject(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Reject a lot, with the reason, by signature."""
    seen = _seen(request, pk)
    _refuse(workflow.REJECT.why_not(seen, request.user))
    standing = fresh_standing(seen)
    data = request.POST if request.method == "POST" else None
    form = RejectionForm(request, shown=signed.lot_content(standing), data=data)
    if data is not None and form.is_valid():
        actions.reject_lot(seen, reason=form.cleaned_data["reason"], by=request.user, proof=form.proof)
        messages.success(request, f"Lot {seen} is rejected.")
        return redirect(seen)
    statement = signed.lot_statement(standing, signed.REJECTED)
    context = {"lot": seen, "form": form, "statement": statement}
    return render(request, "qc/lot_reject.html", context, status=422 if form.errors else 200)


@require_POST
def lot_certificate(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the certificate of the lot as PDF."""
    seen = _seen(request, pk)
    _refuse(permissions.why_not_certificate(request.user))
    job = issuing.ask(f"Certificate of lot {seen}", seen, task="qc.tasks.lot_certificate", by=request.user)
    return redirect("job", pk=job.pk)
