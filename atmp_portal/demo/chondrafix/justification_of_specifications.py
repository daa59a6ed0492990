"""Chondrafix, section 3.2.P.5.6: why each limit is where it is.

The second version raises the limit of potency and lists all lots, so that some words move to other pages.
"""

from collections.abc import Iterable
from datetime import date
from statistics import mean, stdev

from atmp_portal.demo.chondrafix.facts import SHELF_LIFE, chondrafix_document, specification
from atmp_portal.demo.chondrafix.lots import EARLY, LOTS, Lot
from atmp_portal.demo.content import Document, Section, bullets, section, table, table_of
from atmp_portal.demo.specification import Specification

WRITTEN = {1: date(2026, 8, 20), 2: date(2026, 10, 2)}
CHANGED = "Potency: limit raised to 2.0 µg/µg, all 31 lots counted; list of lots added; section 4.6 new"


def justification_of_specifications(version: int) -> Document:
    """Section 3.2.P.5.6 of Chondrafix, in its first or second version."""
    spec = specification(version)
    return chondrafix_document(
        "3.2.P.5.6",
        "Justification of specifications",
        _scope(spec),
        _lots(version),
        _approach(version),
        section(
            "Justification of the acceptance criteria",
            _identity(spec),
            _viability(spec),
            _potency(spec, version),
            _sterility(spec),
            _endotoxin(spec),
            *([] if version == 1 else [_strength(spec)]),
        ),
        _overview(spec, version),
        _left_out(),
        version=version,
        history=((1, WRITTEN[1], "First version, sequence 0000"), (2, WRITTEN[2], CHANGED))[:version],
        written_on=WRITTEN[version],
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _scope(spec: Specification) -> Section:
    return section(
        "Scope",
        f"""
        This section explains the acceptance criteria of {spec.number}, version {spec.version} (section
        3.2.P.5.1). The criteria for the membrane alone are explained in section 3.2.R.
        """,
    )


def _lots(version: int) -> Section:
    first = """
        Of the 72 lots of study CHX-301, 31 were made with the process and the membrane that are filed. The
        other 41 lots were made on a membrane of another supplier; they are not used here.
        """
    if version == 1:
        return section(
            "Lots",
            first,
            """
            Lots 1 to 6 were excluded from the calculation of the limit for glycosaminoglycan. They were made
            with another lot of collagenase.
            """,
        )
    return section(
        "Lots",
        first,
        """
        All 31 lots are counted in this version. The six lots made with another lot of collagenase are marked;
        they were left out in version 1.
        """,
        table_of(
            "The 31 clinical lots",
            ("Lot", "Viable cells per cm²", "Viable, %", "GAG/DNA, µg/µg", "Bern score", "Endotoxin, EU"),
            (
                (
                    f"{lot.number} *" if lot in EARLY else lot.number,
                    lot.cells,
                    f"{lot.viability:.1f}",
                    f"{lot.matrix:.1f}",
                    str(lot.bern),
                    lot.endotoxin,
                )
                for lot in LOTS
            ),
            widths=(4, 4, 3, 4, 3, 3),
            right=range(1, 6),
        ),
        "* Another lot of collagenase.",
    )


def _approach(version: int) -> Section:
    common = """
        Every lot comes from another patient. Limits were placed outside the values found, but not beyond
        those at which patients did well after 24 months. No lot failed for potency or viability, so that the
        data say little about what happens below the lowest value.
        """
    added = """
        Tolerance intervals (95 % of lots with 95 % confidence) are given as a comparison in section 5. They
        are not the limits, because the spread of patients is not the spread of the process.
        """
    return section("Approach", *([common] if version == 1 else [common, added]))


def _identity(spec: Specification) -> Section:
    return section(
        "Identity",
        f"""
        Before seeding the cells must show a {spec["marker"].limit} in the ratio of two transcripts, one
        typical of chondrocytes, one of synovial cells. All lots complied. Mixtures with 10 % of synovial
        cells were told from pure chondrocytes in each of five runs.
        """,
    )


def _viability(spec: Specification) -> Section:
    found = [lot.viability for lot in LOTS]
    return section(
        "Viability",
        f"""
        The criterion is viability throughout the matrix, {spec["viability"].limit}. The 31 lots ranged from
        {min(found)} to {max(found)} %, with a mean of {mean(found):.1f} % and a standard deviation of
        {stdev(found):.1f} %. A criterion below the customary 80 % is proposed because a punch is taken from
        the surrogate graft, and the punch kills cells along its edge. The dose on the label counts viable
        cells per square centimetre; a lower percentage does not mean a lower dose (section 3.2.P.1).
        """,
    )


def _potency(spec: Specification, version: int) -> Section:
    used: Iterable[Lot] = LOTS[6:] if version == 1 else LOTS
    found = [lot.matrix for lot in used]
    claim = "Chondrafix is meant to form cartilage that resembles hyaline cartilage."
    test = (
        f"""
        {claim} Glycosaminoglycan in the surrogate graft after 72 hours of culture, at least 1.5 µg per µg of
        DNA, is proposed as the potency test.
        """
        if version == 1
        else f"""
        {claim} Glycosaminoglycan in the surrogate graft after 72 hours of culture, at least 2.0 µg per µg of
        DNA, is proposed as the single potency test.
        """
    )
    reason = f"""
        The {len(found)} lots counted ranged from {min(found)} to {max(found)} µg/µg (mean {mean(found):.1f}).
        The modified Bern score of sections stained with Safranin-O is reported for information; it rises with
        the content of glycosaminoglycan, but two readers agree only moderately (κ = 0.58).
        """
    return section(
        "Potency",
        test,
        reason,
        f"""
        Because the shelf life is {SHELF_LIFE}, potency is read on a surrogate graft seeded from the same cell
        suspension. The surrogate is seeded at the same density, on membrane of the same lot, and is cultured
        beside the graft.
        """,
        """
        Collagen binds the dye of the assay to a small extent. The membrane without cells is measured in each
        run and subtracted.
        """,
    )


def _sterility(spec: Specification) -> Section:
    return section(
        "Sterility",
        f"""
        The final rinse is examined according to {spec["rinse"].method}: {spec["rinse"].limit}. The result is
        known after {spec["rinse"].duration}, when the graft has been implanted. The supernatant sampled 72
        hours before the end of culture has to be negative before release. When the rinse is positive, the
        action plan of section 3.2.P.3.4 applies.
        """,
        bullets(
            """
            No positive rinse was found in 72 lots of study CHX-301.

            One supernatant was positive (lot CHX-23-0071, not released, Cutibacterium acnes from the biopsy).

            Antibiotics are not used after the first passage, so that growth is not masked.
            """
        ),
    )


def _endotoxin(spec: Specification) -> Section:
    return section(
        "Bacterial endotoxins",
        f"""
        The limit for devices that do not touch the cerebrospinal fluid applies to the whole graft:
        {spec["endotoxin"].limit}. The 31 lots held less than 0.5 to {max(_numbers(LOTS)):.1f} EU.
        """,
    )


def _numbers(lots: Iterable[Lot]) -> list[float]:
    return [float(lot.endotoxin) for lot in lots if not lot.endotoxin.startswith("<")]


def _strength(spec: Specification) -> Section:
    found = [lot.density for lot in LOTS]
    return section(
        "Viable cells on the membrane",
        f"""
        The criterion, {spec["density"].limit}, is the range used in the study. Lots held {min(found)} 000 to
        {max(found)} 000 viable cells per square centimetre. Below 500 000 the surface was not covered evenly
        in development; above 1 000 000 viability fell after 48 hours.
        """,
    )


def _overview(spec: Specification, version: int) -> Section:
    after = """
        For glycosaminoglycan the interval reaches below the criterion. Fewer than one lot in a hundred are
        expected to fail, for reasons that lie in the patient.
        """
    density, viability = [lot.density for lot in LOTS], [lot.viability for lot in LOTS]
    matrix = [lot.matrix for lot in LOTS]
    return section(
        "Overview",
        table(
            "Criteria and the results of 31 clinical lots",
            f"""
            Test | Criterion | Range | Mean ± 2.6 SD | Time to result
            {spec["density"].name} | {spec["density"].limit} | {min(density)} 000 to {max(density)} 000 | \
                {_interval(density, 0, " 000")} | {spec["density"].duration}
            {spec["viability"].name} | {spec["viability"].limit} | {min(viability)} to {max(viability)} % | \
                {_interval(viability, 1, "")} | {spec["viability"].duration}
            {spec["marker"].name} | {spec["marker"].limit} | complies | – | {spec["marker"].duration}
            Glycosaminoglycan per DNA | {spec["potency"].limit} | {min(matrix)} to {max(matrix)} | \
                {_interval(matrix, 1, "")} | {spec["potency"].duration}
            {spec["endotoxin"].name} | {spec["endotoxin"].limit} | < 0.5 to {max(_numbers(LOTS)):.1f} | – | \
                {spec["endotoxin"].duration}
            """,
            widths=(5, 5, 4, 4, 2),
        ),
        "The factor 2.6 gives the two-sided tolerance interval for 31 lots (95 % of lots, 95 % confidence).",
        *([] if version == 1 else [after]),
    )


def _interval(values: list[int] | list[float], digits: int, unit: str) -> str:
    middle, width = mean(values), 2.6 * stdev(values)
    return f"{middle - width:.{digits}f}{unit} to {middle + width:.{digits}f}{unit}"


def _left_out() -> Section:
    return section(
        "Attributes not in the specification",
        table(
            "Attributes considered and left out",
            """
            Attribute | Reason
            Type II collagen, aggrecan transcripts | \
                Change within hours of harvest, reported for characterisation
            Strength of the graft with cells | Destroys the graft; shown in validation (section 3.2.R)
            Residual collagenase, trypsin | Below 1 ng per graft in 6 validation lots
            Karyotype | Not altered in 12 lots at passage 4; production ends at passage 2
            Protein structure, glycosylation | Attributes of a purified protein, not of living cells
            """,
            widths=(4, 7),
        ),
    )
