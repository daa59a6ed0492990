"""Nortagen, section 3.2.S.2.2: how the cells are made, step by step, and what is controlled on the way."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import (
    SHELF_LIFE,
    SPECIFICATION_3,
    STORAGE,
    SUBSTANCE,
    VECTOR,
    nortagen_document,
)
from atmp_portal.demo.nortagen.lots import GHENT, LOTS, LUND


def process_and_controls() -> Document:
    """Section 3.2.S.2.2 of Nortagen."""
    return nortagen_document(
        "3.2.S.2.2",
        "Description of manufacturing process and process controls",
        _overview(),
        _steps(),
        _step_by_step(),
        _controls(),
        _aseptic(),
        _identity(),
        _hold_times(),
        _failures(),
        written_on=date(2026, 3, 27),
        author="Katarzyna Nowak, production lead",
        approver="Jun Sato, quality assurance",
    )


def _overview() -> Section:
    return section(
        "Overview",
        f"""
        One lot of {SUBSTANCE} is made from the cells of one patient, for that patient. The process takes nine
        days from receipt of the apheresis material to filling and has nine steps. Steps 1 to 8 make the
        active substance and are described here. Step 9, formulation and filling, follows without a hold and
        is described in section 3.2.P.3.3. The active substance is not stored.

        Manufacture takes place in Ghent, in room 214, one patient at a time in the room. {len(LUND)} clinical
        lots were made in Lund with the same process and equipment before the transfer; {len(GHENT)} were made
        in Ghent. The comparison of the two sites is in section 3.2.S.2.6.
        """,
    )


def _steps() -> Section:
    return section(
        "The nine steps",
        table(
            "Flow of the process",
            f"""
            Step | Day | Operation | Main material | State of the system
            1 | 0 | Receipt, identity check, sampling of the apheresis material | – | closed
            2 | 0 | Platelet wash and selection of CD4+ and CD8+ cells on a column | \
                Selection reagents, wash buffer | closed
            3 | 0 | Activation with CD3/CD28 beads, 3 beads per cell | Beads, medium, IL-7, IL-15 | closed
            4 | 1 | Transduction with {VECTOR}, 3 infectious units per cell | Vector | functionally closed
            5 | 3 | Removal of vector by exchange of medium | Medium | closed
            6 | 3 to 9 | Expansion in a gas-permeable vessel, feeding on days 5 and 7 | \
                Medium, IL-7, IL-15 | closed
            7 | 9 | Removal of beads on a magnet | Wash buffer | closed
            8 | 9 | Harvest, two washes, concentration | Wash buffer with albumin | closed
            9 | 9 | Formulation and filling of one bag | Electrolyte solution, albumin | functionally closed
            """,
            widths=(2, 2, 7, 5, 4),
        ),
    )


def _step_by_step() -> Section:
    return section(
        "Description of the steps",
        section(
            "Receipt and selection (steps 1 and 2)",
            f"""
            Apheresis material arrives at {STORAGE} within 48 hours of collection. The operator and a second
            person compare the chain of identity number, the donation number and the two patient identifiers
            with the order. Material with fewer than 2.0 × 10⁹ CD3+ cells or with a viability below 90 % is
            not processed without the agreement of the treating physician, because a second collection is
            usually possible.

            Platelets are removed by counterflow centrifugation. CD4+ and CD8+ cells are labelled with two
            magnetic reagents and selected on one column in a single run. 6.0 × 10⁸ selected cells go on to
            activation; up to two bags of 1.0 × 10⁹ cells are frozen as a reserve for the same patient.
            """,
        ),
        section(
            "Activation and transduction (steps 3 and 4)",
            f"""
            Cells are seeded at 1.0 × 10⁶ per mL in serum-free medium with IL-7 (10 ng/mL) and IL-15 (5
            ng/mL). Beads are added at three per cell. After 18 to 30 hours the vector is thawed at 37 °C for
            not more than five minutes, diluted, and added through a welded line at three infectious units per
            cell. One container of {VECTOR} serves one patient and is discarded afterwards.

            The vector volume is calculated from the infectious titre on the certificate of the vector lot. It
            never exceeds one tenth of the culture volume.
            """,
        ),
        section(
            "Expansion (steps 5 and 6)",
            """
            On day 3 the medium is exchanged to remove free vector. Cells grow at 37 °C and 5 % carbon dioxide
            in a gas-permeable vessel. Medium and cytokines are added on days 5 and 7 according to the cell
            count. Expansion ends on day 9. If fewer than 8.0 × 10⁸ CAR+ cells are counted on day 8, expansion
            may be prolonged once, by 24 hours.
            """,
        ),
        section(
            "Removal of beads, harvest and wash (steps 7 and 8)",
            """
            The culture passes over a magnet twice. The sample for residual beads is taken after the second
            pass and before the last wash. Cells are concentrated, washed twice with buffer containing 10 g/L
            of human albumin, and brought to 4.0 × 10⁷ viable cells per mL. The residual volume of culture
            medium after the second wash is below 0.5 %.
            """,
        ),
    )


def _controls() -> Section:
    return section(
        "Process controls",
        table(
            "In-process controls and limits for action",
            """
            Step | Control | Limit | If outside
            1 | CD3+ cells collected | ≥ 2.0 × 10⁹ | Consult physician, collect again
            1 | Viability | ≥ 90 % | Consult physician
            2 | CD4+ and CD8+ of viable cells | ≥ 90 % | Second selection from the reserve
            2 | CD19+ of viable cells | ≤ 1 % | Stop: a transduced leukaemic cell is a hazard
            3 | Time of activation | 18 to 30 h | Deviation
            4 | Infectious units per cell | 2.5 to 3.5 | Deviation
            5 | CAR+ of viable CD3+ cells, day 5 | ≥ 5 % | Inform physician, go on
            6 | Microbiological examination, day 7, Ph. Eur. 2.6.27 | no growth | Stop
            6 | Population doublings | 4 to 9 | Deviation
            6 | Viability, days 5, 7, 9 | ≥ 80 % | Deviation, trend
            7 | Residual beads | < 100 per 3 × 10⁶ cells | Third pass over the magnet
            8 | Viable CAR+ cells | ≥ 3.0 × 10⁸ | Fill what there is, inform physician
            """,
            widths=(1, 5, 4, 5),
        ),
        f"""
        The limit for residual beads is the release limit of {SPECIFICATION_3.number}
        ({SPECIFICATION_3["beads"].limit}). The two last washes remove no beads, because beads sediment with
        the cells; a sample before the last wash is therefore regarded as representative of the final product.
        """,
        table(
            "Critical process parameters",
            """
            Step | Parameter | Proven range | Set point
            3 | Beads per cell | 2 to 4 | 3
            3 | IL-7, IL-15 | 8 to 12 and 4 to 6 ng/mL | 10 and 5 ng/mL
            4 | Infectious units per cell | 2.5 to 3.5 | 3.0
            4 | Time of contact | 36 to 54 h | 48 h
            6 | Cell density at feeding | 0.3 to 1.5 × 10⁶ per mL | 0.5 × 10⁶ per mL
            6 | Duration of expansion | 6 to 7 days | 6 days
            7 | Flow over the magnet | 20 to 40 mL/min | 30 mL/min
            """,
            widths=(1, 4, 4, 3),
        ),
    )


def _aseptic() -> Section:
    return section(
        "Aseptic processing",
        """
        The product cannot be sterilised. All connections are made by sterile welding of tubing. Two steps are
        functionally closed, not closed: addition of the vector and filling. For these, the container is
        opened in a cabinet of grade A in a room of grade B, and the operation is qualified by media fills
        three times a year with the longest permitted duration.

        No step is open. Grade A is monitored continuously for particles and with settle plates during the
        operation; the plates belong to the batch record and are read before the final certification.
        """,
    )


def _identity() -> Section:
    return section(
        "Keeping the right cells with the right patient",
        bullets(
            """
            One patient in the room at a time; line clearance by two persons before and after.

            Every container carries the chain of identity number in letters and as a two-dimensional code, two
            patient identifiers and the donation number.

            The number is scanned at each of the nine steps. A scan that does not match stops the step; the
            batch record cannot be continued before quality assurance has closed the mismatch.

            Labels for one lot are printed once. Unused labels are destroyed and counted.
            """
        ),
    )


def _hold_times() -> Section:
    return section(
        "Hold times",
        table(
            "Longest permitted times",
            f"""
            From | To | Time | Condition | Supported by
            End of apheresis | Start of step 2 | 48 h | {STORAGE} | 3.2.S.2.5, 6 lots
            End of step 2 | Start of step 3 | 4 h | 15 to 25 °C | 3.2.S.2.5, 3 lots
            Thaw of vector | Addition | 30 min | 15 to 25 °C | Vector stability
            End of step 8 | End of step 9 | 2 h | 15 to 25 °C | 3.2.P.3.5, 6 lots
            Filling | Infusion | {SHELF_LIFE} | {STORAGE} | 3.2.P.8.3
            """,
            widths=(4, 4, 2, 3, 4),
        ),
    )


def _failures() -> Section:
    return section(
        "Failure and reprocessing",
        f"""
        A third pass over the magnet in step 7 is the only permitted repetition. Reprocessing of the final
        product is not permitted. When a lot fails and the patient can wait, manufacture starts again from the
        frozen reserve of selected cells; this happened for 3 of {len(LOTS)} clinical lots. Material from the
        reserve enters the process at step 3.
        """,
    )
