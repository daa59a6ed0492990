"""Nortagen, section 2.3: the quality of the product in short, with the risk-based approach."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table, table_of
from atmp_portal.demo.nortagen.facts import (
    DOSE_RANGE,
    IN_USE,
    INDICATION,
    PRODUCT,
    SHELF_LIFE,
    STORAGE,
    SUBSTANCE,
    TARGET_DOSE,
    VECTOR,
    VOLUME,
    nortagen_document,
    specification,
)
from atmp_portal.demo.nortagen.lots import GHENT, KILLING, LOTS, LUND, spread
from atmp_portal.demo.specification import Specification

WRITTEN = {1: date(2026, 4, 8), 2: date(2026, 11, 19)}
CHANGED = "2.3.P.5: specification version 4 with a new potency test (answer to question Q-004)"


def quality_overall_summary(version: int) -> Document:
    """Section 2.3 of Nortagen, in its first or second version."""
    spec = specification(version)
    return nortagen_document(
        "2.3",
        "Quality overall summary",
        _introduction(),
        _risk_based_approach(spec),
        _substance(),
        _product(),
        _control(spec, version),
        _stability(),
        _appendices(),
        version=version,
        history=((1, WRITTEN[1], "First version, sequence 0000"), (2, WRITTEN[2], CHANGED))[:version],
        written_on=WRITTEN[version],
        author="Tomasz Wierzba, regulatory affairs, quality",
        approver="Dr Aoife Brennan, Qualified Person",
    )


def _introduction() -> Section:
    return section(
        "Introduction",
        f"""
        {PRODUCT} ({SUBSTANCE}) is a dispersion of autologous T cells that were transduced with the lentiviral
        vector {VECTOR}. The cells express a receptor against CD19. The product is intended for the
        {INDICATION}.
        """,
        table(
            "The product at a glance",
            f"""
            Point | Entry
            Active substance | Viable CAR+ T cells of the patient
            Content | {DOSE_RANGE}, target {TARGET_DOSE}, in {VOLUME}
            Excipients | Balanced electrolyte solution, human albumin
            Container | Bag of ethylene vinyl acetate, 100 mL
            Shelf life | {SHELF_LIFE} at {STORAGE}
            Manufacture and release | Norvia Therapeutics, Ghent
            Experience | {len(LOTS)} clinical lots: {len(LUND)} Lund, {len(GHENT)} Ghent
            """,
            widths=(3, 7),
        ),
    )


def _risk_based_approach(spec: Specification) -> Section:
    return section(
        "Risk-based approach",
        """
        The risk-based approach of Directive 2001/83/EC, Annex I, Part IV, was used to decide how much data
        each risk needs. Risks were found by asking, for each property of the product, which harm it may
        cause. The table names the factor, the harm, and where the data are. Two departures from Annex I
        follow from it: no test for replication-competent lentivirus on each lot of cells, and no
        carcinogenicity study.
        """,
        table(
            "Risk factors and risks",
            f"""
            Factor | Risk | Data and measures
            Integrating vector | Malignancy by insertion | \
                Integration sites 4.2.3.7.7; copies {spec["vcn"].limit}; 15 years of follow-up 1.8.2
            Vector of viral origin | Replication-competent virus | \
                Four plasmids; test on every vector lot 3.2.S.2.3
            Cells of a patient with leukaemia | Transduced blast | \
                Selection of CD4+ and CD8+ cells; CD19+ limit 3.2.S.2.2
            Living cells, no sterilisation | Infection | Closed system; tests 3.2.P.5.1; action plan 3.2.P.3.4
            Short shelf life | Result after infusion | Staged release 3.2.P.5.1
            One lot per patient | Mix-up, no second lot | \
                Chain of identity 3.2.S.2.2; reserve of selected cells
            Active cells | Cytokine release, neurotoxicity | Dose range; qualified centres 1.8.2
            Magnetic beads | Particles in the lung | Limit {spec["beads"].limit} 3.2.P.5.1
            Two sites in development | Product not comparable | Comparison of Lund and Ghent 3.2.S.2.6
            """,
            widths=(4, 4, 7),
        ),
    )


def _substance() -> Section:
    return section(
        "2.3.S Drug substance",
        section(
            "General information and manufacture",
            f"""
            {SUBSTANCE[0].upper()}{SUBSTANCE[1:]} is made in nine days in steps 1 to 8 of a process with nine
            steps: receipt, selection, activation, transduction at 3 infectious units per cell, removal of
            vector, expansion, removal of beads, harvest. The substance is not stored. All connections are
            welded; no step is open.

            Starting materials are the apheresis material of the patient and the vector, with its plasmids and
            producer cell bank. Raw materials comply with Ph. Eur. 5.2.12. No antibiotic is used.
            """,
            table(
                "Main in-process controls",
                """
                Step | Control | Limit
                1 | CD3+ cells collected | ≥ 2.0 × 10⁹
                2 | CD19+ of viable cells after selection | ≤ 1 %
                5 | CAR+ of viable CD3+ cells, day 5 | ≥ 5 %
                6 | Microbiological examination, day 7 | no growth
                7 | Residual beads | < 100 per 3 × 10⁶ cells
                8 | Viable CAR+ cells | ≥ 3.0 × 10⁸
                """,
                widths=(1, 6, 4),
            ),
        ),
        *_vector_and_characterisation(),
        section(
            "Comparison of the sites",
            f"""
            The process moved from Lund to Ghent in 2023 without a change of equipment. {len(LUND)} lots of
            Lund were compared with the first 12 of Ghent: viability, share of CAR+ cells, copies and
            expansion fell within the range of Lund. Starting materials differed, since each lot comes from
            another patient; split apheresis material was not used.
            """,
        ),
    )


def _vector_and_characterisation() -> tuple[Section, ...]:
    return (
        section(
            f"Control of the vector {VECTOR}",
            f"""
            {VECTOR} is self-inactivating, of the third generation, made by transient transfection with four
            plasmids. It is released against thirteen tests. The ones on which safety rests are listed; the
            complete specification is in section 3.2.S.2.3.
            """,
            table(
                "Vector: main release tests",
                """
                Test | Limit | 9 lots
                Infectious titre | ≥ 2.0 × 10⁸ units/mL | 2.9 to 6.4 × 10⁸
                Replication-competent lentivirus, supernatant | not detected | not detected
                Replication-competent lentivirus, end-of-production cells | not detected | not detected
                Residual plasmid DNA | ≤ 10 ng per 10⁸ units | 1.1 to 4.8
                Residual host cell DNA | ≤ 10 ng per 10⁸ units | 0.6 to 3.3
                Bacterial endotoxins | < 5 EU/mL | < 0.5
                """,
                widths=(6, 4, 3),
            ),
        ),
        section(
            "Characterisation",
            """
            Twelve lots were characterised in depth. Untransduced cells neither released IFN-γ nor killed
            CD19+ target cells. The receptor was found by Western blot at 56 kDa.
            """,
            table(
                "Characterisation of twelve lots",
                """
                Attribute | Method | Range
                CD4+ of CD3+ cells | Flow cytometry | 38 to 71 %
                Central memory cells of CD3+ CAR+ cells | Flow cytometry | 22 to 54 %
                Exhausted cells (PD-1+, LAG-3+, TIM-3+) | Flow cytometry | 1 to 9 %
                Natural killer cells | Flow cytometry | 0 to 9 %
                Receptors per cell | Flow cytometry with beads | 3 900 to 14 200
                Cytokines released on target cells | Multiplex | IFN-γ, TNF-α, IL-2, granzyme B
                """,
                widths=(6, 4, 4),
            ),
        ),
    )


def _product() -> Section:
    return section(
        "2.3.P Drug product",
        section(
            "Composition and development",
            """
            The vehicle was chosen among four for viability over 72 hours. Albumin at 20 g/L prevents sticking
            to the bag. A frozen product was considered and rejected for the first authorisation: viability
            after thawing was 14 percentage points lower.
            """,
        ),
        section(
            "Manufacture",
            """
            Step 9 dilutes the cells to the target and fills one bag, which is labelled at once with the chain
            of identity number, two patient identifiers and the sentence “For autologous use only”. Validation
            in Ghent comprised three lots from patients and three from healthy donors; all controls were met.
            """,
            table(
                "Validation in Ghent, six lots",
                """
                Point | Criterion | Found
                Viable CAR+ cells before filling | ≥ 3.0 × 10⁸ | 4.4 to 11.8 × 10⁸
                Viability after filling | ≥ 80 % | 86.9 to 95.8 %
                Volume of the bag | 66 to 70 mL | 67.4 to 68.9 mL
                Evenness over the bag | ≤ 10 % between three samples | 2.1 to 6.3 %
                Media fills with the longest duration | no growth in 3 of 3 | no growth
                Hold between harvest and filling | ≤ 2 h | 48 to 97 min
                """,
                widths=(5, 4, 4),
            ),
        ),
        section(
            "Container closure",
            f"""
            The bag is CE marked and is only the container of {PRODUCT}, not a part of it. Extractables were
            studied at 40 °C for 10 days; toluene-like compounds were below 0.5 µg per bag. Tightness is shown
            by dye intrusion.
            """,
        ),
    )


def _control(spec: Specification, version: int) -> Section:
    potency = (
        f"""
        Potency is read as release of IFN-γ on CD19+ target cells, {spec["potency"].limit}. A killing assay is
        read for information and will replace it when validated.
        """
        if version == 1
        else f"""
        Potency is read as killing of CD19+ target cells, {spec["potency"].limit}, at one effector to one
        target cell. It replaces the release of IFN-γ in answer to question Q-004 of the list of questions.
        """
    )
    return section(
        "2.3.P.5 Control of drug product",
        spec.limits(f"Specification {spec.number}, version {spec.version}, in short"),
        potency,
        table_of(
            f"Results of {len(LOTS)} clinical lots",
            ("Test", "Limit", "Lots", "Mean", "Range"),
            (
                (spec[key].name, spec[key].limit, number, average, extent)
                for key, (number, average, _, extent) in _results(version).items()
            ),
            widths=(6, 5, 2, 2, 4),
            right=(2, 3),
        ),
        f"""
        Of {len(spec.tests)} results {len(spec.pending)} may arrive after release: vector copies, rapid
        sterility, sterility and mycoplasma culture. The Qualified Person certifies in two steps. Limits rest
        on {len(LOTS)} lots and are justified in section 3.2.P.5.6. All procedures are compendial or
        validated.
        """,
        bullets(
            """
            Out of specification: six lots, four for viability and two for CAR+ cells, supplied at the request
            of the physician.

            Late positive sterility test: one lot, no harm to the patient.

            Lots not made: two of 44 in study NTG-301.
            """
        ),
    )


def _results(version: int) -> dict[str, tuple[str, str, str, str]]:
    return {
        "cd3": spread([lot.cd3 for lot in LOTS], 1, " %"),
        "car": spread([lot.car for lot in LOTS], 1, " %"),
        "viability": spread([lot.viability for lot in LOTS], 1, " %"),
        "dose": spread([lot.dose for lot in LOTS], 0, " %"),
        "potency": spread([lot.interferon for lot in LOTS], 0, " pg/mL")
        if version == 1
        else spread(KILLING, 0, " %"),
        "beads": spread([lot.beads for lot in LOTS], 0),
        "vcn": spread([lot.copies for lot in LOTS], 1),
    }


def _stability() -> Section:
    return section(
        "2.3.P.8 Stability",
        f"""
        Six lots met all limits for {SHELF_LIFE} at {STORAGE}. Viability fell by 4.3 percentage points on
        average. At 84 hours one lot fell below 80 %. After removal from the shipper the product is stable for
        {IN_USE} at 15 to 25 °C, shown in two lots.
        """,
        table(
            "Mean of six lots",
            """
            Attribute | 0 h | 24 h | 48 h | 72 h | 84 h
            Viable cells, % | 92.0 | 90.9 | 89.4 | 87.7 | 85.5
            CAR+ of viable CD3+ cells, % | 35.8 | 35.6 | 35.6 | 35.1 | 34.8
            IFN-γ, pg/mL | 1 340 | 1 293 | 1 190 | 1 033 | 917
            Killing of CD19+ target cells, % | 75 | 74 | 72 | 68 | 65
            """,
            widths=(6, 2, 2, 2, 2, 2),
            right=range(1, 6),
        ),
        """
        The programme goes on with one lot of a healthy donor per year. Results outside the limits are
        reported to the authorities within the time of a quality defect.
        """,
    )


def _appendices() -> Section:
    return section(
        "2.3.A Appendices and 2.3.R Regional information",
        """
        Facilities are described in section 3.2.A.1. Adventitious agents are controlled by testing of donors,
        cell banks and raw materials; removal of virus is not possible for a product of living cells
        (3.2.A.2). The statement on transmissible spongiform encephalopathy is in section 3.2.R.
        """,
    )
