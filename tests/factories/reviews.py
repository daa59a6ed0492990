"""Dossiers in review for tests: walked there by the real actions of the people whose work it is."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from accounts.roles import Role
from audit.signing import Proof, shown_hash
from dossiers import clock, uploads
from dossiers.actions import answers, conclusions, documents, filings, questions, reviews, threads
from dossiers.actions import people as duties
from dossiers.actions.questions import Wording
from dossiers.actions.threads import Place
from dossiers.models import Assignment, DocumentVersion, Dossier, Part, Question, Thread
from dossiers.queries.conclusions import outcome_content, part_content
from dossiers.queries.responses import responses_content
from dossiers.statuses import (
    Discipline,
    DossierOutcome,
    DossierStatus,
    Duty,
    PartKind,
    QuestionKind,
    QuestionStatus,
    Recommendation,
    ThreadAudience,
)
from tests.factories import combined, dossiers, people

FIRST = "3.2.S.2.3"


def coordinator() -> User:
    return _holder("Clara Weiss", Role.COORDINATOR)


def reviewer(name: str = "Sofia Marques") -> User:
    return _holder(name, Role.REVIEWER)


def _holder(name: str, role: Role) -> User:
    found = User.objects.filter(full_name=name, memberships__role=role).first()
    return found or people.person(name, people.authority(), role)


def assign(
    of: Dossier,
    who: User | None = None,
    duty: str = Duty.LEAD,
    discipline: str = "",
    *,
    by: User | None = None,
) -> Assignment:
    return duties.assign(of, who or reviewer(), duty=duty, discipline=discipline, by=by or coordinator())


def sponsor_lead(of: Dossier) -> User:
    return dossiers.writer(of.organisation)


def dossier_at(status: str, *args: Any, lead: User | None = None, **fields: Any) -> Dossier:
    """A dossier walked to a state: Sofia Marques leads, Eva Rossi judges the device of a combined one."""
    if status in {DossierStatus.DRAFT, DossierStatus.FILED}:
        return dossiers.dossier_at(status, *args, **fields)
    made = dossiers.dossier_at(DossierStatus.FILED, *args, **fields)
    clara = coordinator()
    if status == DossierStatus.RETURNED:
        return reviews.send_back(made, why="The cover letter is missing.", by=clara)
    if status == DossierStatus.WITHDRAWN:
        return withdrawn(made)
    made = reviews.validate(made, by=clara)
    if status == DossierStatus.VALIDATED:
        return made
    assign(made, lead)
    if made.is_combined:
        assign(made, reviewer("Eva Rossi"), Duty.ASSESSOR, Discipline.DEVICE)
    made = reviews.start_review(made, by=clara)
    if status == DossierStatus.CLOCK_STOPPED:
        question(made)
        made = send_questions(made)
    if status == DossierStatus.CONCLUDED:
        made = conclude(made)
    return made


def withdrawn(of: Dossier) -> Dossier:
    return filings.withdraw(of, why="The trial stopped.", by=sponsor_lead(of))


def lead_of(of: Dossier) -> User:
    return of.assignments.get(duty=Duty.LEAD, ended_at=None).reviewer


def version_of(of: Dossier, number: str = FIRST) -> DocumentVersion:
    return DocumentVersion.objects.filter(document__dossier=of, document__section__number=number).latest(
        "number"
    )


def thread(
    of: Dossier,
    by: User | None = None,
    audience: str = ThreadAudience.REVIEW_TEAM,
    text: str = "The limit is not supported.",
    *,
    number: str = FIRST,
    page: int | None = 1,
    on_section: bool = False,
    **place: Any,
) -> Thread:
    section = of.sections.get(number=number)
    where = Place(section) if on_section else Place(section, version_of(of, number), page, **place)
    return threads.start_thread(where, text=text, audience=audience, form_key=uuid4(), by=by or lead_of(of))


def question(
    of: Dossier,
    by: User | None = None,
    *,
    text: str = "Please justify the limit. It is wider than the data.",
    kind: str = QuestionKind.OTHER_CONCERN,
    discipline: str = Discipline.QUALITY,
    number: str = FIRST,
    from_thread: Thread | None = None,
) -> Question:
    return questions.raise_question(
        of.sections.get(number=number),
        Wording(kind, discipline, text),
        form_key=uuid4(),
        by=by or lead_of(of),
        thread=from_thread,
    )


def send_questions(of: Dossier, due_on: date | None = None) -> Dossier:
    return questions.send_questions(
        of, due_on=due_on or clock.site_date() + timedelta(days=90), by=coordinator()
    )


def answer(of: Question, text: str = "The limit follows from 31 lots.", **more: Any) -> Question:
    edition = of.answer.edition if hasattr(of, "answer") else 0
    answers.write_answer(of, text=text, edition=edition, by=sponsor_lead(of.dossier), **more)
    return Question.objects.get(pk=of.pk)


def proof_on_responses(of: Dossier, by: User) -> Proof:
    return Proof(by.pk, shown_hash(responses_content(of)))


def send_responses(of: Dossier) -> Dossier:
    """Answer what is not answered, then send everything."""
    for waiting in of.questions.filter(status=QuestionStatus.SENT, answer=None):
        answer(waiting)
    by = sponsor_lead(of)
    return answers.send_responses(of, by=by, proof=proof_on_responses(of, by))


def answered_question(of: Dossier, **fields: Any) -> Question:
    """A question of a dossier in review, sent and answered."""
    asked = question(of, **fields)
    send_responses(send_questions(of))
    return Question.objects.get(pk=asked.pk)


def write_part(
    of: Dossier,
    kind: str = PartKind.MEDICINAL,
    text: str = "Benefit outweighs risk.",
    recommendation: str = Recommendation.FAVOURABLE,
    together: str = "The cells stay alive on the membrane, and it keeps its strength.",
) -> Part:
    part = of.parts.get(kind=kind)
    return conclusions.write_part(
        part,
        text=text,
        recommendation=recommendation,
        together=together if kind == PartKind.INTERFACE else "",
        edition=part.edition,
        by=lead_of(of),
    )


def proof_on_part(part: Part, by: User) -> Proof:
    return Proof(by.pk, shown_hash(part_content(part)))


def conclude_part(part: Part, by: User | None = None) -> Part:
    by = by or lead_of(part.dossier)
    return conclusions.conclude_part(part, by=by, proof=proof_on_part(part, by))


def conclude_parts(of: Dossier) -> None:
    for kind in of.parts.values_list("kind", flat=True):
        conclude_part(write_part(of, kind))


def proof_on_outcome(of: Dossier, by: User, **chosen: str) -> Proof:
    return Proof(by.pk, shown_hash(outcome_content(of, **chosen)))


def record(
    of: Dossier, outcome: str = DossierOutcome.POSITIVE, grounds: str = "Every part is favourable."
) -> Dossier:
    by = coordinator()
    combined.settle(of)
    chosen = {"outcome": outcome, "grounds": grounds}
    return conclusions.conclude(of, **chosen, by=by, proof=proof_on_outcome(of, by, **chosen))


def conclude(of: Dossier, outcome: str = DossierOutcome.POSITIVE, **chosen: str) -> Dossier:
    """Conclude every part, then record the outcome."""
    conclude_parts(of)
    return record(of, outcome, **chosen)


def question_at(status: str, organisation: Any = None) -> Question:
    """A question walked to a state by the lead, in a dossier that stands where such a question stands."""
    of = dossier_at(DossierStatus.IN_REVIEW, organisation)
    by = lead_of(of)
    if status in {QuestionStatus.DRAFT, QuestionStatus.WITHDRAWN}:
        asked = question(of)
        return questions.withdraw(asked, by=by) if status == QuestionStatus.WITHDRAWN else asked
    if status == QuestionStatus.SENT:
        asked = question(of)
        send_questions(of)
        return Question.objects.get(pk=asked.pk)
    asked = answered_question(of)
    match status:
        case QuestionStatus.ACCEPTED:
            answers.accept_answer(asked, by=by)
        case QuestionStatus.NOT_ACCEPTED:
            reject(asked)
        case QuestionStatus.FOLLOWED_UP:
            follow_up(asked)
    return Question.objects.get(pk=asked.pk)


def follow_up(of: Question, text: str = "Please give the data of each lot.") -> Question:
    wording = Wording(of.kind, of.discipline, text)
    return questions.follow_up(of, wording, form_key=uuid4(), by=lead_of(of.dossier))


def resolved(of: Thread) -> Thread:
    return threads.resolve(of, by=of.started_by)


def reject(of: Question, why: str = "31 lots do not show it.") -> Question:
    return answers.reject_answer(of, why=why, by=lead_of(of.dossier))


def new_version(of: Dossier, number: str = FIRST, **fields: Any) -> DocumentVersion:
    """A newer version of the first document of a section, as the sponsor adds it while the clock stands."""
    document = of.documents.filter(section__number=number).first()
    checked = uploads.check(dossiers.upload(document.file_name, **fields), number)
    return documents.add_version(document, checked, note="", by=sponsor_lead(of))
