"""Assigning reviewers and ending their duties."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Assignment, Dossier
from dossiers.models.reviews import LEADS
from dossiers.queries import people


@transaction.atomic
def assign(dossier: Dossier, reviewer: User, *, duty: str, discipline: str = "", by: User) -> Assignment:
    """Give a reviewer of the same authority a duty; refused with a conflict of interest."""
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    refusal = permissions.why_not_change_people(dossier, by) or permissions.why_not_assign(dossier, reviewer)
    if refusal:
        raise Refused(refusal)
    if not people.assignable_reviewers(by).filter(pk=reviewer.pk).exists():
        raise Refused(f"{reviewer} does not review for your authority.")
    holder = (
        Assignment.objects.in_force().filter(dossier=dossier, duty=duty).select_related("reviewer").first()
    )
    if holder and duty in LEADS:
        raise Refused(f"{holder.reviewer} is the {holder.duty_line} already; end that duty first.")
    assignment = Assignment.objects.create(
        dossier=dossier, reviewer=reviewer, duty=duty, discipline=discipline, assigned_by=by
    )
    trail.record(
        DossierEvent.REVIEWER_ASSIGNED,
        assignment,
        by=by,
        sentence=f"Assigned: {assignment}",
        data={"reviewer": reviewer.pk, "duty": duty, "discipline": discipline},
        audience=Audience.EVERYONE if duty in LEADS else Audience.AUTHORITY,
    )
    inbox.tell(
        [reviewer],
        subject=f"{dossier}: you are assigned",
        text=f"Your duty: {assignment.duty_line}.",
        path=dossier.get_absolute_url(),
        is_action_needed=True,
    )
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, why: str, by: User) -> Assignment:
    """End a duty; what the reviewer wrote stays, the dossier is no longer theirs to see."""
    Dossier.objects.select_for_update().get(pk=assignment.dossier_id)
    assignment = Assignment.objects.select_related("dossier__product", "reviewer").get(pk=assignment.pk)
    refusal = permissions.why_not_end_assignment(assignment, by)
    if refusal:
        raise Refused(refusal)
    assignment.ended_by, assignment.ended_at, assignment.end_reason = by, timezone.now(), why
    assignment.save(update_fields=["ended_by", "ended_at", "end_reason"])
    trail.record(
        DossierEvent.ASSIGNMENT_ENDED,
        assignment,
        by=by,
        sentence=f"Duty ended: {assignment}",
        why=why,
        data={"reviewer": assignment.reviewer_id, "duty": assignment.duty},
        audience=Audience.AUTHORITY,
    )
    inbox.tell(
        [assignment.reviewer],
        subject=f"{assignment.dossier}: your duty has ended",
        text=f"You were {assignment.duty_line}. The dossier is no longer among your reviews.",
        path=reverse("dossiers:review_list"),
    )
    return assignment
