"""The status tables: drawn, and tried for every status, move and role."""

from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from accounts.models import User
from accounts.roles import SPONSOR_ROLES, Role
from audit.moves import Move
from dossiers import workflow
from dossiers.models import Dossier, Part, Thread
from dossiers.statuses import (
    DossierStatus,
    PartStatus,
    QuestionStatus,
    ThreadAudience,
    ThreadStatus,
)
from tests.factories import dossiers, people, reviews

DIAGRAM = Path(__file__).parents[2] / "docs" / "workflow.txt"
TABLES = {
    "Dossier": workflow.DOSSIER_MOVES,
    "Thread of comments": workflow.THREAD_MOVES,
    "Question": workflow.QUESTION_MOVES,
    "Part of the assessment": workflow.PART_MOVES,
    "Conformity of the device part": workflow.CONFORMITY_MOVES,
}


def drawn() -> str:
    """Every table as lines: from where, by which move, to where, by whom."""
    return "\n".join(
        f"{name}\n" + "".join(f"  {line}\n" for line in lines(moves)) for name, moves in TABLES.items()
    )


def lines(moves: Iterable[Move]) -> Iterable[str]:
    for move in moves:
        roles = ", ".join(sorted(Role(role).label for role in move.roles))
        signed = ", signed" if move.is_signed else ""
        yield f"{', '.join(sorted(move.source))} --{move.verb}--> {move.target}  ({roles}{signed})"


def test_the_diagram_that_people_read_is_the_table_that_runs():
    assert DIAGRAM.read_text() == drawn()


RL, C, R = Role.REGULATORY_LEAD, Role.COORDINATOR, Role.REVIEWER


@pytest.fixture
def team(norvia, authority) -> dict[str, User]:
    """One person in each role; Sofia Marques is the reviewer and leads."""
    sponsors = {role: people.person(f"The {role.label}", norvia, role) for role in SPONSOR_ROLES}
    return {
        **sponsors,
        C: reviews.coordinator(),
        R: reviews.reviewer(),
        Role.ADMINISTRATOR: people.administrator(),
    }


def allowed(moves, thing, team) -> set[tuple[str, str]]:
    return {
        (move.verb, role) for move, role in product(moves, Role) if move.why_not(thing, team[role]) is None
    }


def with_draft(norvia) -> Dossier:
    made = reviews.dossier_at(DossierStatus.IN_REVIEW, norvia)
    reviews.question(made)
    return made


def all_concluded(norvia) -> Dossier:
    made = reviews.dossier_at(DossierStatus.IN_REVIEW, norvia)
    reviews.conclude_parts(made)
    return made


def all_answered(norvia) -> Dossier:
    made = reviews.dossier_at(DossierStatus.CLOCK_STOPPED, norvia)
    reviews.answer(made.questions.get())
    return made


def with_lead(norvia) -> Dossier:
    made = reviews.dossier_at(DossierStatus.VALIDATED, norvia)
    reviews.assign(made)
    return made


def simply(status):
    return lambda norvia: reviews.dossier_at(status, norvia)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda norvia: dossiers.make_ready(dossiers.dossier(organisation=norvia)), {("file", RL)}),
        (simply(DossierStatus.FILED), {("validate", C), ("send_back", C), ("withdraw", RL)}),
        (simply(DossierStatus.RETURNED), {("file", RL), ("withdraw", RL)}),
        (simply(DossierStatus.VALIDATED), {("withdraw", RL)}),
        (with_lead, {("start_review", C), ("withdraw", RL)}),
        (simply(DossierStatus.IN_REVIEW), {("withdraw", RL)}),
        (with_draft, {("send_questions", C), ("withdraw", RL)}),
        (all_concluded, {("conclude", C), ("withdraw", RL)}),
        (simply(DossierStatus.CLOCK_STOPPED), {("withdraw", RL)}),
        (all_answered, {("send_responses", RL), ("withdraw", RL)}),
        (simply(DossierStatus.CONCLUDED), set()),
        (simply(DossierStatus.WITHDRAWN), set()),
    ],
    ids=[
        "draft", "filed", "returned", "validated", "validated with a lead", "in review",
        "in review with a draft question", "in review with all concluded", "clock stopped",
        "clock stopped with all answered", "concluded", "withdrawn",
    ],
)  # fmt: skip
def test_moves_of_a_dossier(team, norvia, make, expected):
    assert allowed(workflow.DOSSIER_MOVES, make(norvia), team) == expected


QUESTION_MOVES = {
    QuestionStatus.DRAFT: {("send", C), ("withdraw", C), ("withdraw", R)},
    QuestionStatus.SENT: {("answer", RL)},
    QuestionStatus.ANSWERED: {("accept", R), ("reject", R), ("follow_up", R)},
    QuestionStatus.ACCEPTED: {("reject", R)},
    QuestionStatus.NOT_ACCEPTED: {("accept", R), ("follow_up", R)},
    QuestionStatus.FOLLOWED_UP: {("judge_again", R), ("judge_again", C)},
    QuestionStatus.WITHDRAWN: set(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("status", QuestionStatus)
def test_moves_of_a_question(team, norvia, status):
    made = reviews.question_at(status, norvia)
    assert made.status == status
    assert allowed(workflow.QUESTION_MOVES, made, team) == QUESTION_MOVES[status]


THREAD_MOVES = {
    (ThreadAudience.PRIVATE, ThreadStatus.OPEN): {("resolve", R)},
    (ThreadAudience.PRIVATE, ThreadStatus.RESOLVED): {("reopen", R)},
    (ThreadAudience.REVIEW_TEAM, ThreadStatus.OPEN): {("resolve", R), ("resolve", C)},
    (ThreadAudience.REVIEW_TEAM, ThreadStatus.RESOLVED): {("reopen", R), ("reopen", C)},
    (ThreadAudience.SPONSOR_AND_REVIEW, ThreadStatus.OPEN): {
        ("resolve", R), ("resolve", C), ("resolve", RL), ("resolve", Role.CONTRIBUTOR),
    },
    (ThreadAudience.SPONSOR_AND_REVIEW, ThreadStatus.RESOLVED): {
        ("reopen", R), ("reopen", C), ("reopen", RL), ("reopen", Role.CONTRIBUTOR),
    },
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("audience", "status"), THREAD_MOVES)
def test_moves_of_a_thread(team, norvia, audience, status):
    made = reviews.thread(reviews.dossier_at(DossierStatus.IN_REVIEW, norvia), audience=audience)
    if status == ThreadStatus.RESOLVED:
        made = reviews.resolved(made)
    found = Thread.objects.get(pk=made.pk)
    assert allowed(workflow.THREAD_MOVES, found, team) == THREAD_MOVES[audience, status]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected"),
    [(PartStatus.OPEN, {("conclude", R)}), (PartStatus.CONCLUDED, {("reopen", C)})],
)
def test_moves_of_a_part(team, norvia, status, expected):
    part = reviews.write_part(reviews.dossier_at(DossierStatus.IN_REVIEW, norvia))
    if status == PartStatus.CONCLUDED:
        part = reviews.conclude_part(part)
    assert allowed(workflow.PART_MOVES, Part.objects.get(pk=part.pk), team) == expected
