"""What waits for a person, over all apps: the tasks of their home page, and what they would leave behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.leaving import OpenWork
from accounts.models import Notice, User
from accounts.roles import QUALITY_ROLES, SPONSOR_ROLES, SPONSOR_WRITERS, Role, Side
from classification.models import Assessment, AssessmentStatus
from classification.workflow import FINALISE
from dossiers import combined
from dossiers.clock import site_date
from dossiers.models import (
    Assignment,
    CombinedField,
    Condition,
    Conformity,
    Dossier,
    Part,
    Question,
)
from dossiers.permissions import OVER
from dossiers.queries import my_sections
from dossiers.statuses import (
    DossierStatus,
    Duty,
    PartStatus,
    QuestionKind,
    QuestionStatus,
)
from qc.queries import watch

MOST_DRAFTS = 50
MOST_NOTICES = 20


@dataclass(frozen=True)
class Task:
    """Something that waits for a person: what, about what, until when, and where it is done.

    `record` is the page of the record; a notice that leads there says the same once more.
    """

    what: str
    about: str
    url: str
    note: str = ""
    due: date | None = None
    record: str = ""
    kind: str = "work"

    @property
    def is_late(self) -> bool:
        """Whether the day by which it is due is over."""
        return self.due is not None and self.due < site_date()


def tasks_of(user: User, most: int | None = None) -> list[Task]:
    """Return what waits for a person, what is due first at the head; the same few queries for any number.

    `most` is how many dossiers of the whole authority a coordinator is told of; `left_out` counts the others.
    """
    match user.role:
        case role if role in SPONSOR_WRITERS:
            found = [
                *_dossiers_to_answer(user),
                *_dossiers_sent_back(user),
                *_rationales_to_sign(user),
                *_sections_to_fill(user),
                *_conditions_to_close(user),
                *_certificates_to_renew(user),
            ]
        case role if role in SPONSOR_ROLES:
            found = [*_sections_to_fill(user)]
        case Role.REVIEWER:
            found = [*_answers_to_judge(user)]
        case Role.COORDINATOR:
            found = [*_dossiers_to_move(user, most), *_notified_bodies_asked(user)]
        case _:
            found = []
    known = (*(task.record for task in found), *_places_known_better(user))
    found += [task for path, task in _notices(user) if not path.startswith(known)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))


def left_out(user: User, most: int) -> int:
    """Count what waits for a coordinator beyond the first tasks; nobody else is told of a part only."""
    return max(0, _waiting_for_a_move(user).count() - most) if user.role == Role.COORDINATOR else 0


def _places_known_better(user: User) -> list[str]:
    """Name the places whose state tells what waits there; a notice may be older than what was done."""
    if user.role in QUALITY_ROLES:
        return [reverse("qc:lot_list")]
    if user.role in SPONSOR_WRITERS | {Role.COORDINATOR}:
        return [reverse("dossiers:dossier_list")]
    return []


def _dossiers_to_answer(user: User) -> Iterator[Task]:
    unwritten = Q(questions__answer=None) | Q(questions__answer__text="")
    dossiers: Any = (
        Dossier.objects.visible_to(user)
        .filter(status=DossierStatus.CLOCK_STOPPED, questions__status=QuestionStatus.SENT)
        .select_related("product")
        .annotate(
            asked=Count("questions"),
            left=Count("questions", filter=unwritten),
            majors=Count("questions", filter=unwritten & Q(questions__kind=QuestionKind.MAJOR_OBJECTION)),
            due=Min("questions__due_on"),
        )
    )
    for dossier in dossiers:
        url = reverse("dossiers:question_list", args=[dossier.pk])
        if dossier.left:
            majors = f", {_many(dossier.majors, 'major objection')}" if dossier.majors else ""
            note = f"{dossier.asked - dossier.left} of {dossier.asked} answered{majors}"
            what = f"Answer {_many(dossier.left, 'question')}"
        else:
            what, note = "Send the responses", f"all {dossier.asked} answered"
        yield Task(what, str(dossier), url, note, dossier.due, dossier.get_absolute_url())


def _dossiers_sent_back(user: User) -> Iterator[Task]:
    returned = Dossier.objects.visible_to(user).filter(status=DossierStatus.RETURNED)
    for dossier in returned.select_related("product"):
        page = dossier.get_absolute_url()
        yield Task("Put right what was sent back", str(dossier), page, record=page)


def _rationales_to_sign(user: User) -> Iterator[Task]:
    drafts = Assessment.objects.visible_to(user).filter(status=AssessmentStatus.DRAFT)
    for assessment in drafts[:MOST_DRAFTS]:
        if not FINALISE.why_not(assessment, user):
            what = f"Sign the rationale of {assessment}"
            page = assessment.get_absolute_url()
            yield Task(what, assessment.name, page, "classification", record=page)


def _sections_to_fill(user: User) -> Iterator[Task]:
    for each in my_sections.sections_to_fill(user):
        section = each.section
        page = section.get_absolute_url()
        yield Task(
            f"Fill {section}", str(section.dossier), page, each.in_words, section.due_on, page, "section"
        )


def _answers_to_judge(user: User) -> Iterator[Task]:
    dossiers: Any = (
        Dossier.objects.visible_to(user)
        .filter(status=DossierStatus.IN_REVIEW, questions__status=QuestionStatus.ANSWERED)
        .select_related("product")
        .annotate(answered=Count("questions", distinct=True))
    )
    for dossier in dossiers:
        what = f"Judge {_many(dossier.answered, 'answer')}"
        url = reverse("dossiers:question_list", args=[dossier.pk])
        yield Task(what, str(dossier), url, record=dossier.get_absolute_url())


def _waiting_for_a_move(user: User) -> QuerySet[Dossier]:
    """Keep the dossiers that wait for a coordinator; one in review does with a draft list, or at its end."""
    draft = Question.objects.filter(dossier=OuterRef("pk"), status=QuestionStatus.DRAFT)
    open_part = Part.objects.filter(dossier=OuterRef("pk"), status=PartStatus.OPEN)
    return Dossier.objects.visible_to(user).filter(
        Q(status__in=[DossierStatus.FILED, DossierStatus.VALIDATED])
        | (Q(status=DossierStatus.IN_REVIEW) & (Exists(draft) | ~Exists(open_part)))
    )


def _dossiers_to_move(user: User, most: int | None) -> Iterator[Task]:
    lead = Assignment.objects.in_force().filter(dossier=OuterRef("pk"), duty=Duty.LEAD)
    open_part = Part.objects.filter(dossier=OuterRef("pk"), status=PartStatus.OPEN)
    drafts = Q(questions__status=QuestionStatus.DRAFT)
    dossiers: Any = (
        _waiting_for_a_move(user)
        .select_related("product", "organisation")
        .annotate(has_lead=Exists(lead), is_open=Exists(open_part), drafts=Count("questions", filter=drafts))
        .order_by("filed_at")
    )
    for dossier in dossiers[:most]:
        verb = _next_move(dossier)
        if verb:
            what, name, note = verb
            url = reverse(f"dossiers:{name}", args=[dossier.pk])
            about = f"{dossier}, {dossier.organisation}"
            yield Task(what, about, url, note, record=dossier.get_absolute_url())


def _next_move(dossier: Any) -> tuple[str, str, str] | None:
    match DossierStatus(dossier.status):
        case DossierStatus.FILED:
            return "Validate the filing", "validate", ""
        case DossierStatus.VALIDATED if not dossier.has_lead:
            return "Assign a lead", "people", ""
        case DossierStatus.VALIDATED:
            return "Start the clock", "start_review", ""
        case _ if dossier.drafts:
            note = f"{_many(dossier.drafts, 'question')} on the draft list"
            return "Send the list of questions", "question_list", note
        case _ if not dossier.is_open:
            return "Record the outcome", "conclude", "every part is concluded"
    return None


def _conditions_to_close(user: User) -> Iterator[Task]:
    """Conditions of a notified body that the person sees to, overdue or due within a month."""
    soon = site_date() + combined.CONDITION_SOON
    conditions = (
        Condition.objects.filter(dossier__in=Dossier.objects.visible_to(user), owner=user, closed_on=None)
        .filter(due_on__lte=soon)
        .exclude(dossier__status__in=OVER)
        .select_related("dossier__product")
    )
    for condition in conditions:
        url = reverse("dossiers:combined_block", args=[condition.dossier_id, "conformity"])
        yield Task(
            "Close a condition of the notified body",
            str(condition.dossier),
            url,
            condition.text,
            condition.due_on,
        )


def _certificates_to_renew(user: User) -> Iterator[Task]:
    """Certificates and opinions of devices that expire within three months, or have."""
    until = (site_date() + combined.SOON).isoformat()
    expiring = (
        CombinedField.objects.filter(dossier__in=Dossier.objects.visible_to(user), name="expiry_date")
        .filter(value__gt="", value__lte=until)
        .exclude(dossier__status__in=OVER)
        .select_related("dossier__product")
    )
    for row in expiring:
        url = reverse("dossiers:combined_block", args=[row.dossier_id, "conformity"])
        yield Task(
            "Renew the certificate of the device", str(row.dossier), url, due=date.fromisoformat(row.value)
        )


def _notified_bodies_asked(user: User) -> Iterator[Task]:
    waiting = (
        Conformity.objects.filter(dossier__in=Dossier.objects.visible_to(user), answer_due_on__isnull=False)
        .exclude(dossier__status__in=OVER)
        .select_related("dossier__product")
    )
    for conformity in waiting:
        url = conformity.get_absolute_url()
        yield Task("Answer of the notified body", str(conformity.dossier), url, due=conformity.answer_due_on)


def _notices(user: User) -> Iterator[tuple[str, Task]]:
    unread = Notice.objects.visible_to(user).filter(is_action_needed=True, read_at=None)
    for notice in unread[:MOST_NOTICES]:
        about = notice.text if len(notice.text) <= 80 else f"{notice.text[:79]}…"
        yield (
            notice.path,
            Task(notice.subject, about, reverse("accounts:notice", args=[notice.pk]), kind="notice"),
        )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def open_work_of(person: User) -> list[OpenWork]:
    """Name what waits for a person who leaves, so that an administrator can have it handed over."""
    work = [OpenWork(task.what, task.about) for task in tasks_of(person)]
    if person.role == Role.REVIEWER:
        duties = Assignment.objects.in_force().filter(reviewer=person).select_related("dossier__product")
        work += [OpenWork(f"Duty: {duty.duty_line}", str(duty.dossier)) for duty in duties]
    if person.side == Side.SPONSOR:
        work += [OpenWork(watched.reason, f"lot {watched.lot}") for watched in watch.lots_to_watch(person)]
    return work
