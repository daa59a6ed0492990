"""Places in guidance, published outcomes and literature that the rules stand on."""

from __future__ import annotations

from classification.engine.citations.model import Citation, Instrument, Trust

REFLECTION_PAPER = Instrument(
    "CAT reflection paper on classification of ATMPs", "EMA/CAT/600280/2010", "rev.1, 2015"
)
CAT_OUTCOMES = Instrument(
    "Published classification outcomes of the CAT", "CAT outcomes", "state of autumn 2026"
)
LITERATURE = Instrument("Guerriaud and Kohli, Front Med 2022", "fmed.2022.1012497", "2022")
EDITING_LITERATURE = Instrument("Eur J Hum Genet 2020, 0607-y", "EJHG 2020", "2020")

SUICIDE_GENE = Citation(
    "G4",
    CAT_OUTCOMES,
    "Zalmoxis, EMA/CHMP/589978/2016",
    Trust.VERIFIED,
    "T cells with a suicide gene are somatic cell therapy, because the gene is only a brake.",
)
SYNTHETIC_ROUTE = Citation(
    "G6",
    LITERATURE,
    "whole",
    Trust.SECONDARY,
    "Oligonucleotides made chemically are chemical medicines.",
)
DELETED_VIRUS = Citation(
    "C25a", REFLECTION_PAPER, "oncolytic viruses", Trust.RECALLED, "Deletion only: usually gene therapy."
)
PROTEIN_EDITOR = Citation(
    "C25b", EDITING_LITERATURE, "whole", Trust.SECONDARY, "Protein-only editors: unclear today."
)
ANUCLEATE = Citation(
    "N2a", CAT_OUTCOMES, "platelets, 2015", Trust.SECONDARY, "Elements without a nucleus are not cells."
)
CULTURE = Citation(
    "C21",
    REFLECTION_PAPER,
    "substantial manipulation",
    Trust.RECALLED,
    "Culture, activation, differentiation and genetic modification are substantial.",
)
INTACT_UNITS = Citation(
    "C21b",
    REFLECTION_PAPER,
    "enzymatic digestion",
    Trust.RECALLED,
    "Digestion is not substantial where intact functional units are shown to remain.",
)
SAME_FUNCTION = Citation(
    "C22",
    REFLECTION_PAPER,
    "essential function",
    Trust.SECONDARY,
    "The function is the same when cells keep their job in the same environment.",
)
INTEGRAL_PART = Citation(
    "C24",
    REFLECTION_PAPER,
    "integral part",
    Trust.SECONDARY,
    "A part counts when it is a device of its own and keeps that job in the product.",
)
CELL_DERIVED = Citation(
    "C26",
    REFLECTION_PAPER,
    "material derived from cells",
    Trust.SECONDARY,
    "Lysates, vesicles and secretomes contain no cells.",
)
WILD_TYPE = Citation(
    "C25c",
    REFLECTION_PAPER,
    "micro-organisms",
    Trust.SECONDARY,
    "The cells of an ATMP are human or animal, not microbial.",
)
