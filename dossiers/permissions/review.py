"""Whether a review may go on: validating, assigning, commenting, asking, judging, concluding."""

from collections import Counter
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import AUTHORITY_ROLES, SPONSOR_WRITERS, Role, Side
from dossiers import combined
from dossiers.models import Assignment, DocumentVersion, Dossier, Part, Question, Thread
from dossiers.models.reviews import LEADS
from dossiers.permissions.people import is_writer
from dossiers.statuses import (
    Discipline,
    DossierOutcome,
    DossierStatus,
    Duty,
    PartKind,
    PartStatus,
    QuestionKind,
    QuestionStatus,
    Recommendation,
    ThreadAudience,
)

COOLING_OFF = timedelta(days=3 * 365)
COMMENTERS = SPONSOR_WRITERS | AUTHORITY_ROLES
OVER = frozenset({DossierStatus.CONCLUDED, DossierStatus.WITHDRAWN})
FAVOURABLE_OUTCOMES = frozenset({DossierOutcome.POSITIVE, DossierOutcome.CONDITIONAL})
ASSIGNABLE = frozenset(
    {DossierStatus.FILED, DossierStatus.VALIDATED, DossierStatus.IN_REVIEW, DossierStatus.CLOCK_STOPPED}
)
AUDIENCES_OF: dict[str, tuple[ThreadAudience, ...]] = {
    Side.SPONSOR: (
        ThreadAudience.PRIVATE,
        ThreadAudience.SPONSOR_TEAM,
        ThreadAudience.SPONSOR_AND_REVIEW,
    ),
    Side.AUTHORITY: (
        ThreadAudience.PRIVATE,
        ThreadAudience.REVIEW_TEAM,
        ThreadAudience.SPONSOR_AND_REVIEW,
    ),
}
WRITERS_OF = {
    PartKind.MEDICINAL: frozenset({Discipline.QUALITY, Discipline.NON_CLINICAL, Discipline.CLINICAL}),
    PartKind.DEVICE: frozenset({Discipline.DEVICE}),
    PartKind.INTERFACE: frozenset({Discipline.QUALITY, Discipline.DEVICE}),
}


def duty_of(dossier: Dossier, user: User) -> Assignment | None:
    """Return the duty that a person has on a dossier now."""
    return Assignment.objects.in_force().filter(dossier=dossier, reviewer=user).first()


def why_not_start_review(dossier: Dossier, user: User) -> str | None:
    """Refuse to start the clock while nobody leads, or nobody judges the device of a combined product."""
    duties = Assignment.objects.in_force().filter(dossier=dossier)
    if not duties.filter(duty=Duty.LEAD).exists():
        return "The clock cannot start before a lead is assigned."
    if dossier.is_combined and not duties.filter(discipline=Discipline.DEVICE).exists():
        return "A device is part of this product: the clock cannot start before its assessor is assigned."
    return None


def why_not_change_people(dossier: Dossier, user: User) -> str | None:
    """Refuse to change who reviews to everybody but a coordinator, and once the procedure is over."""
    if user.role != Role.COORDINATOR:
        return "Only a coordinator assigns reviewers."
    if dossier.status not in ASSIGNABLE:
        return f"{dossier} is {dossier.get_status_display().lower()}; nobody can be assigned now."
    return None


def why_not_assign(dossier: Dossier, reviewer: User) -> str | None:
    """Refuse a person who is no reviewer, has a duty already, or has a conflict of interest."""
    if reviewer.role != Role.REVIEWER or not reviewer.is_active:
        return f"{reviewer} is not a reviewer."
    if duty_of(dossier, reviewer):
        return f"{reviewer} has a duty on this dossier already."
    return why_conflicted(dossier, reviewer)


def why_conflicted(dossier: Dossier, reviewer: User) -> str | None:
    """Refuse a person who worked for the sponsor within three years: EMA policy 0044, competing interests."""
    since = timezone.now() - COOLING_OFF
    with_sponsor = Membership.objects.filter(user=reviewer, organisation=dossier.organisation_id).filter(
        Q(ended_at=None) | Q(ended_at__gt=since)
    )
    if with_sponsor.exists():
        return f"{reviewer} worked for the sponsor less than three years ago and cannot review its dossier."
    return None


