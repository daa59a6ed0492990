"""Immunord, section 2.3: the quality of the product in short, with the risk-based approach."""

from datetime import date

from atmp_portal.demo.content import Document, Section, section, table
from atmp_portal.demo.immunord.facts import (
    BAG,
    DOSE,
    IN_USE,
    INDICATION,
    PRODUCT,
    SHELF_LIFE,
    SPECIFICATION,
    STORAGE,
    SUBSTANCE,
    immunord_document,
)


def quality_overall_summary() -> Document:
    """Section 2.3 of Immunord."""
    return immunord_document(
        "2.3",
        "Quality overall summary",
        _introduction(),
        _risk_based_approach(),
        _substance(),
        _product(),
        _control(),
        _stability(),
        written_on=date(2026, 10, 21),
        author="Ondřej Šimek, head of quality",
        approver="Petra Svobodová, regulatory lead",
    )


def _introduction() -> Section:
    return section(
        "Introduction",
        f"{PRODUCT} contains {SUBSTANCE}. It is intended for the {INDICATION}.",
        table(
            "The product at a glance",
            f"""
            Point | Entry
            Class | Somatic cell therapy, allogeneic
            Content | {BAG}
            Dose | {DOSE}
            Excipients | Saline, human albumin 50 g/L, dimethyl sulfoxide 10 %
            Shelf life | {SHELF_LIFE}, {STORAGE}; after thawing {IN_USE}
            Manufacture and release | Ostrava Cell Works, Ostrava
            Experience | 22 clinical lots of the filed process, from four donors
            """,
            widths=(2, 6),
        ),
    )


def _risk_based_approach() -> Section:
    return section(
        "Risk-based approach",
        """
        The product is frozen, a lot serves three to four patients, and tests end before release. The main
        risks are therefore not those of time but those of the donor, and of cells that change when they grow.
        """,
        table(
            "Risk factors",
            """
            Factor | Risk | Data and measures
            Donor | Infection of several patients | 90-day test, panel of viruses 3.2.S.2.3
            Expansion | Change of chromosomes, tumour | Karyotype, soft agar; at most 20 doublings
            Platelet lysate of many donors | Virus | Irradiation, tests of the pool 3.2.S.2.3
            Spread of donors | Uneven effect | Two potency tests, no pooling 3.2.P.5.1
            Allogeneic cells | Antibodies against HLA | Followed in study IMN-20
            Clumps after thawing | Embolism in the lung | Appearance, filter of 200 µm, speed of infusion
            Change of medium in 2023 | Not comparable | Side by side, 3 lots each 3.2.S.2.6
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
            Cells of one bag of the master cell bank are grown for two passages in chambers with ten layers,
            14 to 17 days in all, harvested with a recombinant enzyme, washed and concentrated. The substance
            is not stored.
            """,
            table(
                "In-process controls",
                """
                Step | Control | Limit
                Thaw | Viability | ≥ 80 %
                Passage 3 | Density at harvest | 1.5 to 3.5 × 10⁴ per cm²
                Passage 4 | Density at harvest | 1.5 to 3.5 × 10⁴ per cm²
                Passage 4 | Population doublings, sum | ≤ 20
                Before harvest | Microbiological examination, Ph. Eur. 2.6.27 | no growth
                Harvest | Viability | ≥ 90 %
                """,
                widths=(3, 6, 4),
            ),
        ),
        section(
            "Characterisation and impurities",
            """
            The cells stick to plastic, carry CD73, CD90 and CD105 and become bone, cartilage and fat in
            culture. They inhibit T cells by indoleamine dioxygenase and prostaglandin E2: inhibitors of both
            abolish 80 % of the effect. Haematopoietic cells are the only cellular impurity. Residues of the
            lysate were below 0.1 % in six lots.
            """,
        ),
    )


def _product() -> Section:
    return section(
        "2.3.P Drug product",
        section(
            "Manufacture",
            """
            Cells are mixed with the freezing solution at 2 to 8 °C, filled at 10 mL into bags of ethylene
            vinyl acetate (40 to 70 a lot), sealed, and frozen at a controlled rate within 60 minutes of the
            first contact with dimethyl sulfoxide.
            """,
        ),
        section(
            "Results of the clinical lots",
            table(
                "22 lots",
                f"""
                Test | Limit | Mean | Range
                {SPECIFICATION["viability"].name} | {SPECIFICATION["viability"].limit} | 90.6 % | \
                    84.1 to 95.7 %
                {SPECIFICATION["dose"].name} | {SPECIFICATION["dose"].limit} | 103 × 10⁶ | 94 to 115 × 10⁶
                {SPECIFICATION["positive"].name} | {SPECIFICATION["positive"].limit} | 98.8 % | 96.2 to 99.9 %
                {SPECIFICATION["negative"].name} | {SPECIFICATION["negative"].limit} | 0.5 % | 0.0 to 1.6 %
                {SPECIFICATION["potency"].name} | {SPECIFICATION["potency"].limit} | 59 % | 44 to 77 %
                {SPECIFICATION["ido"].name} | {SPECIFICATION["ido"].limit} | 30 | 17 to 47
                {SPECIFICATION["endotoxin"].name} | {SPECIFICATION["endotoxin"].limit} | 0.1 | < 0.05 to 0.4
                """,
                widths=(6, 4, 3, 4),
            ),
            """
            Two further lots were rejected, one for viability (76.2 %), one for trisomy 8 in 3 of 25 cells.
            """,
        ),
    )


def _control() -> Section:
    return section(
        "2.3.P.5 Control of drug product",
        SPECIFICATION.limits(
            f"Specification {SPECIFICATION.number}, version {SPECIFICATION.version}, in short"
        ),
        """
        Potency is read twice, as inhibition of T cells and as activity of indoleamine dioxygenase. The limits
        lie below the lowest lots of patients who responded.
        """,
    )


def _stability() -> Section:
    return section(
        "2.3.P.8 Stability",
        f"""
        Six lots were stored for 24 months, three of them for 30. A shelf life of {SHELF_LIFE} is proposed.
        After thawing and dilution the cells were stable for four hours at 15 to 25 °C; {IN_USE} are proposed.
        """,
        table(
            "Mean of six lots during storage",
            """
            Attribute | 0 months | 6 months | 12 months | 18 months | 24 months
            Viable cells, % | 91.0 | 90.2 | 89.5 | 88.9 | 88.1
            Viable cells per bag, × 10⁶ | 104 | 103 | 102 | 101 | 100
            Inhibition of T cells, % | 60 | 61 | 58 | 57 | 57
            """,
            widths=(5, 2, 2, 2, 2, 2),
            right=range(1, 6),
        ),
    )
