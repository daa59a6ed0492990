"""The classes a verdict can name, with what each is called and where it leads."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum

from classification.engine.citations import Citation, atmp_law, other_law


class Outcome(StrEnum):
    """Result of a classification; the codes are stable and part of the exchange form."""

    GTMP = "GTMP"
    SCTMP = "sCTMP"
    TEP = "TEP"
    COMBINED_GTMP = "combined-GTMP"
    COMBINED_SCTMP = "combined-sCTMP"
    COMBINED_TEP = "combined-TEP"
    DEVICE = "device"
    TISSUE_CELL_SOHO = "tissue_cell_soho"
    BLOOD = "blood"
    VACCINE = "vaccine"
    BIOLOGICAL = "biological"
    CHEMICAL = "chemical"
    MICROBIOTA_SOHO = "microbiota_soho"
    NOT_MEDICINE = "not_medicine"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> str:
        """The class in words, as a heading shows it."""
        return _LABELS[self]

    @property
    def consequence(self) -> str:
        """One sentence on the regime the class leads to."""
        return _ATMP_CONSEQUENCE if self in ATMPS else _CONSEQUENCES[self]

    @property
    def source(self) -> Citation:
        """Where the regime of the class is found."""
        return atmp_law.CENTRAL_AUTHORISATION if self in ATMPS else _SOURCES[self]

    @property
    def is_atmp(self) -> bool:
        """Whether the class is an advanced therapy: Regulation (EC) 1394/2007, Art 2(1)(a)."""
        return self in ATMPS

    @property
    def is_combined(self) -> bool:
        """Whether a device is an integral part: Regulation (EC) 1394/2007, Art 2(1)(d)."""
        return self in COMBINED


COMBINED_OF = {
    Outcome.GTMP: Outcome.COMBINED_GTMP,
    Outcome.SCTMP: Outcome.COMBINED_SCTMP,
    Outcome.TEP: Outcome.COMBINED_TEP,
}
"""The combined form of each of the three base classes."""

COMBINED = frozenset(COMBINED_OF.values())
"""The outcomes in which a device is an integral part."""

ATMPS = COMBINED.union(COMBINED_OF)
"""The outcomes that are advanced therapies."""

_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}


def in_code_order(outcomes: AbstractSet[Outcome]) -> tuple[Outcome, ...]:
    """Classes in the order of their codes, so that equal sets print alike."""
    return tuple(sorted(outcomes, key=_RANK.__getitem__))


_LABELS = {
    Outcome.GTMP: "Gene therapy medicinal product",
    Outcome.SCTMP: "Somatic cell therapy medicinal product",
    Outcome.TEP: "Tissue engineered product",
    Outcome.COMBINED_GTMP: "Combined ATMP (gene therapy)",
    Outcome.COMBINED_SCTMP: "Combined ATMP (somatic cell therapy)",
    Outcome.COMBINED_TEP: "Combined ATMP (tissue engineered)",
    Outcome.DEVICE: "Medical device",
    Outcome.TISSUE_CELL_SOHO: "Tissues and cells (SoHO)",
    Outcome.BLOOD: "Blood or blood component",
    Outcome.VACCINE: "Vaccine against an infectious disease",
    Outcome.BIOLOGICAL: "Biological medicinal product",
    Outcome.CHEMICAL: "Chemical medicinal product",
    Outcome.MICROBIOTA_SOHO: "Microbiota (SoHO)",
    Outcome.NOT_MEDICINE: "Not a medicinal product",
    Outcome.UNDETERMINED: "Undetermined",
}

_ATMP_CONSEQUENCE = "It is an ATMP, and on the market it needs a central authorisation."

_CONSEQUENCES = {
    Outcome.DEVICE: (
        "It is not an ATMP: the law on medical devices applies, class III for most of what holds tissue."
    ),
    Outcome.TISSUE_CELL_SOHO: (
        "It is not an ATMP: the law on tissues and cells applies, from 7 August 2027 the SoHO Regulation."
    ),
    Outcome.BLOOD: "It is not an ATMP: the law on blood applies, from 7 August 2027 the SoHO Regulation.",
    Outcome.VACCINE: ("It is not an ATMP: it is a vaccine, and an ordinary biological medicine."),
    Outcome.BIOLOGICAL: "It is not an ATMP: it is an ordinary biological medicine.",
    Outcome.CHEMICAL: "It is not an ATMP: it is an ordinary chemical medicine.",
    Outcome.MICROBIOTA_SOHO: (
        "It is not an ATMP: national rules apply, from 7 August 2027 the SoHO Regulation covers microbiota."
    ),
    Outcome.NOT_MEDICINE: "It is not an ATMP, and as answered no medicinal product: other law applies.",
    Outcome.UNDETERMINED: "More than one class is still possible.",
}

_SOURCES = {
    Outcome.DEVICE: other_law.DEVICE_SCOPE,
    Outcome.TISSUE_CELL_SOHO: other_law.TISSUES_LAW,
    Outcome.BLOOD: other_law.BLOOD_LAW,
    Outcome.VACCINE: atmp_law.INFECTION_VACCINES,
    Outcome.BIOLOGICAL: atmp_law.BIOLOGICAL,
    Outcome.CHEMICAL: atmp_law.MEDICINE,
    Outcome.MICROBIOTA_SOHO: other_law.MICROBIOTA,
    Outcome.NOT_MEDICINE: atmp_law.MEDICINE,
    Outcome.UNDETERMINED: atmp_law.CLASSIFICATION_REQUEST,
}
