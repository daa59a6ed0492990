"""Requirements as a person sees them: the sponsor as they stand, the authority as they were filed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Side
from dossiers import permissions, structure
from dossiers.models import Dossier, Requirement, Section
from dossiers.queries import workspace
from dossiers.queries.plate import Plate, plate
from dossiers.queries.workspace import Editor
from dossiers.readiness import CHECKED
from dossiers.statuses import RequirementState

MARKS = {
    RequirementState.OPEN: ("gap", "warn", "Open"),
    RequirementState.MET: ("ok", "check", "Met"),
    RequirementState.NOT_APPLICABLE: ("na", "dash", "Does not apply"),
}


@dataclass(frozen=True)
class Answered:
    """A requirement with its answer, as one side may read it."""

    requirement: Requirement
    state: str
    document: str = ""
    document_id: str = ""
    page: int | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.state == RequirementState.OPEN

    @property
    def is_checked(self) -> bool:
        """Whether its content was compared with the source."""
        return self.requirement.trust == CHECKED

    @property
    def row_class(self) -> str:
        """How its row is drawn."""
        return MARKS[RequirementState(self.state)][0]

    @property
    def icon(self) -> str:
        """The mark of its state."""
        return MARKS[RequirementState(self.state)][1]

    @property
    def word(self) -> str:
        """Its state in a word."""
        return MARKS[RequirementState(self.state)][2]

    @property
    def asked_of(self) -> str:
        """Of which products it is asked, and so why it applies to this one."""
        return structure.asked_of(self.requirement.code)

    @property
    def document_url(self) -> str:
        """Where the document that answers it is read."""
        if not self.document_id:
            return ""
        return reverse("dossiers:document", args=[self.requirement.dossier_id, self.document_id])

    @property
    def url(self) -> str:
        """Where it is answered."""
        place = [self.requirement.dossier_id, self.requirement.pk]
        return reverse("dossiers:requirement_answer", args=place)


def seen_by(user: User, dossier: Dossier, *, section: Section | None = None) -> list[Answered]:
    """Return the requirements of a dossier, or of one section, with the answers that the person may read."""
    requirements = dossier.requirements.select_related("section", "document")
    if section:
        requirements = requirements.filter(section=section)
    if user.side != Side.AUTHORITY:
        return [_as_it_stands(requirement) for requirement in requirements]
    filed = {row["code"]: row for row in dossier.filings.last_content("requirements") or ()}
    return [
        _as_filed(requirement, filed[requirement.code])
        for requirement in requirements
        if requirement.code in filed
    ]


def _as_it_stands(requirement: Requirement) -> Answered:
    document = requirement.document
    return Answered(
        requirement,
        requirement.state,
        document.file_name if document else "",
        str(requirement.document_id or ""),
        requirement.page,
        requirement.reason,
    )


def _as_filed(requirement: Requirement, row: dict[str, Any]) -> Answered:
    return Answered(
        requirement, row["state"], row["document"], row["document_id"], row["page"], row["reason"]
    )


def in_words(answers: Iterable[Answered]) -> str:
    """Sum requirements up: "4 of 6 answered, 1 does not apply"."""
    states = Counter(answer.state for answer in answers)
    aside = states[RequirementState.NOT_APPLICABLE]
    answered = f"{states.total() - states[RequirementState.OPEN]} of {states.total()} answered"
    return f"{answered}, {aside} do{'es' if aside == 1 else ''} not apply" if aside else answered


@dataclass(frozen=True)
class RequirementPage:
    """One requirement with the answer that stands now."""

    plate: Plate
    dossier: Dossier
    answer: Answered
    came_from: str
    edit_refusal: str | None
    editors: list[Editor]
    editing_url: str

    @property
    def back_url(self) -> str:
        """Where the person came from: the list, or else the section."""
        requirement = self.answer.requirement
        if self.came_from == "list":
            page = reverse("dossiers:requirement_list", args=[self.dossier.pk])
        else:
            page = requirement.section.get_absolute_url()
        return f"{page}#{requirement.code}"


def requirement_page(requirement: Requirement, user: User, came_from: str = "") -> RequirementPage:
    """Gather the page on which one requirement is answered."""
    dossier = requirement.dossier
    answers = seen_by(user, dossier, section=requirement.section)
    return RequirementPage(
        plate=plate(dossier, user),
        dossier=dossier,
        answer=next(answer for answer in answers if answer.requirement.pk == requirement.pk),
        came_from="list" if came_from == "list" else "section",
        edit_refusal=permissions.why_not_edit_documents(dossier, user),
        editors=workspace.editors(requirement, user),
        editing_url=workspace.editing_url(requirement),
    )
