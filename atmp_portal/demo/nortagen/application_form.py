"""Nortagen, section 1.2: the application form as printed, with its annexes listed."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import (
    DOSE_RANGE,
    INDICATION,
    PRODUCT,
    SHELF_LIFE,
    STORAGE,
    SUBSTANCE,
    TARGET_DOSE,
    VOLUME,
    nortagen_document,
)
from atmp_portal.demo.sponsors import NORVIA


def application_form() -> Document:
    """Section 1.2 of Nortagen."""
    return nortagen_document(
        "1.2",
        "Application form",
        _type_of_application(),
        _product(),
        _applicant(),
        _sites(),
        _scientific_advice(),
        _annexes(),
        _declaration(),
        title="Application form, marketing authorisation",
        written_on=date(2026, 4, 17),
        author="Ines Halvorsen, regulatory lead",
        approver="Ines Halvorsen, regulatory lead",
    )


def _type_of_application() -> Section:
    return section(
        "Type of application",
        table(
            "Procedure and legal basis",
            """
            Point | Entry
            1.1 Procedure | Centralised, mandatory scope: advanced therapy medicinal product
            1.2 Orphan designation | Yes, designated on 8 February 2024, maintenance report in section 1.7
            1.3 Application | Initial marketing authorisation
            1.4 Legal basis | Directive 2001/83/EC, Article 8(3), complete and independent application
            1.5 Conditional authorisation | Not requested
            1.5 Accelerated assessment | Not requested
            1.6 Paediatric requirements | \
                Article 7 of Regulation (EC) No 1901/2006, deferral agreed 30 May 2025
            1.7 Advanced therapy | Gene therapy medicinal product, autologous, genetically modified T cells
            """,
            widths=(3, 6),
        ),
        """
        The classification as a gene therapy medicinal product rests on Directive 2001/83/EC, Annex I, Part
        IV, point 2.1. The active substance contains a recombinant nucleic acid, and the therapeutic effect is
        due to its expression: without the receptor the cells do not recognise CD19. The product is not
        combined with a medical device.
        """,
    )


def _product() -> Section:
    return section(
        "The medicinal product",
        table(
            "Name, composition and use",
            f"""
            Point | Entry
            2.1 Name | {PRODUCT}
            2.1 Active substance | {SUBSTANCE}
            2.1 ATC group | L01XL, antineoplastic cell and gene therapy
            2.2 Pharmaceutical form | Dispersion for infusion
            2.2 Strength | One bag of {VOLUME} with {DOSE_RANGE}, target {TARGET_DOSE}
            2.2 Route | Intravenous use
            2.2 Container | Bag of ethylene vinyl acetate, 100 mL, with two spike ports, in a transport sleeve
            2.2 Shelf life | {SHELF_LIFE} from filling
            2.2 Storage | {STORAGE}, do not freeze
            2.3 Supply | On restricted medical prescription, qualified treatment centres only
            2.4 Indication | {INDICATION[0].upper()}{INDICATION[1:]}
            """,
            widths=(3, 6),
        ),
        table(
            "Composition of one bag",
            """
            Component | Quantity | Function | Quality
            Nortagen autoleucel | 2.0 × 10⁸ viable CAR+ T cells (target) | Active substance | \
                Own specification
            Balanced electrolyte solution | 61 mL | Vehicle | Authorised medicinal product
            Human albumin, 200 g/L | 7 mL | Stabiliser | Ph. Eur. 0255, plasma master file
            """,
            widths=(4, 5, 3, 4),
        ),
    )


def _applicant() -> Section:
    return section(
        "Applicant and contact persons",
        table(
            "Persons and companies",
            f"""
            Role | Name | Place
            Applicant | {NORVIA.name} | {NORVIA.address}
            Person authorised for communication | Ines Halvorsen | Ghent
            Person authorised after authorisation | Ines Halvorsen | Ghent
            EU qualified person for pharmacovigilance | Dr Luc Fontaine | Ghent
            Qualified Person for batch release | Dr Aoife Brennan | Ghent
            Scientific service in charge of information | Norvia medical information | Ghent
            """,
            widths=(4, 3, 4),
        ),
        """
        The applicant is a small or medium-sized enterprise within the meaning of Commission Recommendation
        2003/361/EC; the status was renewed on 2 February 2026.
        """,
    )


def _sites() -> Section:
    return section(
        "Manufacture and control",
        table(
            "Sites",
            """
            Site | Task | Authorisation
            Norvia Therapeutics, Ghent | \
                Active substance, finished product, labelling, batch control, release | BE/AUT/2214
            Norvia Therapeutics, Ghent, laboratory 2 | Potency, vector copy number | BE/AUT/2214
            Vantaa Vectors, Vantaa | Vector LVN-19, manufacture and batch control | FI/AUT/0387
            Meridian Bioassay, Graz | Mycoplasma culture, replication-competent lentivirus | AT/AUT/1120
            Polaris Cold Chain, Liège | Transport of apheresis material and product | BE/WDA/0745
            """,
            widths=(5, 7, 3),
        ),
        """
        Apheresis material is collected by treatment centres which hold an accreditation as tissue
        establishment or work under the accreditation of one. The list of qualified centres is kept in the
        quality system; 23 centres in 9 Member States were qualified when this form was signed.

        The last inspection of the Ghent site took place from 9 to 12 December 2025. The certificate of good
        manufacturing practice is annexed.
        """,
    )


def _scientific_advice() -> Section:
    return section(
        "Scientific advice and earlier opinions",
        table(
            "Advice received",
            """
            Date | From | Subject | Followed
            14 Mar 2022 | CHMP with CAT | Potency testing, comparability of the two sites | In part, see 2.3
            19 Jan 2023 | CHMP with CAT | Design of study NTG-301, external comparison | Yes
            12 Sep 2023 | CAT | Classification, Article 17 of Regulation (EC) No 1394/2007 | Yes
            30 May 2025 | PDCO | Paediatric investigation plan with deferral | Yes
            """,
            widths=(2, 3, 6, 3),
        ),
        """
        The advice of 14 March 2022 recommended a potency test that reads the killing of target cells. When
        this form was signed, the release test read the secretion of IFN-γ; the reason is given in section
        3.2.P.5.6.
        """,
    )


def _annexes() -> Section:
    return section(
        "Annexes",
        bullets(
            """
            Annex 5.1: proof of payment, 14 April 2026.

            Annex 5.4: curriculum vitae of the qualified person for pharmacovigilance.

            Annex 5.6: manufacturing authorisation BE/AUT/2214, valid without a term.

            Annex 5.9: certificate of good manufacturing practice, inspection of December 2025.

            Annex 5.13: written consent of the competent authorities to the deliberate release for research
            purposes, studies NTG-101 and NTG-301.

            Annex 5.17: decision on orphan designation.

            Annex 5.20: classification rationale, signed, with the recommendation of the CAT.
            """
        ),
    )


def _declaration() -> Section:
    return section(
        "Declaration",
        f"""
        It is hereby confirmed that all existing data which are relevant to the quality, safety and efficacy
        of {PRODUCT} have been supplied in the dossier, and that fees have been paid. The applicant holds the
        proof that the qualified person for pharmacovigilance is at its disposal at all times.

        On behalf of the applicant: Ines Halvorsen, regulatory lead, Ghent, 17 April 2026.
        """,
    )
