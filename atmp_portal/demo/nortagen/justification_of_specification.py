"""Nortagen, section 3.2.P.5.6: why each limit is where it is; the second version has a new potency test."""

from datetime import date
from statistics import correlation, mean, stdev

from atmp_portal.demo.content import Document, Section, bullets, section, table, table_of
from atmp_portal.demo.nortagen.facts import (
    SHELF_LIFE,
    VOLUME,
    nortagen_document,
    specification,
)
from atmp_portal.demo.nortagen.lots import GHENT, KILLING, LOTS, LUND, OUT_OF_SPECIFICATION, responses, spread
from atmp_portal.demo.specification import Specification

WRITTEN = {1: date(2026, 3, 30), 2: date(2026, 11, 18)}
CHANGED = (
    "Section 4: killing of target cells instead of IFN-γ; section 7: infusion time (answer to question Q-004)"
)

ENDOTOXIN = ("52", "0.21", "0.16", "< 0.05 to 0.68 EU/mL")


def justification_of_specification(version: int) -> Document:
    """Section 3.2.P.5.6 of Nortagen, in its first or second version."""
    spec = specification(version)
    return nortagen_document(
        "3.2.P.5.6",
        "Justification of specifications",
        _basis(spec, version),
        _identity(spec),
        _viability(spec),
        _potency_by_interferon(spec) if version == 1 else _potency_by_killing(spec),
        _copies(spec),
        _purity(spec),
        _endotoxin(spec, version),
        _microbiology(spec),
        _not_tested(),
        version=version,
        history=((1, WRITTEN[1], "First version, sequence 0000"), (2, WRITTEN[2], CHANGED))[:version],
        written_on=WRITTEN[version],
        author="Milan Dvořák, quality control",
        approver="Jun Sato, quality assurance",
    )


def _basis(spec: Specification, version: int) -> Section:
    found = {
        "cd3": spread([lot.cd3 for lot in LOTS], 1, " %"),
        "car": spread([lot.car for lot in LOTS], 1, " %"),
        "viability": spread([lot.viability for lot in LOTS], 1, " %"),
        "dose": spread([lot.dose for lot in LOTS], 0, " % of target"),
        "potency": spread([lot.interferon for lot in LOTS], 0, " pg/mL")
        if version == 1
        else spread(KILLING, 0, " %"),
        "beads": spread([lot.beads for lot in LOTS], 0),
        "endotoxin": ENDOTOXIN,
        "vcn": spread([lot.copies for lot in LOTS], 1),
    }
    return section(
        "Basis of the limits",
        f"""
        The limits of {spec.number}, version {spec.version}, rest on {len(LOTS)} clinical lots: {len(LUND)}
        made in Lund for study NTG-101 and {len(GHENT)} made in Ghent for study NTG-301. All lots are
        included, also the {len(OUT_OF_SPECIFICATION)} that did not meet a limit and were supplied at the
        request of the treating physician. Each lot comes from another patient. The spread is therefore that
        of patients rather than that of the process, and limits drawn from mean and standard deviation alone
        would only describe the patients.
        """,
        table_of(
            "Results of the clinical lots",
            ("Test", "Limit", "Lots", "Mean", "SD", "Range"),
            ((spec[key].name, spec[key].limit, *numbers) for key, numbers in found.items()),
            widths=(6, 5, 2, 2, 2, 4),
            right=(2, 3, 4),
        ),
        """
        For each attribute the limit was set where clinical experience ends: the lowest or highest value at
        which patients were treated and response and safety did not differ from the other patients.
        """,
    )


def _identity(spec: Specification) -> Section:
    return section(
        "Identity, modification and dose",
        section(
            "CD3+ cells",
            f"""
            The limit for CD3+ cells, {spec["cd3"].limit} of viable CD45+ cells, shows that the product
            consists of T cells. The lowest value found was 90.2 %. The remaining cells were natural killer
            cells; CD19+ cells were below 0.1 % in all lots. A limit nearer to the experience would have no
            clinical meaning.
            """,
        ),
        section(
            "CAR+ cells",
            f"""
            The limit for CAR+ cells, {spec["car"].limit} of viable CD3+ cells, keeps the number of cells in
            the bag reasonable: at 10 % a full dose needs 2.0 × 10⁹ T cells. Two lots were below, with 8.9 %
            and 9.4 %; both patients received the full number of CAR+ cells. The share is not the dose. The
            dose is the number of viable CAR+ cells.
            """,
        ),
        section(
            "Dose",
            f"""
            The content of the bag is {spec["dose"].limit}. In study NTG-101 doses of 0.5, 1.0 and 2.0 × 10⁸
            viable CAR+ cells were given to 3, 4 and 7 patients. Expansion in the blood did not differ between
            the two higher doses. The range allows for the uncertainty of the count, which is 12 % (95 %
            confidence).
            """,
        ),
    )


