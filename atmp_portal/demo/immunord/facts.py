"""What is true of Immunord in every one of its documents: names, numbers, limits."""

from datetime import date

from atmp_portal.demo.content import Document, Section
from atmp_portal.demo.specification import Criterion, Specification
from atmp_portal.demo.sponsors import OSTRAVA

PRODUCT = "Immunord"
SUBSTANCE = "allogeneic bone marrow mesenchymal stromal cells, expanded"
PROCEDURE = "H0007204"
INDICATION = (
    "treatment of adults and adolescents from 12 years with acute graft-versus-host disease of grade II to "
    "IV that is refractory to corticosteroids"
)
DOSE = "2 × 10⁶ viable cells per kilogram of body weight"
BAG = "100 × 10⁶ viable cells in 10 mL"
SHELF_LIFE = "24 months"
STORAGE = "below −150 °C, in the vapour of liquid nitrogen"
IN_USE = "3 hours"

SPECIFICATION = Specification(
    "SPEC-IMN-011",
    2,
    date(2026, 9, 14),
    (
        Criterion(
            "identity", "Identity", "Donor, by STR profile", "PCR, 16 loci", "as master cell bank", "48 h"
        ),
        Criterion(
            "positive",
            "Identity",
            "CD73+, CD90+ and CD105+ cells, each",
            "Flow cytometry, Ph. Eur. 2.7.24",
            "≥ 95 %",
            "6 h",
        ),
        Criterion(
            "negative",
            "Purity",
            "CD45+, CD34+, CD11b+, CD19+ and HLA-DR+ cells, each",
            "Flow cytometry, Ph. Eur. 2.7.24",
            "≤ 2 %",
            "6 h",
        ),
        Criterion("viability", "Viability", "Viable cells after thawing", "Ph. Eur. 2.7.29", "≥ 80 %", "1 h"),
        Criterion("dose", "Quantity", "Viable cells per bag", "Count", "90 to 120 × 10⁶", "1 h"),
        Criterion(
            "potency",
            "Potency",
            "Inhibition of the proliferation of T cells",
            "Co-culture 1:5, five days",
            "≥ 40 %",
            "6 days",
        ),
        Criterion(
            "ido",
            "Potency",
            "Activity of IDO after IFN-γ",
            "Kynurenine by HPLC",
            "≥ 15 µmol/L per 10⁶ cells",
            "3 days",
        ),
        Criterion(
            "karyotype", "Safety", "Karyotype, 25 metaphases", "G-banding", "no clonal change", "14 days"
        ),
        Criterion("sterility", "Safety", "Sterility", "Ph. Eur. 2.6.1", "no growth in 14 days", "14 days"),
        Criterion(
            "mycoplasma", "Safety", "Mycoplasma", "Ph. Eur. 2.6.7", "not detected in 28 days", "28 days"
        ),
        Criterion("endotoxin", "Safety", "Bacterial endotoxins", "Ph. Eur. 2.6.14", "≤ 2.0 EU/mL", "2 h"),
        Criterion("dmso", "Composition", "Dimethyl sulfoxide", "Gas chromatography", "9.0 to 11.0 %", "8 h"),
        Criterion("albumin", "Purity", "Residual bovine albumin", "ELISA", "≤ 50 ng/mL", "8 h"),
        Criterion(
            "appearance",
            "Appearance",
            "Appearance after thawing",
            "Visual",
            "even, off-white, no clumps",
            "15 min",
        ),
    ),
)


def immunord_document(
    number: str,
    heading: str,
    *sections: Section,
    written_on: date,
    author: str,
    approver: str,
    title: str = "",
) -> Document:
    """A document of Ostrava Cell Works on Immunord; without a title of its own it has that of its section."""
    return Document(
        sponsor=OSTRAVA,
        product=PRODUCT,
        section=number,
        section_title=heading,
        title=title or heading,
        written_on=written_on,
        author=author,
        approver=approver,
        sections=sections,
    )