def why_not_end_assignment(assignment: Assignment, user: User) -> str | None:
    """Refuse to end a duty twice."""
    refusal = why_not_change_people(assignment.dossier, user)
    if refusal:
        return refusal
    if assignment.ended_at:
        return f"The duty of {assignment.reviewer} has ended already."
    return None


def why_not_comment(dossier: Dossier, user: User) -> str | None:
    """Refuse comments of people who only read, and once the procedure is over."""
    if user.role not in COMMENTERS and not is_writer(dossier, user):
        return "Your role reads comments and does not write them."
    if dossier.status in OVER:
        return "The procedure is over; comments are closed."
    return None


def why_not_address(
    dossier: Dossier, version: DocumentVersion | None, audience: str, user: User
) -> str | None:
    """Refuse an audience of the other side, and the other side itself before it has the text."""
    if audience not in AUDIENCES_OF.get(user.side, ()):
        return "You cannot write to these readers."
    if audience != ThreadAudience.SPONSOR_AND_REVIEW:
        return None
    if dossier.filed_at is None or (version and version.filed_in_id is None):
        return "The review team does not have this text yet: it is not filed."
    return None


def why_not_resolve(thread: Thread, user: User) -> str | None:
    """Refuse to close or reopen a thread that the person does not read, and once the procedure is over."""
    if not Thread.objects.visible_to(user).filter(pk=thread.pk).exists():
        return "You do not take part in this thread."
    return why_not_comment(thread.dossier, user)


def why_not_ask(dossier: Dossier, user: User) -> str | None:
    """Refuse questions of people without a duty, and while the clock does not run."""
    if user.role != Role.COORDINATOR and not duty_of(dossier, user):
        return "Only the review team of this dossier raises questions."
    if dossier.status != DossierStatus.IN_REVIEW:
        return "Questions are raised while the dossier is in review."
    return None


def why_not_change_question(question: Question, user: User) -> str | None:
    """Refuse to change the draft of another person, except to a lead or a coordinator."""
    refusal = why_not_ask(question.dossier, user)
    if refusal:
        return refusal
    if question.status != QuestionStatus.DRAFT:
        return f"{question} is no longer a draft; it stays as it was sent."
    duty = duty_of(question.dossier, user)
    if user.role == Role.COORDINATOR or question.raised_by_id == user.pk or (duty and duty.duty in LEADS):
        return None
    return "Only the person who raised the question, a lead or a coordinator changes it."


def why_not_send_questions(dossier: Dossier, user: User) -> str | None:
    """Refuse to send an empty list, and a further list while answers to the one before wait."""
    statuses = _statuses(dossier)
    if statuses[QuestionStatus.ANSWERED]:
        return f"{_answers(statuses[QuestionStatus.ANSWERED])} to be judged before a further list is sent."
    if not statuses[QuestionStatus.DRAFT]:
        return "There is no question on the draft list."
    return None


def why_not_answer(question: Question, user: User) -> str | None:
    """Refuse an answer that is not asked for now, or from somebody who does not write for the sponsor."""
    if not is_writer(question.dossier, user):
        return "Only the sponsor's regulatory lead and contributors write answers."
    if question.status != QuestionStatus.SENT:
        return f"{question} does not wait for an answer."
    if question.dossier.status != DossierStatus.CLOCK_STOPPED:
        return "Answers are written while the clock is stopped."
    return None


def why_not_send_responses(dossier: Dossier, user: User) -> str | None:
    """Refuse to send responses while one is empty."""
    open_answers = (
        dossier.questions.filter(status=QuestionStatus.SENT)
        .filter(Q(answer=None) | Q(answer__text=""))
        .count()
    )
    if open_answers:
        return f"Responses cannot be sent while {_answers(open_answers, verb=True)} open."
    return None


