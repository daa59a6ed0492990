"""Immunord, section 3.2.P.5.1: the specification of a product whose results are all known before release."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, day, section, table
from atmp_portal.demo.immunord.facts import BAG, DOSE, IN_USE, SPECIFICATION, immunord_document


def specifications() -> Document:
    """Section 3.2.P.5.1 of Immunord."""
    return immunord_document(
        "3.2.P.5.1",
        "Specifications",
        _specification(),
        _dose(),
        _potency(),
        _release(),
        written_on=date(2026, 10, 15),
        author="Ondřej Šimek, head of quality",
        approver="Petra Svobodová, regulatory lead",
    )


def _specification() -> Section:
    return section(
        "Specification",
        f"""
        {SPECIFICATION.number}, version {SPECIFICATION.version}, has been in force since
        {day(SPECIFICATION.in_force)}. Samples are frozen bags of the lot, two for the tests and one as
        reserve.
        """,
        SPECIFICATION.table(f"Specification {SPECIFICATION.number}, version {SPECIFICATION.version}"),
        table(
            "At the end of shelf life",
            f"""
            Test | Limit at release | Limit at the end of shelf life
            {SPECIFICATION["viability"].name} | {SPECIFICATION["viability"].limit} | ≥ 75 %
            {SPECIFICATION["dose"].name} | {SPECIFICATION["dose"].limit} | 85 to 120 × 10⁶
            {SPECIFICATION["potency"].name} | {SPECIFICATION["potency"].limit} | \
                {SPECIFICATION["potency"].limit}
            """,
            widths=(5, 4, 4),
        ),
    )


def _dose() -> Section:
    return section(
        "Dose",
        f"""
        One bag holds {BAG}. The dose is {DOSE}, twice a week for four weeks. A patient of 70 kg receives 140
        × 10⁶ cells, drawn from two bags.
        """,
        """
        Endotoxin: 5 EU per kilogram and hour is the threshold of Ph. Eur. 5.1.10. A patient of 70 kg receives
        14 mL, at most 28 EU at the limit of 2.0 EU/mL, or 0.4 EU per kilogram. Dimethyl sulfoxide stays below
        0.03 g per kilogram.
        """,
    )


def _potency() -> Section:
    return section(
        "Potency",
        f"""
        The product is claimed to act on T cells. Two tests are specified. The first reads the claimed action:
        inhibition of the proliferation of stimulated T cells, {SPECIFICATION["potency"].limit} at one stromal
        cell to five T cells. The second reads the main pathway: activity of indoleamine dioxygenase after
        IFN-γ, {SPECIFICATION["ido"].limit}.
        """,
        table(
            "Potency of 22 clinical lots",
            """
            Donor | Lots | Inhibition, mean (range) | IDO, mean (range), µmol/L
            OCW-D07 | 6 | 61 % (52 to 70) | 31 (24 to 39)
            OCW-D09 | 7 | 55 % (46 to 66) | 27 (19 to 36)
            OCW-D12 | 5 | 68 % (60 to 77) | 38 (30 to 47)
            OCW-D15 | 4 | 50 % (44 to 57) | 22 (17 to 28)
            """,
            widths=(3, 2, 5, 5),
            right=(1,),
        ),
        """
        T cells come from a bank of five donors and are pooled for the assay, so that the result does not
        depend on one of them. A reference lot of stromal cells is run each time; the run is valid between 50
        and 70 %.
        """,
    )


def _release() -> Section:
    return section(
        "Release and use",
        bullets(
            f"""
            All {len(SPECIFICATION.tests)} results are final before the Qualified Person certifies the lot.

            Results are rounded to the number of decimals of the limit and then compared.

            After thawing in a water bath at 37 °C the dispersion is diluted with saline and given within
            {IN_USE}.

            A retention bag of every lot is kept for one year beyond expiry.

            A bag that was thawed is not frozen again.
            """
        ),
    )
