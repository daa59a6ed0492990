"""What the pages of taking a dossier in, and the list of reviews, read."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from accounts.models import User
from accounts.roles import Role
from dossiers import clock, workflow
from dossiers.clock import ClockReading
from dossiers.models import Assignment, Dossier, Filing, Question, Thread
from dossiers.models.reviews import LEADS
from dossiers.queries.plate import Plate, plate
from dossiers.statuses import DossierStatus, Duty, QuestionStatus, ThreadStatus

PAGE_SIZE = 25
UNDER_REVIEW = frozenset(
    {DossierStatus.FILED, DossierStatus.VALIDATED, DossierStatus.IN_REVIEW, DossierStatus.CLOCK_STOPPED}
)
UNSETTLED = frozenset({QuestionStatus.DRAFT, QuestionStatus.SENT, QuestionStatus.ANSWERED})


@dataclass(frozen=True)
class IntakePage:
    """A filed dossier on its way into review."""

    plate: Plate
    dossier: Dossier
    filing: Filing | None
    duties: list[Assignment]
    validate_refusal: str | None
    send_back_refusal: str | None
    start_refusal: str | None


def intake_page(dossier: Dossier, user: User) -> IntakePage:
    """Gather what was filed last, who is assigned, and what stands in the way."""
    return IntakePage(
        plate=plate(dossier, user),
        dossier=dossier,
        filing=dossier.filings.order_by("sequence__number", "attempt").last(),
        duties=list(
            Assignment.objects.visible_to(user).in_force().filter(dossier=dossier).select_related("reviewer")
        ),
        validate_refusal=workflow.VALIDATE.why_not(dossier, user),
        send_back_refusal=workflow.SEND_BACK.why_not(dossier, user),
        start_refusal=workflow.START_REVIEW.why_not(dossier, user),
    )


@dataclass(frozen=True)
class ReviewRow:
    """A dossier under review, with what it asks of the person."""

    dossier: Dossier
    duty: str
    leads: str
    reading: ClockReading
    open_questions: int
    my_open_threads: int


@dataclass(frozen=True)
class ReviewList:
    """The dossiers under review: a reviewer's own, or all of them for a coordinator."""

    page_obj: Page[Dossier]
    rows: list[ReviewRow]
    is_coordinator: bool


def review_list(user: User, page: str | None = None) -> ReviewList:
    """Gather a page of reviews; the same few queries for any number of them."""
    dossiers = (
        Dossier.objects.visible_to(user)
        .filter(status__in=UNDER_REVIEW if user.role in workflow.REVIEWING else [])
        .select_related("product", "organisation")
        .order_by("filed_at")
    )
    page_obj = Paginator(dossiers, PAGE_SIZE).get_page(page)
    found = list(page_obj.object_list)
    return ReviewList(page_obj, _rows(found, user), user.role == Role.COORDINATOR)


def _rows(dossiers: list[Dossier], user: User) -> list[ReviewRow]:
    readings = clock.readings(dossiers)
    duties = list(
        Assignment.objects.visible_to(user).in_force().filter(dossier__in=dossiers).select_related("reviewer")
    )
    questions = _counts(
        Question.objects.visible_to(user)
        .filter(dossier__in=dossiers, status__in=UNSETTLED)
        .order_by()
        .values_list("dossier")
        .annotate(count=Count("pk"))
    )
    threads = _counts(
        Thread.objects.visible_to(user)
        .filter(Q(started_by=user), dossier__in=dossiers, status=ThreadStatus.OPEN)
        .order_by()
        .values_list("dossier")
        .annotate(count=Count("pk"))
    )
    return [
        ReviewRow(
            dossier=dossier,
            duty=_duty(duties, dossier, user),
            leads=_leads(duties, dossier),
            reading=readings[dossier.pk],
            open_questions=questions.get(dossier.pk, 0),
            my_open_threads=threads.get(dossier.pk, 0),
        )
        for dossier in dossiers
    ]


def _counts(rows: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    return dict(rows)


def _duty(duties: list[Assignment], dossier: Dossier, user: User) -> str:
    mine = (duty for duty in duties if duty.dossier_id == dossier.pk and duty.reviewer_id == user.pk)
    return next((duty.duty_line for duty in mine), "")


def _leads(duties: list[Assignment], dossier: Dossier) -> str:
    leads = sorted(
        (duty for duty in duties if duty.dossier_id == dossier.pk and duty.duty in LEADS),
        key=lambda duty: duty.duty != Duty.LEAD,
    )
    return ", ".join(duty.reviewer.full_name for duty in leads)
