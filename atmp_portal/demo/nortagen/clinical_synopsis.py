"""Nortagen, section 5.3.5.1: synopsis of the pivotal study, which compares with the physician's choice."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import (
    DOSE_RANGE,
    INDICATION,
    SPECIFICATION_3,
    nortagen_document,
)
from atmp_portal.demo.nortagen.lots import GHENT, OUT_OF_SPECIFICATION


def clinical_synopsis() -> Document:
    """Section 5.3.5.1 of Nortagen."""
    return nortagen_document(
        "5.3.5.1",
        "Study reports of controlled clinical studies",
        _study(),
        _methods(),
        _patients(),
        _efficacy(),
        _safety(),
        _out_of_specification(),
        _conclusion(),
        title="Study NTG-301, clinical study report, synopsis",
        written_on=date(2026, 2, 27),
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
            Title | Nortagen against the physician's choice in adults with relapsed or refractory ALL
            Number | NTG-301, EU CT 2023-508114-32
            Phase | 2, open, controlled, two cohorts
            Centres | 17 in 7 Member States
            First patient | 11 May 2023
            Data cut | 30 November 2025, median follow-up 16.3 months
            Product | One infusion, {DOSE_RANGE}
            Indication | {INDICATION[0].upper()}{INDICATION[1:]}
            Conduct | Good clinical practice; ethics approval at each centre
            """,
            widths=(2, 8),
        ),
    )


def _methods() -> Section:
    return section(
        "Objectives and methods",
        """
        Cohort A received Nortagen. Cohort B ran beside it in the same centres and received what the physician
        chose: blinatumomab, inotuzumab ozogamicin or chemotherapy. Patients entered cohort B when no
        manufacturing slot was free within 14 days or when they declined cell therapy. The study was not
        randomised, because a randomisation was held not to be acceptable after two lines of therapy.
        """,
        bullets(
            """
            Primary endpoint: complete response, with or without complete recovery of blood counts, within
            three months, judged by an independent committee.

            Secondary endpoints: absence of measurable residual disease (below 10⁻⁴) among responders,
            duration of response, survival, safety, expansion of CAR+ cells.

            Hypothesis for cohort A: the lower bound of the 95 % confidence interval lies above 40 %.

            Comparison of the cohorts: described, with weights by propensity score (age, number of lines,
            blasts, earlier transplantation).
            """
        ),
        """
        Bridging therapy between apheresis and infusion was permitted in cohort A and, for patients who
        waited, in cohort B. It was not among the variables of the propensity score.
        """,
    )


def _patients() -> Section:
    return section(
        "Patients",
        f"""
        44 patients entered cohort A and had an apheresis; {len(GHENT)} received Nortagen. Six did not: three
        died or progressed before infusion, two had a lot that failed without material for a second one, one
        withdrew. Cohort B had 36 patients, all treated. Time from apheresis to infusion was 14 days (median,
        range 12 to 31).
        """,
        table(
            "Patients at entry",
            """
            Characteristic | Cohort A, n = 38 | Cohort B, n = 36
            Age, median (range), years | 46 (19 to 71) | 51 (20 to 74)
            Women | 16 (42.1 %) | 17 (47.2 %)
            Three or more lines | 22 (57.9 %) | 18 (50.0 %)
            Earlier transplantation | 14 (36.8 %) | 12 (33.3 %)
            Blasts above 50 % | 19 (50.0 %) | 16 (44.4 %)
            Philadelphia chromosome | 9 (23.7 %) | 8 (22.2 %)
            Bridging therapy | 31 (81.6 %) | 15 (41.7 %)
            """,
            widths=(4, 3, 3),
            right=(1, 2),
        ),
    )


