"""Issued reports and background jobs, on whatever record they are."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from accounts.models import User
from audit.models import IssuedReport, Job
from classification.models import Assessment
from dossiers.models import Dossier, Filing, Product
from qc.models import Lot, Specification

PER_PAGE = 25
MOST_WORDS = 10
"""Of a search; each costs the database a condition, and SQLite takes no more than a thousand."""

# Everything on which a report can be issued; who sees the record and is in the audience reads the report.
RECORDS: tuple[Any, ...] = (Assessment, Product, Dossier, Filing, Specification, Lot)


def visible_reports(user: User) -> QuerySet[IssuedReport]:
    """Return the reports on records that the person sees, as far as they belong to the audience."""
    on_visible = Q()
    for record in RECORDS:
        seen = record.objects.visible_to(user).order_by().values("pk")
        on_visible |= Q(object_type=record._meta.label_lower, object_id__in=seen)
    return IssuedReport.objects.filter(on_visible).readable_by(user)


def report_page(user: User, *, text: str, page: str | None) -> Page[IssuedReport]:
    """Return a page of the register of reports, newest first."""
    found = visible_reports(user)
    for word in text.split()[:MOST_WORDS]:
        found = found.filter(
            Q(title__icontains=word) | Q(object_label__icontains=word) | Q(sha256__istartswith=word)
        )
    return Paginator(found, PER_PAGE).get_page(page)


def visible_jobs(user: User) -> QuerySet[Job]:
    """Return the person's own jobs, without those on records that they see no longer."""
    out_of_sight = Q()
    for record in RECORDS:
        seen = record.objects.visible_to(user).order_by().values("pk")
        out_of_sight |= Q(object_type=record._meta.label_lower) & ~Q(object_id__in=seen)
    return Job.objects.visible_to(user).exclude(out_of_sight)


def record_of(job: Job, user: User) -> Any:
    """Return the record that a job is about, if the person still sees it."""
    for record in RECORDS:
        if record._meta.label_lower == job.object_type:
            return record.objects.visible_to(user).filter(pk=job.object_id).first()
    return None
