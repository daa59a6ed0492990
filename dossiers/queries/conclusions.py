"""What the pages of parts and of the outcome read, and what is signed on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import Side
from audit import signing
from audit.models import Signature
from dossiers import permissions, workflow
from dossiers.models import Assignment, Dossier, Part, Question
from dossiers.models.reviews import LEADS
from dossiers.queries.plate import Plate, plate
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
)

ABOUT = {
    PartKind.MEDICINAL: "Quality, non-clinical and clinical assessment of the medicine.",
    PartKind.DEVICE: "Whether the device meets its requirements: Regulation (EC) No 1394/2007, Article 6.",
    PartKind.INTERFACE: "How device and cells act on each other, and the safety of the whole.",
}
DISCIPLINES_OF = {
    PartKind.MEDICINAL: frozenset({Discipline.QUALITY, Discipline.NON_CLINICAL, Discipline.CLINICAL}),
    PartKind.DEVICE: frozenset({Discipline.DEVICE}),
    PartKind.INTERFACE: frozenset[str](),
}
SETTLED = frozenset(
    {
        QuestionStatus.ACCEPTED,
        QuestionStatus.NOT_ACCEPTED,
        QuestionStatus.FOLLOWED_UP,
        QuestionStatus.WITHDRAWN,
    }
)


def part_content(part: Part) -> dict[str, Any]:
    """Return what a person signs when a part is concluded."""
    return {
        "dossier": part.dossier.number,
        "part": part.get_kind_display(),
        "recommendation": Recommendation(part.recommendation).label if part.recommendation else "",
        "text": part.text,
        **({"together": part.together} if part.kind == PartKind.INTERFACE else {}),
    }


def outcome_content(dossier: Dossier, *, outcome: str, grounds: str) -> dict[str, Any]:
    """Return what a person signs when the outcome is recorded: it, its grounds and every part."""
    parts = dossier.parts.in_order().select_related("dossier", "concluded_by")
    return outcome_words(dossier, parts, outcome=outcome, grounds=grounds)


def outcome_words(dossier: Dossier, parts: Iterable[Part], *, outcome: str, grounds: str) -> dict[str, Any]:
    """Word an outcome over parts that are at hand, as it is signed."""
    return {
        "dossier": dossier.number,
        "outcome": DossierOutcome(outcome).label,
        "grounds": grounds,
        "parts": [
            {**part_content(part), "concluded_by": part.concluded_by and part.concluded_by.full_name}
            for part in parts
        ],
    }


@dataclass(frozen=True)
class PartRow:
    """A part beside the others."""

    part: Part
    about: str
    assessors: str
    majors: int
    others: int
    open_questions: int
    is_current: bool

    @property
    def tone(self) -> str:
        """The tone of its state."""
        if self.part.status == PartStatus.CONCLUDED:
            return "none"
        return "go" if self.part.text else "open"

    @property
    def word(self) -> str:
        """Its state in words."""
        if self.part.status == PartStatus.CONCLUDED:
            return "Concluded"
        return "In assessment" if self.part.text else "To assess"


@dataclass(frozen=True)
class Parts:
    """All parts of an assessment, and whether the outcome can be recorded."""

    rows: list[PartRow]
    is_combined: bool
    is_coordinator: bool
    conclude_refusal: str | None
    outcome: str
    concluded_at: datetime | None


def parts_of(dossier: Dossier, user: User, current: Part | None = None) -> Parts:
    """Gather the parts that the person may see, side by side."""
    parts = list(Part.objects.visible_to(user).filter(dossier=dossier).in_order())
    duties = list(
        Assignment.objects.visible_to(user).in_force().filter(dossier=dossier).select_related("reviewer")
    )
    questions = list(
        Question.objects.visible_to(user)
        .filter(dossier=dossier)
        .exclude(status=QuestionStatus.WITHDRAWN)
        .values_list("discipline", "kind", "status")
    )
    return Parts(
        rows=[_row(part, duties, questions, current) for part in parts],
        is_combined=dossier.is_combined,
        is_coordinator=user.role in workflow.CONCLUDE.roles,
        conclude_refusal=workflow.CONCLUDE.why_not(dossier, user)
        if user.role in workflow.CONCLUDE.roles
        else permissions.why_not_conclude(dossier, user),
        outcome=dossier.get_outcome_display(),
        concluded_at=dossier.concluded_at,
    )


def _row(
    part: Part, duties: list[Assignment], questions: list[tuple[str, str, str]], current: Part | None
) -> PartRow:
    kind = PartKind(part.kind)
    writers = [
        duty for duty in duties if duty.duty == Duty.LEAD or duty.discipline in permissions.WRITERS_OF[kind]
    ]
    asked = [row for row in questions if row[0] in DISCIPLINES_OF[kind]]
    majors = sum(kind_of == QuestionKind.MAJOR_OBJECTION for _, kind_of, _ in asked)
    return PartRow(
        part=part,
        about=ABOUT[kind],
        assessors=", ".join(f"{duty.reviewer.full_name} ({duty.duty_line})" for duty in writers),
        majors=majors,
        others=len(asked) - majors,
        open_questions=sum(status not in SETTLED for _, _, status in asked),
        is_current=part == current,
    )


@dataclass(frozen=True)
class PartPage:
    """A part of the assessment: its text, its signature and the parts beside it."""

    plate: Plate
    dossier: Dossier
    part: Part
    about: str
    parts: Parts
    is_authority: bool
    is_concluded: bool
    content: dict[str, Any]
    signature: Signature | None
    signer: str
    write_refusal: str | None
    conclude_refusal: str | None
    reopen_refusal: str | None
    may_reopen: bool


def part_page(part: Part, user: User) -> PartPage:
    """Gather a part as the person may see it."""
    signatures = signing.signatures_on(part)
    is_concluded = part.status == PartStatus.CONCLUDED
    signature = signatures[-1] if signatures and is_concluded else None
    return PartPage(
        plate=plate(part.dossier, user),
        dossier=part.dossier,
        part=part,
        about=ABOUT[PartKind(part.kind)],
        parts=parts_of(part.dossier, user, part),
        is_authority=user.side == Side.AUTHORITY,
        is_concluded=is_concluded,
        content=part_content(part),
        signature=signature,
        signer=_signer(part, signature, user) if signature else "",
        write_refusal=permissions.why_not_write_part(part, user),
        conclude_refusal=workflow.CONCLUDE_PART.why_not(part, user),
        reopen_refusal=workflow.REOPEN_PART.why_not(part, user),
        may_reopen=user.role in workflow.REOPEN_PART.roles and is_concluded,
    )


def _signer(part: Part, signature: Signature, user: User) -> str:
    """Name who signed a part; a sponsor knows the leads by name, and nobody else."""
    known = Assignment.objects.filter(dossier=part.dossier_id, reviewer=part.concluded_by_id, duty__in=LEADS)
    if user.side == Side.AUTHORITY or known.exists():
        return f"{signature.actor_name}, {signature.actor_role}"
    return "An assessor of the authority"


@dataclass(frozen=True)
class ConcludePage:
    """The parts before the outcome is recorded."""

    plate: Plate
    dossier: Dossier
    parts: Parts
    questions: list[tuple[str, int]]
    refusal: str | None
    is_over: bool


def conclude_page(dossier: Dossier, user: User) -> ConcludePage:
    """Gather what the outcome follows from."""
    statuses = list(dossier.questions.order_by().values_list("status", flat=True))
    return ConcludePage(
        plate=plate(dossier, user),
        dossier=dossier,
        parts=parts_of(dossier, user),
        questions=[(status.label, statuses.count(status)) for status in QuestionStatus if status in statuses],
        refusal=workflow.CONCLUDE.why_not(dossier, user),
        is_over=dossier.status == DossierStatus.CONCLUDED,
    )
