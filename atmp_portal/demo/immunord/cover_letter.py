"""Immunord, section 1.0: the letter that goes with sequence 0000."""

from dataclasses import replace
from datetime import date

from atmp_portal.demo.content import Document, Letter, Section, bullets, section, table
from atmp_portal.demo.immunord.facts import (
    INDICATION,
    PROCEDURE,
    PRODUCT,
    SHELF_LIFE,
    STORAGE,
    immunord_document,
)
from atmp_portal.demo.sponsors import OSTRAVA


def cover_letter() -> Document:
    """Section 1.0 of Immunord."""
    document = immunord_document(
        "1.0",
        "Cover letter",
        _what_is_filed(),
        _background(),
        _attention(),
        _declarations(),
        _particulars(),
        title="Cover letter, sequence 0000",
        written_on=date(2026, 10, 29),
        author="Petra Svobodová, regulatory lead",
        approver="Petra Svobodová, regulatory lead",
    )
    letter = Letter(
        sender=(OSTRAVA.name, OSTRAVA.address),
        recipient=("European Agency for Living Medicines", "Procedure coordination, Clara Weiss"),
        reference=(
            f"Procedure: {PROCEDURE}, sequence 0000",
            "Legal basis: Regulation (EC) No 1394/2007, Article 18",
        ),
        subject=f"{PRODUCT}: request for the certification of quality data",
        closing=("Yours sincerely,", "Petra Svobodová", "Regulatory lead, Ostrava Cell Works"),
    )
    return replace(document, letter=letter)


def _what_is_filed() -> Section:
    return section(
        "What we file",
        f"""
        Ostrava Cell Works, a small enterprise, asks for the certification of the quality data of {PRODUCT}, a
        dispersion for infusion of mesenchymal stromal cells from the bone marrow of healthy donors, for the
        {INDICATION}. An application for a marketing authorisation is to follow with the same Module 3.

        The cells are engineered by expansion. They act by immunological means: they damp the reaction of the
        donor's T cells against the patient. They are not claimed to repair tissue and do not remain in the
        body beyond some weeks. The Committee for Advanced Therapies recommended the classification as a
        somatic cell therapy medicinal product on 30 September 2026.
        """,
    )


def _background() -> Section:
    return section(
        "Background",
        bullets(
            f"""
            {PRODUCT} has been used since 2019 under the hospital exemption in Czechia, in 64 patients.

            The pivotal study, IMN-20, is a controlled study in 118 patients. It ended in May 2026; its report
            is in preparation and no clinical data are part of this request.

            Each lot serves several patients. Four donors gave the marrow for the master cell banks that are
            filed.

            The product is kept {STORAGE}, for {SHELF_LIFE}. All results are known before release; release
            before the end of tests is not asked for.
            """
        ),
    )


def _attention() -> Section:
    return section(
        "Points to which we draw attention",
        """
        The medium for expansion holds a lysate of human platelets. Earlier lots, made until June 2023, were
        grown in bovine serum. Comparability is shown in section 3.2.S.2.6.

        The potency assay was changed during development, on the advice of the CHMP of 18 November 2022. Both
        assays were run in parallel on 14 lots.

        Regulation (EU) 2024/1938 on substances of human origin applies from 7 August 2027. The agreements
        with the two collecting hospitals already follow it.
        """,
    )


def _declarations() -> Section:
    return section(
        "Declarations",
        bullets(
            f"""
            The text of the dossier is our own. Data of third parties are
            marked where they are used, with the letter of access in the annex to section 1.2.

            No person named in this dossier as an expert has shares in {OSTRAVA.name}.

            The marrow donors were not paid; they received compensation of their expenses.
            """
        ),
        """
        A copy of this letter goes to the coordinator of the procedure and to the secretariat of the Committee
        for Advanced Therapies. We agree that the rapporteurs exchange the data of this dossier with the
        national authority that supervised the hospital exemption.
        """,
    )


def _particulars() -> Section:
    return section(
        "Particulars",
        table(
            "Particulars of the submission",
            """
            Point | Particulars
            Format | eCTD 3.2.2, EU Module 1 version 3.1.1
            Sequence | 0000, request for certification
            Checked against | EU validation criteria version 8.2, no failed criterion
            Status of the enterprise | Small, assigned on 16 March 2026
            Virus check | No virus found on 29 October 2026
            Orphan designation | Granted on 17 January 2022
            """,
            widths=(2, 5),
        ),
        table(
            "Contact persons",
            """
            Subject | Person | Function
            Procedure and questions | Petra Svobodová | Regulatory lead
            Quality | Ondřej Šimek | Head of quality
            Clinical | MUDr. Alena Horáková | Clinical development
            """,
            widths=(3, 3, 3),
        ),
        table(
            "Tracking table",
            """
            Sequence | Date | Kind | Content
            0000 | 29 October 2026 | Certification | Modules 1, 2.3 and 3
            """,
            widths=(2, 3, 3, 3),
        ),
    )
