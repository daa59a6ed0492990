"""Nortagen, section 3.2.S.2.3: starting materials told apart from raw materials, and their control."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import SUBSTANCE, VECTOR, nortagen_document


def control_of_materials() -> Document:
    """Section 3.2.S.2.3 of Nortagen."""
    return nortagen_document(
        "3.2.S.2.3",
        "Control of materials",
        _sorts(),
        _apheresis(),
        _vector(),
        _raw_materials(),
        _animal_and_human(),
        _traceability(),
        written_on=date(2026, 3, 20),
        author="Tomasz Wierzba, regulatory affairs, quality",
        approver="Jun Sato, quality assurance",
    )


def _sorts() -> Section:
    return section(
        "Starting materials and raw materials",
        f"""
        Directive 2001/83/EC, Annex I, Part IV, point 3.2.1 names the starting materials of genetically
        modified cells: the components from which the vector is obtained, the vector, and the human cells.
        Everything else that touches the cells during manufacture and is not meant to be part of {SUBSTANCE}
        is a raw material.
        """,
        table(
            "Classification of materials",
            """
            Material | Class | Part of the product | Controlled by
            Apheresis material of the patient | Starting material | Yes, as cells | Section 2
            Lentiviral vector LVN-19 | Starting material | Only its integrated sequence | Section 3
            Plasmids pNV-19, pGP, pRev, pG | Starting materials of the vector | No | Section 3
            Producer cells HEK-N4, master cell bank | Starting material of the vector | No | Section 3
            Selection reagents, activation beads | Raw materials | No | Section 4
            Culture medium, IL-7, IL-15 | Raw materials | No | Section 4
            Human albumin, electrolyte solution | Excipients | Yes | 3.2.P.4
            """,
            widths=(5, 4, 4, 3),
        ),
    )


def _apheresis() -> Section:
    return section(
        "Apheresis material",
        section(
            "Donation, procurement and testing",
            """
            The donor is the patient. Donation, procurement and testing follow Directive 2004/23/EC and its
            implementing directives. Collection takes place in a qualified treatment centre under a technical
            agreement. The blood of the patient is tested at most 30 days before collection.
            """,
            table(
                "Donor tests",
                """
                Marker | Test | Time | Consequence of a positive result
                HIV 1 and 2 | Antibody and nucleic acid | ≤ 30 days before | Not processed
                Hepatitis B | HBsAg, anti-HBc, nucleic acid | ≤ 30 days before | Processed apart, see below
                Hepatitis C | Antibody and nucleic acid | ≤ 30 days before | Processed apart, see below
                Syphilis | Specific antibody | ≤ 30 days before | Treated, then processed
                HTLV 1 and 2 | Antibody | ≤ 30 days before | Not processed
                """,
                widths=(3, 5, 3, 5),
            ),
            """
            Material of a patient with hepatitis B or C is processed as the last lot of a campaign, with
            dedicated equipment and a label that says so. HIV excludes manufacture, because the vector derives
            from HIV-1 and a recombination could not be excluded with the tests at hand.
            """,
        ),
        section(
            "Use of cells from a diseased donor",
            """
            The cells come from a person with leukaemia. Leukaemic blasts in the apheresis material are a
            known hazard: a transduced blast may hide its own CD19 behind the receptor. The selection of CD4+
            and CD8+ cells lowers the share of CD19+ cells from a median of 11 % (range 0.2 to 58 %) to a
            median of 0.02 % (range 0 to 0.6 %) in 52 lots. The in-process limit after selection is 1 %.
            """,
        ),
        section(
            "Acceptance",
            table(
                "Acceptance of apheresis material",
                """
                Test | Procedure | Limit
                Identity | Chain of identity, donation number, two patient identifiers | all equal
                Age at start | Time since end of collection | ≤ 48 h
                Temperature during transport | Data logger | 2 to 8 °C
                CD3+ cells | Flow cytometry, Ph. Eur. 2.7.24 | ≥ 2.0 × 10⁹
                Viability | Dye exclusion, Ph. Eur. 2.7.29 | ≥ 90 %
                Microbiological examination | Ph. Eur. 2.6.27 | no growth, result follows
                """,
                widths=(4, 6, 4),
            ),
        ),
    )


def _vector() -> Section:
    return section(
        f"Lentiviral vector {VECTOR}",
        section(
            "Construction",
            f"""
            {VECTOR} is a self-inactivating vector of the third generation, derived from HIV-1 and pseudotyped
            with the glycoprotein of vesicular stomatitis virus. Its genes are spread over four plasmids:
            transfer, gag-pol, rev and envelope. The transfer plasmid holds the receptor under a human EF-1α
            promoter: a single-chain antibody fragment against CD19, a CD8α hinge, the 4-1BB and the CD3ζ
            signalling domains. It holds no resistance gene that reaches the cells. The complete sequence of
            the vector is in section 3.2.S.3.1.
            """,
        ),
        section(
            "Manufacture and cell bank",
            """
            The vector is made by Vantaa Vectors by transient transfection of the suspension cell line HEK-N4,
            treated with nuclease, purified on two columns, filtered through 0.22 µm, filled at 5 mL and
            stored at −80 °C or below. Master and working cell banks were tested according to ICH Q5A and Q5D.
            Shelf life is 36 months.
            """,
            table(
                "Release specification of the vector",
                """
                Test | Procedure | Limit
                Identity of the insert | Sequencing | as reference
                Infectious titre | Flow cytometry on transduced cells | ≥ 2.0 × 10⁸ units/mL
                p24 | ELISA | report
                Particles per infectious unit | Calculation | ≤ 500
                Replication-competent lentivirus, supernatant | Co-culture, 5 passages and indicator phase | \
                    not detected
                Replication-competent lentivirus, end-of-production cells | Co-culture of 10⁸ cells | \
                    not detected
                Residual plasmid DNA | qPCR | ≤ 10 ng per 10⁸ units
                Residual host cell DNA | qPCR | ≤ 10 ng per 10⁸ units
                Residual host cell protein | ELISA | ≤ 100 ng/mL
                Residual nuclease | ELISA | ≤ 1 ng/mL
                Bacterial endotoxins | Ph. Eur. 2.6.14 | < 5 EU/mL
                Sterility | Ph. Eur. 2.6.1 | no growth
                Mycoplasma | Ph. Eur. 2.6.7 | not detected
                """,
                widths=(6, 6, 4),
            ),
        ),
        section(
            "Replication-competent lentivirus",
            """
            Replication-competent lentivirus is tested on every vector lot, both in the supernatant and in the
            end-of-production cells. None has been found in 9 vector lots. It is not tested again on the
            transduced cells of each patient, because the test takes six weeks and the vector is the only
            possible source. Patients are followed for it, see section 1.8.2.
            """,
        ),
    )


def _raw_materials() -> Section:
    return section(
        "Raw materials",
        table(
            "Raw materials that touch the cells",
            """
            Material | Used in step | Origin | Quality | Removed by
            CD4 and CD8 selection reagents | 2 | Murine antibody, iron-dextran | \
                For clinical use, CE marked | Wash, culture
            CD3/CD28 beads, 4.5 µm | 3 | Murine antibody, polystyrene | For cell therapy, Ph. Eur. 5.2.12 | \
                Magnet
            Serum-free medium | 3 to 6 | Free of animal components | For cell therapy, Ph. Eur. 5.2.12 | Wash
            IL-7, recombinant human | 3 to 6 | E. coli | For cell therapy, Ph. Eur. 5.2.12 | Wash
            IL-15, recombinant human | 3 to 6 | E. coli | For cell therapy, Ph. Eur. 5.2.12 | Wash
            Wash buffer with EDTA | 2, 7, 8 | Synthetic | Authorised medicinal product | Formulation
            Human albumin, 200 g/L | 8, 9 | Human plasma | Authorised medicinal product | stays, excipient
            """,
            widths=(5, 3, 5, 6, 3),
        ),
        """
        No antibiotic is used at any step. Each raw material has two release tests of our own, identity and
        endotoxin, beside the certificate of the supplier. The three suppliers of critical materials were
        audited in 2024 and 2025; beads and medium have one supplier each, and a stock for nine months is
        kept.
        """,
    )


def _animal_and_human() -> Section:
    return section(
        "Materials of animal or human origin",
        """
        The master cell bank of HEK-N4 saw bovine serum once, in 1998, before the line was adapted to
        suspension; its origin was Australia. All later materials are free of ruminant components. The murine
        antibodies of the selection reagents and beads come from hybridoma banks tested for viruses according
        to ICH Q5A. Human albumin is covered by a plasma master file. The risk of transmissible spongiform
        encephalopathy is judged negligible; the table of section 3.2.R (TSE) names each material.
        """,
    )


def _traceability() -> Section:
    return section(
        "Traceability",
        """
        Regulation (EC) No 1394/2007, Article 15, asks that each product can be traced from its starting and
        raw materials, including all substances that came into contact with the cells, through sourcing,
        manufacture, packaging, storage and transport to the hospital where it is used.
        """,
        bullets(
            """
            The chain of identity number joins order, donation, lot, bag and infusion. It carries a check
            character.

            Each batch record names lot number and expiry of every material of sections 3 and 4; a search from
            a material lot to all patient lots takes less than ten minutes and is tested twice a year.

            The hospital keeps the link between the product and the patient; Norvia keeps a coded identifier
            only.

            Data are kept for 30 years after the expiry date of the lot. The agreement for the case that
            Norvia ceases to exist is annexed to section 1.8.2.
            """
        ),
    )
