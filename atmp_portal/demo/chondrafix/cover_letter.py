"""Chondrafix, section 1.0: the letter that goes with sequence 0000."""

from dataclasses import replace
from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    NOTIFIED_BODY,
    PROCEDURE,
    PRODUCT,
    SHELF_LIFE,
    chondrafix_document,
)
from atmp_portal.demo.content import Document, Letter, Section, bullets, section, table
from atmp_portal.demo.sponsors import NORVIA


def cover_letter() -> Document:
    """Section 1.0 of Chondrafix."""
    document = chondrafix_document(
        "1.0",
        "Cover letter",
        _what_is_filed(),
        _device(),
        _for_the_reader(),
        _particulars(),
        _tracking(),
        title="Cover letter, sequence 0000",
        written_on=date(2026, 8, 27),
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
        subject=f"{PRODUCT}: application for a marketing authorisation, combined advanced therapy",
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
        Norvia Therapeutics applies for a marketing authorisation for {PRODUCT}, a graft of cartilage cells of
        the patient on a collagen membrane, for the {INDICATION}.

        {PRODUCT} is a tissue engineered product. The cells are engineered, because they are expanded in
        culture, and they are presented to regenerate cartilage. The membrane is an integral part, stays in
        the knee and is resorbed within about six months. The product is therefore a combined advanced therapy
        medicinal product according to Regulation (EC) No 1394/2007, Article 2(1)(d). Its cells are viable.
        """,
    )


def _device() -> Section:
    return section(
        "The device part",
        bullets(
            f"""
            The membrane is {MEMBRANE}, made by {MEMBRANE_MAKER} from porcine collagen of types I and III. It
            is a device of class III, rule 18.

            The result of the assessment by {NOTIFIED_BODY} is in section 3.2.R, file medical-device.pdf. The
            opinion of 14 August 2026 is favourable with one open condition: a pull test of the membrane after
            30 days of culture with cells. The report is due on 1 December 2026 and will be filed as an answer
            or before.

            Conformity with the general safety and performance requirements is shown in the same file,
            requirement by requirement.
            """
        ),
        """
        We should like the medicinal part, the device part and their interplay to be discussed in one meeting
        with both teams, and offer to demonstrate the handling of the graft on a model knee.
        """,
    )


def _for_the_reader() -> Section:
    return section(
        "For the reader",
        f"""
        The study on which the application rests, CHX-301, used two membranes. 41 patients received a graft on
        the membrane of a former supplier, 31 on {MEMBRANE}. Quality data in Module 3 are those of the 31 lots
        on the membrane that is filed; section 3.2.P.2 compares the two.

        The shelf life is {SHELF_LIFE}. One result, the microbiological examination of the final rinse, is
        known after implantation. All others, potency included, are known at release, because they are read on
        a surrogate graft.
        """,
    )


def _particulars() -> Section:
    return section(
        "Particulars of the sequence",
        table(
            "Particulars of the submission",
            """
            Point | Particulars
            Format | eCTD 3.2.2, EU Module 1 version 3.1.1
            Sequence | 0000, initial application
            Checked against | EU validation criteria version 8.2, no failed criterion
            Size | 1.2 GB, 188 documents
            Virus check | No virus found on 27 August 2026
            Paediatric plan | Waiver for children below 12 years, deferral above, decision of 6 March 2025
            Orphan designation | None
            """,
            widths=(2, 5),
        ),
        table(
            "Contact persons",
            """
            Subject | Person | Function
            Procedure and questions | Ines Halvorsen | Regulatory lead
            Quality, device | Jun Sato | Quality assurance
            Clinical | Dr Marit Solheim | Clinical development
            Batch release | Dr Aoife Brennan | Qualified Person
            """,
            widths=(3, 3, 4),
        ),
    )


def _tracking() -> Section:
    return section(
        "Sequences so far",
        table(
            "Tracking table",
            """
            Sequence | Date | Kind | Content
            0000 | 27 August 2026 | Initial application | Modules 1 to 5, medical-device.pdf in 3.2.R
            """,
            widths=(2, 3, 4, 5),
        ),
        """
        No document of this sequence refers to another procedure of the applicant. Literature is in sections
        3.3, 4.3 and 5.4 with the full text of each reference.
        """,
    )
