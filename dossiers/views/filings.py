"""Pages on which a dossier is filed and withdrawn, and its receipts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from audit.forms import SignatureForm
from audit.refusals import Refused
from dossiers import permissions, workflow
from dossiers.actions import filings as actions
from dossiers.forms.filings import WithdrawalForm
from dossiers.models import Dossier
from dossiers.queries import filings as queries
from dossiers.queries.plate import plate


def filing_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Look once more at what is filed, then sign and file it."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    refusal = permissions.why_not_prepare(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    if request.method == "POST":
        form = SignatureForm(request, data=request.POST)
        if form.is_valid():
            filing = actions.file(dossier, by=request.user, proof=form.proof)
            messages.success(request, f"{filing} was filed.")
            return redirect(filing)
        if refusal := workflow.FILE.why_not(dossier, request.user):
            raise Refused(refusal)
    page = queries.filing_page(dossier, request.user)
    if request.method != "POST":
        form = SignatureForm(request, shown=page.content)
    context = {"page": page, "dossier": dossier, "form": form}
    return render(request, "dossiers/filing_new.html", context, status=422 if form.errors else 200)


@require_safe
def filing(request: PortalRequest, pk: UUID, filing_pk: UUID) -> HttpResponse:
    """Show the receipt of a filing."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    found = get_object_or_404(dossier.filings.select_related("filed_by"), pk=filing_pk)
    page = queries.receipt(found, request.user)
    return render(request, "dossiers/filing.html", {"page": page, "dossier": dossier})


def dossier_withdraw(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Withdraw a filed dossier, after asking why."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    refusal = workflow.WITHDRAW.why_not(dossier, request.user)
    if refusal:
        raise Refused(refusal)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(dossier, **form.cleaned_data, by=request.user)
        messages.success(request, f"{dossier} was withdrawn.")
        return redirect(dossier)
    context = {"plate": plate(dossier, request.user), "dossier": dossier, "form": form}
    return render(request, "dossiers/dossier_withdraw.html", context, status=422 if form.errors else 200)
