"""Chondrafix, section 5.3.5.1: synopsis of the study against microfracture."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import INDICATION, MEMBRANE, chondrafix_document
from atmp_portal.demo.content import Document, Section, section, table


def clinical_synopsis() -> Document:
    """Section 5.3.5.1 of Chondrafix."""
    return chondrafix_document(
        "5.3.5.1",
        "Study reports of controlled clinical studies",
        _study(),
        _methods(),
        _patients(),
        _efficacy(),
        _membranes(),
        _safety(),
        _conclusion(),
        title="Study CHX-301, clinical study report, synopsis",
        written_on=date(2026, 6, 30),
        author="Dr Marit Solheim, clinical development",
        approver="Dr Luc Fontaine, pharmacovigilance",
    )


def _study() -> Section:
    return section(
        "The study",
        table(
            "Particulars",
            f"""
            Point | Particulars
            Title | Chondrafix against microfracture in cartilage defects of the knee
            Number | CHX-301, EudraCT 2020-004417-19
            Phase | 3, randomised 1:1, open to the patient after 24 months, judged blind
            Centres | 14 in 5 Member States
            Period | 8 March 2021 to 20 April 2026
            Follow-up | 24 months in all patients; 60 months planned
            Indication | {INDICATION[0].upper()}{INDICATION[1:]}
            """,
            widths=(2, 8),
        ),
    )


def _methods() -> Section:
    return section(
        "Methods",
        """
        144 patients with one defect of 2 to 10 cm² were assigned at random to Chondrafix (72) or
        microfracture (72), stratified by size (up to 4 cm², above) and centre. All had an arthroscopy: biopsy
        or microfracture. The graft was implanted by a small incision five weeks later (median, range 30 to 52
        days). Rehabilitation was the same.

        The two primary endpoints were the share of responders at 24 months, a responder being a patient whose
        KOOS pain and KOOS function both rose by at least 10 points, and the change of KOOS pain. Both had to
        be met at 5 %. Missing values counted as no response. MRI was read blind (MOCART 2.0).
        """,
    )


def _patients() -> Section:
    return section(
        "Patients",
        table(
            "Patients at entry",
            """
            Characteristic | Chondrafix, n = 72 | Microfracture, n = 72
            Age, median (range), years | 36 (18 to 54) | 35 (19 to 55)
            Women | 29 (40.3 %) | 31 (43.1 %)
            Size of defect, median | 4.3 cm² | 4.1 cm²
            Defect above 4 cm² | 41 (56.9 %) | 39 (54.2 %)
            Femoral condyle / trochlea | 55 / 17 | 57 / 15
            KOOS pain, mean | 48.1 | 48.9
            KOOS function, mean | 31.2 | 32.0
            """,
            widths=(5, 4, 4),
            right=(1, 2),
        ),
        "One patient assigned to microfracture withdrew before surgery. 138 patients were seen at 24 months.",
    )


def _efficacy() -> Section:
    return section(
        "Efficacy at 24 months",
        table(
            "Main results",
            """
            Endpoint | Chondrafix | Microfracture | Difference (95 % CI)
            Responders | 58 of 72, 80.6 % | 43 of 71, 60.6 % | 20.0 points (5.4 to 34.6)
            KOOS pain, change | +33.4 | +25.1 | 8.3 (2.6 to 14.0)
            KOOS function, change | +34.9 | +24.8 | 10.1 (3.2 to 17.0)
            MOCART 2.0, mean | 74 | 63 | 11 (5 to 17)
            Second operation on the defect | 4 | 11 | –
            """,
            widths=(4, 3, 3, 4),
        ),
        """
        Both primary endpoints were met (p = 0.008 and p = 0.005). The difference was larger in defects above
        4 cm² (27 points) than in smaller ones (10 points).
        """,
    )


def _membranes() -> Section:
    return section(
        "The two membranes",
        f"""
        The supplier of the membrane changed in September 2022. 41 patients have a graft on the earlier
        membrane, 31 on {MEMBRANE}, the one that is filed. The two groups were not randomised against each
        other.
        """,
        table(
            "Results by membrane",
            """
            Membrane | Patients | Responders | KOOS pain, change | MOCART 2.0
            Earlier | 41 | 32 (78.0 %) | +32.8 | 73
            Duolam KM | 31 | 26 (83.9 %) | +34.2 | 75
            """,
            widths=(3, 2, 3, 4, 3),
            right=(1, 2, 3, 4),
        ),
        """
        Glycosaminoglycan per DNA of the surrogate graft was not related to response (area under the curve
        0.57 in 31 patients); all lots were above 2 µg/µg.
        """,
    )


def _safety() -> Section:
    return section(
        "Safety",
        table(
            "Adverse events",
            """
            Event | Chondrafix, n = 72 | Microfracture, n = 71
            Any serious adverse event | 9 | 8
            Swelling of the joint beyond six weeks | 12 | 9
            Overgrowth of the graft | 5 | 1
            Loosening of the graft at the edge | 3 | not applicable
            Stiffness that needed treatment | 4 | 3
            Infection of the joint | 0 | 1
            Allergy to collagen | 0 | not applicable
            """,
            widths=(5, 3, 3),
            right=(1, 2),
        ),
        """
        Two of three loosened grafts needed an operation. Both were in the trochlea. No death and no
        malignancy occurred.
        """,
    )


def _conclusion() -> Section:
    return section(
        "Conclusion",
        """
        Chondrafix was superior to microfracture after 24 months in pain and function. The risk is that of the
        operation, with overgrowth and loosening added. Data to 60 months will be filed when they are
        complete.
        """,
    )
