"""Pages on which results are entered, checked and corrected."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import PortalRequest
from audit.refusals import Refused
from qc import actions, permissions, queries, workflow
from qc.forms import correction_form_for, entry_form_for
from qc.models import Lot, Result


def _seen(request: PortalRequest, pk: UUID) -> Lot:
    lots = Lot.objects.visible_to(request.user).select_related("product", "specification")
    return get_object_or_404(lots, pk=pk)


def _result(lot: Lot, result_pk: UUID) -> Result:
    rows = Result.objects.select_related(
        "test", "lot", "analyst", "reviewed_by", "supersedes__analyst", "supersedes__test"
    )
    return get_object_or_404(rows, pk=result_pk, lot=lot)


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


def result_new(request: PortalRequest, pk: UUID, test_pk: UUID) -> HttpResponse:
    """Enter a result, final or an interim read."""
    lot = _seen(request, pk)
    test = get_object_or_404(lot.specification.tests, pk=test_pk)
    _refuse(permissions.why_not_enter(lot, test, request.user))
    form = entry_form_for(test)(test, lot, request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = actions.enter_result(lot, test, by=request.user, **form.entry)
        messages.success(request, f"{test}: {entered.shown}, {entered.get_conclusion_display().lower()}.")
        return redirect(lot)
    context = {"lot": lot, "test": test, "form": form}
    return render(request, "qc/result_new.html", context, status=422 if form.errors else 200)


def result_review(request: PortalRequest, pk: UUID, result_pk: UUID) -> HttpResponse:
    """Check a result as the second person, then go on to the next one that waits."""
    lot = _seen(request, pk)
    result = _result(lot, result_pk)
    refusal = workflow.REVIEW.why_not(result, request.user)
    if request.method == "POST":
        checked = actions.review_result(result, by=request.user)
        following = queries.next_to_check(lot, request.user)
        messages.success(request, f"{checked.test} is checked.")
        return redirect("qc:result_review", pk=lot.pk, result_pk=following.pk) if following else redirect(lot)
    context = {"lot": lot, "result": result, "refusal": refusal}
    return render(request, "qc/result_review.html", context)


def result_correct(request: PortalRequest, pk: UUID, result_pk: UUID) -> HttpResponse:
    """Put a new result in the place of one that is wrong."""
    lot = _seen(request, pk)
    result = _result(lot, result_pk)
    _refuse(workflow.INVALIDATE.why_not(result, request.user))
    form = correction_form_for(result.test)(result.test, lot, request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        entered = actions.correct_result(result, reason=reason, by=request.user, **form.entry)
        messages.success(
            request, f"{entered.test}: {entered.shown}, {entered.get_conclusion_display().lower()}."
        )
        return redirect(lot)
    context = {"lot": lot, "result": result, "form": form}
    return render(request, "qc/result_correct.html", context, status=422 if form.errors else 200)
