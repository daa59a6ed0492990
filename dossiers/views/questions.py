"""Pages of the list of questions: what the authority asks and how it judges."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit.refusals import Stale, refuse_if
from dossiers import permissions, workflow
from dossiers.actions import answers
from dossiers.actions import questions as actions
from dossiers.actions.questions import Wording
from dossiers.forms.questions import (
    FollowUpForm,
    OriginForm,
    QuestionForm,
    RejectForm,
    RewordForm,
    SendQuestionsForm,
    WhatIfForm,
)
from dossiers.models import Dossier, Question
from dossiers.queries import questions as queries
from dossiers.queries.plate import plate


@require_safe
def question_list(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the lists of questions, the clock ledger and what a later answer would move."""
    dossier = _dossier(request, pk)
    form = WhatIfForm(request.GET if "responses_on" in request.GET else None)
    asked = form.cleaned_data["responses_on"] if form.is_valid() else None
    page = queries.questions_page(dossier, request.user, asked)
    context = {"page": page, "dossier": dossier, "form": form}
    return render(request, "dossiers/question_list.html", context, status=422 if form.errors else 200)


def question_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Put a question on the draft list, from a thread or on a section."""
    dossier = _dossier(request, pk)
    refuse_if(permissions.why_not_ask(dossier, request.user))
    origin = OriginForm(dossier, request.user, request.GET)
    if not origin.is_valid():
        raise Http404("This thread or section is not in the dossier.")
    thread, start = origin.cleaned_data["thread"], queries.first_wording(**origin.cleaned_data)
    form = QuestionForm(dossier, request.user, thread, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        section = thread.section if thread else form.cleaned_data["section"]
        key = form.cleaned_data["form_key"]
        question = actions.raise_question(
            section, _wording(form.cleaned_data), form_key=key, by=request.user, thread=thread
        )
        messages.success(request, f"{question} is on the draft list.")
        return redirect(question)
    context = {"plate": plate(dossier, request.user), "dossier": dossier, "form": form, "thread": thread}
    return render(request, "dossiers/question_new.html", context, status=422 if form.errors else 200)


def send_questions(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Look at the draft list once more, then send it and stop the clock."""
    dossier = _dossier(request, pk)
    refuse_if(workflow.SEND_QUESTIONS.why_not(dossier, request.user))
    page = queries.sending_page(dossier, request.user)
    form = SendQuestionsForm(page.latest, request.POST or None, initial={"due_on": page.due_on})
    if request.method == "POST" and form.is_valid():
        actions.send_questions(dossier, **form.cleaned_data, by=request.user)
        messages.success(request, "The list of questions was sent. The clock has stopped.")
        return redirect("dossiers:question_list", pk=pk)
    context = {"page": page, "dossier": dossier, "form": form}
    return render(request, "dossiers/questions_send.html", context, status=422 if form.errors else 200)


@require_safe
def question(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Show a question from its passage to the judgement of its answer."""
    return _shown(request, _question(request, pk, question_pk))


def question_reword(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Change a draft; a wording changed meanwhile is shown beside this one and stays."""
    found = _question(request, pk, question_pk)
    refuse_if(permissions.why_not_change_question(found, request.user))
    names = ("kind", "discipline", "text", "edition")
    form = RewordForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    context = {"plate": plate(found.dossier, request.user), "dossier": found.dossier, "question": found}
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        try:
            actions.reword(found, _wording(form.cleaned_data), edition=edition, by=request.user)
        except Stale as stale:
            saved = _question(request, pk, question_pk)
            context |= {"form": form.on_top_of(saved), "saved": saved, "stale": stale.reason}
            return render(request, "dossiers/question_reword.html", context, status=409)
        messages.success(request, f"{found} is reworded.")
        return redirect(found)
    context["form"] = form
    return render(request, "dossiers/question_reword.html", context, status=422 if form.errors else 200)


@require_POST
def question_withdraw(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Take a draft off the list."""
    found = actions.withdraw(_question(request, pk, question_pk), by=request.user)
    messages.success(request, f"{found} was taken off the draft list.")
    return redirect("dossiers:question_list", pk=pk)


@require_POST
def question_accept(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Accept an answer."""
    found = answers.accept_answer(_question(request, pk, question_pk), by=request.user)
    messages.success(request, f"The answer to {found} is accepted.")
    return redirect(found)


@require_POST
def question_reject(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Find an answer insufficient."""
    found = _question(request, pk, question_pk)
    refuse_if(workflow.REJECT_ANSWER.why_not(found, request.user))
    form = RejectForm(request.POST)
    if form.is_valid():
        found = answers.reject_answer(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"The answer to {found} is not accepted.")
        return redirect(found)
    return _shown(request, found, reject_form=form)


def question_follow_up(request: PortalRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Ask again after an answer."""
    found = _question(request, pk, question_pk)
    refuse_if(workflow.FOLLOW_UP.why_not(found, request.user))
    form = FollowUpForm(request.POST or None, initial={"kind": found.kind, "discipline": found.discipline})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        asked = actions.follow_up(found, _wording(form.cleaned_data), form_key=key, by=request.user)
        messages.success(request, f"{asked} is on the draft list and follows {found}.")
        return redirect(asked)
    page = queries.question_page(found, request.user)
    context = {"page": page, "dossier": found.dossier, "form": form}
    return render(request, "dossiers/question_follow_up.html", context, status=422 if form.errors else 200)


def _shown(request: PortalRequest, found: Question, reject_form: RejectForm | None = None) -> HttpResponse:
    context = {
        "page": queries.question_page(found, request.user),
        "dossier": found.dossier,
        "reject_form": reject_form or RejectForm(),
    }
    status = 422 if reject_form and reject_form.errors else 200
    return render(request, "dossiers/question.html", context, status=status)


def _dossier(request: PortalRequest, pk: UUID) -> Dossier:
    return get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)


def _question(request: PortalRequest, pk: UUID, question_pk: UUID) -> Question:
    questions = Question.objects.visible_to(request.user).with_page()
    return get_object_or_404(questions, dossier=pk, pk=question_pk)


def _wording(fields: dict[str, Any]) -> Wording:
    return Wording(kind=fields["kind"], discipline=fields["discipline"], text=fields["text"])
