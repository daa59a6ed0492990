"""Immunord, section 1.2: the form with which a small enterprise asks for the certification of its data."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.immunord.facts import (
    BAG,
    DOSE,
    INDICATION,
    PRODUCT,
    SHELF_LIFE,
    SPECIFICATION,
    STORAGE,
    SUBSTANCE,
    immunord_document,
)
from atmp_portal.demo.sponsors import OSTRAVA


def application_form() -> Document:
    """Section 1.2 of Immunord."""
    return immunord_document(
        "1.2",
        "Application form",
        _request(),
        _enterprise(),
        _product(),
        _class(),
        _development(),
        _data(),
        _sites(),
        _annexes(),
        _declaration(),
        title="Application form, certification of quality data",
        written_on=date(2026, 10, 27),
        author="Petra Svobodová, regulatory lead",
        approver="Petra Svobodová, regulatory lead",
    )


def _request() -> Section:
    return section(
        "What is requested",
        table(
            "Procedure and legal basis",
            """
            Point | Entry
            1.1 Procedure | Certification by the Committee for Advanced Therapies, 90 days
            1.2 Legal basis | Regulation (EC) No 1394/2007, Article 18; Regulation (EC) No 668/2009
            1.3 Data to be certified | Quality data
            1.4 Non-clinical data | Not part of this request
            1.5 Earlier certification | None
            1.6 Site visit | Agreed to, in Ostrava
            """,
            widths=(3, 7),
        ),
        """
        The certificate says that the data meet the scientific and technical requirements of Annex I to
        Directive 2001/83/EC. It is not an authorisation and does not bind a later assessment.
        """,
    )


def _enterprise() -> Section:
    return section(
        "Applicant and status of the enterprise",
        table(
            "Applicant",
            f"""
            Point | Entry
            2.1 Applicant | {OSTRAVA.name}, {OSTRAVA.address}
            2.2 Person authorised for communication | Petra Svobodová, regulatory lead
            2.3 Person for quality data | Ondřej Šimek, head of quality
            2.4 Invoice | To the applicant, reduced fee for small and medium-sized enterprises
            """,
            widths=(4, 6),
        ),
        table(
            "Status according to Recommendation 2003/361/EC, last closed year",
            """
            Criterion | Small enterprise, fewer than or up to | Ostrava Cell Works, 2025
            Persons employed | 50 | 38 (full-time, mean of the year)
            Turnover | EUR 10 million | EUR 4.1 million
            Balance sheet total | EUR 10 million | EUR 7.6 million
            Partner enterprises | Counted in proportion | One, 26 % of the capital; counted in
            Linked enterprises | Counted in full | None
            """,
            widths=(4, 5, 5),
        ),
        """
        The SME office assigned the status of a small enterprise on 16 March 2026; it is valid until 31
        December 2027. The applicant is established in the Union. A change of the status during the procedure
        will be notified.
        """,
    )


def _product() -> Section:
    return section(
        "The product",
        table(
            "Name, composition and use",
            f"""
            Point | Entry
            3.1 Name | {PRODUCT}
            3.2 Active substance | {SUBSTANCE[0].upper()}{SUBSTANCE[1:]}
            3.3 Starting material | Bone marrow of four healthy donors, one master cell bank each
            3.4 Other substances, devices | Saline, human albumin, dimethyl sulfoxide; no device
            3.5 Form and content | Dispersion for infusion, frozen; one bag: {BAG}
            3.6 Dose and route | {DOSE}, intravenously, twice a week for four weeks
            3.7 Proposed use | {INDICATION[0].upper()}{INDICATION[1:]}
            3.8 Shelf life and storage | {SHELF_LIFE}, {STORAGE}
            """,
            widths=(3, 7),
        ),
    )


def _class() -> Section:
    return section(
        "Class and mechanism of action",
        f"""
        {PRODUCT} is a somatic cell therapy medicinal product: Directive 2001/83/EC, Annex I, Part IV, point
        2.2. The cells are substantially manipulated, since they are expanded over four passages. They are
        presented for treatment by immunological and metabolic action.
        """,
        bullets(
            """
            Claimed action: inhibition of the donor's T cells by indoleamine dioxygenase and prostaglandin E2.
            Both are read by the potency tests of the specification.

            Not a tissue engineered product: no regeneration, repair or replacement of tissue is claimed, and
            the cells leave the body within weeks.

            Not a gene therapy: no recombinant nucleic acid. Not combined: the bag is the container only.

            Not blood, not a transplant for the same essential function: expansion excludes both.

            The Committee for Advanced Therapies recommended this class on 30 September 2026.
            """
        ),
    )


def _development() -> Section:
    return section(
        "State of development",
        table(
            "State on 27 October 2026",
            """
            Field | State
            Quality | Process filed in section 3.2.S.2; 22 clinical lots; shelf life shown over 24 months
            Non-clinical | Distribution, toxicity and tumour formation in immunodeficient mice reported
            Clinical | IMN-20, controlled, 118 patients, ended in May 2026, report in preparation
            Hospital exemption | 64 patients in Czechia since 2019
            Orphan designation | Granted on 17 January 2022
            Advice | CHMP, 18 November 2022: potency tests, comparability after the change of medium
            Marketing authorisation | Application to follow with the same Module 3
            """,
            widths=(3, 8),
        ),
    )


def _data() -> Section:
    return section(
        "Data handed in",
        table(
            "Quality data and where they stand",
            f"""
            Minimum, guideline EMA/CAT/486831/2008 | Section | State
            General information, active substance | 3.2.S.1 | Complete
            Starting and raw materials, traceability | 3.2.S.2.3 | Complete
            Process and its controls | 3.2.S.2.2, 3.2.P.3 | Complete
            Characterisation, impurities | 3.2.S.3 | Six lots; residues of the lysate in six lots
            Development, comparability | 3.2.S.2.6, 3.2.P.2 | Three lots on each side of the change
            Control of the product | 3.2.P.5 | {SPECIFICATION.number}, version {SPECIFICATION.version}, \
                {len(SPECIFICATION.tests)} tests
            Stability | 3.2.P.8 | Six lots 24 months, three lots 30 months
            Process validation | 3.2.S.2.5, 3.2.P.3.5 | Three lots from two donors, third donor in 2027
            """,
            widths=(6, 4, 6),
        ),
        """
        The risk-based approach was used and is in section 2.3. Data that are still to come are named there;
        we ask that the evaluation lists what is missing for an application for a marketing authorisation.
        """,
    )


def _sites() -> Section:
    return section(
        "Manufacture and control",
        table(
            "Sites",
            """
            Site | Task | Authorisation
            Ostrava Cell Works, Ostrava | Cell banks, substance, product, control, release | CZ/AUT/0316
            University hospital, Ostrava | Collection of marrow | Tissue establishment CZ-TE-041
            Regional hospital, Olomouc | Collection of marrow | Tissue establishment CZ-TE-058
            Karyo Morava, Brno | Karyotype, STR profile | GMP certificate CZ/GMP/2025/112
            Virotest Wien, Vienna | Adventitious viruses | AT/AUT/0944
            """,
            widths=(5, 6, 5),
        ),
    )


def _annexes() -> Section:
    return section(
        "Annexes",
        bullets(
            """
            Decision of the SME office with the declaration and the accounts of 2025.

            Recommendation on the classification, 30 September 2026, with the signed rationale.

            Manufacturing authorisation CZ/AUT/0316 and certificate of good manufacturing practice,
            inspection of 3 to 5 June 2025.

            Authorisations of the two tissue establishments; agreements on donation and testing.

            Letters of access: master file of the platelet lysate.
            """
        ),
    )


def _declaration() -> Section:
    return section(
        "Declaration",
        f"""
        It is hereby confirmed that the quality data of {PRODUCT} that exist are in the dossier, the
        unfavourable ones included, and that the status of the enterprise is stated correctly.

        On behalf of the applicant: Petra Svobodová, regulatory lead, Ostrava, 27 October 2026.
        """,
    )
