"""Chondrafix, section 3.2.S.2.3: biopsy, serum, enzymes and what else touches the cells, by origin."""

from datetime import date
from statistics import mean

from atmp_portal.demo.chondrafix.facts import MEMBRANE, MEMBRANE_MAKER, SUBSTANCE, chondrafix_document
from atmp_portal.demo.chondrafix.lots import EARLY, LOTS
from atmp_portal.demo.content import Document, Section, bullets, section, table


def control_of_materials() -> Document:
    """Section 3.2.S.2.3 of Chondrafix."""
    return chondrafix_document(
        "3.2.S.2.3",
        "Control of materials",
        _sorts(),
        _biopsy(),
        _serum(),
        _raw_materials(),
        _collagenase(),
        _animal_and_human(),
        _traceability(),
        written_on=date(2026, 8, 13),
        author="Tomasz Wierzba, regulatory affairs, quality",
        approver="Jun Sato, quality assurance",
    )


def _sorts() -> Section:
    return section(
        "Starting materials and raw materials",
        f"""
        Directive 2001/83/EC, Annex I, Part IV, point 3.3, counts as starting materials the cells and what is
        an integral part of the active substance, such as a matrix. Everything else that touches the cells in
        culture is a raw material. The active substance is {SUBSTANCE}; the membrane joins it when the product
        is made.
        """,
        table(
            "Classification of materials",
            """
            Material | Class | Part of the product | Controlled by
            Biopsy of cartilage of the patient | Starting material | Yes, as cells | Section 2
            Duolam KM, porcine collagen | Starting material, device | Yes | 3.2.R; 3.2.P.5.1
            Serum of the patient | Raw material | No | Section 3
            Collagenase, trypsin | Raw materials | No | Sections 4 and 5
            Culture media, gentamicin, freezing medium | Raw materials | No | Section 4
            Transport medium, human albumin | Excipients | Yes | 3.2.P.4
            """,
            widths=(5, 4, 3, 4),
        ),
    )


def _biopsy() -> Section:
    return section(
        "Biopsy of the patient",
        section(
            "Donation, procurement and testing",
            """
            The donor is the patient. Donation, procurement and testing follow Directive 2004/23/EC and its
            implementing directives. The surgeon takes 150 to 300 mg of cartilage of full thickness from the
            edge of the trochlea or the notch, without bone and without joint lining, with the kit of Norvia.
            """,
            table(
                "Donor tests",
                """
                Marker | Test | Time | Consequence of a positive result
                HIV 1 and 2 | Antibody and nucleic acid | ≤ 30 days before | Processed apart
                Hepatitis B | HBsAg, anti-HBc, nucleic acid | ≤ 30 days before | Processed apart
                Hepatitis C | Antibody and nucleic acid | ≤ 30 days before | Processed apart
                Syphilis | Specific antibody | ≤ 30 days before | Treated, then processed
                """,
                widths=(3, 5, 3, 5),
            ),
            """
            Processed apart means: last lot of a campaign, incubator of its own, serum of the patient kept
            apart, label that says so. It happened once (hepatitis B in the past).
            """,
        ),
        section(
            "Cartilage of a knee with a defect",
            """
            The cells come from a joint with an injury, not from a diseased tissue. Patients with arthrosis or
            inflammatory disease of the joint are excluded (section 1.3.1), because their chondrocytes form
            less matrix. Age up to 55 years did not change yield or glycosaminoglycan per DNA in 72 lots.
            """,
        ),
        section(
            "Acceptance",
            table(
                "Acceptance of the biopsy",
                """
                Test | Procedure | Limit
                Identity | Chain of identity, donation number, two patient identifiers | all equal
                Time since biopsy | Label | ≤ 72 h
                Temperature | Data logger | 2 to 8 °C
                Weight | Balance | ≥ 150 mg
                Appearance | Visual, magnifier | white, no lining, no bone
                Transport solution | Ph. Eur. 2.6.27 | no growth, result follows
                Cells released | Count, dye exclusion | ≥ 150 000, viability ≥ 85 %
                """,
                widths=(4, 6, 4),
            ),
        ),
    )


def _serum() -> Section:
    return section(
        "Serum of the patient",
        """
        The medium holds 10 % of the patient's own serum, so that neither bovine serum nor serum of other
        persons is needed. 180 mL of blood, drawn at the biopsy, give 75 to 95 mL of serum; 60 mL are used.
        The serum is kept at 56 °C for 30 minutes, filtered through 0.22 µm and frozen in portions below −20
        °C, for at most 60 days.
        """,
        table(
            "Acceptance of the serum",
            """
            Test | Limit | 72 lots
            Identity | all identifiers equal | complied
            Volume | ≥ 60 mL | 58 to 96 mL, one second draw
            Bacterial endotoxins | ≤ 0.5 EU/mL | < 0.05 to 0.2 EU/mL
            Sterility, Ph. Eur. 2.6.27 | no growth | no growth
            Medicines of the patient | no corticosteroid, no cytostatic for 4 weeks | complied
            """,
            widths=(4, 5, 5),
        ),
        """
        Each serum is used for one patient and cannot be tested for growth beforehand. The in-process limit of
        the doubling time (72 hours in the first passage) shows whether it serves; it was exceeded in 2 of 72
        lots, and both reached the number of cells one day later.
        """,
    )