def why_not_judge_answer(question: Question, user: User) -> str | None:
    """Leave the judgement to the leads, the assessor of the discipline and the person who asked."""
    if question.dossier.status != DossierStatus.IN_REVIEW:
        return "Answers are judged while the dossier is in review."
    duty = duty_of(question.dossier, user)
    if duty is None:
        return "Only the review team of this dossier judges answers."
    if duty.duty in LEADS or duty.discipline == question.discipline or question.raised_by_id == user.pk:
        return None
    return "The leads, the assessor of the discipline or the person who asked judge this answer."


def why_not_write_part(part: Part, user: User) -> str | None:
    """Leave the text of a part to the leads and the assessors of its disciplines, while it is open."""
    if part.status != PartStatus.OPEN:
        return f"The {part.get_kind_display().lower()} is concluded; a coordinator can reopen it."
    if part.dossier.status in OVER:
        return "The procedure is over."
    duty = duty_of(part.dossier, user)
    if duty and (duty.duty in LEADS or duty.discipline in WRITERS_OF[PartKind(part.kind)]):
        return None
    return "Only the leads and the assessors of this part write its assessment."


def why_not_conclude_part(part: Part, user: User) -> str | None:
    """Let the lead sign every part, and the device assessor the device part; nobody an empty one."""
    if part.dossier.status != DossierStatus.IN_REVIEW:
        return "A part is concluded while the dossier is in review."
    duty = duty_of(part.dossier, user)
    is_device_assessor = duty is not None and duty.discipline == Discipline.DEVICE
    if duty is None or not (duty.duty == Duty.LEAD or (part.kind == PartKind.DEVICE and is_device_assessor)):
        who = "the lead or the device assessor" if part.kind == PartKind.DEVICE else "the lead"
        return f"The {part.get_kind_display().lower()} is concluded by {who}."
    if not part.text.strip() or not part.recommendation:
        return "Write the assessment and choose a recommendation first."
    if part.kind == PartKind.INTERFACE and not part.together.strip():
        return "Say how device and medicine work together first."
    return None


def why_not_reopen_part(part: Part, user: User) -> str | None:
    """Refuse to reopen a part of a procedure that is over."""
    if part.dossier.status in OVER:
        return "The procedure is over; its parts stay as they were signed."
    return None


def why_not_conclude(dossier: Dossier, user: User) -> str | None:
    """Refuse an outcome while a part is open or a question is not settled."""
    if dossier.parts.exclude(status=PartStatus.CONCLUDED).exists():
        if dossier.is_combined:
            return "The combined conclusion cannot be signed before all three parts are."
        return "The outcome cannot be recorded before the assessment is concluded."
    statuses = _statuses(dossier)
    if statuses[QuestionStatus.DRAFT]:
        return "The draft list still holds questions: send them or take them off."
    if statuses[QuestionStatus.SENT]:
        return "The sponsor has not answered every question."
    if statuses[QuestionStatus.ANSWERED]:
        return f"{_answers(statuses[QuestionStatus.ANSWERED])} to be judged before the outcome."
    return None


def why_not_outcome(dossier: Dossier, outcome: str) -> str | None:
    """Refuse a favourable outcome against a part or against a major objection that was not answered."""
    if outcome not in FAVOURABLE_OUTCOMES:
        return None
    objection = dossier.questions.filter(
        kind=QuestionKind.MAJOR_OBJECTION, status=QuestionStatus.NOT_ACCEPTED
    ).first()
    if objection:
        return f"The major objection {objection} stands; the outcome cannot be favourable."
    against = dossier.parts.filter(recommendation=Recommendation.UNFAVOURABLE).first()
    if against:
        return f"The {against.get_kind_display().lower()} is not favourable; the outcome cannot be either."
    return combined.why_unsettled(dossier)


def _statuses(dossier: Dossier) -> Counter[str]:
    return Counter(dossier.questions.order_by().values_list("status", flat=True))


def _answers(count: int, *, verb: bool = False) -> str:
    number = f"{count} answer{'s' if count > 1 else ''}"
    if verb:
        return f"{number} {'are' if count > 1 else 'is'}"
    return f"{number} {'have' if count > 1 else 'has'}"
