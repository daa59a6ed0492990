"""Places in the law of the United States, the United Kingdom and Japan that their rules stand on."""

from __future__ import annotations

from classification.engine.citations.model import Citation, Instrument, Trust

_NOW = "in force in autumn 2026"

HEALTH_SERVICE_ACT = Instrument("US Public Health Service Act", "PHS Act", _NOW)
US_TISSUES = Instrument("21 CFR part 1271, human cells and tissues", "21 CFR", _NOW)
US_COMBINATIONS = Instrument("21 CFR part 3, product jurisdiction", "21 CFR", _NOW)
US_DRUG_ACT = Instrument("US Federal Food, Drug, and Cosmetic Act", "FD&C Act", _NOW)
FDA_GUIDANCE = Instrument("FDA guidance on cell and gene therapy", "FDA guidance", "state of autumn 2026")
UK_MEDICINES = Instrument("UK Human Medicines Regulations 2012", "HMR 2012", _NOW)
UK_CONSULTATION = Instrument(
    "MHRA consultation on advanced therapies", "MHRA consultation 2026", "11 May to 22 June 2026, not law"
)
UK_TISSUES = Instrument("UK law on human tissue", "Human Tissue Authority", _NOW)
UK_DEVICES = Instrument("UK Medical Devices Regulations 2002", "UK MDR 2002", _NOW)
MHRA = Instrument("MHRA advice on advanced therapies", "MHRA", "state of autumn 2026")
PMD_ACT = Instrument("Japan, Pharmaceuticals and Medical Devices Act", "PMD Act", _NOW)
SAFETY_ACT = Instrument("Japan, Act on the Safety of Regenerative Medicine", "ASRM, Act 85/2013", _NOW)
PMDA = Instrument("PMDA consultation", "PMDA", "state of autumn 2026")

US_BIOLOGICS = Citation(
    "US1",
    HEALTH_SERVICE_ACT,
    "section 351",
    Trust.VERIFIED,
    "Biological products, cell and gene therapies among them, need a licence.",
)
US_TISSUE_TIER = Citation(
    "US2",
    HEALTH_SERVICE_ACT,
    "section 361",
    Trust.VERIFIED,
    "Cells and tissues of the lower tier stand under the rules against disease transmission alone.",
)
FOUR_CRITERIA = Citation(
    "US3",
    US_TISSUES,
    "1271.10(a)",
    Trust.VERIFIED,
    "The lower tier needs all four: minimal manipulation, homologous use, no other article, no systemic"
    " effect.",
)
MINIMAL_MANIPULATION = Citation(
    "US4",
    US_TISSUES,
    "1271.3(f)",
    Trust.RECALLED,
    "Processing is minimal when it does not alter the relevant characteristics.",
)
HOMOLOGOUS_USE = Citation(
    "US5",
    US_TISSUES,
    "1271.3(c)",
    Trust.RECALLED,
    "Use is homologous when the same basic function is performed as in the donor.",
)
SAME_OPERATION = Citation(
    "US6",
    US_TISSUES,
    "1271.15(b)",
    Trust.VERIFIED,
    "What is removed from and put back into one patient in one operation is exempt.",
)
HUMAN_TISSUE = Citation(
    "US7",
    US_TISSUES,
    "1271.3(d)",
    Trust.RECALLED,
    "Blood, extracted human products and animal tissue are no human cells or tissues in this sense.",
)
US_GENE_THERAPY = Citation(
    "US8",
    FDA_GUIDANCE,
    "gene therapy",
    Trust.SECONDARY,
    "It acts by transcription or translation of what is transferred, or by changing the genome.",
)
US_COMBINATION = Citation(
    "US9",
    US_COMBINATIONS,
    "3.2(e)",
    Trust.SECONDARY,
    "Of a combination product the primary mode of action names the centre in the lead.",
)
US_DRUG = Citation(
    "US10",
    US_DRUG_ACT,
    "section 201(g)",
    Trust.RECALLED,
    "A drug is meant to treat or prevent disease or to affect the body.",
)
US_DEVICE = Citation(
    "US11",
    US_DRUG_ACT,
    "section 201(h)",
    Trust.RECALLED,
    "A device does not achieve its primary purpose by chemical action or by being metabolised.",
)
US_REQUEST = Citation(
    "US12",
    US_COMBINATIONS,
    "3.7, request for designation",
    Trust.RECALLED,
    "The FDA says on request which centre is in the lead.",
)
UK_DEFINITION = Citation(
    "UK1",
    UK_MEDICINES,
    "reg 2A",
    Trust.VERIFIED,
    "The definitions of advanced therapies, which mirror the text of the EU.",
)
UK_MEDICINE = Citation(
    "UK2", UK_MEDICINES, "reg 2", Trust.RECALLED, "A product is a medicine by presentation or by function."
)
UK_REFORM = Citation(
    "UK3",
    UK_CONSULTATION,
    "definition of gene therapy",
    Trust.VERIFIED,
    "Asks whether to drop the biological origin and to cover synthetic nucleic acids and editing.",
)
UK_TISSUE = Citation(
    "UK4", UK_TISSUES, "remit", Trust.RECALLED, "Human tissue and cells stand under the HTA."
)
UK_DEVICE = Citation("UK5", UK_DEVICES, "whole", Trust.RECALLED, "Medical devices in Great Britain.")
UK_ADVICE = Citation(
    "UK6", MHRA, "ATMP advice form", Trust.VERIFIED, "The MHRA gives advice on borderline products."
)
JP_PRODUCT = Citation(
    "JP1",
    PMD_ACT,
    "regenerative medical products",
    Trust.VERIFIED,
    "Cells processed beyond minimal manipulation, and gene therapy; preventive infection vaccines are out.",
)
JP_PRACTICE = Citation(
    "JP2",
    SAFETY_ACT,
    "whole",
    Trust.VERIFIED,
    "Medical practice and research with cells stand under plans, committees and three classes of risk.",
)
JP_ADVICE = Citation(
    "JP3", PMDA, "consultation", Trust.RECALLED, "The PMDA advises on where a product belongs."
)
