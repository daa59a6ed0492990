"""Chondrafix, section 2.3: the quality of cells, membrane and graft in short."""

from datetime import date
from statistics import mean

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    NOTIFIED_BODY,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    STORAGE,
    SUBSTANCE,
    chondrafix_document,
    specification,
)
from atmp_portal.demo.chondrafix.lots import LOTS
from atmp_portal.demo.content import Document, Section, section, table
from atmp_portal.demo.specification import Specification

WRITTEN = {1: date(2026, 8, 24), 2: date(2026, 10, 5)}
CHANGED = "2.3.P.5: limit of potency raised to 2.0 µg/µg, specification version 3"


def quality_overall_summary(version: int) -> Document:
    """Section 2.3 of Chondrafix, in its first or second version."""
    spec = specification(version)
    return chondrafix_document(
        "2.3",
        "Quality overall summary",
        _introduction(),
        _risk_based_approach(),
        _substance(),
        _product(),
        _control(spec),
        _stability(),
        _regional(),
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
        {PRODUCT} is an implantation matrix of {SUBSTANCE}, on the collagen membrane {MEMBRANE}. It is
        intended for the {INDICATION}.
        """,
        table(
            "The product at a glance",
            f"""
            Point | Entry
            Class | Tissue engineered product, combined, viable cells, autologous
            Graft | {SIZE}, cut to size during the operation
            Shelf life | {SHELF_LIFE} at {STORAGE}
            Cells | Made by Norvia Therapeutics, Ghent
            Membrane | Made by {MEMBRANE_MAKER}, class III
            Experience | 72 patients, {len(LOTS)} lots with the filed process and membrane
            """,
            widths=(2, 6),
        ),
    )


def _risk_based_approach() -> Section:
    return section(
        "Risk-based approach",
        """
        Annex I, Part IV, of Directive 2001/83/EC allows the extent of data to follow the risk. The cells are
        the patient's own, little expanded (two passages) and placed in the tissue from which they come. Data
        on tumour formation and biodistribution are therefore limited to karyotype, growth in soft agar and a
        study in the rabbit knee.
        """,
        table(
            "Risk factors",
            """
            Factor | Risk | Data and measures
            Expansion of cells | Loss of the chondrocyte phenotype | Two passages; marker ratio 3.2.P.5.1
            Biopsy near the joint lining | Synovial cells | Marker ratio; limit of mixture 10 %
            Membrane of animal origin | Virus, allergy | Inactivation 3.2.R; contraindication
            Cells weaken the membrane | Tear in the knee | Pull test 3.2.R, open condition
            Destructive tests | The graft itself is not tested | Surrogate graft 3.2.P.5.1
            Short shelf life | Late result | Supernatant 72 h before; action plan 3.2.P.3.4
            """,
            widths=(4, 4, 6),
        ),
    )


def _substance() -> Section:
    return section(
        "2.3.S Drug substance",
        section(
            "Manufacture",
            """
            A biopsy of 150 to 300 mg of cartilage from a part of the knee that bears no load is sent at 2 to
            8 °C within 72 hours. Cells are released by collagenase, expanded over two passages for 21 to 28
            days, and may be frozen once after the first passage. Medium holds 10 % serum of the patient;
            gentamicin is used in the first passage only.
            """,
            table(
                "In-process controls",
                """
                Step | Control | Limit
                Biopsy | Weight | ≥ 150 mg
                Release of cells | Viable cells | ≥ 150 000, viability ≥ 85 %
                First passage | Doubling time | ≤ 72 h
                Second passage | Population doublings, sum | ≤ 7
                Before seeding | Viable cells, viability | ≥ 15 million, ≥ 90 %
                """,
                widths=(3, 4, 5),
            ),
        ),
        section(
            "Characterisation",
            """
            In monolayer the cells lose type II collagen and regain it on the membrane. Ten lots were examined
            by transcriptome; none contained more than 3 % of synovial cells. Karyotype was normal in 12 lots
            at passage 4.
            """,
        ),
    )


def _product() -> Section:
    return section(
        "2.3.P Drug product",
        section(
            "Composition and manufacture",
            f"""
            Cells are seeded on the rough side at 9.0 × 10⁵ viable cells per cm², one graft of {SIZE} and one
            surrogate of 2 × 2 cm per lot, and cultured for six days. Both are handled in a cabinet of grade A
            in a room of grade B. The surrogate is harvested after 72 hours for the tests that destroy it.
            """,
        ),
        section(
            "Development",
            """
            Densities from 2.5 to 15 × 10⁵ cells per cm² were compared. Two membranes were used in
            development; matrix formed and strength did not differ by more than the spread of donors.
            """,
            table(
                "The two membranes",
                f"""
                Attribute | Earlier membrane, 41 lots | Duolam KM, {len(LOTS)} lots
                Viable cells per cm², mean | 718 000 | {mean(lot.density for lot in LOTS):.0f} 000
                Viability throughout the matrix, mean | 87.9 % | {mean(lot.viability for lot in LOTS):.1f} %
                Glycosaminoglycan per DNA, mean | 4.1 µg/µg | {mean(lot.matrix for lot in LOTS):.1f} µg/µg
                Tear strength with cells, day 6 | 3.3 N | 3.8 N
                """,
                widths=(5, 4, 4),
                right=(1, 2),
            ),
        ),
    )


def _control(spec: Specification) -> Section:
    return section(
        "2.3.P.5 Control of drug product",
        spec.limits(f"Specification {spec.number}, version {spec.version}, in short"),
        f"""
        Potency is read as glycosaminoglycan per DNA of the surrogate graft, {spec["potency"].limit}; the mean
        of {len(LOTS)} lots was {mean(lot.matrix for lot in LOTS):.1f} µg/µg. Viability throughout the matrix
        was {mean(lot.viability for lot in LOTS):.1f} % on average. All results but the final rinse are known
        at release.
        """,
        table(
            "Validation of the main procedures",
            """
            Procedure | Precision between days | Range | Remark
            Viability, live-dead stain | 5 % | 30 to 98 % | Two readers
            Cells per area | 8 % | 2 to 15 × 10⁵ per cm² | Digest of the surrogate
            Glycosaminoglycan, dye binding | 7 % | 2 to 60 µg | Blank of the membrane subtracted
            DNA, fluorescence | 4 % | 0.5 to 20 µg | –
            Marker ratio | 12 % | 5 to 100 | Mixtures down to 10 % told apart
            """,
            widths=(4, 4, 4, 5),
        ),
    )


def _stability() -> Section:
    return section(
        "2.3.P.8 Stability",
        f"""
        Five lots met all limits for {SHELF_LIFE} at {STORAGE}. Viability fell by 4.2 to 12.3 percentage
        points, most at 25 °C. Glycosaminoglycan did not change. The tear strength of the graft was at least
        3.6 N after 72 hours.
        """,
        table(
            "Mean of five lots",
            """
            Attribute | 0 h | 24 h | 48 h | 72 h | 96 h
            Viability throughout the matrix, % | 89.4 | 87.5 | 85.0 | 81.6 | 75.4
            Viable cells per cm², thousands | 755 | 740 | 719 | 690 | 634
            Glycosaminoglycan per DNA, µg/µg | 4.4 | 4.4 | 4.4 | 4.3 | 4.2
            """,
            widths=(6, 2, 2, 2, 2, 2),
            right=range(1, 6),
        ),
        """
        Transport in summer and winter kept the grafts between 14.6 and 25.3 °C. Stability goes on with one
        lot of donated cartilage per year.
        """,
    )


def _regional() -> Section:
    return section(
        "2.3.R Regional information",
        f"""
        The file medical-device.pdf holds the conformity of the membrane, the list of requirements and the
        studies of cells and membrane together. The opinion of {NOTIFIED_BODY} of 14 August 2026 has one open
        condition, the pull test after 30 days of culture with cells, due on 1 December 2026.
        """,
    )
