"""Requirements against sections: where the evidence stands, and where it is expected and missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from dossiers import structure
from dossiers.models import Document, Dossier, Section
from dossiers.queries.checklist import Asked, in_order
from dossiers.queries.plate import Plate, plate
from dossiers.queries.requirements import Answered, in_words
from dossiers.statuses import RequirementState

MISSING, POSSIBLE, ASIDE = "missing", "or here", "does not apply"


@dataclass(frozen=True)
class Cell:
    """What a section holds for a requirement: evidence, a gap, or nothing."""

    section: Section
    text: str = ""
    url: str = ""
    page: int | None = None

    @property
    def is_missing(self) -> bool:
        """Whether evidence is expected here first of all, and is not there."""
        return self.text == MISSING

    @property
    def in_words(self) -> str:
        """The cell as a spreadsheet says it."""
        return f"{self.text}, page {self.page}" if self.page else self.text


@dataclass(frozen=True)
class MatrixRow:
    """One requirement with a cell for every section of the matrix."""

    answer: Answered
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """Requirements as rows, sections as columns."""

    columns: list[Section]
    rows: list[MatrixRow]
    summary: str

    @property
    def missing(self) -> int:
        """How many requirements lack their evidence."""
        return sum(cell.is_missing for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class MatrixPage:
    """The matrix under the plate of its dossier."""

    plate: Plate
    dossier: Dossier
    asked: Asked
    matrix: Matrix
    numbers: list[int]
    filters: tuple[tuple[str, str, bool], ...]


def matrix_page(dossier: Dossier, user: User, asked: Asked) -> MatrixPage:
    """Gather the matrix as a person may see it; the same queries for every dossier."""
    answers = in_order(dossier, user)
    numbers = sorted({answer.requirement.section.module for answer in answers})
    modules = ((str(number), f"Module {number}", number == asked.module) for number in numbers)
    return MatrixPage(
        plate=plate(dossier, user),
        dossier=dossier,
        asked=asked,
        matrix=matrix_of(dossier, user, [answer for answer in answers if asked.fits(answer)]),
        numbers=numbers,
        filters=(("", "All modules", asked.module is None), *modules),
    )


def matrix_of(dossier: Dossier, user: User, answers: list[Answered]) -> Matrix:
    """Set requirements against the sections that hold their evidence or should."""
    sections = {section.number: section for section in dossier.sections.all()}
    placed_in = _sections_of_documents(dossier, user)
    candidates = {row.code: row.sections for row in structure.requirement_rows()}
    filled = [(answer, _filled(answer, sections, candidates, placed_in)) for answer in answers]
    used = {number for _, cells in filled for number in cells}
    columns = [section for number, section in sections.items() if number in used]
    rows = [
        MatrixRow(answer, [cells.get(section.number, Cell(section)) for section in columns])
        for answer, cells in filled
    ]
    return Matrix(columns, rows, in_words(answers))


def _sections_of_documents(dossier: Dossier, user: User) -> dict[str, str]:
    """Say in which section each document stands that the person may read, by its address."""
    documents = Document.objects.visible_to(user).filter(dossier=dossier).select_related("section").order_by()
    return {document.get_absolute_url(): document.section.number for document in documents}


def _filled(
    answer: Answered,
    sections: Mapping[str, Section],
    candidates: Mapping[str, tuple[str, ...]],
    placed_in: Mapping[str, str],
) -> dict[str, Cell]:
    """Return the cells of a requirement that are not empty, by the number of their section."""
    home = answer.requirement.section
    if answer.state == RequirementState.MET:
        place = placed_in.get(answer.document_url, home.number)
        return {place: Cell(sections[place], answer.document, answer.document_url, answer.page)}
    if answer.state == RequirementState.NOT_APPLICABLE:
        return {home.number: Cell(sections[home.number], ASIDE)}
    others = (number for number in candidates.get(answer.requirement.code, ()) if number in sections)
    cells = {number: Cell(sections[number], POSSIBLE) for number in others}
    return {**cells, home.number: Cell(sections[home.number], MISSING)}
