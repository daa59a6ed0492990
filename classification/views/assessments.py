"""Pages of candidates and their classification."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit import issuing
from audit.forms import SignatureForm
from audit.refusals import Refused
from classification import actions, forms, permissions, queries, workflow
from classification.engine.questions import QUESTION_OF, Question
from classification.models import Assessment

RELATED = ("organisation", "supersedes", "copied_from", "finalised_by")


@require_safe
def assessment_list(request: PortalRequest) -> HttpResponse:
    """Show the candidates of the sponsor, filtered by state and words."""
    found = queries.assessment_list(
        request.user,
        state=request.GET.get("state", ""),
        text=request.GET.get("q", ""),
        page=request.GET.get("page"),
    )
    context = {
        "found": found,
        "page_obj": found.page,
        "why_not_start": permissions.why_not_start(request.user),
    }
    return render(request, "classification/assessment_list.html", context)


def assessment_new(request: PortalRequest) -> HttpResponse:
    """Bring in a candidate, then put the first question."""
    if refusal := permissions.why_not_start(request.user):
        raise Refused(refusal)
    form = forms.CandidateForm(request.user.organisation, request.POST or None)
    if form.is_valid():
        assessment = actions.start(by=request.user, **form.cleaned_data)
        return redirect("classification:question_next", assessment.pk)
    return _form_page(request, "assessment_new", {"form": form})


def assessment_copy(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Bring in another candidate with the answers of this one, then show them."""
    source = _visible(request, pk)
    if refusal := permissions.why_not_copy(source, request.user):
        raise Refused(refusal)
    words = forms.words_of(source)
    form = forms.CandidateForm(request.user.organisation, request.POST or None, initial=words)
    if not form.is_valid():
        return _form_page(request, "assessment_copy", {"assessment": source, "form": form})
    variant = actions.copy(source, by=request.user, **form.cleaned_data)
    messages.success(request, f"{variant} has the answers of {source}. Change those that differ.")
    return redirect("classification:assessment_check", variant.pk)


