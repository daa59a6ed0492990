"""What is true of Nortagen in every one of its documents: names, numbers, limits."""

from dataclasses import replace
from datetime import date

from atmp_portal.demo.content import Document, Section
from atmp_portal.demo.specification import Criterion, Specification
from atmp_portal.demo.sponsors import NORVIA

PRODUCT = "Nortagen"
SUBSTANCE = "nortagen autoleucel"
PROCEDURE = "H0006412"
VECTOR = "LVN-19"
INDICATION = (
    "treatment of adult patients with relapsed or refractory B-cell precursor acute lymphoblastic leukaemia "
    "(ALL) after two or more lines of systemic therapy"
)

TARGET_DOSE = "2.0 × 10⁸ viable CAR+ T cells"
DOSE_RANGE = "1.6 to 2.4 × 10⁸ viable CAR+ T cells"
VOLUME = "68 mL"
SHELF_LIFE = "72 hours"
STORAGE = "2 to 8 °C"
IN_USE = "30 minutes"

_COMMON = (
    Criterion(
        "identity",
        "Identity",
        "Patient, by chain of identity, donation and lot",
        "Scan and second person",
        "all identifiers equal",
        "1 h",
    ),
    Criterion(
        "cd3", "Identity", "CD3+ of viable CD45+ cells", "Flow cytometry, Ph. Eur. 2.7.24", "≥ 80 %", "6 h"
    ),
    Criterion(
        "car", "Identity", "CAR+ of viable CD3+ cells", "Flow cytometry, Ph. Eur. 2.7.24", "≥ 10 %", "6 h"
    ),
    Criterion("viability", "Viability", "Viable cells", "Dye exclusion, Ph. Eur. 2.7.29", "≥ 80 %", "1 h"),
    Criterion(
        "dose",
        "Quantity",
        "Viable CAR+ cells in the bag",
        "Count and flow cytometry",
        "80 to 120 % of the target dose",
        "6 h",
    ),
    Criterion(
        "beads",
        "Purity",
        "Residual CD3/CD28 beads",
        "Microscopy after permeabilisation",
        "< 100 per 3 × 10⁶ cells",
        "2 h",
    ),
    Criterion("endotoxin", "Safety", "Bacterial endotoxins", "Ph. Eur. 2.6.14, method D", "< 5 EU/mL", "2 h"),
    Criterion(
        "mycoplasma_nat",
        "Safety",
        "Mycoplasma, nucleic acid amplification",
        "Ph. Eur. 2.6.7",
        "not detected",
        "5 h",
    ),
    Criterion("gram", "Safety", "Gram stain", "Microscopy", "negative", "30 min"),
    Criterion(
        "vcn",
        "Safety",
        "Vector copies per transduced cell",
        "Droplet digital PCR",
        "< 5",
        "48 h",
        "after release",
    ),
    Criterion(
        "sterility_rapid",
        "Safety",
        "Sterility, rapid, by respiration",
        "Ph. Eur. 2.6.27",
        "no growth",
        "72 h",
        "after release",
    ),
    Criterion(
        "sterility",
        "Safety",
        "Sterility",
        "Ph. Eur. 2.6.1",
        "no growth in 14 days",
        "14 days",
        "after release",
    ),
    Criterion(
        "mycoplasma_culture",
        "Safety",
        "Mycoplasma, culture",
        "Ph. Eur. 2.6.7",
        "not detected in 28 days",
        "28 days",
        "after release",
    ),
)
_INTERFERON = Criterion(
    "potency",
    "Potency",
    "IFN-γ released on CD19+ target cells",
    "Co-culture 24 h, ELISA",
    "> 50 pg/mL",
    "36 h",
)
_KILLING = Criterion(
    "potency",
    "Potency",
    "Killing of CD19+ target cells, E:T 1:1",
    "Co-culture 18 h, flow cytometry",
    "> 50 %",
    "24 h",
)

SPECIFICATION_3 = Specification(
    "SPEC-NTG-003", 3, date(2026, 3, 1), (*_COMMON[:5], _INTERFERON, *_COMMON[5:])
)
SPECIFICATION_4 = replace(
    SPECIFICATION_3, version=4, in_force=date(2026, 9, 1), tests=(*_COMMON[:5], _KILLING, *_COMMON[5:])
)


def specification(version: int) -> Specification:
    """The specification a document of this version rests on: the first filing, then the day 120 responses."""
    return SPECIFICATION_3 if version == 1 else SPECIFICATION_4


def nortagen_document(
    number: str,
    heading: str,
    *sections: Section,
    written_on: date,
    author: str,
    approver: str,
    title: str = "",
    version: int = 1,
    history: tuple[tuple[int, date, str], ...] = (),
) -> Document:
    """A document of Norvia on Nortagen; its title is the heading of its section unless it has its own."""
    return Document(
        sponsor=NORVIA,
        product=PRODUCT,
        section=number,
        section_title=heading,
        title=title or heading,
        written_on=written_on,
        author=author,
        approver=approver,
        sections=sections,
        version=version,
        history=history,
    )
