"""Pages of the parts of a combined product: fields, check list of the device, conditions, matrix."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from audit.refusals import Refused
from dossiers import combined, permissions
from dossiers.actions import combined as actions
from dossiers.combined_tables import GroupRow, fields_of, group_keyed
from dossiers.forms.combined import BlockForm
from dossiers.forms.conformity import WhyForm
from dossiers.models import Dossier
from dossiers.queries import combined as queries
from dossiers.queries import combined_matrix as matrices


def combined_dossier(request: PortalRequest, pk: UUID) -> Dossier:
    """Fetch a dossier whose parts are filled in; one without a device has no such page."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user).with_product(), pk=pk)
    if not combined.is_asked(found):
        raise Http404
    return found


@require_safe
def overview(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show the parts of a combined product as a list of tasks."""
    dossier = combined_dossier(request, pk)
    page = queries.overview(dossier, request.user)
    return render(request, "dossiers/combined.html", {"page": page, "dossier": dossier})


def block(request: PortalRequest, pk: UUID, block: str) -> HttpResponse:
    """Read a block of fields, or write it; a field changed meanwhile is shown beside this one and stays."""
    dossier, group = combined_dossier(request, pk), group_keyed().get(block)
    if group is None:
        raise Http404
    refusal = permissions.why_not_edit_documents(dossier, request.user)
    if refusal and request.method == "POST":
        raise Refused(refusal)
    form = None if refusal else _block_form(request, dossier, group)
    if form and request.method == "POST":
        valid = form.is_valid()
        if request.htmx:
            return _autosaved(request, dossier, group, form)
        if valid:
            try:
                actions.write_fields(dossier, form.touched, by=request.user)
            except actions.FieldsOvertaken as overtaken:
                form.offer_again(overtaken.names, queries.written_fields(dossier, group))
            else:
                return _saved(request, dossier, group)
    page = queries.block_page(dossier, group, request.user)
    context = {"page": page, "dossier": dossier, "form": form, "why_form": WhyForm()}
    return render(request, "dossiers/combined_block.html", context, status=form.status if form else 200)


def _block_form(request: PortalRequest, dossier: Dossier, group: GroupRow) -> BlockForm:
    there = queries.written_fields(dossier, group)
    return BlockForm(dossier, fields_of(group.key), there, request.POST or None)


def _saved(request: PortalRequest, dossier: Dossier, group: GroupRow) -> HttpResponse:
    messages.success(request, f"{group.title}: saved.")
    page = queries.block_page(dossier, group, request.user)
    if "next" in request.POST and page.following:
        return redirect("dossiers:combined_block", dossier.pk, page.following.key)
    return redirect("dossiers:combined_block", dossier.pk, group.key)


def _autosaved(request: PortalRequest, dossier: Dossier, group: GroupRow, form: BlockForm) -> HttpResponse:
    """Save what can be saved while the person goes on writing, and say so in one line."""
    touched, overtaken = form.touched, []
    try:
        actions.write_fields(dossier, touched, by=request.user)
    except actions.FieldsOvertaken as found:
        overtaken = found.names
        rest = {name: entry for name, entry in touched.items() if name not in overtaken}
        actions.write_fields(dossier, rest, by=request.user)
    fresh = BlockForm(dossier, fields_of(group.key), queries.written_fields(dossier, group))
    context = {
        "at": timezone.now(),
        "saved": [(name, fresh[f"{name}__seen"]) for name in touched if name not in overtaken],
        "overtaken": [row.label for row in form.rows if row.name in overtaken],
        "wrong": [field.label for field in form.visible_fields() if field.errors],
    }
    return render(request, "dossiers/_combined_saved.html", context)


@require_safe
def matrix(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Show device requirements and points of the interface against the places of the dossier."""
    dossier = combined_dossier(request, pk)
    page = matrices.matrix(dossier, request.user, only_gaps=request.GET.get("show") == "gaps")
    return render(request, "dossiers/combined_matrix.html", {"page": page, "dossier": dossier})
