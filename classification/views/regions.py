"""The page on which one candidate is compared under the law of other regions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import PortalRequest
from audit.refusals import Refused
from classification import actions, permissions
from classification.engine.questions import in_order
from classification.forms import RegionalForm
from classification.models import Assessment
from classification.queries.regions import open_to_other_regions, region_page, regional_questions


def assessment_regions(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Compare; a draft keeps the regional answers that are sent, a signed one shows them and keeps none."""
    visible = Assessment.objects.visible_to(request.user)
    assessment = get_object_or_404(visible.select_related("organisation"), pk=pk)
    questions = regional_questions(assessment.answers)
    if request.method == "POST":
        return _store(request, assessment, RegionalForm(questions, request.POST))
    if assessment.is_final and (look := _looked_at(request, assessment)):
        regional = regional_questions({**assessment.answers, **look})
        form = RegionalForm(regional, {**look, "edition": assessment.edition})
        return _page(request, assessment, form, looked_at=look)
    form = RegionalForm(questions, edition=assessment.edition, answers=assessment.answers)
    return _page(request, assessment, form)


def _looked_at(request: PortalRequest, assessment: Assessment) -> dict[str, str]:
    """The answers to try that the address holds, as far as they are such answers."""
    asked = in_order(open_to_other_regions(assessment.answers) & request.GET.keys())
    form = RegionalForm(asked, {**request.GET.dict(), "edition": assessment.edition})
    return form.given if form.is_valid() else {}


def _store(request: PortalRequest, assessment: Assessment, form: RegionalForm) -> HttpResponse:
    if refusal := permissions.why_not_change(assessment, request.user):
        raise Refused(refusal)
    if not form.is_valid():
        return _page(request, assessment, form, status=422)
    actions.answer_regional(assessment, form.given, by=request.user, edition=form.cleaned_data["edition"])
    messages.success(request, "Saved. The comparison below uses these answers.")
    return redirect("classification:assessment_regions", assessment.pk)


def _page(
    request: PortalRequest,
    assessment: Assessment,
    form: RegionalForm,
    status: int = 200,
    looked_at: dict[str, str] | None = None,
) -> HttpResponse:
    page = region_page(assessment, request.user, looked_at)
    context = {"page": page, "form": form}
    return render(request, "classification/assessment_regions.html", context, status=status)
