"""Nortagen, section 3.2.P.8.3: what became of six lots over 84 hours, and of two at the bedside."""

from datetime import date

from atmp_portal.demo.content import Document, Section, section, table
from atmp_portal.demo.nortagen.facts import IN_USE, SHELF_LIFE, SPECIFICATION_3, STORAGE, nortagen_document


def stability_data() -> Document:
    """Section 3.2.P.8.3 of Nortagen."""
    return nortagen_document(
        "3.2.P.8.3",
        "Stability data",
        _design(),
        _results(),
        _in_use(),
        _transport(),
        _conclusion(),
        written_on=date(2026, 3, 23),
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _design() -> Section:
    return section(
        "Design of the studies",
        f"""
        Six lots made in Ghent were kept in the final container at {STORAGE} for 84 hours, 12 hours longer
        than the proposed shelf life of {SHELF_LIFE}. Three lots came from patients, three from healthy donors
        whose cells were processed at full scale. Bags were stored lying flat and were turned once before each
        sampling.
        """,
        table(
            "Lots in the stability programme",
            """
            Lot | Cells from | Filled on | CAR+ | Volume
            NTG-25-0212 | healthy donor | 3 Feb 2025 | 44.1 % | 68 mL
            NTG-25-0219 | healthy donor | 17 Feb 2025 | 39.8 % | 68 mL
            NTG-25-0227 | healthy donor | 10 Mar 2025 | 51.0 % | 68 mL
            NTG-25-0241 | patient | 7 Apr 2025 | 28.6 % | 68 mL
            NTG-25-0256 | patient | 12 May 2025 | 33.5 % | 68 mL
            NTG-25-0263 | patient | 2 Jun 2025 | 17.9 % | 68 mL
            """,
            widths=(4, 4, 4, 2, 2),
            right=(3, 4),
        ),
        f"""
        The limits are those of {SPECIFICATION_3.number}, version {SPECIFICATION_3.version}: viable cells
        {SPECIFICATION_3["viability"].limit}, CAR+ cells {SPECIFICATION_3["car"].limit}, IFN-γ
        {SPECIFICATION_3["potency"].limit}. Killing of CD19+ target cells was read for information.
        """,
    )


def _results() -> Section:
    return section(
        "Results",
        section(
            "Viability",
            table(
                "Viable cells, %",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 84 h
                NTG-25-0212 | 95.2 | 94.4 | 93.0 | 91.6 | 89.9
                NTG-25-0219 | 94.0 | 93.1 | 91.8 | 90.3 | 88.7
                NTG-25-0227 | 96.1 | 95.5 | 94.2 | 92.4 | 91.0
                NTG-25-0241 | 90.8 | 89.2 | 87.5 | 85.7 | 83.1
                NTG-25-0256 | 88.3 | 87.0 | 85.1 | 83.0 | 79.8
                NTG-25-0263 | 87.4 | 86.1 | 84.6 | 83.0 | 80.4
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            """
            Viability fell by 3.6 to 5.3 percentage points within 72 hours, 4.3 on average. All lots met the
            limit at 72 hours. At 84 hours lot NTG-25-0256 was below it, with 79.8 %.
            """,
        ),
        section(
            "CAR+ cells",
            table(
                "CAR+ of viable CD3+ cells, %",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 84 h
                NTG-25-0212 | 44.1 | 44.3 | 43.6 | 43.9 | 43.2
                NTG-25-0219 | 39.8 | 39.1 | 39.9 | 38.8 | 38.5
                NTG-25-0227 | 51.0 | 50.7 | 51.4 | 50.2 | 50.0
                NTG-25-0241 | 28.6 | 28.9 | 28.0 | 27.7 | 27.9
                NTG-25-0256 | 33.5 | 33.0 | 32.6 | 32.9 | 32.1
                NTG-25-0263 | 17.9 | 17.5 | 17.8 | 17.1 | 17.3
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            """
            The share of CAR+ cells did not change within the precision of the test (coefficient of variation
            4 %).
            """,
        ),
        section(
            "Function",
            table(
                "IFN-γ released on CD19+ target cells, pg/mL",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 84 h
                NTG-25-0212 | 1 860 | 1 790 | 1 640 | 1 420 | 1 260
                NTG-25-0219 | 1 410 | 1 450 | 1 300 | 1 150 | 1 020
                NTG-25-0227 | 2 230 | 2 080 | 1 970 | 1 710 | 1 580
                NTG-25-0241 | 940 | 910 | 830 | 720 | 610
                NTG-25-0256 | 1 120 | 1 060 | 970 | 840 | 730
                NTG-25-0263 | 480 | 470 | 430 | 360 | 300
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            table(
                "Killing of CD19+ target cells, E:T 1:1, %, for information",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 84 h
                NTG-25-0212 | 81 | 80 | 78 | 75 | 72
                NTG-25-0219 | 77 | 78 | 74 | 71 | 69
                NTG-25-0227 | 86 | 85 | 83 | 79 | 77
                NTG-25-0241 | 69 | 68 | 66 | 62 | 58
                NTG-25-0256 | 72 | 70 | 69 | 64 | 61
                NTG-25-0263 | 63 | 62 | 60 | 56 | 53
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            """
            Function declines faster than viability: after 72 hours the cells released 77 % of the initial
            IFN-γ and kept 91 % of the initial killing. The lowest value of killing at 72 hours was 56 %.
            """,
        ),
        section(
            "Appearance, pH and container",
            """
            All bags held a slightly turbid dispersion that became even when turned. Aggregates above 1 mm
            were not seen. pH remained between 7.1 and 7.4. No leak was found; the labels stayed legible.
            """,
        ),
    )


def _in_use() -> Section:
    return section(
        "From the refrigerator to the patient",
        f"""
        The product is taken from the refrigerated shipper on the ward and given within {IN_USE} at 15 to 25
        °C. Two lots were examined after 72 hours of storage.
        """,
        table(
            "After removal from the shipper at the end of shelf life",
            """
            Lot | Time at 22 °C | Viable cells | CAR+ | Killing
            NTG-25-0219 | 0 min | 90.3 % | 38.8 % | 71 %
            NTG-25-0219 | 30 min | 89.8 % | 38.6 % | 70 %
            NTG-25-0241 | 0 min | 85.7 % | 27.7 % | 62 %
            NTG-25-0241 | 30 min | 84.9 % | 27.9 % | 61 %
            """,
            widths=(4, 3, 3, 3, 3),
            right=(1, 2, 3, 4),
        ),
        """
        A longer time was not examined. A pause of the infusion counts towards the 30 minutes until the
        infusion starts, not afterwards; the time of infusion itself was covered in study NTG-301.
        """,
    )


def _transport() -> Section:
    return section(
        "Transport",
        f"""
        Shipper SH-07 keeps {STORAGE} for 96 hours in the summer and the winter profile. Three filled bags
        were sent over 1 400 km by road, with vibration recorded. Viability after transport differed by less
        than 1 percentage point from a bag that had stayed. One logger showed 8.6 °C for 12 minutes at
        hand-over; the bag met all limits.
        """,
    )


def _conclusion() -> Section:
    return section(
        "Conclusion",
        f"""
        A shelf life of {SHELF_LIFE} at {STORAGE} is proposed, from the time of filling. It is printed on the
        label with date, time and time zone. Stability is followed in one lot per year made from the cells of
        a healthy donor, and in retained samples of lots that are not given to the patient.
        """,
    )
