"""Chondrafix, section 2.5: what study CHX-301 shows for the membrane that is filed, benefit against risk."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    PRODUCT,
    SPECIFICATION_2,
    chondrafix_document,
)
from atmp_portal.demo.chondrafix.lots import LOTS
from atmp_portal.demo.content import Document, Section, bullets, section, table


def clinical_overview() -> Document:
    """Section 2.5 of Chondrafix."""
    return chondrafix_document(
        "2.5",
        "Clinical overview",
        _rationale(),
        _dose(),
        _efficacy(),
        _membranes(),
        _safety(),
        _long_term(),
        _benefit_and_risk(),
        written_on=date(2026, 8, 20),
        author="Dr Marit Solheim, clinical development",
        approver="Dr Luc Fontaine, pharmacovigilance",
    )


def _rationale() -> Section:
    return section(
        "The disease and the development",
        f"""
        Cartilage of the adult does not heal. A defect of the knee hurts, limits work and sports, and raises
        the risk of arthrosis. Microfracture fills it with fibrous tissue that often fails after two to five
        years, above all in defects larger than 4 cm². {PRODUCT} is proposed for the {INDICATION}.

        One study, CHX-301, carries the application: 144 patients, randomised to {PRODUCT} or microfracture,
        followed for 24 months. It followed good clinical practice, the guideline for advanced therapies
        included. Microfracture was accepted as comparison by the CHMP in April 2020, with the remark that it
        is not the standard above 4 cm²; other cell products were not available in all Member States.
        """,
    )


def _dose() -> Section:
    density = SPECIFICATION_2["density"].limit
    return section(
        "Dose and the whole procedure",
        f"""
        No study compared doses in patients. The density, {density}, was chosen in culture and
        in the mouse, where more cells gave no more matrix (section 2.4). Within CHX-301 density and response
        were not related: 28 of 36 patients in the lower half of all lots and 30 of 36 in the upper half
        responded.
        """,
        table(
            "The procedure and how it was kept the same",
            """
            Step | Standard in CHX-301 | Departures
            Biopsy | Arthroscopy, part without load, 150 to 300 mg | 4 repeated for weight
            Preparation of the defect | Stable edges, no bleeding | None reported
            Implantation | Small incision, template, fibrin glue along the edge | 6 with sutures added
            Rehabilitation | Written plan, six weeks without load | 11 patients with load too early
            Training of surgeons | Model knee, test before the first patient | All 31 surgeons
            """,
            widths=(4, 6, 4),
        ),
        """
        Rehabilitation was the same in both arms, so that it does not explain the difference between them.
        Patients knew what they had received from month 24 on; the assessor of scores and MRI did not.
        """,
    )


def _efficacy() -> Section:
    return section(
        "Efficacy",
        table(
            "Results at 24 months",
            """
            Endpoint | Chondrafix (72) | Microfracture (71) | Difference (95 % CI)
            Responders | 58 (80.6 %) | 43 (60.6 %) | 20.0 points (5.4 to 34.6)
            KOOS pain, change | +33.4 | +25.1 | 8.3 (2.6 to 14.0)
            KOOS function, change | +34.9 | +24.8 | 10.1 (3.2 to 17.0)
            MOCART 2.0, mean | 74 | 63 | 11 (5 to 17)
            Second operation on the defect | 4 | 11 | –
            """,
            widths=(4, 4, 4, 5),
            right=(1, 2, 3),
        ),
        """
        Both primary endpoints were met. Eight points of KOOS pain are about the least that patients notice;
        the difference in responders, one more in five, is what matters to them.
        """,
        bullets(
            """
            Size: the difference in responders was 27 points above 4 cm² and 10 points up to 4 cm². In smaller
            defects the interval includes zero.

            Place: 17 of 72 grafts lay in the trochlea, with 70.6 % responders against 83.6 % at the condyle.

            Structure: filling by MRI, and histology of nine biopsies at 12 months. Five were mostly
            hyaline-like, three mixed, one fibrous.

            Not studied: below 18 and above 55 years, patella, opposing defects, arthrosis, body mass index
            above 35.
            """
        ),
    )


def _membranes() -> Section:
    return section(
        "The filed membrane",
        f"""
        The supplier of the membrane changed in September 2022, after 41 patients. {len(LOTS)} patients have a
        graft on {MEMBRANE}. The advice of 21 July 2022 asked for 40.
        """,
        table(
            "Results by membrane",
            f"""
            Membrane | Patients | Responders | KOOS pain, change | Loosened | Overgrowth
            Earlier | 41 | 32 (78.0 %) | +32.8 | 2 | 3
            {MEMBRANE} | {len(LOTS)} | 26 (83.9 %) | +34.2 | 1 | 2
            Microfracture, same period | 30 | 18 (60.0 %) | +25.4 | – | –
            """,
            widths=(4, 2, 4, 3, 2, 3),
            right=range(1, 6),
        ),
        f"""
        With {MEMBRANE} alone the difference to the patients randomised to microfracture in the same period is
        23.9 percentage points (95 % confidence interval 2.1 to 45.7). The number is small, but the direction,
        the quality data of both membranes and the rabbit study agree. The combined product was studied as a
        whole in every patient; cells without a membrane were never implanted.
        """,
    )


def _safety() -> Section:
    return section(
        "Safety",
        table(
            "Adverse events within 24 months",
            """
            Event | Chondrafix (72) | Microfracture (71) | Ascribed to
            Any serious adverse event | 9 | 8 | –
            Swelling of the joint beyond six weeks | 12 | 9 | Operation
            Overgrowth of the graft | 5 | 1 | Cells
            Loosening at the edge | 3 | – | Fixing, membrane
            Stiffness that needed treatment | 4 | 3 | Operation
            Infection of the joint | 0 | 1 | Operation
            Allergy to collagen | 0 | – | Membrane
            """,
            widths=(6, 4, 4, 4),
            right=(1, 2),
        ),
        """
        Nothing serious came of the biopsy. No microbiological examination of a final rinse was positive.
        Antibodies against porcine collagen rose in 6 of 58 patients examined, without symptoms. No membrane
        tore.
        """,
    )


def _long_term() -> Section:
    return section(
        "What comes after 24 months",
        """
        The membrane is gone after about six months; what is there at 24 months is tissue of the patient.
        Whether it lasts is not known for this product. All patients of both arms are followed to 60 months
        (report in October 2029), and a registry of 300 patients runs for ten years. The endpoint is a second
        operation on the defect.
        """,
    )


def _benefit_and_risk() -> Section:
    return section(
        "Benefit and risk",
        table(
            "Effects table",
            """
            Effect | Chondrafix | Microfracture | How sure
            Responders | 80.6 % | 60.6 % | Randomised; two membranes pooled
            KOOS pain, change | +33.4 | +25.1 | Randomised, patients not blind
            Second operation on the defect | 5.6 % | 15.5 % | 24 months only
            Overgrowth | 6.9 % | 1.4 % | Treated by trimming
            Loosening | 4.2 % | – | Mostly trochlea, first three months
            Two operations instead of one | All | None | By the nature of the product
            """,
            widths=(5, 3, 3, 5),
        ),
        f"""
        The benefit is clear above 4 cm² and likely below. The risks are those of a second operation, and of a
        graft that grows too much or comes loose; they can be treated. The uncertainties are the length of the
        effect, and the strength of {MEMBRANE} with cells, for which the clinical data show no signal. The
        balance of {PRODUCT} is held to be positive in the indication applied for.
        """,
    )
