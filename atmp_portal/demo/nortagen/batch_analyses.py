"""Nortagen, section 3.2.P.5.4: the results of every clinical lot, one line a lot."""

from collections.abc import Iterable
from datetime import date

from atmp_portal.demo.content import Document, Section, Table, section, table_of
from atmp_portal.demo.nortagen.facts import SPECIFICATION_3, nortagen_document
from atmp_portal.demo.nortagen.lots import GHENT, LOTS, LUND, OUT_OF_SPECIFICATION, Lot


def batch_analyses() -> Document:
    """Section 3.2.P.5.4 of Nortagen."""
    return nortagen_document(
        "3.2.P.5.4",
        "Batch analyses",
        _lots(),
        _site("Lund", "study NTG-101", LUND),
        _site("Ghent", "study NTG-301", GHENT),
        _outside(),
        written_on=date(2026, 3, 18),
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _lots() -> Section:
    return section(
        "Lots and how they are reported",
        f"""
        The tables list all {len(LOTS)} lots given to patients, {len(LUND)} made in Lund and {len(GHENT)} made
        in Ghent, in the order of filling. Numbers are not continuous, because lots from healthy donors and
        lots that failed carry a number too. All results are those at release, judged today against
        {SPECIFICATION_3.number}, version {SPECIFICATION_3.version}; earlier versions had wider limits.
        """,
        """
        Identity, Gram stain and mycoplasma complied for every lot and are not repeated in each line. Killing
        of target cells was read from lot NTG-23-0053 on, for information. A dash means: not tested.
        """,
        table_of(
            "Columns of the tables",
            ("Column", "Test", "Limit"),
            (
                (column, SPECIFICATION_3[key].name, SPECIFICATION_3[key].limit)
                for column, key in (
                    ("CD3+", "cd3"),
                    ("CAR+", "car"),
                    ("Viable", "viability"),
                    ("Dose", "dose"),
                    ("IFN-γ", "potency"),
                    ("VCN", "vcn"),
                    ("Beads", "beads"),
                    ("Endotoxin", "endotoxin"),
                )
            ),
            widths=(2, 6, 5),
        ),
    )


def _site(site: str, study: str, lots: Iterable[Lot]) -> Section:
    return section(
        f"Lots made in {site}",
        _cells(f"Cells, {site}, {study}", lots),
        _function(f"Function and impurities, {site}, {study}", lots),
    )


def _cells(caption: str, lots: Iterable[Lot]) -> Table:
    return table_of(
        caption,
        ("Lot", "Filled on", "CD3+, %", "CAR+, %", "Viable, %", "Dose, % of target"),
        (
            (
                lot.number,
                f"{lot.filled_on.day} {lot.filled_on:%b %Y}",
                f"{lot.cd3:.1f}",
                f"{lot.car:.1f}",
                f"{lot.viability:.1f}",
                str(lot.dose),
            )
            for lot in lots
        ),
        widths=(4, 4, 3, 3, 3, 3),
        right=range(2, 6),
    )


def _function(caption: str, lots: Iterable[Lot]) -> Table:
    return table_of(
        caption,
        ("Lot", "IFN-γ, pg/mL", "Killing, %", "VCN", "Beads per 3 × 10⁶", "Endotoxin, EU/mL"),
        (
            (
                lot.number,
                f"{lot.interferon:,}".replace(",", " "),
                "–" if lot.killing is None else str(lot.killing),
                f"{lot.copies:.1f}",
                str(lot.beads),
                lot.endotoxin,
            )
            for lot in lots
        ),
        widths=(4, 3, 3, 2, 3, 3),
        right=range(1, 6),
    )


def _outside() -> Section:
    return section(
        "Lots out of specification",
        f"""
        Of {len(LOTS)} lots, {len(OUT_OF_SPECIFICATION)} did not meet a limit. Each was supplied at the
        written request of the treating physician, after an evaluation of the risk. The cause was investigated
        in each case; the quality of the apheresis material explained three of them, a deviation one, and no
        cause was found for two.
        """,
        table_of(
            "Lots out of specification",
            ("Lot", "Viable, %", "CAR+, %", "Cause"),
            (
                (lot.number, f"{lot.viability:.1f}", f"{lot.car:.1f}", _CAUSES[lot.number])
                for lot in OUT_OF_SPECIFICATION
            ),
            widths=(3, 2, 2, 7),
            right=(1, 2),
        ),
        """
        In addition, the sterility test of lot NTG-24-0103 was positive on day 6, after the lot had been
        given. The organism, Staphylococcus epidermidis, was found on the gloves of the analyst but not in the
        retained sample.
        """,
    )


_CAUSES = {
    "NTG-23-0031": "Apheresis material 46 hours old, viability 90.4 % on receipt",
    "NTG-24-0062": "High share of blasts (58 %), agreed with the physician before processing",
    "NTG-24-0088": "Vector container thawed for longer than specified, deviation DEV-24-0107",
    "NTG-24-0117": "None found",
    "NTG-25-0235": "Chemotherapy seven days before apheresis",
    "NTG-25-0249": "None found",
}
