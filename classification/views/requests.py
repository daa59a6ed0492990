"""Pages of the request to the CAT."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PortalRequest
from audit import issuing
from audit.models import Event
from audit.refusals import Refused
from classification import actions, permissions, queries, request_form
from classification.forms import RequestPartForm
from classification.models import Assessment
from classification.request_form import Part


@require_safe
def request(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the request part by part, with what is missing."""
    page = queries.request_page(_visible(request, pk), request.user)
    return render(request, "classification/request.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def request_part(request: PortalRequest, pk: UUID, part: str) -> HttpResponse:
    """Write one part; what somebody else wrote meanwhile is shown beside one's own."""
    assessment = _visible(request, pk)
    shown = request_form.part_of(part)
    if shown is None:
        raise Http404
    if refusal := permissions.why_not_write_request(assessment, request.user):
        raise Refused(refusal)
    written = queries.request_of(assessment)
    states = queries.request_fields(written)
    of_part = [states[field.key] for field in shown.fields]
    form = RequestPartForm(written, of_part, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _part_page(request, assessment, shown, form, status=422 if form.is_bound else 200)
    return _save(request, assessment, shown, form)


def _save(request: PortalRequest, assessment: Assessment, shown: Part, form: RequestPartForm) -> HttpResponse:
    edition = form.cleaned_data["edition"]
    try:
        actions.write_request(assessment, form.entries, by=request.user, edition=edition)
    except actions.RequestOvertaken as overtaken:
        states = queries.request_fields(overtaken.request)
        beside = form.beside(overtaken.request, states, overtaken.keys)
        saving = queries.last_writing(assessment, overtaken.keys[0])
        return _part_page(request, assessment, shown, beside, status=409, saving=saving)
    messages.success(request, f"Saved: {shown.title}.")
    following = request_form.part_after(shown) if "next" in request.POST else None
    if following:
        return redirect("classification:request_part", assessment.pk, following.key)
    return redirect("classification:request", assessment.pk)


@require_POST
def request_pdf(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the request as PDF; it is made in the background."""
    return _ask(request, pk, "classification.tasks.make_request_pdf")


@require_POST
def request_docx(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the request as Word file; it is made in the background."""
    return _ask(request, pk, "classification.tasks.make_request_word")


def _ask(request: PortalRequest, pk: UUID, task: str) -> HttpResponse:
    assessment = _visible(request, pk)
    if refusal := permissions.why_not_request(assessment):
        raise Refused(refusal)
    job = issuing.ask(f"Request to the CAT about {assessment}", assessment, task=task, by=request.user)
    return redirect("job", job.pk)


def _visible(request: PortalRequest, pk: UUID) -> Assessment:
    visible = Assessment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("organisation", "created_by", "finalised_by"), pk=pk)


def _part_page(
    request: PortalRequest,
    assessment: Assessment,
    shown: Part,
    form: RequestPartForm,
    status: int,
    saving: Event | None = None,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "part": shown,
        "following": request_form.part_after(shown),
        "form": form,
        "saving": saving,
    }
    return render(request, "classification/request_part.html", context, status=status)