@require_safe
def assessment_changes(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show what a version changes against the one before, or against the candidate that it copied."""
    assessment = _visible(request, pk)
    context = {"assessment": assessment, "changes": queries.changes_of(assessment)}
    return render(request, "classification/assessment_changes.html", context)


@require_safe
def assessment(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the verdict with its reasons, and what can be done with it."""
    return _verdict_page(request, _visible(request, pk))


def assessment_describe(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Change name, indication or description; an edit that came between is shown beside one's own."""
    assessment = _visible(request, pk)
    if refusal := permissions.why_not_change(assessment, request.user):
        raise Refused(refusal)
    form = forms.DescribeForm(assessment, request.POST or None)
    if not form.is_valid():
        return _form_page(request, "assessment_describe", {"assessment": assessment, "form": form})
    edition = form.cleaned_data["edition"]
    try:
        actions.describe(assessment, by=request.user, edition=edition, **form.described_as)
    except actions.Overtaken as overtaken:
        form.show_saved(overtaken.assessment, overtaken.fields)
        context = {"assessment": assessment, "form": form}
        return render(request, "classification/assessment_describe.html", context, status=409)
    messages.success(request, "Description saved.")
    return redirect(assessment)


@require_safe
def question_next(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Lead to the question that comes next, or to all answers when none is left."""
    assessment = _visible(request, pk)
    question = queries.question_to_put(assessment)
    if question is None or permissions.why_not_change(assessment, request.user):
        return redirect("classification:assessment_check", assessment.pk)
    return redirect("classification:question", assessment.pk, question.key)


def question(request: PortalRequest, pk: UUID, key: str) -> HttpResponse:
    """Put one question, and save its answer."""
    assessment = _visible(request, pk)
    asked = QUESTION_OF.get(key)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _question_page(request, assessment, forms.QuestionForm(asked, assessment=assessment))
    if refusal := permissions.why_not_change(assessment, request.user):
        raise Refused(refusal)
    form = forms.QuestionForm(asked, request.POST)
    if "leave" in request.POST and form.is_left_open:
        return redirect(assessment)
    if not form.is_valid():
        return _question_page(request, assessment, form, status=422)
    return _save_answer(request, assessment, asked, form)


def _save_answer(
    request: PortalRequest, assessment: Assessment, asked: Question, form: forms.QuestionForm
) -> HttpResponse:
    given, edition = form.cleaned_data["answer"], form.cleaned_data["edition"]
    try:
        actions.answer(assessment, asked.key, given, by=request.user, edition=edition)
    except actions.Overtaken as overtaken:
        context = {
            "page": queries.conflict_page(overtaken.assessment, asked, given),
            "chosen": request.POST.getlist("answer"),
            "is_leaving": "leave" in request.POST,
            "onward": _onward(request, assessment),
        }
        return render(request, "classification/question_conflict.html", context, status=409)
    if "leave" in request.POST:
        messages.success(request, "Saved. You can go on at any time; nothing is lost when you log out.")
    return redirect(_onward(request, assessment))


def _onward(request: PortalRequest, assessment: Assessment) -> str:
    if "leave" in request.POST:
        return assessment.get_absolute_url()
    back_to_check = request.GET.get("return") == "check"
    name = "classification:assessment_check" if back_to_check else "classification:question_next"
    return reverse(name, args=[assessment.pk])


@require_safe
def assessment_check(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show all answers with links to change them."""
    page = queries.check_page(_visible(request, pk), request.user)
    return render(request, "classification/assessment_check.html", {"page": page})


@require_POST
def assessment_finalise(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Sign the rationale."""
    assessment = _visible(request, pk)
    if refusal := workflow.FINALISE.why_not(assessment, request.user):
        raise Refused(refusal)
    form = SignatureForm(request, data=request.POST)
    if not form.is_valid():
        return _verdict_page(request, assessment, form, status=422)
    actions.finalise(assessment, by=request.user, proof=form.proof)
    messages.success(request, f"You signed the classification of {assessment}.")
    return redirect(assessment)


@require_POST
def assessment_revise(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Start the next version of a signed classification."""
    draft = actions.revise(_visible(request, pk), by=request.user)
    messages.success(request, f"Version {draft.version} started; it has the answers of the version before.")
    return redirect("classification:assessment_check", draft.pk)


@require_POST
def assessment_rationale(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Ask for the rationale as PDF; it is made in the background."""
    assessment = _visible(request, pk)
    title = f"Classification rationale of {assessment}"
    job = issuing.ask(title, assessment, task="classification.tasks.make_rationale", by=request.user)
    return redirect("job", job.pk)


def _visible(request: PortalRequest, pk: UUID) -> Assessment:
    visible = Assessment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related(*RELATED), pk=pk)


def _form_page(request: PortalRequest, template: str, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, f"classification/{template}.html", context, status=status)


def _question_page(
    request: PortalRequest, assessment: Assessment, form: forms.QuestionForm, status: int = 200
) -> HttpResponse:
    page = queries.question_page(assessment, form.question, request.user)
    context = {
        "page": page,
        "form": form,
        "near": queries.precedents_near(assessment, request.user),
        "is_return": request.GET.get("return") == "check",
    }
    return render(request, "classification/question.html", context, status=status)


def _verdict_page(
    request: PortalRequest, assessment: Assessment, form: SignatureForm | None = None, status: int = 200
) -> HttpResponse:
    page = queries.verdict_page(assessment, request.user)
    context = {
        "page": page,
        "sign_form": form or SignatureForm(request, shown=page.shown),
        "changes": queries.changes_of(assessment),
        "near": queries.precedents_near(assessment, request.user),
        "history": queries.history(assessment, request.user),
    }
    return render(request, "classification/assessment.html", context, status=status)