def _raw_materials() -> Section:
    return section(
        "Raw materials",
        table(
            "Raw materials that touch the cells",
            """
            Material | Used in | Origin | Quality | Left in the graft
            Collagenase, 250 U/mg | Release of cells | Clostridium histolyticum | Section 5 | < 1 ng
            Trypsin with EDTA | Passages | Pancreas of pigs | Irradiated, Ph. Eur. 0694 | < 1 ng
            Basal medium, ascorbate | All steps | Synthetic | For cell therapy, Ph. Eur. 5.2.12 | < 0.2 %
            Serum of the patient, 10 % | All steps | Human, own | Section 3 | Traces
            Gentamicin, 50 µg/mL | First passage | Fermentation | Authorised medicinal product | < 0.1 µg
            Dimethyl sulfoxide, 10 % | Freezing, if done | Synthetic | Ph. Eur. 0763 | < 0.1 µg
            Transport solution of the biopsy | Transport | Synthetic | Authorised medicinal product | none
            """,
            widths=(5, 3, 4, 5, 3),
        ),
        """
        Residues were measured in six validation lots. Gentamicin is left out from the second passage on, so
        that growth is not masked and nobody with an allergy is exposed to a relevant amount. Each lot of
        enzyme has two tests of our own, activity and endotoxin, beside the certificate of the supplier.
        """,
    )


def _collagenase() -> Section:
    early, later = mean(lot.matrix for lot in EARLY), mean(lot.matrix for lot in LOTS[len(EARLY) :])
    return section(
        "Collagenase",
        f"""
        Collagenase is the critical raw material: too little leaves cells in the tissue, too much harms them.
        The first {len(EARLY)} of the {len(LOTS)} lots on {MEMBRANE} were made with collagenase lot CG-118,
        whose activity was 195 U/mg; digestion took 18 to 22 hours instead of 12 to 16.
        """,
        table(
            "Lots by collagenase",
            f"""
            Collagenase | Activity | Lots | Cells per mg of biopsy | GAG/DNA of the lots, mean
            CG-118 | 195 U/mg | {len(EARLY)} | 1 250 | {early:.1f} µg/µg
            CG-126, CG-131, CG-140 | 238 to 264 U/mg | {len(LOTS) - len(EARLY)} | 1 900 | {later:.1f} µg/µg
            """,
            widths=(5, 4, 2, 4, 5),
            right=(2, 3, 4),
        ),
        """
        The limit of activity is 220 to 280 U/mg since January 2023; a new lot is tried on two biopsies of
        donated cartilage beside the lot in use. There is one supplier; a stock for 12 months is kept.
        """,
    )


def _animal_and_human() -> Section:
    return section(
        "Materials of animal or human origin",
        table(
            "Origin and safety from viruses and prions",
            f"""
            Material | Animal, part | Country | Virus | Prion
            {MEMBRANE} | Pig, peritoneum | Austria, Germany | Alkali, ≥ 4.1 and 3.6 log10 | Out of scope: pig
            Trypsin | Pig, pancreas | Denmark | 25 kGy; parvovirus, circovirus absent | Out of scope: pig
            Collagenase | Cattle, milk (peptone of the fermentation) | New Zealand | \
                Heat in the making of the peptone | Milk fit for man
            Collagenase | Pig, gelatin peptone | Denmark | Heat, pH | Out of scope: pig
            Human albumin | Human plasma | Union | Plasma master file | Plasma master file
            """,
            widths=(4, 5, 3, 5, 4),
        ),
        f"""
        Bovine serum was used for no clinical lot. Milk is the only material of a ruminant, two steps away
        from the cells; the certificate of suitability is in section 3.2.R. The membrane is controlled
        by its maker, {MEMBRANE_MAKER}, from the herd on (ISO 22442); its data are in section 3.2.R,
        medical-device.pdf.
        """,
    )


def _traceability() -> Section:
    return section(
        "Traceability",
        bullets(
            """
            The chain of identity number joins order, biopsy, blood, lot, graft and operation, and carries a
            check character.

            Each batch record names lot and expiry of every material of sections 2 to 5 and the lot of the
            membrane. From a lot of membrane or enzyme all grafts are found in less than ten minutes.

            The hospital keeps the link between the product and the patient. Data are kept for 30 years after
            the expiry date of the graft.
            """
        ),
    )
