"""Chondrafix, section 3.2.R.MD.1: what the notified body found, for which use, and what it left open."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    NOTIFIED_BODY,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    STORAGE,
    chondrafix_document,
)
from atmp_portal.demo.content import Document, Section, bullets, section, table


def device_conformity() -> Document:
    """Section 3.2.R.MD.1 of Chondrafix."""
    return chondrafix_document(
        "3.2.R.MD.1",
        "Device: conformity evidence",
        _basis(),
        _opinion(),
        _scope(),
        _assessed(),
        _condition(),
        _remarks(),
        _certificates(),
        _changes(),
        title="Conformity of the device part: opinion of the notified body",
        written_on=date(2026, 8, 20),
        author="Jun Sato, quality assurance",
        approver="Dr Aoife Brennan, Qualified Person",
    )


def _basis() -> Section:
    return section(
        "What is asked for",
        f"""
        Regulation (EC) No 1394/2007, Article 9(2), asks for evidence that the device part conforms to the
        essential requirements, today Annex I to Regulation (EU) 2017/745; Article 9(3) asks for the results
        of a notified body where there are any. {MEMBRANE} has a certificate for another purpose. An opinion
        on the membrane as part of {PRODUCT} was therefore requested on 2 February 2026. This document sums up
        the opinion; the signed original, 23 pages, is annexed to section 1.2.
        """,
    )


def _opinion() -> Section:
    return section(
        "The opinion in short",
        table(
            "Particulars of the opinion",
            f"""
            Point | Entry
            Issued by | {NOTIFIED_BODY[0].upper()}{NOTIFIED_BODY[1:]}
            Number and date | 0987-OP-2026-0173, 14 August 2026, valid while the design is unchanged
            Requested by | Norvia Therapeutics, with the agreement of {MEMBRANE_MAKER}
            Designated for | Non-active implants; devices that use animal tissue; absorbed devices
            Class of the device | III, rule 18
            Subject | {MEMBRANE} as used in {PRODUCT}, {SIZE}
            Result | Favourable, with one open condition
            Condition | Pull test of the membrane after 30 days of culture with cells
            Due | 1 December 2026
            Remarks without a condition | Two, see section 6
            """,
            widths=(3, 7),
        ),
        """
        The opinion is on the device part. It says nothing about the benefit of the product, which is the
        matter of this application.
        """,
    )


def _scope() -> Section:
    return section(
        "Does the scope fit the application?",
        table(
            "Opinion, application and existing certificate compared",
            f"""
            Point | Opinion | Application | Certificate of the membrane
            Intended purpose | Carrier of chondrocytes in a cartilage defect of the knee | The same | \
                Covering of bone after loss of a tooth
            Defect | 2 to 10 cm² | 2 to 10 cm² | Up to 8 cm²
            Patients | Adults | Adults | Adults
            Size | {SIZE} | {SIZE} | Three sizes, 1.2 to 2 mm thick
            Contact | Tissue, until resorbed | Tissue, until resorbed | Tissue, until resorbed
            With living cells | Yes, six days of culture | Yes, six days of culture | Excluded
            Time until use | {SHELF_LIFE} at {STORAGE}, wet | {SHELF_LIFE} at {STORAGE}, wet | 24 months, dry
            Fixing | Fibrin glue | Fibrin glue | Pins or none
            """,
            widths=(3, 5, 5, 5),
        ),
        f"""
        The intended purpose in the opinion is the indication applied for: {INDICATION}. If the indication
        changes during the procedure, the opinion has to be asked for again.
        """,
    )


def _assessed() -> Section:
    return section(
        "What was assessed",
        table(
            "Parts of the technical documentation",
            """
            Part (Annex II) | Documents | Finding
            1 Description | medical-device.pdf, sections 1 and 3 | Accepted
            2 Label and instructions | Leaflet, version 1 | Remark on the drawing
            3 Design and manufacture | Section 4; audit of 14 to 16 April 2026 | Accepted
            4 Requirements of Annex I | Check list, section 3.2.R.MD.2 | Accepted but for 6; remark on 10.4
            5 Benefit, risk, risk management | ISO 14971 file CHX-RM-01, version 4 | Accepted
            6.1 Biological evaluation | ISO 10993, nine reports | Accepted
            6.1 Mechanical tests | CHX-DV-014 to CHX-DV-019 | Condition: no data beyond 14 days with cells
            6.1 Clinical data | Study CHX-301, as a matter of safety of the device | Noted
            6.2 Animal tissue | ISO 22442, virus study KT-V-07 | Accepted
            6.2 Sterility | ISO 11137, dose audits of 2024 to 2026 | Accepted
            Annex III, after the market | Risk management plan, section 1.8.2 | Accepted
            """,
            widths=(4, 6, 5),
        ),
    )


def _condition() -> Section:
    return section(
        "The open condition",
        """
        Wording, in short: the applicant shows by a pull test that the membrane, after 30 days of culture with
        chondrocytes, keeps a strength that suffices for the time in which the graft bears no load; the report
        is sent by 1 December 2026.
        """,
        table(
            "Study CHX-DV-022",
            """
            Point | Particulars
            Question | Tear strength, wet, after 30 days with cells and without
            Samples | Grafts of six donors, one membrane of the same lot without cells beside each
            Limit | Mean ≥ 2.5 N with cells, no graft below 2.0 N
            Start of cultures | 6 July to 12 October 2026
            Last pull test | 11 November 2026
            Report | 25 November 2026; to the notified body and the agency by 1 December 2026
            Responsible | Jun Sato, with the laboratory of the maker
            """,
            widths=(3, 8),
        ),
        table(
            "What is known today: tear strength, N",
            """
            Time in culture | With cells | Without cells | Number | Fall with cells
            0 days | 4.0 | 4.0 | 12 | –
            6 days | 3.8 | 4.0 | 12 | 5 %
            14 days | 3.4 | 3.8 | 6 | 15 %
            30 days | study running | study running | 6 | –
            """,
            widths=(4, 3, 3, 2, 3),
            right=(1, 2, 3, 4),
        ),
        bullets(
            """
            If strength fell on at the pace of the first 14 days, about 2.7 N would remain after 30 days, 0.2
            N above the limit.

            The graft is glued and bears no load for six weeks; the culture has no glue and no new tissue
            around it, and is the harder case.

            If the limit is missed, the time without load is reconsidered with the notified body, and the
            product is not supplied before a clean opinion.
            """
        ),
    )


def _remarks() -> Section:
    return section(
        "Remarks without a condition",
        table(
            "Remarks and our answer",
            """
            No. | Requirement | Remark | Answer | Due
            1 | 10.4 | No statement of the supplier of the packaging film on CMR substances and endocrine \
                disruptors | Asked for; none found in the extract (limit 0.05 µg) | 30 October 2026
            2 | 23.4 | The side that faces the bone is described in words only | Drawing in the leaflet, \
                version 2 | With the answers
            """,
            widths=(1, 3, 6, 5, 3),
        ),
    )


def _certificates() -> Section:
    return section(
        "Certificates of the membrane as marketed",
        table(
            "Certificates",
            f"""
            Certificate | Number | Holder | Valid until
            EU technical documentation, covering of bone | 0987-TD-24-0611 | {MEMBRANE_MAKER} | 11 June 2029
            EU quality management system | 0987-QS-24-0610 | {MEMBRANE_MAKER} | 11 June 2029
            ISO 13485 | Z-4471 | {MEMBRANE_MAKER} | 30 April 2029
            ISO 13485, sterilisation | AG-2207 | Alpin Gamma, Innsbruck | 31 January 2028
            """,
            widths=(6, 4, 5, 4),
        ),
        "They show that the maker works under supervision. They do not cover the use with cells.",
    )


def _changes() -> Section:
    return section(
        "Changes of the membrane",
        f"""
        By the agreement of 12 January 2026 the maker of {MEMBRANE} tells Norvia of every planned change at
        least six months before. Source of the collagen, alkaline treatment, lamination, sterilisation and
        dimensions are changed only after a new opinion and a variation. Norvia keeps membranes for four
        months, so that a change forced by an event does not reach patients unseen.
        """,
    )