def _efficacy() -> Section:
    return section(
        "Efficacy",
        table(
            "Main results",
            """
            Endpoint | Cohort A | Cohort B
            Complete response, treated patients | 30 of 38, 78.9 % (62.7 to 90.4) | \
                13 of 36, 36.1 % (20.8 to 53.8)
            Complete response, all with apheresis | 30 of 44, 68.2 % (52.4 to 81.4) | –
            No measurable residual disease, of responders | 27 of 30, 90.0 % (73.5 to 97.9) | 7 of 13, 53.8 %
            Duration of response, median | 14.1 months | 6.2 months
            Survival at 12 months | 71 % | 34 %
            Transplantation in remission | 7 of 30 | 6 of 13
            """,
            widths=(5, 4, 4),
        ),
        """
        The primary endpoint was met: the lower bound, 62.7 %, lies above 40 %. With weights the difference in
        complete response between the cohorts was 39 percentage points (95 % confidence interval 17 to 58).
        Response did not depend on age or on the number of earlier lines. Patients with more than 50 % blasts
        responded less often (13 of 19) than the others (17 of 19).

        CAR+ cells peaked on day 11 (median) with 28 cells per µL and were found in 24 of 30 responders at six
        months.
        """,
    )


def _safety() -> Section:
    return section(
        "Safety",
        table(
            "Adverse events of special interest, cohort A, n = 38",
            """
            Event | Any grade | Grade 3 or higher
            Cytokine release syndrome | 31 (81.6 %) | 6 (15.8 %)
            Neurotoxicity (ICANS) | 11 (28.9 %) | 3 (7.9 %)
            Neutropenia beyond day 28 | 26 (68.4 %) | 22 (57.9 %)
            Infection | 21 (55.3 %) | 9 (23.7 %)
            B-cell aplasia at six months | 29 (76.3 %) | not graded
            Secondary malignancy of T cells | 0 | 0
            Replication-competent lentivirus | 0 | 0
            """,
            widths=(5, 3, 3),
            right=(1, 2),
        ),
        """
        Cytokine release syndrome began on day 3 (median) and lasted six days. Tocilizumab was given to 17
        patients, corticosteroids to 9. One patient died of sepsis on day 24 with neutropenia; the
        investigator regarded the death as related. Eleven further deaths were due to leukaemia.
        """,
    )


def _out_of_specification() -> Section:
    viability = SPECIFICATION_3["viability"].limit
    car = SPECIFICATION_3["car"].limit
    return section(
        "Lots out of specification",
        f"""
        In cohort A, {len(OUT_OF_SPECIFICATION)} patients received a lot that did not meet a limit, at the
        written request of their physician and after an evaluation of the risk by the manufacturer. Four lots
        missed the limit of viability ({viability}), two that of CAR+ cells ({car}). All held the full number
        of viable CAR+ cells.
        """,
        table(
            "Patients treated with a lot out of specification",
            """
            Lot | Result | Response at month 3 | Cytokine release syndrome
            NTG-23-0031 | viability 77.8 % | complete | grade 2
            NTG-24-0062 | viability 71.5 % | none | grade 1
            NTG-24-0088 | CAR+ 9.4 % | complete | grade 2
            NTG-24-0117 | viability 79.2 % | complete | none
            NTG-25-0235 | viability 74.0 % | complete | grade 3
            NTG-25-0249 | CAR+ 8.9 % | none | grade 1
            """,
            widths=(3, 4, 4, 4),
        ),
        """
        Four of the six responded. The number does not allow a conclusion; outcome beyond month 3 is in the
        full report, listing 16.2.6.

        One further lot, NTG-24-0103, met all limits at release. Its sterility test was positive on day 6 with
        Staphylococcus epidermidis. The patient had been treated on day 2, received antibiotics for seven days
        and had negative blood cultures.
        """,
    )


def _conclusion() -> Section:
    return section(
        "Conclusion",
        """
        In adults with relapsed or refractory B-cell precursor ALL after two or more lines, one infusion of
        Nortagen led to a complete response in four of five patients treated, mostly without measurable
        residual disease. Toxicity is that of the class and was managed in centres with experience.
        """,
    )
