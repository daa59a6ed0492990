"""What the pages of sections read: the tree with its completeness, and one section."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode
from uuid import UUID

from accounts.models import User
from accounts.roles import Side
from dossiers import permissions
from dossiers.models import Document, Dossier, Section
from dossiers.queries import documents, requirements, workspace
from dossiers.queries.combined import SectionNote, section_note
from dossiers.queries.documents import DocumentTable
from dossiers.queries.owners import SectionOwner, owners_of
from dossiers.queries.plate import Plate, plate
from dossiers.queries.reading import SectionThreads, section_threads
from dossiers.queries.requirements import Answered
from dossiers.queries.workspace import Editor, HistoryLine, Notes, Repetition
from dossiers.structure import is_within, with_outer

SHORT_FROM = ("3.2.S", "3.2.P", "3.2.A", "3.2.R")
SHORTEST = len("3.2.S")


@dataclass
class Node:
    """A section in the tree, with what is answered in it and below it, and who sees to it."""

    section: Section
    url: str
    owner: SectionOwner | None = None
    met: int = 0
    total: int = 0
    lacking: int = 0
    is_current: bool = False
    is_open: bool = False
    children: list["Node"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The number as it is said inside its branch: "S.2.3" for "3.2.S.2.3"."""
        number = self.section.number
        is_inside = number.startswith(SHORT_FROM) and len(number) > SHORTEST
        return number.removeprefix("3.2.") if is_inside else number

    @property
    def is_lacking(self) -> bool:
        """Whether a document is expected in it or below it that is not there."""
        return self.lacking > 0

    @property
    def why(self) -> str:
        """What its count means, and who sees to it: "2 of 6 requirements open, owner Ines Halvorsen"."""
        parts = []
        if self.total > self.met:
            parts.append(f"{self.total - self.met} of {_several(self.total, 'requirement')} open")
        if self.lacking:
            parts.append(f"{_several(self.lacking, 'document')} missing")
        if self.owner:
            parts.append(f"owner {self.owner.person.full_name}")
        return ", ".join(parts)

    @property
    def count(self) -> str:
        """How many of its requirements are answered: "2/6", or a dash where nothing is asked."""
        return f"{self.met}/{self.total}" if self.total else "–"

    @property
    def is_short(self) -> bool:
        """Whether something is missing in it or below it."""
        return self.lacking > 0 or self.met < self.total

    @property
    def classes(self) -> str:
        """How its row is drawn."""
        names = ("n", "mod" if self.section.depth == 0 else "", "short" if self.is_short else "")
        return " ".join(name for name in names if name)


