"""The review of a dossier: duties, clock, parts, a list of questions, an outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from atmp_portal.load.chain import Chain
from atmp_portal.load.dossiers import Built
from atmp_portal.load.lives import ASSIGNED
from atmp_portal.load.people import Authority
from audit.models import Audience
from dossiers import clock, structure
from dossiers.actions.conclusions import OUTCOME_STATEMENT, PART_STATEMENT
from dossiers.events import DossierEvent
from dossiers.models import Assignment, ClockEntry, Part, Question
from dossiers.models.reviews import LEADS
from dossiers.queries.conclusions import outcome_words, part_content
from dossiers.statuses import (
    ClockKind,
    Discipline,
    DossierOutcome,
    DossierStatus,
    Duty,
    PartStatus,
    QuestionKind,
    QuestionStatus,
    Recommendation,
)

QUESTIONS = (
    (
        QuestionKind.MAJOR_OBJECTION,
        Discipline.QUALITY,
        "The potency assay does not show the claimed mechanism.",
    ),
    (QuestionKind.OTHER_CONCERN, Discipline.CLINICAL, "Justify the length of the follow-up of patients."),
    (QuestionKind.OTHER_CONCERN, Discipline.NON_CLINICAL, "Discuss the choice of the animal model."),
)
GROUNDS = "The benefits outweigh the risks in the indication applied for."


@dataclass
class Review:
    """The rows of a review, as far as it has come."""

    assignments: list[Assignment] = field(default_factory=list)
    clock: list[ClockEntry] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass
class Reviewing:
    """Reviews dossiers: the reviewers take turns, so that each has about as much to do."""

    chain: Chain
    authority: Authority
    chance: Random

    def review(self, built: Built) -> Review:
        """Make the review of a dossier up to today."""
        review, life = Review(), built.life
        by = self.authority.coordinators[int(built.dossier.number[1:]) % len(self.authority.coordinators)]
        if life.status in ASSIGNED and life.taken_at and life.filed_at:
            at = life.filed_at if life.status == DossierStatus.RETURNED else life.taken_at
            self._assign(review, built, by, at + timedelta(hours=2))
        if life.started_at:
            self._start(review, built, by, life.started_at)
        if life.stopped_at:
            self._ask(review, built, by, life.stopped_at)
        if life.concluded_at:
            self._conclude(review, built, by, life.concluded_at)
        return review

    def _assign(self, review: Review, built: Built, by: User, at: datetime) -> None:
        duties = [(Duty.LEAD, ""), (Duty.CO_LEAD, ""), (Duty.ASSESSOR, Discipline.QUALITY)]
        if built.dossier.is_combined:
            duties.append((Duty.ASSESSOR, Discipline.DEVICE))
        for (duty, discipline), reviewer in zip(
            duties, self.chance.sample(self.authority.reviewers, len(duties)), strict=True
        ):
            duty_of = Assignment(
                dossier=built.dossier, reviewer=reviewer, duty=duty, discipline=discipline,
                assigned_by=by, assigned_at=at,
            )  # fmt: skip
            review.assignments.append(duty_of)
            self.chain.tell(
                DossierEvent.REVIEWER_ASSIGNED, duty_of, at=at, by=by, sentence=f"Assigned: {duty_of}",
                data={"reviewer": reviewer.pk, "duty": duty, "discipline": discipline},
                audience=Audience.EVERYONE if duty in LEADS else Audience.AUTHORITY,
            )  # fmt: skip

    def _start(self, review: Review, built: Built, by: User, at: datetime) -> None:
        self.chain.tell(
            DossierEvent.REVIEW_STARTED, built.dossier, at=at, by=by, sentence="Review started",
            data={"from": "validated", "to": "in_review"},
        )  # fmt: skip
        review.parts += [
            Part(dossier=built.dossier, kind=kind)
            for kind in structure.part_kinds(built.dossier.outcome_class)
        ]
        self._move_clock(review, built, ClockKind.START, by, at, "Filing valid, reviewers assigned")

    def _move_clock(
        self, review: Review, built: Built, kind: ClockKind, by: User, at: datetime, reason: str
    ) -> None:
        line = clock.moved(kind, review.clock, timezone.localdate(at, ZoneInfo(settings.SITE_TIME_ZONE)))
        review.clock.append(
            ClockEntry(
                dossier=built.dossier,
                kind=kind,
                on=line.on,
                day=line.day,
                reason=reason,
                by=by,
                written_at=at,
            )
        )
        self.chain.tell(
            DossierEvent.CLOCK_MOVED, built.dossier, at=at, by=by, sentence=f"{kind.label} on day {line.day}",
            data={"kind": kind, "on": line.on, "day": line.day, "reason": reason},
        )  # fmt: skip

    def _ask(self, review: Review, built: Built, by: User, at: datetime) -> None:
        """Raise a list of questions and send it; the clock stops."""
        due_on = clock.months_after(at.date(), clock.MOST_ANSWER_MONTHS)
        lead = review.assignments[0].reviewer
        places = [section for section in built.sections if section.holds_documents]
        for number, (kind, discipline, text) in enumerate(QUESTIONS, start=1):
            raised_at = at - timedelta(days=5 - number)
            question = Question(
                dossier=built.dossier, number=number, kind=kind, discipline=discipline, text=text,
                section=places[number * 31 % len(places)], status=QuestionStatus.SENT, raised_by=lead,
                raised_at=raised_at, sent_at=at, due_on=due_on,
            )  # fmt: skip
            review.questions.append(question)
            self.chain.tell(
                DossierEvent.QUESTION_RAISED, question, at=raised_at, by=lead, audience=Audience.AUTHORITY,
                sentence=f"{question} raised: {kind.label.lower()}, {question.section.number}",
                data={"kind": kind, "discipline": discipline, "text": text},
            )  # fmt: skip
        self.chain.tell(
            DossierEvent.QUESTIONS_SENT, built.dossier, at=at, by=by, sentence="List of questions sent",
            data={"from": "in_review", "to": "clock_stopped", "due_on": due_on},
        )  # fmt: skip
        for question in review.questions:
            self.chain.tell(
                DossierEvent.QUESTION_SENT, question, at=at, by=by, sentence=f"{question} sent",
                data={"from": "draft", "to": "sent"},
            )  # fmt: skip
        self._move_clock(review, built, ClockKind.STOP, by, at, "List of questions sent")

    def _conclude(self, review: Review, built: Built, by: User, at: datetime) -> None:
        """Conclude every part, signed by the lead, and record the outcome, signed by the coordinator."""
        lead, signed_at = review.assignments[0].reviewer, at - timedelta(days=4)
        review.parts = list(self._concluded(review.parts, lead, signed_at))
        outcome = DossierOutcome.POSITIVE
        self.chain.tell(
            DossierEvent.CONCLUDED, built.dossier, at=at, by=by, sentence="Outcome recorded: positive",
            data={"from": "in_review", "to": "concluded", "outcome": outcome, "grounds": GROUNDS},
        )  # fmt: skip
        self.chain.sign(
            built.dossier, at=at, by=by, meaning="outcome", statement=OUTCOME_STATEMENT,
            shown=outcome_words(built.dossier, review.parts, outcome=outcome, grounds=GROUNDS),
        )  # fmt: skip
        self._move_clock(review, built, ClockKind.END, by, at, "Outcome: positive")

    def _concluded(self, parts: Iterable[Part], lead: User, at: datetime) -> Iterable[Part]:
        for opened in parts:
            part = Part(
                pk=opened.pk, dossier=opened.dossier, kind=opened.kind, status=PartStatus.CONCLUDED,
                recommendation=Recommendation.FAVOURABLE, text="Acceptable as described.", edition=2,
                concluded_by=lead, concluded_at=at,
            )  # fmt: skip
            word = part.get_kind_display()
            self.chain.tell(
                DossierEvent.PART_WRITTEN, part, at=at - timedelta(days=1), by=lead,
                sentence=f"{word} written",
                data={
                    "text": {"old": "", "new": part.text},
                    "recommendation": {"old": "", "new": part.recommendation},
                },
                audience=Audience.AUTHORITY,
            )  # fmt: skip
            self.chain.tell(
                DossierEvent.PART_CONCLUDED, part, at=at, by=lead, sentence=f"{word} concluded",
                data={"from": "open", "to": "concluded"}, audience=Audience.AUTHORITY,
            )  # fmt: skip
            self.chain.sign(
                part, at=at, by=lead, meaning="conclusion", statement=PART_STATEMENT,
                shown=part_content(part), audience=Audience.AUTHORITY,
            )  # fmt: skip
            yield part
