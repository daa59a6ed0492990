"""Chondrafix, section 3.2.P.8.3: grafts kept for 96 hours, opened, and sent across the Alps."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import SHELF_LIFE, SPECIFICATION_2, STORAGE, chondrafix_document
from atmp_portal.demo.content import Document, Section, section, table


def stability_data() -> Document:
    """Section 3.2.P.8.3 of Chondrafix."""
    return chondrafix_document(
        "3.2.P.8.3",
        "Stability data",
        _design(),
        _results(),
        _membrane(),
        _use(),
        _conclusion(),
        written_on=date(2026, 8, 14),
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _design() -> Section:
    return section(
        "Design",
        f"""
        Grafts of five lots were kept in the closed dish at {STORAGE} for 96 hours, one day longer than the
        proposed shelf life of {SHELF_LIFE}. One graft was used up at each time point, so that six grafts were
        made per lot. Cells came from cartilage removed during knee replacement, with consent. Limits are
        those of {SPECIFICATION_2.number}, version {SPECIFICATION_2.version}.
        """,
        table(
            "Lots in the programme",
            """
            Lot | Donor | Passage | Membrane lot | Temperature
            CHX-25-S01 | woman, 61 years | 2 | KM-24-118 | 15 °C
            CHX-25-S02 | man, 58 years | 2 | KM-24-118 | 20 °C
            CHX-25-S03 | woman, 66 years | 2 | KM-24-131 | 20 °C
            CHX-25-S04 | man, 49 years | 2 | KM-24-131 | 25 °C
            CHX-25-S05 | woman, 54 years | 2 | KM-25-007 | 25 °C
            """,
            widths=(3, 4, 2, 3, 3),
        ),
    )


def _results() -> Section:
    return section(
        "Results",
        section(
            "Viability throughout the matrix",
            table(
                "Viable cells, %",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 96 h
                CHX-25-S01 | 91.4 | 90.6 | 88.9 | 87.2 | 84.0
                CHX-25-S02 | 89.8 | 88.1 | 86.7 | 84.3 | 79.9
                CHX-25-S03 | 87.5 | 86.2 | 84.4 | 81.0 | 76.2
                CHX-25-S04 | 90.2 | 87.3 | 84.0 | 79.6 | 70.8
                CHX-25-S05 | 88.0 | 85.1 | 80.9 | 75.7 | 66.3
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            f"""
            All lots met the limit ({SPECIFICATION_2["viability"].limit}) at 72 hours. At 25 °C viability
            falls about twice as fast as at 15 °C; lot CHX-25-S05 was below the limit at 96 hours.
            """,
        ),
        section(
            "Viable cells on the membrane",
            table(
                "Viable cells per cm², thousands",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 96 h
                CHX-25-S01 | 812 | 805 | 791 | 774 | 742
                CHX-25-S02 | 744 | 731 | 720 | 701 | 655
                CHX-25-S03 | 689 | 680 | 668 | 640 | 598
                CHX-25-S04 | 830 | 804 | 771 | 733 | 648
                CHX-25-S05 | 702 | 680 | 645 | 604 | 527
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            f"""
            The strength stayed within {SPECIFICATION_2["density"].limit}. A graft released at the lower end,
            561 000 per cm², would hold about 480 000 after 72 hours at 25 °C. The label states the value at
            release.
            """,
        ),
        section(
            "Glycosaminoglycan per DNA",
            table(
                "Glycosaminoglycan per DNA, µg/µg",
                """
                Lot | 0 h | 24 h | 48 h | 72 h | 96 h
                CHX-25-S01 | 4.8 | 4.9 | 4.7 | 4.8 | 4.6
                CHX-25-S02 | 3.9 | 4.0 | 4.0 | 3.8 | 3.8
                CHX-25-S03 | 4.2 | 4.1 | 4.3 | 4.2 | 4.0
                CHX-25-S04 | 5.5 | 5.4 | 5.5 | 5.3 | 5.2
                CHX-25-S05 | 3.4 | 3.5 | 3.3 | 3.4 | 3.3
                """,
                widths=(3, 2, 2, 2, 2, 2),
                right=range(1, 6),
            ),
            """
            The content does not change, because the matrix formed in culture stays on the membrane. The test
            does not show whether the cells can still form matrix after storage. After 72 hours, three grafts
            were put back into culture for seven days; they gained 1.1, 0.9 and 0.6 µg/µg.
            """,
        ),
    )


def _membrane() -> Section:
    return section(
        "The membrane during storage with cells",
        table(
            "Tear strength, wet, N (mean of three)",
            """
            Lot | 0 h | 72 h | 96 h
            CHX-25-S02 | 3.9 | 3.8 | 3.8
            CHX-25-S03 | 4.1 | 3.9 | 3.9
            CHX-25-S05 | 3.7 | 3.6 | 3.4
            """,
            widths=(3, 2, 2, 2),
            right=(1, 2, 3),
        ),
        """
        The limit for the membrane at incoming control is 2.5 N. Strength after 30 days with cells is the open
        condition of the notified body; the study runs and is reported in section 3.2.R.
        """,
    )


def _use() -> Section:
    return section(
        "Opening, transport and use",
        """
        Boxes were opened after 72 hours and kept at 22 °C for 60 minutes, dishes for a further 30 minutes.
        Viability fell by 0.8 and 1.4 percentage points. Six boxes were sent from Ghent to Innsbruck and back,
        by road and by air, in July and in January. The logger showed 14.6 to 25.3 °C; the two excursions
        lasted less than 20 minutes.
        """,
        table(
            "After transport of 72 hours",
            """
            Season | Boxes | Lowest temperature | Highest temperature | Viability, mean
            July | 3 | 18.1 °C | 25.3 °C | 80.4 %
            January | 3 | 14.6 °C | 21.0 °C | 84.9 %
            """,
            widths=(3, 2, 4, 4, 3),
            right=(1, 2, 3, 4),
        ),
    )


def _conclusion() -> Section:
    return section(
        "Conclusion",
        f"""
        A shelf life of {SHELF_LIFE} at {STORAGE} is proposed. The surrogate graft leaves no material for
        stability after release; stability is therefore followed in one lot of donated cartilage per year.
        """,
    )
