"""What is true of Chondrafix in every one of its documents: names, numbers, limits."""

from dataclasses import replace
from datetime import date

from atmp_portal.demo.content import Document, Section
from atmp_portal.demo.specification import Criterion, Specification
from atmp_portal.demo.sponsors import NORVIA

PRODUCT = "Chondrafix"
SUBSTANCE = "autologous human chondrocytes, expanded"
PROCEDURE = "H0006981"
MEMBRANE = "Duolam KM"
MEMBRANE_MAKER = "Kollagenwerk Tirol, Hall"
NOTIFIED_BODY = "notified body 0987"
INDICATION = (
    "repair of symptomatic full-thickness cartilage defects of the knee (ICRS grade III or IV), 2 to 10 cm², "
    "in adults"
)
SIZE = "30 × 40 mm, 2 mm thick"
SHELF_LIFE = "72 hours"
STORAGE = "15 to 25 °C"

_BEFORE = (
    Criterion(
        "identity",
        "Identity",
        "Patient, by chain of identity, donation and lot",
        "Scan and second person",
        "all identifiers equal",
        "1 h",
    ),
    Criterion(
        "marker",
        "Identity",
        "Chondrocyte marker ratio, before seeding",
        "RT-PCR",
        "chondrocyte profile",
        "24 h",
    ),
    Criterion(
        "density",
        "Quantity",
        "Viable cells on the membrane",
        "Count on the surrogate graft",
        "500 000 to 1 000 000 per cm²",
        "8 h",
    ),
    Criterion(
        "viability",
        "Viability",
        "Viability throughout the matrix",
        "Live-dead stain, punch of the surrogate graft",
        "≥ 70 %",
        "6 h",
    ),
)
_AFTER = (
    Criterion(
        "appearance",
        "Appearance",
        "Integrity of the graft",
        "Visual",
        "intact, orientation mark present",
        "15 min",
    ),
    Criterion(
        "size", "Device", "Dimensions", "Calliper", "29 to 31 × 39 to 41 mm, 1.8 to 2.2 mm thick", "30 min"
    ),
    Criterion(
        "membrane", "Device", "Membrane lot", "Incoming control", "certificate valid, lot accepted", "1 h"
    ),
    Criterion("endotoxin", "Safety", "Bacterial endotoxins", "Ph. Eur. 2.6.14", "≤ 20 EU per device", "2 h"),
    Criterion(
        "mycoplasma",
        "Safety",
        "Mycoplasma, nucleic acid amplification",
        "Ph. Eur. 2.6.7",
        "not detected",
        "5 h",
    ),
    Criterion(
        "supernatant",
        "Safety",
        "Microbiological examination, culture supernatant, 72 h before the end",
        "Ph. Eur. 2.6.27",
        "no growth",
        "72 h",
    ),
    Criterion(
        "rinse",
        "Safety",
        "Microbiological examination, final rinse",
        "Ph. Eur. 2.6.27",
        "no growth",
        "7 days",
        "after release",
    ),
)
_POTENCY = Criterion(
    "potency",
    "Potency",
    "Glycosaminoglycan per DNA, surrogate graft after 72 h",
    "Dye binding (DMMB), DNA by fluorescence",
    "≥ 1.5 µg/µg",
    "72 h",
)

SPECIFICATION_2 = Specification("SPEC-CHX-001", 2, date(2026, 7, 1), (*_BEFORE, _POTENCY, *_AFTER))
SPECIFICATION_3 = replace(
    SPECIFICATION_2,
    version=3,
    in_force=date(2026, 10, 1),
    tests=(*_BEFORE, replace(_POTENCY, limit="≥ 2.0 µg/µg"), *_AFTER),
)


def specification(version: int) -> Specification:
    """The specification a document of this version rests on."""
    return SPECIFICATION_2 if version == 1 else SPECIFICATION_3


def chondrafix_document(
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
    """A document of Norvia on Chondrafix; its title is the heading of its section unless it has its own."""
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
