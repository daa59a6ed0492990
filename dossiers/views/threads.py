"""Pages of comments: the list, and what is posted from the reader and from a section."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from audit.refusals import refuse_if
from dossiers import permissions
from dossiers.actions import threads as actions
from dossiers.actions.threads import Place
from dossiers.forms.threads import CommentForm, PlacedCommentForm, PlaceForm, ReplyForm
from dossiers.models import DocumentVersion, Dossier, Section, Thread
from dossiers.queries import threads as queries
from dossiers.queries.plate import plate
from dossiers.queries.reading import reading_page, section_threads, thread_url


@require_safe
def thread_list(request: PortalRequest, pk: UUID) -> HttpResponse:
    """List the comments of a dossier that the person reads."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    show, number = request.GET.get("show", ""), request.GET.get("page")
    page = queries.thread_list(dossier, request.user, show=show, page=number)
    context = {"page": page, "dossier": dossier, "page_obj": page.page_obj}
    return render(request, "dossiers/thread_list.html", context)


def thread_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Comment on a place in a document, or on a section."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    where = PlaceForm(dossier, request.user, request.POST or request.GET)
    if not where.is_valid():
        raise Http404("This place is not in the dossier.")
    if request.method == "POST":
        refuse_if(permissions.why_not_comment(dossier, request.user))
    if version := where.cleaned_data["version"]:
        return _on_version(request, version)
    return _on_section(request, dossier, where.cleaned_data["section"])


def _on_version(request: PortalRequest, version: DocumentVersion) -> HttpResponse:
    form = PlacedCommentForm(version, request.POST or None)
    if form.is_valid():
        fields = form.cleaned_data
        anchor = {name: fields[name] for name in ("page", "quote", "prefix", "suffix", "quads")}
        return _started(request, form, Place(version.document.section, version, **anchor))
    context = {"page": reading_page(version, request.user), "comment_form": form if form.is_bound else None}
    return render(request, "dossiers/document_read.html", context, status=422 if form.errors else 200)


def _on_section(request: PortalRequest, dossier: Dossier, section: Section) -> HttpResponse:
    form = CommentForm(request.POST or None)
    if form.is_valid():
        return _started(request, form, Place(section))
    context = {
        "plate": plate(dossier, request.user),
        "dossier": dossier,
        "here": section_threads(section, request.user),
        "comment_form": form if form.is_bound else None,
    }
    return render(request, "dossiers/thread_new.html", context, status=422 if form.errors else 200)


def _started(request: PortalRequest, form: CommentForm, place: Place) -> HttpResponse:
    fields = {name: form.cleaned_data[name] for name in ("text", "audience", "form_key")}
    return redirect(thread_url(actions.start_thread(place, **fields, by=request.user)))


@require_POST
def thread_reply(request: PortalRequest, pk: UUID, thread_pk: UUID) -> HttpResponse:
    """Reply in a thread."""
    thread = _thread(request, pk, thread_pk)
    refuse_if(permissions.why_not_resolve(thread, request.user))
    form = ReplyForm(request.POST)
    if form.is_valid():
        actions.reply(thread, **form.cleaned_data, by=request.user)
        return redirect(_back(request, thread))
    page = queries.thread_page(thread, request.user)
    context = {"page": page, "dossier": thread.dossier, "reply_form": form}
    return render(request, "dossiers/thread_reply.html", context, status=422)


@require_POST
def thread_resolve(request: PortalRequest, pk: UUID, thread_pk: UUID) -> HttpResponse:
    """Resolve a thread."""
    thread = _thread(request, pk, thread_pk)
    actions.resolve(thread, by=request.user)
    messages.success(request, "The comment is resolved. It stays readable under Resolved.")
    return redirect(_back(request, thread))


@require_POST
def thread_reopen(request: PortalRequest, pk: UUID, thread_pk: UUID) -> HttpResponse:
    """Open a resolved thread again."""
    thread = _thread(request, pk, thread_pk)
    actions.reopen(thread, by=request.user)
    return redirect(_back(request, thread))


def _thread(request: PortalRequest, pk: UUID, thread_pk: UUID) -> Thread:
    threads = Thread.objects.visible_to(request.user).select_related(
        "section", "version__document", "dossier__product__assessment", "dossier__organisation"
    )
    return get_object_or_404(threads, dossier=pk, pk=thread_pk)


def _back(request: PortalRequest, thread: Thread) -> str:
    """Go back to where the person acted: the list, or the place of the thread."""
    if request.POST.get("from") == "list":
        return f"{reverse('dossiers:thread_list', args=[thread.dossier_id])}?show=all#thread-{thread.pk}"
    return thread_url(thread)
