"""Nortagen, section 1.0: the letter that goes with sequence 0000."""

from dataclasses import replace
from datetime import date

from atmp_portal.demo.content import Document, Letter, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import (
    INDICATION,
    PROCEDURE,
    PRODUCT,
    SHELF_LIFE,
    SUBSTANCE,
    nortagen_document,
)
from atmp_portal.demo.sponsors import NORVIA


def cover_letter() -> Document:
    """Section 1.0 of Nortagen."""
    document = nortagen_document(
        "1.0",
        "Cover letter",
        _what_is_filed(),
        _what_is_particular(),
        _files(),
        _tracking(),
        _contacts(),
        title="Cover letter, sequence 0000",
        written_on=date(2026, 4, 20),
        author="Ines Halvorsen, regulatory lead",
        approver="Ines Halvorsen, regulatory lead",
    )
    letter = Letter(
        sender=(NORVIA.name, NORVIA.address),
        recipient=("European Agency for Living Medicines", "Procedure coordination, Clara Weiss"),
        reference=(
            f"Procedure: {PROCEDURE}, sequence 0000",
            "Legal basis: Directive 2001/83/EC, Article 8(3)",
        ),
        subject=f"{PRODUCT} ({SUBSTANCE}): application for a marketing authorisation",
        closing=(
            "Yours sincerely,",
            "Ines Halvorsen",
            "Regulatory lead, authorised signatory of the applicant",
        ),
    )
    return replace(document, letter=letter)


def _what_is_filed() -> Section:
    return section(
        "What we file",
        f"""
        Norvia Therapeutics applies for a marketing authorisation under Regulation (EC) No 726/2004 for
        {PRODUCT}, dispersion for infusion, for the {INDICATION}.

        {PRODUCT} consists of the patient's own T cells, transduced with a self-inactivating lentiviral vector
        that codes for a chimeric antigen receptor against CD19. The Committee for Advanced Therapies
        recommended its classification as a gene therapy medicinal product on 12 September 2023. The
        classification rationale, signed by the applicant, is annexed to the application form in section 1.2.

        The application is complete: it holds administrative, quality, non-clinical and clinical data of our
        own. No part of it refers to the dossier of another product.
        """,
    )


def _what_is_particular() -> Section:
    return section(
        "What is particular to this application",
        bullets(
            f"""
            Orphan designation was granted on 8 February 2024. The report on maintenance of the designation is
            in section 1.7.

            A paediatric investigation plan with a deferral was agreed on 30 May 2025. The decision is in
            section 1.10. No paediatric data are due with this application.

            The product contains genetically modified cells. The environmental risk assessment according to
            Directive 2001/18/EC is in section 1.6.2.

            The shelf life is {SHELF_LIFE}. The specification therefore allows four results to arrive after
            release. The reasons and the action plan for a late positive result are in sections 3.2.P.5.6 and
            3.2.P.3.4.

            Clinical lots were made at two sites, first in Lund, then in Ghent. Ghent is the only site for
            which authorisation is sought.

            Six patients of the pivotal study received a lot that was out of specification, at the request of
            their physician. Each case is described in section 5.3.5.1.
            """
        ),
    )


def _files() -> Section:
    return section(
        "Technical particulars of the sequence",
        table(
            "Particulars of the submission",
            """
            Point | Particulars
            Format | eCTD 3.2.2, EU Module 1 version 3.1.1
            Sequence | 0000, initial application, no related sequence
            Checked against | EU validation criteria version 8.2, no failed criterion
            Size | 1.9 GB, 212 documents
            Virus check | No virus found on 20 April 2026
            Checksum of index.xml | In the file index-md5.txt
            Fee | Paid on 14 April 2026, proof in the annex to section 1.2
            """,
            widths=(2, 5),
        ),
        """
        All documents can be searched for text. No document carries a password or another security setting.
        The working documents of the product information are sent apart from this sequence, as agreed.
        """,
    )


def _tracking() -> Section:
    return section(
        "Sequences so far",
        table(
            "Tracking table",
            """
            Sequence | Date | Kind | Content
            0000 | 20 April 2026 | Initial application | Modules 1 to 5
            """,
            widths=(2, 3, 4, 4),
        ),
        """
        The next sequence will hold the answers to the questions of the validation, if there are any. We shall
        keep the life cycle of each document: a new version replaces the earlier one and is named in the
        tracking table.
        """,
    )


def _contacts() -> Section:
    return section(
        "Whom to ask",
        table(
            "Contact persons",
            """
            Subject | Person | Function
            Procedure and questions | Ines Halvorsen | Regulatory lead
            Quality, Module 3 | Tomasz Wierzba | Regulatory affairs, quality
            Non-clinical, Module 4 | Hanna Berg | Non-clinical development
            Clinical, Module 5 | Dr Marit Solheim | Clinical development
            Batch release | Dr Aoife Brennan | Qualified Person
            Pharmacovigilance | Dr Luc Fontaine | EU qualified person for pharmacovigilance
            """,
            widths=(3, 3, 4),
        ),
        """
        We shall be glad to meet the rapporteurs before the first assessment reports, in person or by video,
        and we confirm that the applicant holds the product information, the dossier and the pharmacovigilance
        system master file ready for inspection at the address above.
        """,
    )