@dataclass(frozen=True)
class Tree:
    """The sections of a dossier as a tree, or the part of it that was asked for."""

    roots: list[Node]
    q: str
    only_missing: bool
    found: int

    @property
    def asked(self) -> str:
        """What was asked for, as the links of the tree carry it on."""
        asked = {"q": self.q, "missing": "1" if self.only_missing else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"?{query}" if query else ""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing in a branch, and where it is put right."""

    text: str
    url: str
    what: str


@dataclass(frozen=True)
class SectionPage:
    """A section with its requirements and documents, beside the tree."""

    plate: Plate
    dossier: Dossier
    section: Section
    line: list[Section]
    tree: Tree
    owner: SectionOwner | None
    may_own: bool
    children: list[Node]
    answers: list[Answered]
    answers_summary: str
    documents: DocumentTable
    lacks_document: bool
    missing: list[Missing]
    repetition: Repetition | None
    notes: Notes | None
    editors: list[Editor]
    history: list[HistoryLine]
    threads: SectionThreads
    edit_refusal: str | None
    is_as_filed: bool
    device_note: SectionNote | None

    @property
    def why_left_out(self) -> str:
        """Why the section is not in the tree any more, in words."""
        if self.section.repetition > 1:
            return "This repetition was taken out. What happened in it stays in the trail."
        return (
            "The class of the product does not ask for this section. What happened in it stays in the trail."
        )


def section_page(
    section: Section, user: User, *, q: str = "", only_missing: bool = False, page: str = ""
) -> SectionPage:
    """Gather a section as a person may see it; the same queries however large the dossier is."""
    dossier = section.dossier
    sections = list(dossier.sections.visible_to(user))
    answers = requirements.seen_by(user, dossier)
    lacking = _lacking(dossier, sections, user)
    owners = owners_of(dossier, user, sections)
    nodes = _nodes(sections, answers, lacking, owners, section)
    here = sorted(
        (answer for answer in answers if answer.requirement.section_id == section.pk),
        key=lambda answer: answer.requirement.position,
    )
    held = documents.documents_in_place(dossier, user, section=section)
    return SectionPage(
        plate=plate(dossier, user),
        dossier=dossier,
        section=section,
        line=[other for other in sections if other.pk != section.pk and _leads_to(other, section)],
        tree=_tree(nodes, q, only_missing=only_missing),
        owner=owners.get(section.pk),
        may_own=permissions.why_not_own_sections(dossier, user) is None,
        children=nodes[section.number].children[:],
        answers=here,
        answers_summary=requirements.in_words(here),
        documents=documents.document_table(held, dossier, user, page),
        lacks_document=section.is_expected and nodes[section.number].is_lacking,
        missing=_missing(section, sections, answers, lacking),
        repetition=workspace.repetition(section, sections, user),
        notes=workspace.notes(section, user),
        editors=workspace.editors(section, user),
        history=workspace.history(section, user),
        threads=section_threads(section, user),
        edit_refusal=permissions.why_not_edit_documents(dossier, user),
        is_as_filed=user.side == Side.AUTHORITY,
        device_note=section_note(dossier, section.number, user),
    )


def _lacking(dossier: Dossier, sections: list[Section], user: User) -> set[str]:
    """Return the sections that should hold a document and do not, to the person's knowledge."""
    seen = Document.objects.visible_to(user).in_place().filter(dossier=dossier).order_by()
    filled = with_outer(seen.values_list("section__number", flat=True).distinct())
    return {section.number for section in sections if section.is_expected and section.number not in filled}


def _missing(
    section: Section, sections: list[Section], answers: list[Answered], lacking: set[str]
) -> list[Missing]:
    """Name what is missing in a section and below it: what its count in the tree counts."""
    empty = [each for each in sections if each.number in lacking and _leads_to(section, each)]
    asked = [
        answer for answer in answers if answer.is_open and _leads_to(section, answer.requirement.section)
    ]
    return [
        *(
            Missing(f"{each} holds no document.", each.get_absolute_url(), each.why_expected)
            for each in empty
        ),
        *(
            Missing(
                f"{answer.requirement.code} is open: {answer.requirement.text}",
                answer.url,
                answer.requirement.citation,
            )
            for answer in asked
        ),
    ]


def _several(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _leads_to(outer: Section, section: Section) -> bool:
    return outer.number == str(section.module) or is_within(section.number, outer.number)


def _nodes(
    sections: list[Section],
    answers: list[Answered],
    lacking: set[str],
    owners: Mapping[UUID, SectionOwner],
    current: Section,
) -> dict[str, Node]:
    # One address is worked out and the others follow it: hundreds of look-ups would take half of the page.
    start = current.get_absolute_url().removesuffix(f"{current.number}/")
    by_pk = {
        section.pk: Node(section, f"{start}{section.number}/", owners.get(section.pk)) for section in sections
    }
    for answer in answers:
        node = by_pk[answer.requirement.section_id]
        node.total += 1
        node.met += not answer.is_open
    for section in reversed(sections):
        node = by_pk[section.pk]
        node.lacking += section.number in lacking
        node.is_current = section.pk == current.pk
        node.is_open = node.is_open or node.is_current
        if section.parent_id:
            parent = by_pk[section.parent_id]
            parent.met += node.met
            parent.total += node.total
            parent.lacking += node.lacking
            parent.is_open = parent.is_open or node.is_open
            if node.is_open or not section.is_left_out:
                parent.children.insert(0, node)
    return {node.section.number: node for node in by_pk.values()}


def _tree(nodes: dict[str, Node], q: str, *, only_missing: bool) -> Tree:
    roots = [node for node in nodes.values() if node.section.parent_id is None]
    words = q.lower().split()
    if not words and not only_missing:
        return Tree(roots, q, only_missing, len(nodes))
    kept = [pruned for node in roots if (pruned := _pruned(node, words, only_missing=only_missing))]
    return Tree(kept, q, only_missing, sum(_size(node) for node in kept))


def _pruned(node: Node, words: list[str], *, only_missing: bool) -> Node | None:
    """Cut a branch down to what was asked for, and open it."""
    children = [
        pruned for child in node.children if (pruned := _pruned(child, words, only_missing=only_missing))
    ]
    text = str(node.section).lower()
    fits = all(word in text for word in words) and (not only_missing or node.is_short)
    if not fits and not children:
        return None
    return replace(node, is_open=True, children=children)


def _size(node: Node) -> int:
    return 1 + sum(_size(child) for child in node.children)
