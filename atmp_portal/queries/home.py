"""The home page: what waits for the person, and the records that they work on, as their role needs it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Notice, User
from accounts.roles import QUALITY_ROLES, Side
from atmp_portal.queries import waiting
from atmp_portal.queries.waiting import Task
from audit import issuing
from audit.models import Job, JobState
from classification import permissions as classifying
from classification.models import Assessment, AssessmentStatus
from classification.queries import candidates
from classification.queries.candidates import Standing
from dossiers import clock, readiness
from dossiers import permissions as preparing
from dossiers.clock import ClockReading
from dossiers.models import Dossier
from dossiers.queries import reviews
from dossiers.queries.plate import IN_PREPARATION, SHORT_PROCEDURES
from dossiers.queries.reviews import ReviewRow
from dossiers.readiness import Completeness, Stopper
from qc import permissions as controlling
from qc.models import Lot
from qc.queries import watch
from qc.queries.watch import Watch

SHOWN_TASKS = 10
SHOWN_DOSSIERS = 8
SHOWN_CANDIDATES = 5
SHOWN_LOTS = 5
SHOWN_LOTS_IN_QUALITY = 12
SHOWN_STOPPERS = 5
SHOWN_INVITATIONS = 8
MAIL_TAKES = timedelta(minutes=10)
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Way:
    """A button at the head of the page."""

    label: str
    url: str
    is_primary: bool = False


@dataclass(frozen=True)
class Tasks:
    """What waits for the person, as much as the page shows, with the counts of all of it."""

    shown: list[Task]
    total: int
    late: int

    @property
    def in_words(self) -> str:
        """The counts: "9 open, 1 late"."""
        late = f", {self.late} late" if self.late else ""
        return f"{self.total} open{late}" if self.total else ""


@dataclass(frozen=True)
class Filing:
    """How far the dossier that is filed next has come, and what stops it."""

    dossier: Dossier
    completeness: Completeness
    stoppers: list[Stopper]

    @property
    def in_words(self) -> str:
        """What the scale shows."""
        return f"{self.completeness.met} of {self.completeness.total} requirements answered"

    @property
    def first(self) -> list[Stopper]:
        """As many of the stoppers as the page has room for."""
        return self.stoppers[:SHOWN_STOPPERS]

    @property
    def more(self) -> int:
        """How many more there are."""
        return len(self.stoppers[SHOWN_STOPPERS:])


@dataclass(frozen=True)
class DossierRow:
    """A dossier with its procedure and its clock."""

    dossier: Dossier
    procedure: str
    reading: ClockReading


@dataclass(frozen=True)
class SponsorHome:
    """The home page of a sponsor's people."""

    template: ClassVar = "home_sponsor.html"
    tasks: Tasks
    ways: list[Way]
    filing: Filing | None
    dossiers: list[DossierRow]
    all_dossiers: int
    candidates: list[tuple[Assessment, Standing]]
    all_candidates: int
    lots: list[Watch]
    all_lots: int


@dataclass(frozen=True)
class QualityHome:
    """The home page of quality control, quality assurance and the Qualified Person."""

    template: ClassVar = "home_quality.html"
    tasks: Tasks
    ways: list[Way]
    lots: list[Watch]
    all_lots: int
    dossiers: list[DossierRow]
    all_dossiers: int


@dataclass(frozen=True)
class AuthorityHome:
    """The home page of reviewers and coordinators."""

    template: ClassVar = "home_authority.html"
    tasks: Tasks
    ways: list[Way]
    reviews: list[ReviewRow]
    all_reviews: int
    is_coordinator: bool


@dataclass(frozen=True)
class AdministrationHome:
    """The home page of an administrator."""

    template: ClassVar = "home_administration.html"
    tasks: Tasks
    ways: list[Way]
    people: int
    deactivated: int
    invitations: list[Invitation]
    all_invitations: int
    stranded: int
    failed: int
    unsent: int


HomePage = SponsorHome | QualityHome | AuthorityHome | AdministrationHome


def home_page(user: User) -> HomePage:
    """Gather the home page of a person; the same few queries however much there is."""
    if user.role in QUALITY_ROLES:
        return _quality_home(user)
    match user.side:
        case Side.SPONSOR:
            return _sponsor_home(user)
        case Side.AUTHORITY:
            return _authority_home(user)
        case _:
            return _administration_home(user)


