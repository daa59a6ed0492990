"""The reports of a dossier, gathered for one side: where it stands, and what its review found."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import resolve

from accounts.models import User
from audit import signing
from audit.models import Signature
from dossiers import clock, readiness
from dossiers.models import Answer, DocumentVersion, Dossier, Part, Question, Thread
from dossiers.queries import documents, requirements
from dossiers.queries.plate import IN_PREPARATION
from dossiers.queries.questions import discipline_of, state_of
from dossiers.statuses import (
    Discipline,
    QuestionStatus,
    ThreadAudience,
    ThreadStatus,
)

OUTCOME = "outcome"


@dataclass(frozen=True)
class StatusReport:
    """Content of the status report, as its template names it."""

    issuer: str
    number: str
    heading: str
    lead: str
    product: dict[str, str]
    sponsor: str
    procedure: str
    state: str
    day: dict[str, Any]
    facts: list[dict[str, Any]]
    modules: list[dict[str, Any]]
    stops: list[dict[str, str]]
    requirements: list[dict[str, str]]
    documents: list[dict[str, Any]]
    class_in_words: str

    @property
    def content(self) -> dict[str, Any]:
        """The report as plain data; `class` is no name that Python allows."""
        plain = asdict(self)
        plain["class"] = plain.pop("class_in_words")
        return plain


def status_report(dossier: Dossier, user: User) -> StatusReport:
    """Gather where a dossier stands, with no more in it than the person may see."""
    answers = requirements.seen_by(user, dossier)
    is_in_preparation = dossier.status in IN_PREPARATION and user.organisation_id == dossier.organisation_id
    stops = readiness.stoppers(dossier) if is_in_preparation else []
    seen = documents.documents_in_place(dossier, user)
    return StatusReport(
        issuer=user.organisation.name if user.organisation else "",
        number=dossier.number,
        heading=f"Status of {dossier}",
        lead=f"As {user.role_line} may see it.",
        product=_product(dossier),
        sponsor=dossier.organisation.name,
        class_in_words=_class_of(dossier),
        procedure=dossier.get_procedure_display(),
        state=dossier.get_status_display(),
        day=_day(dossier),
        facts=_facts(dossier, user),
        modules=_modules(dossier, answers),
        stops=[{"text": stop.text, "detail": stop.hint, "section": _section_of(stop.url)} for stop in stops],
        requirements=[_requirement(answer) for answer in answers],
        documents=[_document(row) for row in documents.document_rows(seen, dossier, user)],
    )


def _product(dossier: Dossier) -> dict[str, str]:
    return {
        "name": dossier.product.name,
        "description": dossier.product.descriptor,
        "number": dossier.number,
    }


def _class_of(dossier: Dossier) -> str:
    return ", ".join(part for part in (dossier.class_in_words, dossier.product.origin) if part)


def _day(dossier: Dossier) -> dict[str, Any]:
    reading = clock.day_of(dossier)
    if not reading.is_started:
        return {"text": "not started"}
    if reading.is_stopped:
        return {"text": f"{reading.text}, stopped for {reading.stopped_days} days"}
    return {"day": reading.day, "of": reading.of}


def _facts(dossier: Dossier, user: User) -> list[dict[str, Any]]:
    asked = Question.objects.visible_to(user).filter(dossier=dossier).exclude(status=QuestionStatus.WITHDRAWN)
    facts: list[dict[str, Any]] = []
    for filing in dossier.filings.all():
        at = instant(filing.filed_at)
        text = f"{filing.kind_in_words}, {at['at']}"
        facts.append({"term": filing.place.capitalize(), "text": text, "utc": at["utc"]})
    count = asked.count()
    if count:
        facts.append({"term": "Questions", "text": str(count)})
    if dossier.outcome:
        facts.append({"term": "Outcome", "text": dossier.get_outcome_display()})
    return facts


def _modules(dossier: Dossier, answers: Sequence[requirements.Answered]) -> list[dict[str, Any]]:
    rows = []
    for module in dossier.sections.in_tree().filter(depth=0):
        asked = [answer for answer in answers if answer.requirement.section.module == module.module]
        met = sum(not answer.is_open for answer in asked)
        rows.append({"module": str(module.module), "title": module.title, "met": met, "total": len(asked)})
    return rows


def _section_of(url: str) -> str:
    return str(resolve(url.partition("#")[0].partition("?")[0]).kwargs.get("number", ""))


def _requirement(answer: requirements.Answered) -> dict[str, str]:
    evidence = answer.reason
    if answer.document:
        evidence = f"{answer.document}, page {answer.page}" if answer.page else answer.document
    return {
        "id": answer.requirement.code,
        "requirement": answer.requirement.text,
        "section": answer.requirement.section.number,
        "state": answer.word,
        "evidence": evidence,
    }


def _document(row: documents.DocumentRow) -> dict[str, Any]:
    version = row.newest
    return {
        "section": row.document.section.number,
        "file": row.document.file_name,
        "version": str(version.number),
        "pages": version.pages,
        "sha256": f"{version.sha256[:4]} {version.sha256[4:8]}",
        "by": version.uploaded_by.full_name,
        **instant(version.uploaded_at),
    }


@dataclass(frozen=True)
class ReviewReport:
    """Content of the review report, as its template names it."""

    issuer: str
    number: str
    heading: str
    lead: str
    notice: dict[str, str] | None
    dossier: dict[str, str]
    day: dict[str, Any]
    outcome: dict[str, str] | None
    parts: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    signatures: list[dict[str, str]]

    @property
    def content(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)


def review_report(dossier: Dossier, user: User) -> ReviewReport:
    """Gather what the reviewers asked, found and concluded; for the authority only.

    Private notes stay out, also those of the person who asks for the report.
    """
    parts = list(dossier.parts.in_order().select_related("concluded_by", "dossier"))
    outcome = next((made for made in signing.signatures_on(dossier) if made.meaning == OUTCOME), None)
    return ReviewReport(
        issuer=user.organisation.name if user.organisation else "",
        number=dossier.number,
        heading=f"Review of {dossier}",
        lead="Questions, answers and conclusions. For the authority only.",
        notice=None if outcome else _unfinished(dossier),
        dossier={
            "product": dossier.product.name,
            "description": dossier.product.descriptor,
            "number": dossier.number,
            "sponsor": dossier.organisation.name,
            "class": _class_of(dossier),
            "procedure": dossier.get_procedure_display(),
        },
        day=_day(dossier),
        outcome={"label": outcome.shown["outcome"], "text": outcome.shown["grounds"]} if outcome else None,
        parts=[_part(part) for part in parts],
        questions=_questions(dossier, user),
        comments=_comments(dossier),
        signatures=[
            printed_signature(signature)
            for signature in [
                *(made for part in parts for made in _in_force(part)),
                *([outcome] if outcome else []),
            ]
        ],
    )


def _unfinished(dossier: Dossier) -> dict[str, str]:
    return {
        "title": "The procedure is not concluded",
        "text": f"The dossier is {dossier.get_status_display().lower()}; everything here can still change.",
    }


def _in_force(part: Part) -> list[Signature]:
    return signing.signatures_on(part)[-1:] if part.concluded_at else []


def _part(part: Part) -> dict[str, Any]:
    return {
        "part": part.get_kind_display(),
        "assessor": part.concluded_by.full_name if part.concluded_by else "",
        "recommendation": part.get_recommendation_display() if part.recommendation else "",
        "text": part.text,
        "signed": instant(part.concluded_at) if part.concluded_at else None,
    }


def _questions(dossier: Dossier, user: User) -> list[dict[str, Any]]:
    questions = (
        Question.objects.visible_to(user)
        .filter(dossier=dossier)
        .exclude(status=QuestionStatus.WITHDRAWN)
        .select_related("section", "asked_on__document", "follow_up", "dossier")
        .order_by("number")
    )
    answers = {
        answer.question_id: answer
        for answer in Answer.objects.visible_to(user)
        .filter(question__dossier=dossier)
        .select_related("version__document")
    }
    return [_question(question, answers.get(question.pk), user) for question in questions]


def _question(question: Question, answer: Answer | None, user: User) -> dict[str, Any]:
    return {
        "number": str(question),
        "kind": question.get_kind_display(),
        "discipline": question.get_discipline_display(),
        "section": str(question.section),
        "text": question.text,
        "answer": answer.text if answer else "",
        "state": state_of(question, user).words,
        "asked_on": _place(question.asked_on, question.asked_page),
        "answered_by": _place(answer.version, answer.page) if answer else None,
    }


def _place(version: DocumentVersion | None, page: int | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {"file": version.document.file_name, "version": str(version.number), "page": page}


def _comments(dossier: Dossier) -> list[dict[str, Any]]:
    threads = Thread.objects.filter(
        dossier=dossier, audience__in=[ThreadAudience.REVIEW_TEAM, ThreadAudience.SPONSOR_AND_REVIEW]
    ).select_related("section", "question")
    by_discipline: dict[str, list[Thread]] = {}
    for thread in threads:
        by_discipline.setdefault(discipline_of(thread.section.number), []).append(thread)
    return [
        {
            "discipline": discipline.label,
            "total": len(found),
            "open": sum(thread.status == ThreadStatus.OPEN for thread in found),
            "resolved": sum(thread.status == ThreadStatus.RESOLVED for thread in found),
            "promoted": sum(hasattr(thread, "question") for thread in found),
        }
        for discipline in Discipline
        if (found := by_discipline.get(discipline))
    ]


def printed_signature(signature: Signature) -> dict[str, str]:
    """Write a signature as reports print it."""
    return {
        "name": signature.actor_name,
        "role": signature.actor_role,
        "meaning": signature.meaning,
        "statement": signature.statement,
        "hash": signature.shown_hash,
        **instant(signature.at),
    }


def instant(at: datetime) -> dict[str, str]:
    """Write an instant as the reader lives it, and in UTC beside it."""
    local = at.astimezone(ZoneInfo(settings.SITE_TIME_ZONE))  # a worker has no request to take the zone from
    return {"at": f"{local.day} {local:%b %Y, %H:%M %Z}", "utc": f"{at.astimezone(UTC):%H:%M} UTC"}
