"""The check list of requirements: what is asked, what stands open, what does not apply and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from accounts.models import User
from accounts.roles import Side
from audit import trail
from dossiers import permissions, structure
from dossiers.events import DossierEvent
from dossiers.models import Document, Dossier, Section
from dossiers.queries.plate import Plate, plate
from dossiers.queries.requirements import Answered, in_words, seen_by
from dossiers.statuses import RequirementState
from dossiers.structure import LeftOut

SHOWN = {
    "": "All",
    "open": "Open",
    "answered": "Answered",
    "aside": "Does not apply",
    "check": "To be checked",
}
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Asked:
    """Which requirements are wanted: in which state, with which words, of which module."""

    shown: str = ""
    q: str = ""
    module: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """Read what an address asks for; what it cannot mean is left out."""
        shown, module = given.get("show", ""), given.get("module", "")
        return cls(
            shown if shown in SHOWN else "",
            " ".join(given.get("q", "").split())[:LONGEST_SEARCH],
            int(module) if module in {"1", "2", "3", "4", "5"} else None,
        )

    @property
    def query(self) -> str:
        """What is asked for, as an address says it."""
        asked = {"show": self.shown, "q": self.q, "module": str(self.module or "")}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def in_words(self) -> str:
        """What is asked for, as a printed list says it."""
        words = [SHOWN[self.shown].lower() if self.shown else "all"]
        words += [f"module {self.module}"] if self.module else []
        words += [f"with the words “{self.q}”"] if self.q else []
        return ", ".join(words)

    def fits_place(self, answer: Answered) -> bool:
        """Tell whether a requirement has the words and stands in the module, whatever its state."""
        requirement = answer.requirement
        if self.module and requirement.section.module != self.module:
            return False
        text = f"{requirement.code} {requirement.text} {requirement.citation} {requirement.section}".lower()
        text += f" {answer.document} {answer.reason}".lower()
        return all(word in text for word in self.q.lower().split())

    def fits(self, answer: Answered) -> bool:
        """Tell whether a requirement is wanted."""
        return self.fits_place(answer) and is_shown(answer, self.shown)


def is_shown(answer: Answered, shown: str) -> bool:
    """Tell whether a requirement belongs under a filter."""
    match shown:
        case "open":
            return answer.is_open
        case "answered":
            return answer.state == RequirementState.MET
        case "aside":
            return answer.state == RequirementState.NOT_APPLICABLE
        case "check":
            return not answer.is_checked
        case _:
            return True


@dataclass(frozen=True)
class Last:
    """Who gave the answer that stands, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Row:
    """A requirement with its answer, and who gave it."""

    answer: Answered
    last: Last | None


@dataclass(frozen=True)
class Group:
    """The requirements of one section."""

    section: Section
    rows: list[Row]
    summary: str


@dataclass(frozen=True)
class Module:
    """The requirements of one module, by section."""

    number: int
    title: str
    groups: list[Group]
    summary: str


@dataclass(frozen=True)
class RequirementList:
    """The check list of a dossier."""

    plate: Plate
    dossier: Dossier
    asked: Asked
    modules: list[Module]
    numbers: list[int]
    summary: str
    filters: tuple[tuple[str, str, int, bool], ...]
    left_out: tuple[LeftOut, ...]
    edit_refusal: str | None
    is_as_filed: bool
    documents: list[Document]

    @property
    def found(self) -> int:
        """How many requirements are shown."""
        return sum(len(group.rows) for module in self.modules for group in module.groups)


def requirement_list(dossier: Dossier, user: User, asked: Asked) -> RequirementList:
    """Gather the check list, all of it or what is asked for; the same queries for every dossier."""
    answers = in_order(dossier, user)
    placed = [answer for answer in answers if asked.fits_place(answer)]
    kept = [answer for answer in placed if is_shown(answer, asked.shown)]
    refusal = permissions.why_not_edit_documents(dossier, user)
    return RequirementList(
        plate=plate(dossier, user),
        dossier=dossier,
        asked=asked,
        modules=_modules(dossier, kept, last_answers(dossier, user)),
        numbers=sorted({answer.requirement.section.module for answer in answers}),
        summary=in_words(answers),
        filters=tuple(
            (key, label, sum(is_shown(answer, key) for answer in placed), key == asked.shown)
            for key, label in SHOWN.items()
        ),
        left_out=left_out(dossier, answers),
        edit_refusal=refusal,
        is_as_filed=user.side == Side.AUTHORITY,
        documents=[] if refusal else documents_of(dossier),
    )


def in_order(dossier: Dossier, user: User) -> list[Answered]:
    """Return the requirements of a dossier as its tree goes, as far as the person may read them."""
    return sorted(
        seen_by(user, dossier),
        key=lambda answer: (answer.requirement.section.position, answer.requirement.position),
    )


def left_out(dossier: Dossier, answers: list[Answered]) -> tuple[LeftOut, ...]:
    """Name the requirements that do not hold for the class and the procedure of a dossier.

    One that held under an earlier class stands among the others, set aside with its reason.
    """
    there = {answer.requirement.code for answer in answers}
    is_products = dossier.assessment_id == dossier.product.assessment_id
    assessment = dossier.product.assessment if is_products else dossier.assessment
    scope = structure.scope_of(dossier.procedure, dossier.outcome_class, assessment.answers)
    return tuple(left for left in structure.left_out(scope) if left.row.code not in there)


def documents_of(dossier: Dossier) -> list[Document]:
    """Return the documents that can answer a requirement, as the tree goes."""
    documents = Document.objects.to_stay().filter(dossier=dossier).select_related("section")
    return list(documents.order_by("section__position", "file_name"))


def last_answers(dossier: Dossier, user: User) -> dict[UUID, Last]:
    """Return who last answered each requirement, as the trail tells the person; in one query."""
    events = (
        trail.events_about(dossier, user)
        .filter(code=DossierEvent.REQUIREMENT_ANSWERED)
        .order_by("seq")
        .values_list("object_id", "actor_name", "at")
    )
    return {key: Last(name, at) for key, name, at in events}


def _modules(dossier: Dossier, answers: list[Answered], last: Mapping[UUID, Last]) -> list[Module]:
    titles = dict(dossier.sections.filter(depth=0).values_list("module", "title"))
    modules = []
    for number, inside in groupby(answers, key=lambda answer: answer.requirement.section.module):
        here = list(inside)
        groups = [
            Group(section, [Row(each, _last(each, last)) for each in some], in_words(some))
            for section, some in (
                (section, list(found))
                for section, found in groupby(here, key=lambda answer: answer.requirement.section)
            )
        ]
        modules.append(Module(number, titles.get(number, ""), groups, in_words(here)))
    return modules


def _last(answer: Answered, last: Mapping[UUID, Last]) -> Last | None:
    return None if answer.is_open else last.get(answer.requirement.pk)