def _tasks(user: User) -> Tasks:
    tasks, today = waiting.tasks_of(user, SHOWN_TASKS), clock.site_date()
    late = sum(task.due is not None and task.due < today for task in tasks)
    return Tasks(tasks[:SHOWN_TASKS], len(tasks) + waiting.left_out(user, SHOWN_TASKS), late)


def _sponsor_home(user: User) -> SponsorHome:
    drafts = Assessment.objects.visible_to(user).exclude(status=AssessmentStatus.SUPERSEDED)
    lots = watch.lots_to_watch(user, SHOWN_LOTS)
    dossiers = Dossier.objects.visible_to(user)
    return SponsorHome(
        tasks=_tasks(user),
        ways=_sponsor_ways(user),
        filing=_filing(user),
        dossiers=_dossier_rows(user),
        all_dossiers=dossiers.count(),
        candidates=[(draft, candidates.standing(draft)) for draft in drafts[:SHOWN_CANDIDATES]],
        all_candidates=drafts.count(),
        lots=lots,
        all_lots=Lot.objects.visible_to(user).count(),
    )


def _sponsor_ways(user: User) -> list[Way]:
    ways = []
    if not preparing.why_not_create_products(user):
        ways.append(Way("New dossier", reverse("dossiers:dossier_new")))
    if not classifying.why_not_start(user):
        ways.append(Way("Classify a candidate", reverse("classification:assessment_new"), is_primary=True))
    return ways


def _filing(user: User) -> Filing | None:
    in_preparation = Dossier.objects.visible_to(user).filter(status__in=IN_PREPARATION)
    planned_first = in_preparation.order_by(F("planned_on").asc(nulls_last=True), "-changed_at")
    dossier = planned_first.select_related("product__assessment", "organisation").first()
    if dossier is None:
        return None
    return Filing(dossier, readiness.completeness(dossier)[0], readiness.stoppers(dossier))


def _dossier_rows(user: User) -> list[DossierRow]:
    newest = Dossier.objects.visible_to(user).select_related("product")[:SHOWN_DOSSIERS]
    readings = clock.readings(newest)
    return [
        DossierRow(dossier, SHORT_PROCEDURES[dossier.procedure], readings[dossier.pk]) for dossier in newest
    ]


def _quality_home(user: User) -> QualityHome:
    lots = Lot.objects.visible_to(user)
    may_register = not controlling.why_not_register(user)
    return QualityHome(
        tasks=_tasks(user),
        ways=[Way("Register a lot", reverse("qc:lot_new"), is_primary=True)] if may_register else [],
        lots=watch.lots_to_watch(user, SHOWN_LOTS_IN_QUALITY),
        all_lots=lots.count(),
        dossiers=_dossier_rows(user),
        all_dossiers=Dossier.objects.visible_to(user).count(),
    )


def _authority_home(user: User) -> AuthorityHome:
    page = reviews.review_list(user)
    return AuthorityHome(
        tasks=_tasks(user),
        ways=[],
        reviews=sorted(page.rows, key=lambda row: row.reading.next_on or date.max),
        all_reviews=page.page_obj.paginator.count,
        is_coordinator=page.is_coordinator,
    )


def _administration_home(user: User) -> AdministrationHome:
    now = timezone.now()
    unanswered = Invitation.objects.unanswered().select_related("organisation").order_by("expires_at")
    return AdministrationHome(
        tasks=_tasks(user),
        ways=[
            Way("Open the administration", reverse("admin:index")),
            Way("Invite a person", reverse("admin:accounts_invitation_add"), is_primary=True),
        ],
        people=User.objects.filter(is_active=True).count(),
        deactivated=User.objects.filter(is_active=False).count(),
        invitations=list(unanswered[:SHOWN_INVITATIONS]),
        all_invitations=unanswered.count(),
        stranded=issuing.stranded_jobs().count(),
        failed=Job.objects.filter(state=JobState.FAILED, finished_at__gt=now - ONE_WEEK).count(),
        unsent=Notice.objects.filter(mailed_at=None, told_at__lt=now - MAIL_TAKES).count(),
    )
