"""Threads of comments: private, within one side, or between both, on sections and on passages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from atmp_portal.load.chain import Chain
from atmp_portal.load.dossiers import Built
from audit.models import Audience
from dossiers.actions.threads import TOLD, Place
from dossiers.events import DossierEvent
from dossiers.models import Comment, Thread
from dossiers.statuses import ThreadAudience, ThreadStatus

MOST_IN_THREAD = 4
REMARKS = (
    "The acceptance criterion is not justified here.",
    "Agreed, the batch numbers differ from the table.",
    "Please compare with the figures of the validation report.",
    "This paragraph repeats the overview; one of them can go.",
    "The method is described, its limits are not.",
)


@dataclass
class Talk:
    """The threads of one dossier with their comments."""

    threads: list[Thread]
    comments: list[Comment]


def talk_about(
    built: Built, team: list[User], number: int, *, now: datetime, chain: Chain, chance: Random
) -> Talk:
    """Make threads with so many comments in all, written by whom their audience lets write."""
    talk, life = Talk([], []), built.life
    since = life.taken_at or life.filed_at or life.prepared_until
    until = life.concluded_at or now
    while len(talk.comments) < number:
        size = min(chance.randint(1, MOST_IN_THREAD), number - len(talk.comments))
        at = since + (until - since) * chance.uniform(0.05, 0.85)
        audience, people = _readers(built, team, chance)
        _thread(
            talk,
            built,
            audience,
            people,
            size,
            at,
            min((until - at) / (size + 2), timedelta(days=1)),
            chain,
            chance,
        )
    return talk


def _readers(built: Built, team: list[User], chance: Random) -> tuple[ThreadAudience, list[User]]:
    writers = [built.sponsor.lead, built.sponsor.contributor]
    ours = [(ThreadAudience.SPONSOR_TEAM, writers), (ThreadAudience.PRIVATE, [chance.choice(writers)])]
    if not team:
        return chance.choice(ours)
    theirs = [
        (ThreadAudience.REVIEW_TEAM, team),
        (ThreadAudience.REVIEW_TEAM, team),
        (ThreadAudience.SPONSOR_AND_REVIEW, [*team, *writers]),
        (ThreadAudience.PRIVATE, [chance.choice(team)]),
    ]
    return chance.choice([*ours, *theirs])


def _thread(
    talk: Talk, built: Built, audience: ThreadAudience, people: list[User], size: int, at: datetime,
    every: timedelta, chain: Chain, chance: Random,
) -> None:  # fmt: skip
    version = chance.choice(built.newest) if built.versions and chance.random() < 0.6 else None
    section = version.document.section if version else chance.choice(built.sections)
    place = Place(section, version, 1 if version else None)
    author, is_resolved = chance.choice(people), chance.random() < 0.4
    closed_at = at + every * size
    thread = Thread(
        dossier=built.dossier, section=section, version=version, page=place.page, audience=audience,
        status=ThreadStatus.RESOLVED if is_resolved else ThreadStatus.OPEN, started_by=author, started_at=at,
        resolved_by=author if is_resolved else None, resolved_at=closed_at if is_resolved else None,
    )  # fmt: skip
    talk.threads.append(thread)
    told = TOLD[audience]
    for turn in range(size):
        writer = author if turn == 0 else chance.choice(people)
        talk.comments.append(
            Comment(thread=thread, author=writer, text=chance.choice(REMARKS), written_at=at + every * turn)
        )
        is_first = turn == 0
        chain.tell(
            DossierEvent.THREAD_STARTED if is_first else DossierEvent.COMMENTED, thread, by=writer,
            at=at + every * turn, audience=told,
            sentence=f"Comment on {place}" if is_first else f"Reply to a comment on {section.number}",
        )  # fmt: skip
    if is_resolved:
        _tell_resolved(chain, thread, author, closed_at, told)


def _tell_resolved(chain: Chain, thread: Thread, by: User, at: datetime, told: Audience) -> None:
    chain.tell(
        DossierEvent.THREAD_RESOLVED, thread, at=at, by=by, audience=told,
        sentence=f"Comment on {thread.section.number} resolved", data={"from": "open", "to": "resolved"},
    )  # fmt: skip
