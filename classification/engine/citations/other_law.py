"""Places in neighbouring law (tissues, blood, devices, GMO) and in the reform draft."""

from __future__ import annotations

from classification.engine.citations.model import Citation, Instrument, Trust

_NOW = "in force in autumn 2026"

TISSUES_DIRECTIVE = Instrument(
    "Directive 2004/23/EC on tissues and cells", "Dir 2004/23/EC", "until 6 Aug 2027"
)
BLOOD_DIRECTIVE = Instrument("Directive 2002/98/EC on blood", "Dir 2002/98/EC", "until 6 Aug 2027")
SOHO_REGULATION = Instrument(
    "Regulation (EU) 2024/1938 on substances of human origin", "Reg (EU) 2024/1938", "applies from 7 Aug 2027"
)
DEVICE_REGULATION = Instrument("Regulation (EU) 2017/745 on medical devices", "Reg (EU) 2017/745", _NOW)
ANIMAL_TISSUE_REGULATION = Instrument("Regulation (EU) No 722/2012", "Reg (EU) 722/2012", _NOW)
GMO_DIRECTIVES = Instrument(
    "Directives 2009/41/EC and 2001/18/EC on GMO", "Dir 2009/41/EC and 2001/18/EC", _NOW
)
REFORM_PROPOSAL = Instrument(
    "COM(2023) 192, proposal for a directive on medicinal products",
    "COM(2023) 192",
    "provisional agreement of 11 Dec 2025, not yet law",
)

TISSUES_LAW = Citation(
    "N1",
    TISSUES_DIRECTIVE,
    "Art 2(1)",
    Trust.RECALLED,
    "Covers donation, procurement and testing of human tissue and cells.",
)
BLOOD_LAW = Citation(
    "N2",
    BLOOD_DIRECTIVE,
    "Art 2(1)",
    Trust.RECALLED,
    "Covers collection and testing of blood, and the rest when it is for transfusion.",
)
SOHO = Citation(
    "N3", SOHO_REGULATION, "Art 1 to 3", Trust.RECALLED, "Substances of human origin, from 7 August 2027."
)
MICROBIOTA = Citation(
    "N3a", SOHO_REGULATION, "scope", Trust.SECONDARY, "Gut microbiota is covered from 2027."
)
DEVICE_SCOPE = Citation(
    "N4",
    DEVICE_REGULATION,
    "Art 1(6)(g) and (h)",
    Trust.RECALLED,
    "Most of what holds human tissue or living material is no device.",
)
ANCILLARY_TISSUE = Citation(
    "N5",
    DEVICE_REGULATION,
    "Art 1(10)",
    Trust.SECONDARY,
    "A device stays one when its non-viable human tissue only helps it.",
)
DEVICE_CLASS = Citation(
    "N6",
    DEVICE_REGULATION,
    "Annex VIII, rule 18",
    Trust.SECONDARY,
    "Devices with non-viable tissue are in class III, with few exceptions.",
)
ANIMAL_TISSUE = Citation(
    "N6a", ANIMAL_TISSUE_REGULATION, "whole", Trust.SECONDARY, "TSE rules for devices of animal tissue."
)
INTEGRAL_DEVICE = Citation(
    "N7",
    DEVICE_REGULATION,
    "Art 1(8), 1(9) and 117",
    Trust.RECALLED,
    "A medicine whose device part is integral stays a medicine, with evidence on the device.",
)
GMO_LAW = Citation(
    "N8",
    GMO_DIRECTIVES,
    "whole",
    Trust.SECONDARY,
    "Clinical use is contained use or deliberate release, decided nationally.",
)
REFORM = Citation(
    "RF1",
    REFORM_PROPOSAL,
    "definition of gene therapy",
    Trust.SECONDARY,
    "Genome editors and coding nucleic acids, recombinant or synthetic; the direct effect is no longer asked"
    " for.",
)
