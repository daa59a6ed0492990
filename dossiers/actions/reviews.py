"""Taking a filed dossier in: validate it, send it back, start its review."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import moves
from dossiers import structure, workflow
from dossiers.actions import clock, sequences
from dossiers.models import Dossier, Part
from dossiers.queries import people


@transaction.atomic
def validate(dossier: Dossier, *, by: User) -> Dossier:
    """Take the filing as valid; the review starts once a lead is assigned."""
    dossier = moves.make(
        workflow.VALIDATE, dossier, by=by, sentence="Filing validated", also={"changed_at": timezone.now()}
    )
    sequences.accept_waiting(dossier)
    inbox.tell(
        people.sponsor_writers(dossier),
        subject=f"{dossier}: validated",
        text="The filing is valid. The clock starts when the reviewers are assigned.",
        path=dossier.get_absolute_url(),
    )
    return dossier


@transaction.atomic
def send_back(dossier: Dossier, *, why: str, by: User) -> Dossier:
    """Give the filing back to the sponsor, who may change it and file it again under the same number."""
    dossier = moves.make(
        workflow.SEND_BACK,
        dossier,
        by=by,
        why=why,
        sentence="Sent back to the sponsor",
        also={"changed_at": timezone.now()},
    )
    sequences.send_back_last(dossier, why=why)
    if dossier.next_sequence_id:
        sequences.drop(dossier, by=by, why="The filing before it was sent back")
    inbox.tell(
        people.sponsor_writers(dossier),
        subject=f"{dossier}: sent back",
        text=f"The filing could not be validated. The reason: {why}",
        path=dossier.get_absolute_url(),
        is_action_needed=True,
    )
    return dossier


@transaction.atomic
def start_review(dossier: Dossier, *, by: User) -> Dossier:
    """Start the clock on day 1 and open the parts of the assessment; a combined product has three."""
    dossier = moves.make(
        workflow.START_REVIEW, dossier, by=by, sentence="Review started", also={"changed_at": timezone.now()}
    )
    kinds = structure.part_kinds(dossier.outcome_class)
    Part.objects.bulk_create(Part(dossier=dossier, kind=kind) for kind in kinds)
    clock.start(dossier, by=by, reason="Filing valid, reviewers assigned")
    inbox.tell(
        people.sponsor_writers(dossier),
        subject=f"{dossier}: the clock has started",
        text="Today is day 1 of the procedure.",
        path=reverse("dossiers:question_list", args=[dossier.pk]),
    )
    inbox.tell(
        people.review_team(dossier),
        subject=f"{dossier}: the review has started",
        text="Today is day 1 of the procedure. Read, comment and raise your questions.",
        path=dossier.get_absolute_url(),
        is_action_needed=True,
    )
    return dossier
