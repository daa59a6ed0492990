"""The check list and the matrix of a dossier as tables for a spreadsheet, gathered for one person."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from accounts.roles import Side
from dossiers.models import Dossier
from dossiers.queries.checklist import Asked, in_order, last_answers, left_out
from dossiers.queries.matrix import matrix_of
from dossiers.queries.requirements import Answered, in_words

CHECKED, TO_CHECK = "checked against the source", "content to be checked against the source"
HEAD = [
    "Requirement", "Module", "Section", "Title of the section", "What is asked", "Source", "Trust",
    "State", "Document", "Page", "Reason", "Usual evidence", "Answered by", "Answered (UTC)",
]  # fmt: skip


def checklist(dossier: Dossier, user: User, asked: Asked, *, made_at: datetime) -> dict[str, Any]:
    """Gather the check list with the requirements that do not hold for the class, as plain data."""
    answers = in_order(dossier, user)
    kept = [answer for answer in answers if asked.fits(answer)]
    last = last_answers(dossier, user)
    rows = []
    for answer in kept:
        given = None if answer.is_open else last.get(answer.requirement.pk)
        at = given.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if given else ""
        rows.append([*_row(answer), given.by if given else "", at])
    apart = [
        [left.row.code, left.row.text, left.row.citation, left.why] for left in left_out(dossier, answers)
    ]
    return {
        "about": _about(dossier, user, asked, kept, made_at),
        "sheets": [
            {"name": "Check list", "head": HEAD, "rows": rows},
            {
                "name": "Not asked of this class",
                "head": ["Requirement", "What it asks", "Source", "Why it is not asked"],
                "rows": apart,
            },
        ],
    }


def matrix(dossier: Dossier, user: User, asked: Asked, *, made_at: datetime) -> dict[str, Any]:
    """Gather requirements against sections, as plain data."""
    kept = [answer for answer in in_order(dossier, user) if asked.fits(answer)]
    found = matrix_of(dossier, user, kept)
    head = ["Requirement", "What is asked", "State", *(section.number for section in found.columns)]
    rows = [
        [
            row.answer.requirement.code,
            row.answer.requirement.text,
            row.answer.word,
            *(cell.in_words for cell in row.cells),
        ]
        for row in found.rows
    ]
    return {
        "about": _about(dossier, user, asked, kept, made_at),
        "sheets": [{"name": "Requirements by section", "head": head, "rows": rows}],
    }


def _about(
    dossier: Dossier, user: User, asked: Asked, answers: list[Answered], made_at: datetime
) -> list[list[str]]:
    """Say what the file is about, for whom and when it was made, and what was left out of it."""
    at = made_at.astimezone(ZoneInfo(settings.SITE_TIME_ZONE))
    state = "as filed" if user.side == Side.AUTHORITY else "as it stands"
    return [
        ["Dossier", f"{dossier}, {dossier.get_procedure_display()}"],
        ["Class", dossier.class_in_words],
        ["Sponsor", dossier.organisation.name],
        ["State", f"{dossier.get_status_display()}, {state}"],
        ["Requirements", f"{asked.in_words}: {in_words(answers)}"],
        ["Made by", f"{user.full_name}, {user.role_line}"],
        ["Made", f"{at:%-d %B %Y, %H:%M} ({made_at.astimezone(UTC):%H:%M} UTC)"],
    ]


def _row(answer: Answered) -> list[Any]:
    requirement = answer.requirement
    return [
        requirement.code,
        requirement.section.module,
        requirement.section.number,
        requirement.section.title,
        requirement.text,
        requirement.citation,
        CHECKED if answer.is_checked else TO_CHECK,
        answer.word,
        answer.document,
        answer.page,
        answer.reason,
        requirement.evidence_hint,
    ]
