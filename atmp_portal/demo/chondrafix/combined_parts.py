"""Chondrafix, what its people filled in of device, conformity, medicine and interface; the facts of its documents."""

from datetime import date

from atmp_portal.demo.chondrafix.device_requirements import APPLIES, DOES_NOT_APPLY
from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    NOTIFIED_BODY,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    STORAGE,
    SUBSTANCE,
)

PAGES_OF_DEVICE_FILE = {"1": 2, "2": 2, "3": 2, "3.2": 3, "4": 3, "5": 4, "6": 4, "7": 5, "8": 5, "9": 6}
FIELDS = {
    "device_name": f"{MEMBRANE}, resorbable collagen membrane that carries the cells of {PRODUCT}",
    "patient_population_indications": (
        f"Adults. {INDICATION[0].upper()}{INDICATION[1:]}. Not for people allergic to porcine protein."
    ),
    "principle_of_operation": (
        "Carries the cells, keeps them in the defect and parts them from the joint; resorbed within about six months."
    ),
    "qualification_as_device_rationale": (
        "No biological action of its own is claimed. Without it the cells could not be implanted: an integral part."
    ),
    "risk_class": "III",
    "novel_features": "Use with living cells; the membrane as marketed excludes it.",
    "configurations_variants": SIZE,
    "raw_materials_contacting_body": "Porcine collagen type I, 90 to 97 %\nPorcine collagen type III, 3 to 10 %",
    "technical_specifications": (
        "Length and width | 29 to 31 × 39 to 41 mm\nThickness, wet | 1.8 to 2.2 mm\nWeight, dry | 44 to 56 mg\n"
        "Tear strength, wet | at least 2.5 N\nPore size, rough side | 50 to 150 µm"
    ),
    "previous_similar_generations": "On the market for the covering of bone after loss of a tooth.",
    "design_stages": "Membrane as marketed; tests with cells, CHX-DV-014 to CHX-DV-019; pull test CHX-DV-022 running.",
    "sites_suppliers": f"{MEMBRANE_MAKER} | Manufacture of the membrane\nAlpin Gamma, Innsbruck | Sterilisation",
    "human_animal_tissue_info": (
        "Peritoneum of pigs from closed herds in Austria and Bavaria; sodium hydroxide at pH 12 for 16 hours."
    ),
    "absorbed_substances_info": "Resorbed to peptides and amino acids; ISO 10993-13.",
    "route": "nb_opinion",
    "notified_body_name": f"{NOTIFIED_BODY[0].upper()}{NOTIFIED_BODY[1:]}",
    "notified_body_number": "0987",
    "nb_designation_scope_ok": "yes",
    "certificate_or_opinion_number": "0987-OP-2026-0173",
    "issue_date": "2026-08-14",
    "intended_purpose_matches_maa": "yes",
    "conditions_open": "listed",
    "active_substance_definition": f"{SUBSTANCE[0].upper()}{SUBSTANCE[1:]}; the membrane is integral to the product.",
    "atmp_class": "TEP",
    "viable_cells": "yes",
    "autologous_allogeneic_xenogeneic": "autologous",
    "potency_assay": "Glycosaminoglycan per DNA of a surrogate graft after 72 hours.",
    "release_strategy": (
        "Released on rapid tests; the microbiological examination of the final rinse ends after the implantation."
    ),
    "traceability_system": "Donation, lot and patient in one chain of identity.",
    "gmo": "no",
    "combination_point": "product",
    "device_function": "support",
    "change_impact_rule": (
        "Source of the collagen, alkaline treatment, lamination, sterilisation and dimensions change only after a "
        "new opinion and a variation."
    ),
}
DOCUMENTS = {
    "functional_elements_drawings": ("3.2.R.MD", 2),
    "label_ifu": ("1.3.1", 4),
    "manufacturing_processes_validation": ("3.2.R.MD", 3),
    "benefit_risk_and_risk_management": ("3.2.R.MD", 4),
    "test_biocompatibility": ("3.2.R.MD", 5),
    "stability_shelf_life": ("3.2.P.8.3", 3),
    "sterility_microbial": ("3.2.R.MD", 3),
    "risk_based_approach": ("2.3", None),
    "cell_attachment_viability_on_device": ("3.2.R.MD", 5),
    "cell_phenotype_potency_on_device": ("3.2.R.MD", 5),
    "mechanical_properties_with_cells": ("3.2.R.MD.1", 4),
    "combined_product_stability": ("3.2.P.8.3", 3),
    "in_use_handling_surgical_procedure": ("3.2.R.MD", 5),
    "studies_on_combined_product": ("5.3.5.1", None),
}
ASIDE = {
    "basic_udi_di": "Not CE marked for this use; no identifier of its own.",
    "test_electrical_emc_software": "Not active.",
    "expiry_date": "Valid while the design is unchanged.",
    "cat_decision_no_nb": "There is an opinion.",
}
HEADINGS = {
    "10": ("ISO 10993-1", "MD 7"),
    "11": ("ISO 13408-1, ISO 11137", "MD 4"),
    "12": ("ISO 10993-13; peptides, amino acids", "MD 7"),
    "13": ("ISO 22442-1 to -3", "MD 3.2"),
    "14": ("Fixing and handling tests", "MD 8"),
    "20": ("Fixing, no load for six weeks", "MD 6"),
    "23": ("Leaflet and label of the product", "1.3.1"),
}
CONDITION = "Pull test of the membrane after 30 days of culture with cells: the strength suffices for the time without load."
CONDITION_DUE = date(2026, 12, 1)
SHELF = f"{SHELF_LIFE} at {STORAGE}"


def applying() -> dict[str, tuple[str, str, int | None, str]]:
    """Return by number the standard, the section and page of the evidence, and the place where it is expected."""
    rows = {row[0].removesuffix(".1") if row[0] == "10.4.1" else row[0]: row for row in APPLIES.rows}
    found = {
        number: (row[2], *_evidence(row[3]))
        for number, row in rows.items()
        if number not in {"12.2", "20.1", "20.5"}
    }
    found |= {number: (standard, *_evidence(where)) for number, (standard, where) in HEADINGS.items()}
    places = {"6": "3.2.P.8.3", "10.4": "4.2.3.7.7"}
    return {
        number: (standard, section, page, places.get(number, section))
        for number, (standard, section, page) in found.items()
    }


def _evidence(where: str) -> tuple[str, int | None]:
    first = where.split(";")[0].split(",")[0].strip()
    if first.startswith("MD "):
        return "3.2.R.MD", PAGES_OF_DEVICE_FILE[first.removeprefix("MD ")]
    pages: dict[str, int | None] = {"1.3.1": 5, "Draft": 5, "3.2.P.8.3": 3, "2.5": None}
    if first == "Running":
        return "3.2.R.MD.1", 4
    if first in pages:
        return ("1.3.1" if first == "Draft" else first), pages[first]
    return "3.2.R.MD", 4


def set_aside() -> dict[str, str]:
    """Return by number why a requirement does not apply."""
    known = applying()
    found = {row[0]: row[2] for row in DOES_NOT_APPLY.rows if "10.4." not in row[0] and "to" not in row[0]}
    return {number: reason for number, reason in found.items() if number not in known and number != "12.1"}
