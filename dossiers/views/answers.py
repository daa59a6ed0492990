"""Pages on which the sponsor answers: one question at a time, then all together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import PortalRequest
from audit.forms import SignatureForm
from audit.refusals import Refused, Stale
from dossiers import permissions
from dossiers.actions import answers as actions
from dossiers.forms.questions import AnswerForm
from dossiers.models import Dossier, Question
from dossiers.queries import questions as queries
from dossiers.queries.responses import responses_page


def question_answer(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Write the draft of an answer; one changed meanwhile is shown beside this one and stays."""
    found = get_object_or_404(
        Question.objects.visible_to(request.user).with_page(), dossier=pk, pk=question_pk
    )
    refusal = permissions.why_not_answer(found, request.user)
    if refusal:
        raise Refused(refusal)
    form = AnswerForm(found, request.POST or None)
    context = {"page": queries.question_page(found, request.user), "dossier": found.dossier, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_answer(found, **form.cleaned_data, by=request.user)
        except Stale as stale:
            context |= {"form": form.on_top_of_saved(), "stale": stale.reason}
            return render(request, "dossiers/question_answer.html", context, status=409)
        messages.success(request, f"The answer to {found} is saved.")
        return redirect("dossiers:question_list", pk=pk)
    return render(request, "dossiers/question_answer.html", context, status=422 if form.errors else 200)


def send_responses(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Look at all answers once more, then sign and send them."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    page = responses_page(dossier, request.user)
    if page.refusal:
        raise Refused(page.refusal)
    form = SignatureForm(request, shown=page.content)
    if request.method == "POST":
        form = SignatureForm(request, data=request.POST)
        if form.is_valid():
            actions.send_responses(dossier, by=request.user, proof=form.proof)
            messages.success(request, "The responses were sent. The clock goes on.")
            return redirect("dossiers:question_list", pk=pk)
    context = {"page": page, "dossier": dossier, "form": form, "statement": actions.RESPONSES_STATEMENT}
    return render(request, "dossiers/questions_respond.html", context, status=422 if form.errors else 200)
