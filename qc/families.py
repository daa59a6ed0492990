"""Templates of specifications by product family, and what the class of a product asks of its tests."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path

from dossiers.models import Product
from qc.evaluation import decimals_of
from qc.statuses import Category, CriterionKind

TEMPLATES = Path(__file__).resolve().parent / "data" / "qc_specs.csv"

FAMILIES = {
    "cart_autologous": "CAR-T cells, autologous",
    "til": "Tumour-infiltrating lymphocytes",
    "dendritic_vaccine": "Dendritic cells shown a tumour antigen",
    "lv_hsc": "Blood stem cells with a lentiviral vector",
    "msc_sctmp": "Mesenchymal stromal cells",
    "chondrocyte_tep": "Cartilage cells",
    "chondrocyte_tep_scaffold": "Cartilage cells on a scaffold (combined)",
    "keratinocyte_sheet": "Skin cell sheets",
    "aav_invivo": "AAV vector, given in vivo",
    "lentiviral_vector_material": "Lentiviral vector as starting material",
    "monoclonal_antibody": "Monoclonal antibody (for contrast: not an ATMP)",
}

OUTLASTING = frozenset(
    {
        Category.STERILITY,
        Category.MYCOPLASMA,
        Category.VECTOR_COPY_NUMBER,
        Category.RCL_RCR_RCA,
        Category.ADVENTITIOUS_AGENTS,
    }
)
"""Attributes whose result is commonly known only after the product was given."""


@dataclass(frozen=True)
class TemplateLine:
    """A line of a family template: a fact with its source, to be edited and taken over by the sponsor."""

    category: str
    name: str
    method: str
    criterion: str
    lower: Decimal | None
    upper: Decimal | None
    is_strict: bool
    unit: str
    expected_text: str
    turnaround_hours: Decimal
    alternative: str
    source: str

    @property
    def decimals(self) -> int:
        """With how many decimals the limits were written."""
        return decimals_of([self.lower, self.upper])

    def may_follow_release(self, shelf_life_hours: int) -> bool:
        """Whether to propose that the result may follow release: its source says so, or it takes too long."""
        says_so = bool(re.search(r"after (release|implantation)", self.source))
        return says_so or (self.category in OUTLASTING and self.turnaround_hours > shelf_life_hours)


@cache
def template(family: str) -> tuple[TemplateLine, ...]:
    """Return the release tests of a family, as published specifications and guidance state them."""
    with TEMPLATES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["family"] == family and row["stage"] == "release"]
    return tuple(_line(row, before) for row, before in zip(rows, [None, *rows], strict=False))


def _line(row: dict[str, str], before: dict[str, str] | None) -> TemplateLine:
    is_worded = row["criterion_type"] == CriterionKind.TEXT
    is_alternative = "OR-rule with next row" in row["source"] or (
        before is not None and "OR-rule with next row" in before["source"]
    )
    return TemplateLine(
        category=row["attribute_category"],
        name=row["test"],
        method=row["method"],
        criterion=row["criterion_type"],
        lower=Decimal(row["lower"]) if row["lower"] else None,
        upper=Decimal(row["upper"]) if row["upper"] else None,
        is_strict=bool(re.search(r"\(strict\b", row["source"])),
        unit="" if is_worded else row["unit"],
        expected_text=row["unit"] if is_worded else "",
        turnaround_hours=Decimal(row["turnaround_hours"]),
        alternative="A" if is_alternative else "",
        source=row["source"],
    )


class Kind(Enum):
    """What a product is made of, as far as its release tests depend on it."""

    CELLS = "a product of living cells"
    VECTOR = "a vector given in vivo"
    CONVENTIONAL = "a conventional biological"
    UNKNOWN = "a product of unknown make"


PROTEIN = frozenset({Category.GLYCOSYLATION, Category.CHARGE_VARIANTS, Category.IDENTITY_STRUCTURE})
CELLULAR = frozenset({Category.VIABILITY, Category.IDENTITY_CELL_TYPE, Category.IDENTITY_PATIENT})
GENETIC = frozenset(
    {
        Category.VECTOR_COPY_NUMBER,
        Category.TRANSDUCTION_EFFICIENCY,
        Category.IDENTITY_GENETIC_MODIFICATION,
        Category.RCL_RCR_RCA,
        Category.FULL_EMPTY_CAPSID,
    }
)
FOREIGN = {
    Kind.CELLS: PROTEIN | {Category.AGGREGATES, Category.FULL_EMPTY_CAPSID},
    Kind.VECTOR: PROTEIN | CELLULAR | {Category.VECTOR_COPY_NUMBER, Category.TRANSDUCTION_EFFICIENCY},
    Kind.CONVENTIONAL: CELLULAR | GENETIC,
    Kind.UNKNOWN: frozenset[Category](),
}
SAFE = (Category.STERILITY, Category.ENDOTOXIN)
EXPECTED = {
    Kind.CELLS: (
        Category.IDENTITY_CELL_TYPE,
        Category.VIABILITY,
        Category.DOSE,
        Category.PURITY,
        Category.POTENCY,
        Category.MYCOPLASMA,
        *SAFE,
    ),
    Kind.VECTOR: (
        Category.IDENTITY_GENETIC_MODIFICATION,
        Category.DOSE,
        Category.PURITY,
        Category.POTENCY,
        *SAFE,
    ),
    Kind.CONVENTIONAL: (
        Category.IDENTITY_STRUCTURE,
        Category.PURITY,
        Category.AGGREGATES,
        Category.GLYCOSYLATION,
        Category.POTENCY,
        *SAFE,
    ),
    Kind.UNKNOWN: (Category.POTENCY, *SAFE),
}
STANDS_FOR = {Category.PURITY: frozenset({Category.PURITY, Category.IMPURITY_PROCESS})}
"""An attribute that another category of tests covers as well."""


def kind_of(product: Product) -> Kind:
    """Tell from the class adopted, and for a gene therapy from the answers, what the product is made of."""
    answers = product.assessment.answers
    match product.outcome.removeprefix("combined-"):
        case "sCTMP" | "TEP":
            return Kind.CELLS
        case "GTMP" if product.is_autologous is not None or _names_cells(answers):
            return Kind.CELLS
        case "GTMP" if answers.get("active_part"):
            return Kind.VECTOR
        case "biological" | "vaccine":
            return Kind.CONVENTIONAL
        case _:
            return Kind.UNKNOWN


def _names_cells(answers: dict[str, object]) -> bool:
    parts = answers.get("active_part")
    named = set(parts) if isinstance(parts, list) else set()
    return answers.get("viable_cells") == "yes" or bool(named & {"gm_cells", "viable_cells_or_tissue"})


def is_gene_therapy_of_cells(product: Product) -> bool:
    """Whether the cells carry a genetic modification that release tests must show."""
    return kind_of(product) is Kind.CELLS and product.outcome.endswith("GTMP")


def expected_categories(product: Product) -> tuple[Category, ...]:
    """Return the attributes without which a specification of this class is not complete."""
    expected = EXPECTED[kind_of(product)]
    if product.is_autologous:
        expected = (Category.IDENTITY_PATIENT, *expected)
    if is_gene_therapy_of_cells(product):
        expected = (*expected, Category.IDENTITY_GENETIC_MODIFICATION, Category.VECTOR_COPY_NUMBER)
    return expected
