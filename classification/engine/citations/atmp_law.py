"""Places in the law on advanced therapies and medicines that the rules stand on."""

from __future__ import annotations

from classification.engine.citations.model import Citation, Instrument, Trust

_NOW = "in force in autumn 2026"

ATMP_REGULATION = Instrument("Regulation (EC) No 1394/2007 on advanced therapies", "Reg (EC) 1394/2007", _NOW)
MEDICINES_CODE = Instrument(
    "Directive 2001/83/EC on medicinal products for human use", "Dir 2001/83/EC", _NOW
)
MEDICINES_ANNEX = Instrument(
    "Directive 2001/83/EC, Annex I, Part IV", "Dir 2001/83/EC, Annex I", "as replaced by Dir 2009/120/EC"
)
CENTRAL_PROCEDURE = Instrument("Regulation (EC) No 726/2004", "Reg (EC) 726/2004", _NOW)

ATMP_KINDS = Citation(
    "L1",
    ATMP_REGULATION,
    "Art 2(1)(a)",
    Trust.VERIFIED,
    "An ATMP is a gene therapy, a somatic cell therapy or a tissue engineered product.",
)
MEDICINE = Citation(
    "L2",
    MEDICINES_CODE,
    "Art 1(2)",
    Trust.VERIFIED,
    "A product is a medicine by its presentation or by its function.",
)
BIOLOGICAL = Citation(
    "L3",
    MEDICINES_ANNEX,
    "Part I, 3.2.1.1(b)",
    Trust.RECALLED,
    "A biological substance is made by or extracted from a biological source.",
)
CENTRAL_AUTHORISATION = Citation(
    "L5",
    CENTRAL_PROCEDURE,
    "Annex I, point 1a",
    Trust.RECALLED,
    "On the market a central authorisation is needed.",
)
DOUBT = Citation("L6", MEDICINES_CODE, "Art 2(2)", Trust.RECALLED, "In case of doubt medicines law prevails.")
GENE_SUBSTANCE = Citation(
    "G1",
    MEDICINES_ANNEX,
    "Part IV, 2.1(a)",
    Trust.VERIFIED,
    "The active substance is a recombinant nucleic acid, given to change a genetic sequence.",
)
GENE_EFFECT = Citation(
    "G2",
    MEDICINES_ANNEX,
    "Part IV, 2.1(b)",
    Trust.VERIFIED,
    "The effect relates directly to that sequence or to what it expresses.",
)
INFECTION_VACCINES = Citation(
    "G3",
    MEDICINES_ANNEX,
    "Part IV, 2.1, last sentence",
    Trust.VERIFIED,
    "Vaccines against infectious diseases are not gene therapy.",
)
SOMATIC_CELLS = Citation(
    "S1",
    MEDICINES_ANNEX,
    "Part IV, 2.2(a)",
    Trust.VERIFIED,
    "Cells or tissue that were substantially manipulated, or that serve another essential function than in"
    " the donor.",
)
SOMATIC_ACTION = Citation(
    "S2",
    MEDICINES_ANNEX,
    "Part IV, 2.2(b)",
    Trust.VERIFIED,
    "Disease is treated, prevented or diagnosed by the pharmacological, immunological or metabolic action"
    " of the cells.",
)
TISSUE_DEFINITION = Citation(
    "T1",
    ATMP_REGULATION,
    "Art 2(1)(b)",
    Trust.VERIFIED,
    "Engineered cells or tissue, presented to regenerate, repair or replace human tissue.",
)
NON_VIABLE_EXCLUSION = Citation(
    "T3",
    ATMP_REGULATION,
    "Art 2(1)(b), last paragraph",
    Trust.VERIFIED,
    "Only non-viable material without a principal pharmacological, immunological or metabolic action is"
    " excluded.",
)
ENGINEERED_BY_MANIPULATION = Citation(
    "T4i",
    ATMP_REGULATION,
    "Art 2(1)(c), first indent",
    Trust.RECALLED,
    "Cells are engineered when substantial manipulation gives them what the use needs.",
)
ENGINEERED_BY_FUNCTION = Citation(
    "T4ii",
    ATMP_REGULATION,
    "Art 2(1)(c), second indent",
    Trust.RECALLED,
    "Cells are engineered when they serve another essential function than in the donor.",
)
COMBINED = Citation(
    "T5",
    ATMP_REGULATION,
    "Art 2(1)(d)",
    Trust.SECONDARY,
    "A device is an integral part beside viable cells, or beside non-viable ones whose action is primary.",
)
VIABLE_CELLS_PREVAIL = Citation(
    "P1",
    ATMP_REGULATION,
    "Art 2(2)",
    Trust.VERIFIED,
    "Where viable cells are present, their action counts as the principal one.",
)
BOTH_SOURCES = Citation(
    "P2", ATMP_REGULATION, "Art 2(3)", Trust.RECALLED, "Both sources together count as allogeneic."
)
TISSUE_PRECEDENCE = Citation(
    "P3",
    ATMP_REGULATION,
    "Art 2(4)",
    Trust.RECALLED,
    "What may be both a tissue engineered product and somatic cell therapy is the former.",
)
GENE_PRECEDENCE = Citation(
    "P4",
    ATMP_REGULATION,
    "Art 2(5)",
    Trust.SECONDARY,
    "What may be gene therapy and another class is gene therapy.",
)
NOT_SUBSTANTIAL = Citation(
    "AX1", ATMP_REGULATION, "Annex I", Trust.RECALLED, "The 13 manipulations that are not substantial."
)
COMBINED_ASSESSMENT = Citation(
    "A1",
    ATMP_REGULATION,
    "Art 6, 7 and 9",
    Trust.SECONDARY,
    "The device part needs its own evidence, and a notified body may be heard.",
)
CLASSIFICATION_REQUEST = Citation(
    "A2", ATMP_REGULATION, "Art 17", Trust.VERIFIED, "A recommendation within 60 days, free of charge."
)
CERTIFICATION = Citation(
    "A4",
    ATMP_REGULATION,
    "Art 18",
    Trust.RECALLED,
    "Small and medium-sized enterprises can have data certified in 90 days.",
)
HOSPITAL_EXEMPTION = Citation(
    "A5",
    MEDICINES_CODE,
    "Art 3(7)",
    Trust.SECONDARY,
    "Custom-made, non-routine preparations in a hospital of the same Member State need a national permit"
    " instead.",
)
