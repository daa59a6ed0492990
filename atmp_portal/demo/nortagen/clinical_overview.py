"""Nortagen, section 2.5: what the two studies show, how far they reach, benefit against risk."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table, table_of
from atmp_portal.demo.nortagen.facts import DOSE_RANGE, INDICATION, PRODUCT, TARGET_DOSE, nortagen_document
from atmp_portal.demo.nortagen.lots import GHENT, LOTS, LUND, OUT_OF_SPECIFICATION, Lot

DOSES = (("0.5 × 10⁸", LUND[:3], 0), ("1.0 × 10⁸", LUND[3:7], 0), ("2.0 × 10⁸", LUND[7:], 2))


def clinical_overview() -> Document:
    """Section 2.5 of Nortagen."""
    return nortagen_document(
        "2.5",
        "Clinical overview",
        _rationale(),
        _dose(),
        _pharmacology(),
        _efficacy(),
        _safety(),
        _quality_and_outcome(),
        _benefit_and_risk(),
        written_on=date(2026, 4, 13),
        author="Dr Marit Solheim, clinical development",
        approver="Dr Luc Fontaine, pharmacovigilance",
    )


def _rationale() -> Section:
    return section(
        "The disease and the development",
        f"""
        Adults whose acute lymphoblastic leukaemia returns after two lines live for a few months with
        chemotherapy. Blinatumomab and inotuzumab ozogamicin raise the rate of remission, mostly as a bridge
        to transplantation, which many patients cannot have. {PRODUCT} is proposed for the {INDICATION}.
        """,
        table(
            "Studies",
            f"""
            Study | Design | Treated | Product made in | Follow-up
            NTG-101 | Phase 1, three doses in turn | {len(LUND)} | Lund | Longest 56 months
            NTG-301, cohort A | Phase 2, open | {len(GHENT)} | Ghent | Median 16.3 months
            NTG-301, cohort B | Physician's choice, beside A | 36 | – | Median 15.8 months
            NTG-901 | Follow-up for 15 years | – | Ghent | 500 patients planned
            """,
            widths=(4, 5, 2, 3, 4),
            right=(2,),
        ),
        """
        Both studies followed good clinical practice, the guideline for advanced therapies included. Advice of
        the CHMP of 19 January 2023 accepted a comparison without randomisation, on condition that the cohorts
        run beside each other in the same centres.
        """,
    )


def _dose() -> Section:
    return section(
        "Dose and the whole procedure",
        table_of(
            "Doses in study NTG-101",
            ("Viable CAR+ cells", "Patients", "Complete response", "Cytokine release, grade 3 or higher"),
            (
                (dose, str(len(lots)), str(sum(lot.responded for lot in lots)), str(severe))
                for dose, lots, severe in DOSES
            ),
            widths=(4, 2, 4, 5),
            right=(1, 2, 3),
        ),
        f"""
        Expansion in the blood did not differ between the two higher doses; the median peak was 9 cells per µL
        at the lowest and 24 and 27 at the others. The highest dose was taken further, since no toxicity spoke
        against it. The target is {TARGET_DOSE}, the range {DOSE_RANGE}. A dose by body weight was not
        studied.

        Apheresis, bridging, lymphodepletion with fludarabine and cyclophosphamide, and infusion belong
        together and were the same in both studies. Lymphodepletion begins before the product is released; in
        one patient it was given and the lot then failed, and the patient was treated three weeks later from
        the frozen reserve.
        """,
    )


def _pharmacology() -> Section:
    return section(
        "What the cells do in the patient",
        """
        CAR+ cells peaked on day 11 (median, range 6 to 19) with 28 cells per µL in study NTG-301 and were
        found in 24 of 30 responders after six months. B-cell aplasia, the sign that they act, mostly lasted
        as long as they were found. Peak and response went together: 34 cells per µL in responders, 11 in the
        others. Antibodies against the receptor arose in 3 of 38 patients, without a loss of CAR+ cells.
        Vector sequence outside blood and marrow is described in section 1.6.2.
        """,
    )


def _efficacy() -> Section:
    return section(
        "Efficacy",
        table(
            "Complete response within three months",
            f"""
            Group | Patients | Response | Share (95 % CI)
            NTG-101 | {len(LUND)} | {_responses(LUND)} | 71.4 % (41.9 to 91.6)
            NTG-301, cohort A, treated | {len(GHENT)} | {_responses(GHENT)} | 78.9 % (62.7 to 90.4)
            NTG-301, cohort A, all with apheresis | 44 | 30 | 68.2 % (52.4 to 81.4)
            Both studies, treated | {len(LOTS)} | {_responses(LOTS)} | 76.9 % (63.2 to 87.5)
            NTG-301, cohort B | 36 | 13 | 36.1 % (20.8 to 53.8)
            """,
            widths=(6, 2, 2, 4),
            right=(1, 2, 3),
        ),
        """
        The hypothesis of cohort A, a lower bound above 40 %, is met for treated patients and for all with
        apheresis. Remissions were deep (27 of 30 below 10⁻⁴) and lasted 14.1 months (median); 7 of 30
        patients were transplanted in remission. Of 30 responders 13 had relapsed by the data cut, five of
        them with cells that had lost CD19.
        """,
        bullets(
            """
            Against cohort B the difference with weights is 39 percentage points (17 to 58). Patients entered
            cohort B also because no slot was free, which is near to chance, or because they declined.

            Bridging therapy was given to 81.6 % in cohort A and to 41.7 % in cohort B and was not among the
            variables of the score. A part of the difference may be due to it.

            Response was less frequent with more than 50 % of blasts at entry: 13 of 19 against 17 of 19.

            Not studied: patients above 71 years, with active disease of the central nervous system, or after
            an earlier CAR T cell product.
            """
        ),
    )


def _responses(lots: tuple[Lot, ...]) -> int:
    return sum(lot.responded for lot in lots)


def _safety() -> Section:
    return section(
        "Safety",
        table(
            f"Events of special interest, {len(LOTS)} patients",
            """
            Event | NTG-101 (14) | NTG-301 (38) | Both | Grade 3 or higher
            Cytokine release syndrome | 10 | 31 | 41 (78.8 %) | 8 (15.4 %)
            Neurotoxicity (ICANS) | 3 | 11 | 14 (26.9 %) | 4 (7.7 %)
            Prolonged cytopenia | 4 | 26 | 30 (57.7 %) | 25 (48.1 %)
            Infection | 7 | 21 | 28 (53.8 %) | 13 (25.0 %)
            B-cell aplasia at six months | 11 | 29 | 40 (76.9 %) | not graded
            Malignancy of T-cell origin | 0 | 0 | 0 (0.0 to 6.8 %) | –
            """,
            widths=(5, 3, 3, 4, 4),
            right=(1, 2, 3, 4),
        ),
        """
        Tocilizumab was given to 17 and corticosteroids to 9 of 38 patients. One patient died of sepsis on day
        24, related in the view of the investigator. Eight patients received immunoglobulins for more than
        six months. Replication-competent lentivirus was never found. With 52 patients, an event that befalls
        one in 20 is seen at least once with a probability of 93 %; rarer ones are left to NTG-901.
        """,
    )


def _quality_and_outcome() -> Section:
    return section(
        "Product and outcome",
        f"""
        Of {len(GHENT)} patients of cohort A, {len(OUT_OF_SPECIFICATION)} received a lot that missed a limit
        of viability or of CAR+ cells, with the full number of viable CAR+ cells;
        {_responses(OUT_OF_SPECIFICATION)} of them responded. One lot had a positive sterility test after it
        had been given; the patient remained well. Response by potency, viability and vector copies is in
        section 3.2.P.5.6. The two sites are compared in section 3.2.S.2.6: response was 71 % with lots of
        Lund and 79 % with lots of Ghent.
        """,
    )


def _benefit_and_risk() -> Section:
    return section(
        "Benefit and risk",
        table(
            "Effects table",
            """
            Effect | Nortagen | Physician's choice | How sure
            Complete response | 78.9 % | 36.1 % | Large difference, not randomised, bridging unequal
            Duration of response | 14.1 months | 6.2 months | Few events, transplantation in both
            Survival at 12 months | 71 % | 34 % | As above; patients lost before infusion left out
            Cytokine release, grade 3 or higher | 15.8 % | 2.8 % | Known for the class, reversible
            Neurotoxicity, grade 3 or higher | 7.9 % | 0 % | Known for the class, reversible
            Death by treatment | 1 of 38 | 2 of 36 | Few events
            Malignancy of T cells | 0 of 52 | – | Follow-up too short
            """,
            widths=(4, 3, 3, 6),
        ),
        f"""
        A deep remission in about four of five treated patients, after one infusion, outweighs a toxicity that
        is severe in a minority, starts within days and can be treated in centres that know it. Of all
        patients with an apheresis, two of three reach it; the time of manufacture matters to the others.

        The uncertainties are the lack of randomisation, the number of patients, the duration beyond two years
        and the late risk of an integrating vector. The first is lessened by the size of the difference, the
        others by study NTG-901. The balance of {PRODUCT} is held to be positive in the indication applied
        for.
        """,
    )
