"""Nortagen, section 3.2.P.5.1: the specification as filed, and as changed by the responses."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table_of
from atmp_portal.demo.nortagen.facts import SHELF_LIFE, STORAGE, TARGET_DOSE, nortagen_document, specification
from atmp_portal.demo.specification import Specification

WRITTEN = {1: date(2026, 3, 16), 2: date(2026, 11, 16)}
CHANGED = (
    "Potency: killing of target cells instead of IFN-γ, specification version 4 (answer to question Q-004)"
)


def specifications(version: int) -> Document:
    """Section 3.2.P.5.1 of Nortagen, in its first or second version."""
    spec = specification(version)
    return nortagen_document(
        "3.2.P.5.1",
        "Specifications",
        _specification(spec),
        _release(spec),
        _rules(spec),
        version=version,
        history=tuple((number, WRITTEN[number], what) for number, what in _history(version)),
        written_on=WRITTEN[version],
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _history(version: int) -> list[tuple[int, str]]:
    return [(1, "First version, sequence 0000"), (2, CHANGED)][:version]


def _specification(spec: Specification) -> Section:
    return section(
        "Specification of the finished product",
        f"""
        The finished product is released against specification {spec.number}, version {spec.version}, in force
        since {spec.in_force.day} {spec.in_force:%B %Y}. The specification at the end of shelf life is the
        same, but for the tests of safety, which are not repeated.
        """,
        spec.table(f"Specification {spec.number}, version {spec.version}"),
        f"""
        The target dose is {TARGET_DOSE}. The content stated on the lot information sheet is the content
        found, not the target.
        """,
    )


def _release(spec: Specification) -> Section:
    pending = spec.pending
    return section(
        "Release before all results are known",
        f"""
        The shelf life is {SHELF_LIFE} at {STORAGE}. Of {len(spec.tests)} tests {len(pending)} take longer, or
        leave no time for the journey to the patient. The Qualified Person certifies the lot when all other
        results comply and these tests are negative to date; a final certificate follows.
        """,
        table_of(
            "Tests whose result may arrive after release",
            ("Test", "Procedure", "Acceptance criterion", "Time", "Needed at release"),
            ((test.name, test.method, test.limit, test.duration, _interim(test.key)) for test in pending),
            widths=(5, 4, 4, 2, 4),
        ),
        """
        A result that is positive or out of specification after release starts the action plan of section
        3.2.P.3.4: the treating physician is called within one hour, siblings of the lot are held, and the
        organism is identified with its sensitivity to antibiotics.
        """,
    )


def _interim(key: str) -> str:
    return "nothing, in progress" if key == "vcn" else "no growth to date"


def _rules(spec: Specification) -> Section:
    return section(
        "How results are judged",
        bullets(
            f"""
            Results are rounded to the number of decimals of the limit and then compared with it.

            A limit written with “<” or “>” excludes the value itself; “≥” includes it.

            Percentages name their parent population: CAR+ cells are counted among viable CD3+ cells, CD3+
            cells among viable CD45+ cells.

            The dose is calculated as concentration × volume × viability × share of CAR+ cells. All four are
            recorded.

            A test may be repeated only when a cause in the laboratory is shown. The first result stays in the
            record.

            A lot that does not meet a limit of {spec.number} is out of specification. It may be supplied at
            the request of the treating physician according to the guidelines on good manufacturing practice
            for advanced therapy medicinal products, 11.5, never by widening the limit.
            """
        ),
    )
