"""Nortagen, section 4.2.3.7.7: where the vector integrates, read in two donors."""

from datetime import date

from atmp_portal.demo.content import Document, Section, section, table
from atmp_portal.demo.nortagen.facts import VECTOR, nortagen_document


def integration_study() -> Document:
    """Section 4.2.3.7.7 of Nortagen."""
    return nortagen_document(
        "4.2.3.7.7",
        "Other toxicity studies, other",
        _summary(),
        _methods(),
        _results(),
        _discussion(),
        _quality(),
        title="Integration sites of LVN-19 in transduced T cells, study NTG-TX-014",
        written_on=date(2025, 11, 6),
        author="Hanna Berg, non-clinical development",
        approver="Dr Marit Solheim, clinical development",
    )


def _summary() -> Section:
    return section(
        "Summary",
        f"""
        The sites at which {VECTOR} integrates into the genome of human T cells were read in cells of two
        healthy donors at the end of manufacture and after a further 28 days of culture. 41 286 unique sites
        were found. The pattern is that of lentiviral vectors: genes that are transcribed are preferred,
        starts of transcription are not. Sites near 340 genes associated with cancer were as frequent as
        expected by chance. No clone exceeded 0.4 % at the end of manufacture and 1.1 % after 28 days. Growth
        depended on cytokines throughout.
        """,
    )


def _methods() -> Section:
    return section(
        "Material and methods",
        section(
            "Cells",
            """
            T cells of donors D-031 (woman, 34 years) and D-044 (man, 52 years) were transduced at full scale
            with vector lot LVN-24-006 at 3 infectious units per cell. Samples were taken on day 9. Part of
            the cells was cultured for 28 days with IL-7 and IL-15, part without cytokines.
            """,
        ),
        section(
            "Reading of integration sites",
            """
            DNA of 2 × 10⁶ cells was sheared, ligated to a linker with a unique identifier of 12 bases and
            amplified with nested primers in the long terminal repeat. Pairs of 150 bases were read on one
            flow cell. A site counts when it is supported by at least two sheared fragments. The size of a
            clone is the number of its fragments over all fragments. The limit of detection, set with a clone
            of known site diluted in untransduced cells, is one cell in 20 000.
            """,
            table(
                "Depth of reading",
                """
                Sample | Cells | Reads, millions | Unique sites | Fragments
                D-031, day 9 | 2 × 10⁶ | 38.2 | 14 902 | 61 340
                D-031, day 37 | 2 × 10⁶ | 36.9 | 6 118 | 58 215
                D-044, day 9 | 2 × 10⁶ | 40.5 | 13 744 | 59 870
                D-044, day 37 | 2 × 10⁶ | 37.7 | 6 522 | 57 102
                """,
                widths=(4, 2, 3, 3, 3),
                right=(1, 2, 3, 4),
            ),
        ),
        section(
            "Comparison with chance",
            """
            For each sample 100 000 sites were drawn at random, matched for the distance to the nearest point
            at which the sequence can be aligned. Proportions were compared by the χ² test; p below 0.01 was
            taken as significant after correction for 12 comparisons.
            """,
        ),
    )


def _results() -> Section:
    return section(
        "Results",
        section(
            "Distribution over the genome",
            table(
                "Share of sites by kind of place, %",
                """
                Place | D-031, day 9 | D-044, day 9 | By chance
                Within a transcribed gene | 76.4 | 75.1 | 45.2
                Within 5 kb of a start of transcription | 3.1 | 3.4 | 3.6
                Within a CpG island | 0.4 | 0.5 | 0.7
                Within 50 kb of a gene associated with cancer | 8.9 | 9.2 | 8.7
                Within a gene associated with cancer | 4.4 | 4.6 | 4.1
                Within an exon | 2.2 | 2.1 | 2.6
                """,
                widths=(6, 3, 3, 2),
                right=(1, 2, 3),
            ),
            """
            Only the preference for transcribed genes differs from chance (p < 0.001 in both donors). Starts
            of transcription, whose use was the mechanism of leukaemia after gamma-retroviral vectors, are not
            preferred.
            """,
        ),
        section(
            "Clones",
            table(
                "The five largest clones of each sample",
                """
                Sample | Gene | Distance to the start | Share, day 9 | Share, day 37
                D-031 | FCHSD2 | +61 kb, intron | 0.38 % | 0.91 %
                D-031 | PACS1 | +102 kb, intron | 0.31 % | 0.47 %
                D-031 | KDM2A | +88 kb, intron | 0.27 % | 0.66 %
                D-031 | NPLOC4 | +40 kb, intron | 0.25 % | 0.22 %
                D-031 | no gene within 50 kb | – | 0.22 % | 0.30 %
                D-044 | PACS1 | +97 kb, intron | 0.35 % | 0.52 %
                D-044 | GRB2 | +54 kb, intron | 0.30 % | 1.08 %
                D-044 | TNRC6C | +33 kb, intron | 0.26 % | 0.41 %
                D-044 | FCHSD2 | +72 kb, intron | 0.24 % | 0.33 %
                D-044 | RPTOR | +120 kb, intron | 0.21 % | 0.18 %
                """,
                widths=(2, 4, 4, 3, 3),
                right=(3, 4),
            ),
            """
            The genes are frequent targets of lentiviral vectors in T cells. The number of clones fell during
            culture, as in untransduced cells, and the Shannon index fell from 9.3 to 8.1 (D-031) and from 9.2
            to 8.2 (D-044). No single clone took over.
            """,
        ),
        section(
            "Growth without cytokines",
            """
            Without IL-7 and IL-15 the cells of both donors died within 16 days, as did untransduced cells. No
            outgrowth was seen in 60 days. The karyotype of 20 metaphases per donor on day 37 was normal.
            """,
        ),
    )


def _discussion() -> Section:
    return section(
        "Discussion",
        """
        The study gives no sign of a hazard beyond the one known for lentiviral vectors in mature T cells. It
        was done with the cells of two donors and one vector lot. Variation between donors was small, and the
        sites come from two independent transductions; a third donor was not thought to add information.

        Cells of patients may differ from those of healthy donors, because earlier chemotherapy selects.
        Integration sites are therefore read in patients whose vector copy number in blood exceeds one copy
        per ten cells one year after treatment, see section 1.8.2.
        """,
    )


def _quality() -> Section:
    return section(
        "Good laboratory practice",
        """
        The study was done in the laboratory of the sponsor and was not under good laboratory practice,
        because the method is not available in a certified laboratory. Raw data, scripts and reference genome
        (GRCh38) are kept; the analysis was repeated by a second person with the same result.
        """,
    )