def _viability(spec: Specification) -> Section:
    return section(
        "Viability",
        f"""
        The limit, {spec["viability"].limit}, applies at release and at the end of shelf life. Four lots were
        below, with 71.5, 74.0, 77.8 and 79.2 %. Dead cells carry no effect but load the patient with debris;
        the dose counts viable cells only. The mean loss over {SHELF_LIFE} is 4.3 percentage points (section
        3.2.P.8.3). A lot with less than 84 % at release may therefore fall below the limit before it is
        given, and the lot information sheet then states an earlier expiry.
        """,
    )


def _potency_by_interferon(spec: Specification) -> Section:
    return section(
        "Potency",
        f"""
        The claimed action of Nortagen is the killing of cells that carry CD19. Binding of the receptor to
        CD19 starts both killing and the release of cytokines. Release of IFN-γ after 24 hours of co-culture
        with CD19+ target cells, {spec["potency"].limit}, is proposed as the potency test.
        """,
        f"""
        The test was chosen because it is robust (coefficient of variation between days 14 %) and because its
        result is known after 36 hours. Untransduced cells of the same patient released less than 20 pg/mL in
        all lots. The limit is 2.5 times this background.

        A killing assay is under development. It was read for information in the last {len(KILLING)} lots: 18
        hours of co-culture at one effector to one target cell killed between {min(KILLING):.0f} and
        {max(KILLING):.0f} % of the target cells. In these lots, IFN-γ and killing were weakly correlated (r =
        {_killing_with_interferon():.2f}).
        """,
        table_of(
            "Response of the patients by IFN-γ released",
            ("IFN-γ, pg/mL", "Lots", "Complete response at month 3"),
            responses(
                lambda lot: lot.interferon,
                [("up to 500", 0, 500), ("501 to 1 500", 501, 1500), ("above 1 500", 1501, 9999)],
            ),
            right=(1, 2),
        ),
        """
        The number of lots with a low release is small, and no relation between IFN-γ and response was seen
        above the limit. Release of IFN-γ is therefore regarded as proof that the receptor signals, not as a
        measure of the clinical effect.
        """,
    )


def _potency_by_killing(spec: Specification) -> Section:
    return section(
        "Potency",
        f"""
        The claimed action of Nortagen is the killing of cells that carry CD19. The potency test reads this
        action: killing of CD19+ target cells after 18 hours of co-culture, one effector to one target cell,
        {spec["potency"].limit}. It replaces the release of IFN-γ, which remains a test for characterisation.
        """,
        f"""
        Target cells are a CD19+ leukaemia line that expresses a fluorescent protein; a line without CD19 is
        the negative control. Effector cells are adjusted to the share of CAR+ cells, so that the result does
        not merely repeat the transduction. Killing is the loss of target cells against a well without
        effector cells. Untransduced cells of the same patient killed 2 to 11 %.

        The assay was validated in August 2026: coefficient of variation between days 9.6 %, linear between 20
        and 95 %, and able to tell a mixture of 75 % product and 25 % untransduced cells from the product. The
        result is known 24 hours after sampling, within the shelf life.

        The limit lies {(mean(KILLING) - 50) / stdev(KILLING):.1f} standard deviations below the mean of
        {len(KILLING)} lots ({mean(KILLING):.1f} %, standard deviation {stdev(KILLING):.1f} %). The lowest lot
        killed {min(KILLING):.0f} %; this patient reached a complete response.
        """,
        table_of(
            f"Response of the patients by killing of target cells, {len(KILLING)} lots",
            ("Killing", "Lots", "Complete response at month 3"),
            responses(
                lambda lot: lot.killing or 0,
                [("50 to 60 %", 50, 60), ("61 to 75 %", 61, 75), ("above 75 %", 76, 100)],
            ),
            right=(1, 2),
        ),
        """
        Response rises with killing. The numbers are small, and the relation will be followed in the lots made
        after authorisation; the limit will be reviewed after 100 lots.

        Target cells are thawed from a bank of 400 vials, enough for about eight years. A new bank is compared
        with the old one in ten lots.
        """,
    )


