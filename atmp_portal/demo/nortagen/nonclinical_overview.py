"""Nortagen, section 2.4: which models can say something about human cells, and what they said."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import INDICATION, PRODUCT, TARGET_DOSE, VECTOR, nortagen_document


def nonclinical_overview() -> Document:
    """Section 2.4 of Nortagen."""
    return nortagen_document(
        "2.4",
        "Nonclinical overview",
        _strategy(),
        _models(),
        _pharmacology(),
        _distribution(),
        _toxicology(),
        _not_done(),
        _assessment(),
        written_on=date(2026, 4, 9),
        author="Hanna Berg, non-clinical development",
        approver="Dr Marit Solheim, clinical development",
    )


def _strategy() -> Section:
    return section(
        "Strategy",
        f"""
        {PRODUCT} consists of T cells of the patient that carry a receptor against CD19. It is meant for the
        {INDICATION}. The harm that it may do follows from four properties: it kills what carries CD19, it
        releases cytokines, it multiplies, and its vector integrates. The programme asks what each of them
        means, with human cells wherever this is possible.

        Lots for the studies were made at full scale from healthy donors, with the process of Ghent from
        NTG-TX-011 on and with that of Lund before. Vector and receptor were those of the clinical lots
        throughout.
        """,
        table(
            "Studies",
            """
            Study | Question | Model | Good laboratory practice
            NTG-PH-002 | Killing, cytokines, growth on target cells | Human cells in culture | No
            NTG-PH-004 | Effect and dose in leukaemia | NSG mouse with Nalm-6 | No
            NTG-PH-006 | Other targets of the receptor | Membrane proteome array; frozen human tissues | No
            NTG-PK-003 | Distribution and persistence | NSG mouse with Nalm-6 | Yes
            NTG-TX-008 | Toxicity, single dose, 12 weeks | NSG mouse with Nalm-6 | Yes
            NTG-TX-009 | Vector left over at harvest | Indicator cells | No
            NTG-TX-011 | Growth without cytokines, soft agar | Human cells in culture | No
            NTG-TX-014 | Integration sites | Human cells, two donors | No
            """,
            widths=(3, 5, 5, 3),
        ),
    )


def _models() -> Section:
    return section(
        "Choice of models",
        """
        The binding fragment recognises human CD19 only: the affinity is 0.8 nM for human CD19, and no binding
        was found to CD19 of mouse, rat, dog or cynomolgus monkey up to 1 µM. No animal therefore shows what
        the receptor does to healthy B cells. A surrogate product of mouse cells with a receptor against mouse
        CD19 would be another product with another vector, and was not made.
        """,
        table(
            "What each model can show and what it cannot",
            """
            Model | Shows | Cannot show
            Human cells in culture | Killing, selectivity, growth, integration | Organs, time beyond weeks
            NSG mouse with human leukaemia | Effect on the tumour, spread, persistence | \
                Cytokine release, neurotoxicity, loss of B cells
            Membrane proteome array, tissues | Binding to other human proteins | Consequence of binding
            Patients | All of the above | –
            """,
            widths=(4, 5, 5),
        ),
        """
        Human T cells attack the tissues of the NSG mouse from about week 8 on. Studies in mice were ended at
        12 weeks for this reason, and the findings after week 8 are read with reserve.
        """,
    )


def _pharmacology() -> Section:
    return section(
        "Pharmacology",
        section(
            "Action and selectivity",
            """
            In NTG-PH-002 cells of six donors killed 62 to 88 % of CD19+ target cells in 18 hours at one
            effector to one target cell, and less than 9 % of a line in which CD19 had been removed.
            Untransduced cells killed 2 to 11 % of either. Release of IFN-γ, TNF-α and granzyme B and five to
            nine divisions within six days followed the same pattern.

            Of 5 800 human membrane proteins the binding fragment bound CD19 only (NTG-PH-006). In 36 tissues
            it stained B cells of blood, spleen, lymph node and gut. Weak staining of pericytes in the brain,
            reported for CD19 by others, was not seen with this fragment but is not excluded.
            """,
        ),
        section(
            "Effect in the animal and dose",
            table(
                "NTG-PH-004: NSG mice with Nalm-6 leukaemia, eight per group",
                """
                Group | Viable CAR+ cells | Light of the leukaemia, day 21 | Alive on day 60
                Untreated | – | 100 % (reference) | 0 of 8
                Untransduced cells | 0, 10⁷ T cells | 91 % | 0 of 8
                Low | 0.3 × 10⁶ | 38 % | 2 of 8
                Middle | 1 × 10⁶ | 4 % | 6 of 8
                High | 3 × 10⁶ | < 1 % | 8 of 8
                """,
                widths=(4, 4, 5, 3),
                right=(3,),
            ),
            f"""
            The effect rose with the dose. A dose for patients cannot be calculated from it, because the cells
            multiply according to the amount of target. The first dose in NTG-101, 0.5 × 10⁸ cells, was chosen
            from published experience with the class; the target dose, {TARGET_DOSE}, comes from that study
            (section 2.5).
            """,
        ),
    )


def _distribution() -> Section:
    return section(
        "Distribution and persistence",
        f"""
        NTG-PK-003 measured the sequence of {VECTOR} by PCR in 14 organs of 40 mice on days 1, 7, 28 and 84
        after 3 × 10⁶ CAR+ cells.
        """,
        table(
            "Vector copies per µg of DNA, median of ten mice",
            """
            Organ | Day 1 | Day 7 | Day 28 | Day 84
            Lung | 21 000 | 6 400 | 1 900 | 310
            Spleen | 3 200 | 18 500 | 9 700 | 2 400
            Bone marrow | 900 | 14 200 | 11 800 | 1 700
            Blood | 5 100 | 9 800 | 3 600 | 420
            Brain | < 50 | 60 | 80 | < 50
            Ovary, testis | < 50 | 110 | 70 | < 50
            """,
            widths=(4, 2, 2, 2, 2),
            right=range(1, 5),
        ),
        """
        Cells pass the lung and settle where leukaemia is. The copies in the gonads were those of the blood
        within them: in situ hybridisation showed positive cells in vessels only. Transmission through the
        germline is not expected, since the vector is no longer present as a particle (section 1.6.2).
        """,
    )


def _toxicology() -> Section:
    return section(
        "Toxicology",
        bullets(
            """
            Single dose, NTG-TX-008: 1 and 5 × 10⁶ CAR+ cells, 20 mice per group, 12 weeks. Loss of weight up
            to 6 % in the first week went with the killing of leukaemia. Lymphocytes around vessels of liver
            and lung from week 8, as with untransduced cells. No other finding.

            Integration, NTG-TX-014: 41 286 sites in two donors, pattern of lentiviral vectors in T cells,
            largest clone 1.1 % after 28 days.

            Growth, NTG-TX-011: without cytokines cells of three donors died within 18 days; no colony in soft
            agar from 3 × 10⁷ cells in 28 days.

            Vector left over, NTG-TX-009: no transduction of indicator cells by supernatants of six lots.

            Beads: at the limit of 100 per 3 × 10⁶ cells a bag holds far fewer than were given intravenously
            in published studies; no study of our own was done.

            Immunogenicity: the binding fragment is of murine origin. Antibodies against it are followed in
            patients; an animal cannot predict them.
            """
        ),
        f"""
        {VECTOR} integrates, but its sites are known, starts of transcription are not preferred, and mature T
        cells have so far resisted transformation in the laboratory. Malignancies of T-cell origin after
        products of the class show that the remaining risk is small and not zero.
        """,
    )


def _not_done() -> Section:
    return section(
        "Studies that were not done",
        table(
            "Studies left out and why",
            """
            Study | Reason | What stands in its place
            Carcinogenicity (departure from Annex I) | Human cells do not live long enough in any animal | \
                NTG-TX-011, NTG-TX-014, NTG-901
            Genotoxicity, standard battery | Made for chemicals that reach DNA | Integration sites
            Repeated dose | The product is given once | 12 weeks after one dose
            Reproduction and development | No species has the target; germline not reached | \
                NTG-PK-003, contraception
            Safety pharmacology as such | No animal shows cytokine release or neurotoxicity | \
                Monitoring in patients
            Local tolerance | Intravenous, vehicle authorised | Site looked at in NTG-TX-008
            """,
            widths=(5, 6, 4),
        ),
    )


def _assessment() -> Section:
    return section(
        "Assessment",
        """
        The studies show that the product acts as claimed, on CD19 and on nothing else that was examined, in
        the range of doses given to patients per leukaemic cell. They show no sign of transformation.

        They say nothing about the two main toxicities, which are known from patients and manageable there,
        and little about the long term. Two donors were examined for integration sites. The open questions go
        to the risk management plan: 15 years of follow-up with vector copies, integration sites above a
        threshold, and a sample of every tumour.
        """,
    )
