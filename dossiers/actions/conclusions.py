"""Concluding: write a part, sign it, reopen it, and record the outcome over all parts."""

from django.db import transaction
from django.utils import timezone

from accounts import inbox
from accounts.models import User
from audit import moves, signing, trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from audit.signing import Proof
from dossiers import permissions, workflow
from dossiers.actions import clock
from dossiers.events import DossierEvent
from dossiers.models import Dossier, Part
from dossiers.queries import people
from dossiers.queries.conclusions import outcome_content, part_content
from dossiers.statuses import DossierOutcome, PartKind

PART_STATEMENT = "I conclude this part of the assessment; the text and the recommendation are mine."
OUTCOME_STATEMENT = "I record this outcome of the procedure; it follows from the concluded assessment."


@transaction.atomic
def write_part(
    part: Part, *, text: str, recommendation: str, together: str = "", edition: int, by: User
) -> Part:
    """Save the draft of a part; the interface also says how device and medicine work together."""
    part = Part.objects.select_for_update().get(pk=part.pk)
    refusal = permissions.why_not_write_part(part, by)
    if refusal:
        raise Refused(refusal)
    if part.edition != edition:
        raise Stale(f"The {part.get_kind_display().lower()} was changed after you opened it.")
    after = {"text": text, "recommendation": recommendation}
    if part.kind == PartKind.INTERFACE:
        after["together"] = together
    changes = trail.changes({name: getattr(part, name) for name in after}, after)
    if not changes:
        return part
    for name, value in after.items():
        setattr(part, name, value)
    part.edition = edition + 1
    part.save(update_fields=[*after, "edition"])
    trail.record(
        DossierEvent.PART_WRITTEN,
        part,
        by=by,
        sentence=f"{part.get_kind_display()} written",
        data=changes,
        audience=Audience.AUTHORITY,
    )
    return part


@transaction.atomic
def conclude_part(part: Part, *, by: User, proof: Proof) -> Part:
    """Sign a part of the assessment with its recommendation."""
    Dossier.objects.select_for_update().get(pk=part.dossier_id)
    part = moves.make(
        workflow.CONCLUDE_PART,
        part,
        by=by,
        sentence=f"{part.get_kind_display()} concluded",
        also={"concluded_by": by, "concluded_at": timezone.now()},
    )
    signing.sign(
        part,
        meaning="conclusion",
        statement=PART_STATEMENT,
        shown=part_content(part),
        by=by,
        proof=proof,
        audience=Audience.AUTHORITY,
    )
    inbox.tell(
        [person for person in [*people.review_team(part.dossier), *people.coordinators()] if person != by],
        subject=f"{part}: concluded",
        text=f"{by.full_name} concluded this part.",
        path=part.get_absolute_url(),
    )
    return part


@transaction.atomic
def reopen_part(part: Part, *, why: str, by: User) -> Part:
    """Open a concluded part again, with a reason; the signature on it stays in the trail."""
    Dossier.objects.select_for_update().get(pk=part.dossier_id)  # the outcome may be signed in this moment
    signer = part.concluded_by
    part = moves.make(
        workflow.REOPEN_PART,
        part,
        by=by,
        why=why,
        sentence=f"{part.get_kind_display()} reopened",
        also={"concluded_by": None, "concluded_at": None},
    )
    inbox.tell(
        [signer] if signer else [],
        subject=f"{part}: reopened",
        text=f"The reason: {why}",
        path=part.get_absolute_url(),
        is_action_needed=True,
    )
    return part


@transaction.atomic
def conclude(dossier: Dossier, *, outcome: str, grounds: str, by: User, proof: Proof) -> Dossier:
    """Record the outcome, signed, once every part is concluded and every question is settled."""
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    refusal = workflow.CONCLUDE.why_not(dossier, by) or permissions.why_not_outcome(dossier, outcome)
    if refusal:
        raise Refused(refusal)
    shown = outcome_content(dossier, outcome=outcome, grounds=grounds)
    word = DossierOutcome(outcome).label
    dossier = moves.make(
        workflow.CONCLUDE,
        dossier,
        by=by,
        sentence=f"Outcome recorded: {word.lower()}",
        data={"outcome": outcome, "grounds": grounds},
        also={"outcome": outcome, "concluded_at": timezone.now(), "changed_at": timezone.now()},
    )
    signing.sign(dossier, meaning="outcome", statement=OUTCOME_STATEMENT, shown=shown, by=by, proof=proof)
    clock.end(dossier, by=by, reason=f"Outcome: {word.lower()}")
    inbox.tell(
        [*people.sponsor_writers(dossier), *people.review_team(dossier)],
        subject=f"{dossier}: outcome",
        text=f"The procedure is concluded: {word.lower()}.",
        path=dossier.get_absolute_url(),
    )
    return dossier
