"""Pages on which a dossier is filed and withdrawn, and its receipts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit import issuing
from audit.forms import SignatureForm
from audit.refusals import Refused
from dossiers import permissions, workflow
from dossiers.actions import filings as actions
from dossiers.forms.filings import WithdrawalForm
from dossiers.models import Dossier, Filing
from dossiers.queries import differences
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
            file = actions.file_next if dossier.is_preparing_next else actions.file
            filing = file(dossier, by=request.user, proof=form.proof)
            messages.success(request, f"{filing} was filed.")
            return redirect(filing)
        if refusal := queries.why_not(dossier, request.user):
            raise Refused(refusal)
    page = queries.filing_page(dossier, request.user)
    if request.method != "POST":
        form = SignatureForm(request, shown=page.content)
    context = {"page": page, "dossier": dossier, "form": form}
    return render(request, "dossiers/filing_new.html", context, status=422 if form.errors else 200)


@require_safe
def filing(request: PortalRequest, pk: UUID, filing_pk: UUID) -> HttpResponse:
    """Show what was filed as it was filed; `?verify=files` reads every file once more."""
    found = _filing(request, pk, filing_pk)
    page = queries.receipt(found, request.user, with_files=request.GET.get("verify") == "files")
    return render(request, "dossiers/filing.html", {"page": page, "dossier": found.dossier})


@require_safe
def filing_compare(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show what changed between two filings of a dossier."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page = differences.compare_page(
        dossier, request.user, earlier=request.GET.get("from", ""), later=request.GET.get("to", "")
    )
    return render(request, "dossiers/filing_compare.html", {"page": page, "dossier": dossier})


@require_POST
def filing_receipt(request: PortalRequest, pk: UUID, filing_pk: UUID) -> HttpResponse:
    """Ask for the receipt of a filing as a PDF."""
    found = _filing(request, pk, filing_pk)
    title = f"Receipt of {found.place}"
    job = issuing.ask(title, found, task="dossiers.tasks.make_filing_receipt", by=request.user)
    return redirect(reverse("job", args=[job.pk]))


def _filing(request: PortalRequest, pk: UUID, filing_pk: UUID) -> Filing:
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    found: Filing = get_object_or_404(dossier.filings, pk=filing_pk)
    found.dossier = dossier
    return found


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
