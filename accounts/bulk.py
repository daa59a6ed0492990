"""Acting on several rows of the administration at once: a page that says what will happen, then the acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.forms import ReasonForm
from accounts.leaving import open_work_of
from accounts.models import User
from audit.refusals import Refused


@dataclass(frozen=True)
class BulkAct:
    """What is done to each chosen row, in which words, and what may speak against it."""

    verb: str
    label: str
    done: str
    note: str
    why_not: Callable[[Any, Any], str | None]
    act: Callable[..., object]
    wants_reason: bool = False


@dataclass(frozen=True)
class Judged:
    """A chosen row: why it cannot be acted on, if so, and what waits for the person it is."""

    row: Any
    refusal: str | None

    @property
    def open_work(self) -> list[Any]:
        """What waits for the person; nothing where the row is not a person."""
        return open_work_of(self.row) if isinstance(self.row, User) else []


def carry_out(
    bulk: BulkAct,
    page: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    rows: QuerySet[Any],
) -> HttpResponse | None:
    """Show what would happen; once that is confirmed, act on each row that allows it."""
    judged = [Judged(row, bulk.why_not(row, request.user)) for row in rows]
    form = ReasonForm(request.POST if "confirmed" in request.POST else None)
    if not bulk.wants_reason:
        del form.fields["why"]
    if form.is_valid():
        _act_on_each(bulk, page, request, judged, **form.cleaned_data)
        return None
    context = {
        **page.admin_site.each_context(request),
        "title": bulk.label,
        "bulk": bulk,
        "able": [one for one in judged if not one.refusal],
        "unable": [one for one in judged if one.refusal],
        "form": form,
        "opts": page.opts,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/confirm.html", context, status=422 if form.is_bound else 200)


def _act_on_each(
    bulk: BulkAct, page: "admin.ModelAdmin[Any]", request: HttpRequest, judged: list[Judged], **reason: str
) -> None:
    done = 0
    for one in judged:
        try:
            bulk.act(one.row, **reason, by=request.user)
            done += 1
        except Refused as refused:
            page.message_user(request, f"{one.row}: {refused.reason}", messages.WARNING)
    page.message_user(request, f"{done} of {len(judged)} {bulk.done}.", messages.SUCCESS)
