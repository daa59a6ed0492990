"""The classes a verdict can name, with what each is called and where it leads."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum

from classification.engine.citations import Citation, atmp_law, other_law, other_regions


class Outcome(StrEnum):
    """Result of a classification; the codes are stable and part of the exchange form.

    The codes without a country are those of the EU, and of the United Kingdom, which uses the same classes.
    """

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
    US_361_HCTP = "us_361_hctp"
    US_351_CELL_THERAPY = "us_351_cell_therapy"
    US_351_GENE_THERAPY = "us_351_gene_therapy"
    US_COMBINATION = "us_combination"
    US_SAME_PROCEDURE = "us_same_procedure"
    US_DEVICE = "us_device"
    US_BLOOD = "us_blood"
    US_VACCINE = "us_vaccine"
    US_BIOLOGIC = "us_biologic"
    US_DRUG = "us_drug"
    US_OUTSIDE = "us_outside"
    JP_REGENERATIVE = "jp_regenerative"
    JP_OUTSIDE = "jp_outside"

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
    Outcome.US_361_HCTP: "361 HCT/P (US)",
    Outcome.US_351_CELL_THERAPY: "Cellular therapy, 351 biologic (US)",
    Outcome.US_351_GENE_THERAPY: "Gene therapy, 351 biologic (US)",
    Outcome.US_COMBINATION: "Combination product (US)",
    Outcome.US_SAME_PROCEDURE: "Same surgical procedure, exempt (US)",
    Outcome.US_DEVICE: "Medical device (US)",
    Outcome.US_BLOOD: "Blood or blood component (US)",
    Outcome.US_VACCINE: "Vaccine against an infectious disease (US)",
    Outcome.US_BIOLOGIC: "Other biologic (US)",
    Outcome.US_DRUG: "Drug (US)",
    Outcome.US_OUTSIDE: "Not a medical product (US)",
    Outcome.JP_REGENERATIVE: "Regenerative medical product (Japan)",
    Outcome.JP_OUTSIDE: "Not a regenerative medical product (Japan)",
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
    Outcome.US_361_HCTP: "It needs no licence: the rules against the spread of disease apply alone.",
    Outcome.US_351_CELL_THERAPY: "It is a biologic: an IND for trials, a licence (BLA) for the market.",
    Outcome.US_351_GENE_THERAPY: "It is a biologic: an IND for trials, a licence (BLA) for the market.",
    Outcome.US_COMBINATION: "Its primary mode of action names the FDA centre in the lead.",
    Outcome.US_SAME_PROCEDURE: "It is exempt from the rules on human cells and tissues.",
    Outcome.US_DEVICE: "It is a medical device, and the law on devices applies.",
    Outcome.US_BLOOD: "It is blood or a blood component, and the rules on blood apply.",
    Outcome.US_VACCINE: "It is a vaccine, and an ordinary biologic.",
    Outcome.US_BIOLOGIC: "It is neither a cell nor a gene therapy: an ordinary biologic.",
    Outcome.US_DRUG: "It is a drug, and no biologic.",
    Outcome.US_OUTSIDE: "As answered it is no medical product: other law applies.",
    Outcome.JP_REGENERATIVE: (
        "It needs an approval of its own, which can be conditional and limited in time."
    ),
    Outcome.JP_OUTSIDE: "It is no regenerative medical product: other law applies.",
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
    Outcome.US_361_HCTP: other_regions.US_TISSUE_TIER,
    Outcome.US_351_CELL_THERAPY: other_regions.US_BIOLOGICS,
    Outcome.US_351_GENE_THERAPY: other_regions.US_BIOLOGICS,
    Outcome.US_COMBINATION: other_regions.US_COMBINATION,
    Outcome.US_SAME_PROCEDURE: other_regions.SAME_OPERATION,
    Outcome.US_DEVICE: other_regions.US_DEVICE,
    Outcome.US_BLOOD: other_regions.HUMAN_TISSUE,
    Outcome.US_VACCINE: other_regions.US_BIOLOGICS,
    Outcome.US_BIOLOGIC: other_regions.US_BIOLOGICS,
    Outcome.US_DRUG: other_regions.US_DRUG,
    Outcome.US_OUTSIDE: other_regions.US_DRUG,
    Outcome.JP_REGENERATIVE: other_regions.JP_PRODUCT,
    Outcome.JP_OUTSIDE: other_regions.JP_PRODUCT,
}