def _copies(spec: Specification) -> Section:
    copies = [lot.copies for lot in LOTS]
    return section(
        "Vector copies per transduced cell",
        f"""
        The limit is {spec["vcn"].limit} copies per transduced cell. It follows common practice for
        integrating vectors, and the values found, {min(copies)} to {max(copies)}, are below it. Copies were
        higher in lots with a high share of CAR+ cells (r =
        {correlation(copies, [lot.car for lot in LOTS]):.2f}). No relation to safety was seen in the
        {len(LOTS)} patients.

        The limit applies to all doses alike. The result is known after 48 hours and may arrive after release,
        because the value depends on the number of infectious units, which is controlled in step 4 of the
        process.
        """,
    )


def _purity(spec: Specification) -> Section:
    return section(
        "Residual beads",
        f"""
        The limit is {spec["beads"].limit}. A bag at the highest permitted cell number then holds at most 80
        000 beads. Beads of this kind were given intravenously in far greater number in published studies
        without effect. The sample is taken in step 7, before the last wash.
        """,
    )


def _endotoxin(spec: Specification, version: int) -> Section:
    first = f"""
        The limit follows Ph. Eur. 5.1.10. The threshold is 5 EU per kilogram of body weight and hour. One bag
        of {VOLUME} given within one hour to a person of 70 kg allows 5.1 EU/mL; {spec["endotoxin"].limit} is
        specified.
        """
    added = """
        A bag at the limit holds 340 EU. Patients who weigh less than 68 kg receive it over a longer time, so
        that the threshold is kept: 82 minutes at 50 kg, for example. The infusion time is printed on the lot
        information sheet.
        """
    found = f"All {len(LOTS)} lots were below 1 EU/mL."
    return section("Bacterial endotoxins", *([first, found] if version == 1 else [first, added, found]))


def _microbiology(spec: Specification) -> Section:
    return section(
        "Sterility and mycoplasma",
        """
        The final results of the tests for sterility and of the culture for mycoplasma are not known before
        the product is given. The following is known at release, and gives the confidence that is needed:
        """,
        bullets(
            """
            Gram stain of the final product: negative.

            Mycoplasma by nucleic acid amplification on cells with supernatant, before the last wash: not
            detected.

            Microbiological examination on day 7 of the culture: no growth after 48 hours.

            Rapid sterility test: no growth to date.

            Environmental monitoring in grade A: reviewed up to the day of release.
            """
        ),
        f"""
        Among {len(LOTS)} lots the sterility test was positive once, on day 6, with a skin organism found in
        the sample only; the patient had been treated and remained well. The case is described in section
        5.3.5.1.
        """,
        table_of(
            "Tests for microorganisms and the time to their result",
            ("Test", "Limit", "Time", "Result known"),
            (
                (spec[key].name, spec[key].limit, spec[key].duration, spec[key].stage)
                for key in ("gram", "mycoplasma_nat", "sterility_rapid", "sterility", "mycoplasma_culture")
            ),
            widths=(5, 4, 2, 3),
        ),
    )


def _not_tested() -> Section:
    return section(
        "Attributes not in the specification",
        table(
            "Attributes that were considered and left out",
            """
            Attribute | Reason
            Replication-competent lentivirus | Tested on every vector lot; six weeks per lot of product
            CD4 to CD8 ratio, memory subsets | Reported for characterisation; no relation to response found
            CD19+ cells | Controlled after selection, step 2, limit 1 %
            Residual cytokines | Below 10 pg/mL after two washes in 12 lots
            Osmolality, pH | Given by the vehicle, an authorised medicinal product
            Protein structure, glycosylation, aggregates | \
                Attributes of a purified protein, not of a living cell
            """,
            widths=(4, 8),
        ),
    )


def _killing_with_interferon() -> float:
    lots = [lot for lot in LOTS if lot.killing is not None]
    return correlation([lot.interferon for lot in lots], KILLING)
