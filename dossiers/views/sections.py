"""Pages of the work on sections: notes, who is editing, and repetitions of a branch."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import PortalRequest
from accounts.roles import Side
from audit.refusals import Refused, Stale
from dossiers import permissions, repetitions
from dossiers.actions import editing
from dossiers.actions import notes as note_actions
from dossiers.actions import sections as actions
from dossiers.forms.sections import NotesForm, RepetitionForm
from dossiers.models import Dossier, Requirement, Section
from dossiers.queries import workspace as queries
from dossiers.repetitions import Repeatable


def section_notes(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Write the working notes on a section; notes saved meanwhile are shown beside these and stay."""
    section = _section(request, pk, number)
    _keep_among_colleagues(request, section.dossier)
    form = NotesForm(request.POST or None)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            note_actions.write(section, **form.asked, by=request.user)
        except Stale:
            stale = True
        else:
            return _notes_saved(request, section)
    editing.give_sign(section, by=request.user)
    page = queries.notes_page(section, request.user, is_part=bool(request.htmx))
    if page.notes:
        form.initial = {"text": page.notes.text, "edition": page.notes.edition}
    context = {"page": page, "form": form, "stale": stale}
    status = 409 if stale else 422 if form.errors else 200
    return render(request, _notes_template(request), context, status=status)


def _notes_saved(request: PortalRequest, section: Section) -> HttpResponse:
    """Answer htmx with the time and the new edition; otherwise go back to the section."""
    if request.htmx:
        page = queries.notes_page(section, request.user, is_part=True)
        return render(request, "dossiers/_notes_state.html", {"page": page, "is_saved": True})
    editing.stop(section, by=request.user)
    messages.success(request, f"The notes on {section.number} are saved.")
    return redirect(f"{section.get_absolute_url()}#notes")


def _notes_template(request: PortalRequest) -> str:
    if not request.htmx:
        return "dossiers/section_notes.html"
    return "dossiers/_notes_state.html" if request.method == "POST" else "dossiers/_notes_form.html"


@require_POST
def section_editing(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Take the sign that a person has the notes open, and say who else has."""
    return _sign(request, _section(request, pk, number))


@require_POST
def requirement_editing(request: PortalRequest, pk: UUID, requirement_pk: UUID) -> HttpResponse:
    """Take the sign that a person has the answer open, and say who else has."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    return _sign(request, get_object_or_404(dossier.requirements, pk=requirement_pk))


def _sign(request: PortalRequest, thing: Section | Requirement) -> HttpResponse:
    _keep_among_colleagues(request, thing.dossier)
    editing.give_sign(thing, by=request.user)
    context = {"editors": queries.editors(thing, request.user)}
    return render(request, "dossiers/_editing_now.html", context)


def section_repeat(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Make a further repetition of a branch."""
    section = _section(request, pk, number)
    row = _row(section, permissions.why_not_repeat(section, request.user))
    form = RepetitionForm(Section(), row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.repeat(section, attributes=form.cleaned_data, by=request.user)
        messages.success(request, f"{made} was added. Its sections are empty.")
        return redirect(made)
    page = queries.repetition_page(section, row, request.user)
    return _repetition(request, "dossiers/section_repeat.html", page, form)


def section_name(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Say what a repetition is of."""
    section = _section(request, pk, number)
    row = _row(section, permissions.why_not_name_repetition(section, request.user))
    form = RepetitionForm(section, row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        named = actions.name_repetition(section, attributes=form.cleaned_data, by=request.user)
        messages.success(request, f"The section is now: {named}.")
        return redirect(named)
    page = queries.repetition_page(section, row, request.user)
    return _repetition(request, "dossiers/section_name.html", page, form)


def _repetition(
    request: PortalRequest, template: str, page: queries.RepetitionPage, form: RepetitionForm
) -> HttpResponse:
    return render(request, template, {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def section_take_out(request: PortalRequest, pk: UUID, number: str) -> HttpResponse:
    """Take an empty repetition out of the tree."""
    section = _section(request, pk, number)
    actions.take_out(section, by=request.user)
    messages.success(request, f"{section} was taken out.")
    return redirect("dossiers:section", pk=pk, number=section.printed_number)


def _section(request: PortalRequest, pk: UUID, number: str) -> Section:
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    section: Section = get_object_or_404(dossier.sections.visible_to(request.user), number=number)
    section.dossier = dossier
    return section


def _keep_among_colleagues(request: PortalRequest, dossier: Dossier) -> None:
    """Answer the authority as if there were no notes and no editors: it does not hear of them."""
    if request.user.side != Side.SPONSOR:
        raise Http404
    refusal = permissions.why_not_write_notes(dossier, request.user)
    if refusal:
        raise Refused(refusal)


def _row(section: Section, refusal: str | None) -> Repeatable:
    row = repetitions.repeatable(section)
    if refusal or not row:
        raise Refused(refusal or f"{section.number} stands in a dossier once.")
    return row
