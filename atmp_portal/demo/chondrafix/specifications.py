"""Chondrafix, section 3.2.P.5.1: the specification, as filed and with the limit of potency raised."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import SHELF_LIFE, chondrafix_document, specification
from atmp_portal.demo.content import Document, Section, bullets, day, section, table
from atmp_portal.demo.specification import Specification

WRITTEN = {1: date(2026, 8, 18), 2: date(2026, 10, 1)}
CHANGED = "Limit of glycosaminoglycan per DNA raised from 1.5 to 2.0 µg/µg, specification version 3"


def specifications(version: int) -> Document:
    """Section 3.2.P.5.1 of Chondrafix, in its first or second version."""
    spec = specification(version)
    return chondrafix_document(
        "3.2.P.5.1",
        "Specifications",
        _specification(spec),
        _surrogate(spec),
        _release(spec),
        _device_controls(),
        version=version,
        history=((1, WRITTEN[1], "First version, sequence 0000"), (2, WRITTEN[2], CHANGED))[:version],
        written_on=WRITTEN[version],
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _specification(spec: Specification) -> Section:
    return section(
        "Specification",
        f"""
        The finished product is released against specification {spec.number}, version {spec.version}, in force
        since {day(spec.in_force)}. It covers the cells, the membrane and the two together.
        """,
        spec.table(f"Specification {spec.number}, version {spec.version}"),
    )


def _surrogate(spec: Specification) -> Section:
    return section(
        "The surrogate graft",
        f"""
        Three tests destroy what they test: viability throughout the matrix, cells per area, and
        glycosaminoglycan per DNA ({spec["potency"].limit}). They are read on a surrogate graft of 2 × 2 cm,
        seeded from the same suspension, at the same density, on membrane of the same lot, and cultured beside
        the graft. Equality of graft and surrogate was shown for six lots, see section 3.2.P.5.3.
        """,
        table(
            "Graft against surrogate, six lots",
            """
            Attribute | Graft, mean | Surrogate, mean | Largest difference
            Viable cells per cm² | 741 000 | 728 000 | 6 %
            Viability throughout the matrix | 89.6 % | 88.1 % | 3.2 points
            Glycosaminoglycan per DNA | 4.6 µg/µg | 4.4 µg/µg | 0.5 µg/µg
            """,
            widths=(5, 3, 3, 3),
            right=(1, 2, 3),
        ),
    )


def _release(spec: Specification) -> Section:
    pending = spec.pending[0]
    return section(
        "Release",
        f"""
        The shelf life is {SHELF_LIFE}. One of {len(spec.tests)} tests ends later:
        {pending.name[0].lower()}{pending.name[1:]}, {pending.duration}. The Qualified Person certifies when
        all other results comply and the rinse shows no growth to date. A late positive result starts the
        action plan of section 3.2.P.3.4; the graft is then already in the knee.
        """,
        bullets(
            """
            Potency is known at release: the surrogate is harvested 72 hours after seeding, the graft leaves
            on day 6.

            The supernatant is sampled 72 hours before the end of culture and must be negative.

            A lot out of specification is treated as described in 11.5 of the guidelines on good manufacturing
            practice for advanced therapy medicinal products.
            """
        ),
    )


def _device_controls() -> Section:
    return section(
        "Control of the device part",
        table(
            "Incoming control of the membrane",
            """
            Test | Procedure | Limit
            Certificate of the manufacturer | Comparison | complete, lot and expiry agree
            Identity | Infrared spectrum | as reference
            Dimensions | Calliper, 5 pieces | 29 to 31 × 39 to 41 mm
            Tear strength, wet | Tensile test, 3 pieces | ≥ 2.5 N
            Bacterial endotoxins | Ph. Eur. 2.6.14, 1 piece | ≤ 5 EU per device
            Integrity of the pouch | Dye, 1 piece | tight
            """,
            widths=(4, 4, 5),
        ),
    )
