"""Chondrafix, section 1.2: the application form of a combined product as printed, its annexes listed."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    NOTIFIED_BODY,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    SPECIFICATION_2,
    STORAGE,
    SUBSTANCE,
    chondrafix_document,
)
from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.sponsors import NORVIA


def application_form() -> Document:
    """Section 1.2 of Chondrafix."""
    return chondrafix_document(
        "1.2",
        "Application form",
        _type_of_application(),
        _product(),
        _device(),
        _applicant(),
        _sites(),
        _scientific_advice(),
        _annexes(),
        _declaration(),
        title="Application form, marketing authorisation",
        written_on=date(2026, 8, 25),
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
            1.2 Orphan designation | None
            1.3 Application | Initial marketing authorisation
            1.4 Legal basis | Directive 2001/83/EC, Article 8(3), complete and independent application
            1.5 Conditional authorisation, accelerated assessment | Not requested
            1.6 Paediatric requirements | Article 7 of Regulation (EC) No 1901/2006: waiver below 12 years, \
                deferral above, decision of 6 March 2025
            1.7 Advanced therapy | Tissue engineered product, combined, autologous, viable cells
            1.8 Genetically modified organisms | None
            """,
            widths=(4, 6),
        ),
        """
        The cells are engineered: they are expanded in culture, which is more than the manipulations listed in
        Annex I to Regulation (EC) No 1394/2007. They are presented to regenerate cartilage. A device is an
        integral part of the product, and the cells are viable; Article 2(1)(b) and (d) apply.
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
            2.1 Active substance | {SUBSTANCE[0].upper()}{SUBSTANCE[1:]}
            2.1 ATC group | M09AX, other drugs for disorders of the musculo-skeletal system
            2.2 Pharmaceutical form | Implantation matrix, {SIZE}
            2.2 Strength | {SPECIFICATION_2["density"].limit}, viable cells
            2.2 Route | Intra-articular use, implantation during an operation
            2.2 Container | Dish of polystyrene in two peel pouches, rigid box with a data logger
            2.2 Shelf life and storage | {SHELF_LIFE} at {STORAGE}
            2.3 Supply | On restricted medical prescription, trained surgeons only
            2.4 Indication | {INDICATION[0].upper()}{INDICATION[1:]}
            """,
            widths=(3, 6),
        ),
    )


def _device() -> Section:
    return section(
        "The device part",
        table(
            "Device that is an integral part",
            f"""
            Point | Entry
            2.6 Name | {MEMBRANE}, membrane of porcine collagen
            2.6 Manufacturer | {MEMBRANE_MAKER}
            2.6 Class | III, rule 18 of Annex VIII to Regulation (EU) 2017/745
            2.6 CE mark | Yes, for another intended purpose (covering of bone)
            2.6 Evidence | Opinion of {NOTIFIED_BODY}, 14 August 2026, in section 3.2.R
            2.6 Open conditions | One, due on 1 December 2026
            2.6 Material of animal origin | Pig; no ruminant material in the device
            """,
            widths=(3, 6),
        ),
        """
        The applicant agrees that the agency exchanges the results of the assessment with the notified body
        according to Article 9(3) of Regulation (EC) No 1394/2007. Fibrin glue, scissors and the template for
        cutting are not part of the product.
        """,
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
            Person for the device part | Jun Sato | Ghent
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
            f"""
            Site | Task | Authorisation
            Norvia Therapeutics, Ghent | Active substance, finished product, batch control, release | \
                BE/AUT/2214
            {MEMBRANE_MAKER} | Membrane, control and release of the membrane | ISO 13485, Z-4471
            Alpin Gamma, Innsbruck | Sterilisation of the membrane, 25 kGy | ISO 11137, ISO 13485
            Meridian Bioassay, Graz | Confirmation of organisms, sensitivity | AT/AUT/1120
            Polaris Cold Chain, Liège | Transport of biopsy, serum and graft | BE/WDA/0745
            """,
            widths=(5, 6, 4),
        ),
        """
        Biopsy and blood are taken in hospitals that are authorised as tissue establishments or work under an
        agreement with one; 19 hospitals in 6 Member States were qualified when this form was signed. The
        certificate of good manufacturing practice of Ghent, inspection of 9 to 12 December 2025, is annexed.
        It covers the rooms of this product.
        """,
    )


def _scientific_advice() -> Section:
    return section(
        "Scientific advice and earlier opinions",
        table(
            "Advice received",
            """
            Date | From | Subject | Followed
            23 Apr 2020 | CHMP with CAT | Design and endpoints of study CHX-301 | Yes
            21 Jul 2022 | CHMP with CAT | Change of the membrane during the study | In part, see 2.5
            17 May 2024 | CAT | Classification, Article 17 of Regulation (EC) No 1394/2007 | Yes
            14 Nov 2024 | CHMP with CAT | Surrogate graft, potency | Yes
            6 Mar 2025 | PDCO | Paediatric investigation plan | Yes
            """,
            widths=(2, 3, 6, 3),
        ),
        """
        The advice of 21 July 2022 recommended to recruit at least 40 patients with the new membrane; 31 were
        recruited before enrolment ended.
        """,
    )


def _annexes() -> Section:
    return section(
        "Annexes",
        bullets(
            """
            Annex 5.1: proof of payment, 21 August 2026.

            Annex 5.4: curriculum vitae of the qualified person for pharmacovigilance.

            Annex 5.6 and 5.9: manufacturing authorisation BE/AUT/2214, certificate of good manufacturing
            practice.

            Annex 5.11: opinion of the notified body; certificates of the manufacturer of the membrane, and
            agreement on changes.

            Annex 5.12: letter of access to the technical documentation of the membrane.

            Annex 5.20: classification rationale, signed, with the recommendation of the CAT.
            """
        ),
    )


def _declaration() -> Section:
    return section(
        "Declaration",
        f"""
        It is hereby confirmed that all existing data which are relevant to the quality, safety and efficacy
        of {PRODUCT}, its device part included, have been supplied in the dossier, and that fees have been
        paid. The open condition of the notified body is named in the cover letter.

        On behalf of the applicant: Ines Halvorsen, regulatory lead, Ghent, 25 August 2026.
        """,
    )
