"""Immunord before it had its name on a dossier: letter and form of the request for classification."""

from dataclasses import replace
from datetime import date

from atmp_portal.demo.content import Document, Letter, Section, bullets, section, table
from atmp_portal.demo.immunord.facts import BAG, DOSE, INDICATION, PRODUCT, SUBSTANCE, immunord_document
from atmp_portal.demo.sponsors import OSTRAVA

LEAD = "Petra Svobodová, regulatory lead"


def request_letter() -> Document:
    """Section 1.0 of the request under Article 17."""
    document = immunord_document(
        "1.0",
        "Cover letter",
        section(
            "What we ask",
            f"""
            We ask for the scientific recommendation of the Committee for Advanced Therapies on whether
            {PRODUCT}, {SUBSTANCE}, for the {INDICATION}, falls within the definition of an advanced therapy
            medicinal product, and within which.

            The request form with its briefing information stands in section 1.2. Our own position is: somatic
            cell therapy medicinal product, not combined.
            """,
        ),
        section(
            "Who speaks for the applicant",
            table(
                "Contact",
                f"""
                Point | Entry
                Applicant | {OSTRAVA.name}, {OSTRAVA.address}
                Authorised to speak | Petra Svobodová, regulatory lead
                Status of the enterprise | Small, assigned on 16 March 2026
                Confidential parts | Medium and lysate supplier, marked in the form
                """,
                widths=(3, 6),
            ),
        ),
        section(
            "Why we ask now",
            """
            The product has been made under the hospital exemption in Czechia since 2019. The national
            authority treated it as a somatic cell therapy medicinal product. Before we ask for the
            certification of its quality data we want the class to be certain, since the requirements for the
            potency test follow from it.

            Two points may be read in more than one way, and we ask the Committee to speak to both.
            """,
            bullets(
                """
                In the study the skin of some patients healed. We do not claim healing; we read it as the end
                of the immune attack and not as repair of tissue by the cells.

                The cells are found in the lung for some days. We do not regard this as engraftment.
                """
            ),
        ),
        section(
            "Declarations",
            bullets(
                f"""
                The information in the form is complete and true to our knowledge.

                No other authority in the Union or outside it has been asked for a classification of {PRODUCT}.

                We agree that a summary of the recommendation is published without the parts that are marked
                as confidential.

                The marrow donors were not paid; they received compensation of their expenses.
                """
            ),
        ),
        section(
            "Particulars",
            table(
                "Particulars of the submission",
                """
                Point | Particulars
                Format | eCTD 3.2.2, EU Module 1 version 3.1.1
                Sequence | 0000, request for classification
                Checked against | EU validation criteria version 8.2, no failed criterion
                Virus check | No virus found on 26 July 2026
                """,
                widths=(2, 5),
            ),
            table(
                "Tracking table",
                """
                Sequence | Date | Kind | Content
                0000 | 27 July 2026 | Classification | Module 1
                """,
                widths=(2, 3, 3, 3),
            ),
        ),
        title="Cover letter, request for classification",
        written_on=date(2026, 7, 26),
        author=LEAD,
        approver=LEAD,
    )
    letter = Letter(
        sender=(OSTRAVA.name, OSTRAVA.address),
        recipient=("European Agency for Living Medicines", "Procedure coordination, Clara Weiss"),
        reference=("Legal basis: Regulation (EC) No 1394/2007, Article 17",),
        subject=f"{PRODUCT}: request for a recommendation on classification",
        closing=("Yours sincerely,", "Petra Svobodová", "Regulatory lead, Ostrava Cell Works"),
    )
    return replace(document, letter=letter)


def request_form() -> Document:
    """Section 1.2 of the request under Article 17."""
    return immunord_document(
        "1.2",
        "Request form",
        _request(),
        _active_substance(),
        _mechanism(),
        _position(),
        title="Request form and briefing information, classification",
        written_on=date(2026, 7, 26),
        author=LEAD,
        approver=LEAD,
    )


def _request() -> Section:
    return section(
        "Request",
        table(
            "Request table",
            f"""
            Field | Entry
            Applicant | {OSTRAVA.name}
            Identifier | {PRODUCT}, internal code OCW-7
            Active substance | {SUBSTANCE[0].upper()}{SUBSTANCE[1:]}
            Finished product | Frozen dispersion for infusion, {BAG}; no device is part of it
            Proposed indication | {INDICATION[0].upper()}{INDICATION[1:]}
            Proposed classification | Somatic cell therapy medicinal product, not combined
            """,
            widths=(3, 7),
        ),
    )


def _active_substance() -> Section:
    return section(
        "Active substance and finished product",
        f"""
        The starting material is bone marrow of healthy donors who gave it for this purpose. Mononuclear cells
        are separated by density, the stromal cells among them adhere to plastic and are expanded over four
        passages in a medium with human platelet lysate. They are frozen in saline with albumin and dimethyl
        sulfoxide. The dose is {DOSE}, given into a vein.
        """,
    )


def _mechanism() -> Section:
    return section(
        "Mechanism of action and proposed use",
        """
        The cells inhibit the proliferation of the donor's T cells by indoleamine dioxygenase and prostaglandin
        E2, and shift macrophages to a regulatory state. The action is immunological and metabolic. The cells
        are found in the lung for some days and are gone within weeks; none becomes part of a tissue.
        """,
        bullets(
            """
            Proposed use: therapeutic.

            State of development: 64 patients under the hospital exemption in Czechia since 2019; controlled
            study IMN-20 in 118 patients ended in May 2026.
            """
        ),
    )


def _position() -> Section:
    return section(
        "Position of the applicant",
        table(
            "Each definition and the reason",
            """
            Definition | Met | Reason
            Medicinal product | Yes | Presented for treatment; acts on the immune system
            Gene therapy | No | No recombinant nucleic acid
            Substantial manipulation | Yes | Expansion in culture changes what the cells express
            Same essential function | No | Marrow stroma supports blood formation; here it damps immunity
            Somatic cell therapy | Yes | Engineered cells with an immunological and metabolic action
            Tissue engineered product | No | No regeneration, repair or replacement is claimed
            Combined | No | The bag is a container and is not given
            """,
            widths=(4, 1, 7),
        ),
    )
