"""Chondrafix, section 2.4: which animals and cultures can speak for cells and membrane together."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import INDICATION, MEMBRANE, PRODUCT, chondrafix_document
from atmp_portal.demo.content import Document, Section, bullets, section, table


def nonclinical_overview() -> Document:
    """Section 2.4 of Chondrafix."""
    return chondrafix_document(
        "2.4",
        "Nonclinical overview",
        _strategy(),
        _models(),
        _repair(),
        _fate(),
        _safety(),
        _not_done(),
        _assessment(),
        written_on=date(2026, 8, 18),
        author="Hanna Berg, non-clinical development",
        approver="Dr Marit Solheim, clinical development",
    )


def _strategy() -> Section:
    return section(
        "Strategy",
        f"""
        {PRODUCT} puts cartilage cells of the patient, on the membrane {MEMBRANE}, back into the cartilage of
        the knee. It is meant for the {INDICATION}. The questions are three: do the cells form cartilage, does
        the membrane hold them and go in time, and do both together do harm. Studies of the membrane alone are
        those of a device and stand in section 3.2.R; this overview treats cells, and cells on the membrane.
        """,
        table(
            "Studies",
            """
            Study | Question | Model | Membrane | Good laboratory practice
            CHX-PH-003 | Matrix formed by human lots | Nude mouse, under the skin | Both | No
            CHX-PH-005 | Repair of a defect, 12 months | Goat, own cells | Earlier | No
            CHX-PH-009 | Repair, fate of cells, 26 weeks | Rabbit, own or sibling cells | Duolam KM | Yes
            CHX-TX-002 | Growth in soft agar, karyotype | Human cells, passage 4 | – | No
            CHX-TX-004 | Residues of the process on the joint | Rabbit, medium extract | – | Yes
            CHX-DV-011 | Biological evaluation, ISO 10993 | See 3.2.R | Duolam KM | Yes
            """,
            widths=(3, 6, 5, 3, 3),
        ),
    )


def _models() -> Section:
    return section(
        "Choice of models",
        """
        The product is autologous. Human cells in an animal with an immune system would be rejected, and an
        animal without one has joints too small for the graft. The knee was therefore studied with the
        animal's own cells, made by the process for patients on a smaller scale, and human cells were studied
        under the skin of the mouse, where there is no joint.
        """,
        table(
            "What each model can show and what it cannot",
            """
            Model | Why chosen | Limits
            Goat, femoral condyle | Cartilage 0.8 to 1.5 mm, load like in man, defect of 8 mm that does not \
                heal by itself | Cannot be kept off load for six weeks
            Rabbit, trochlea | Many animals, whole joint in one section, PCR for cells of the other sex | \
                Cartilage 0.4 mm; small defects heal in part
            Nude mouse | Human cells of the filed process | No load, no joint
            Culture | Human cells, tumour formation | No tissue
            """,
            widths=(3, 6, 5),
        ),
        """
        Cells of goat and rabbit needed the same enzymes and grew in their own serum. Expression of type II
        collagen on the membrane rose 5-fold in six days in the goat and 7-fold in the rabbit, 6-fold in man;
        the animal products are held to be comparable in what matters.
        """,
    )


def _repair() -> Section:
    return section(
        "Repair of cartilage",
        section(
            "Goat, 12 months (CHX-PH-005)",
            """
            24 goats had a defect of 8 mm in the medial condyle, eight per group. The score is that of the
            International Cartilage Repair Society, best value 18, read blind.
            """,
            table(
                "Goat, 12 months",
                """
                Group | Score, mean (range) | Filled, % | Stiffness, % of sound cartilage
                Empty defect | 6.1 (3 to 9) | 48 | 31
                Membrane alone | 8.9 (5 to 12) | 66 | 44
                Cells on the membrane | 13.4 (9 to 17) | 87 | 71
                """,
                widths=(4, 4, 2, 5),
                right=(1, 2, 3),
            ),
            """
            One graft of eight came loose in the first week. The membrane was the earlier one.
            """,
        ),
        section(
            "Rabbit, 26 weeks (CHX-PH-009)",
            f"""
            The study bridges to {MEMBRANE}. 36 rabbits, defect of 4 mm in the trochlea, 12 per group:
            membrane alone, cells on {MEMBRANE}, cells on the earlier membrane. Scores at 26 weeks were 9.2,
            13.9 and 13.5. Both membranes were gone in the light microscope by week 26.
            """,
        ),
        section(
            "Human cells, dose and potency (CHX-PH-003)",
            """
            Punches of surrogate grafts of nine human lots were put under the skin of nude mice for six weeks.
            Matrix grew with density from 2.5 to 7.5 × 10⁵ cells per cm² and did not grow further up to 15 ×
            10⁵. Glycosaminoglycan at release and after six weeks went together (r = 0.74); the lot with the
            lowest value at release, 2.4 µg/µg, reached 61 % of the mean. This is the support for the potency
            test, and it rests on nine lots.
            """,
        ),
    )


def _fate() -> Section:
    return section(
        "Fate of the cells and of the membrane",
        """
        In CHX-PH-009 another 18 female rabbits received male cells of a sibling on the filed membrane, with
        their immunity suppressed.
        """,
        table(
            "Male sequence by PCR, animals positive of six",
            """
            Tissue | Week 1 | Week 6 | Week 26
            Repair tissue | 6 | 6 | 5
            Joint lining | 3 | 1 | 0
            Lymph node behind the knee | 1 | 0 | 0
            Lung, liver, spleen, gonads | 0 | 0 | 0
            """,
            widths=(6, 2, 2, 2),
            right=(1, 2, 3),
        ),
        """
        Cells stay where they are put; few reach the lining of the joint and do not persist. The membrane lost
        half of its area by week 12 and was not seen in week 26. Peptides and amino acids are the products of
        its degradation.
        """,
    )


def _safety() -> Section:
    return section(
        "Safety",
        bullets(
            """
            Joint: mild inflammation of the lining until week 4 with and without cells, none later.

            Bone, tissue other than cartilage: small islands of bone at the base of the defect in 2 of 12
            rabbits with cells on the filed membrane and in 3 of 12 with the membrane alone.

            Tumour: no colony in soft agar from 10⁷ cells of three lots in 28 days; normal karyotype in 12
            lots at passage 4, two passages beyond the product. No tumour in 50 animals with cells.

            Residues: the extract with ten times the residual collagenase, trypsin and gentamicin did no harm
            to the rabbit joint (CHX-TX-004).

            Membrane: the studies of ISO 10993 showed no hazard (section 3.2.R, file medical-device.pdf,
            section 7). They were done with the membrane before cells were on it.

            Strength: tear strength of the membrane with cells was not measured in animals. It is the subject
            of the open condition of the notified body.
            """
        ),
    )


def _not_done() -> Section:
    return section(
        "Studies that were not done",
        table(
            "Studies left out and why",
            """
            Study | Reason
            Carcinogenicity | Own cells, at most seven doublings; soft agar, karyotype
            Genotoxicity | No chemical substance; residues below thresholds; ISO 10993-3 for the membrane
            Repeated dose | Implanted once
            Reproduction and development | Cells do not leave the knee
            Safety pharmacology, usual kinetics | No substance is released into the blood
            Immunotoxicity of the whole | Autologous cells; porcine collagen by ISO 10993-10
            """,
            widths=(5, 8),
        ),
        """
        The departures from Annex I to Directive 2001/83/EC that follow are those named with the risk-based
        approach in section 2.3: data on tumour formation and biodistribution are limited.
        """,
    )


def _assessment() -> Section:
    return section(
        "Assessment",
        f"""
        Cells on a membrane repaired cartilage better than the membrane alone in two species, and stayed in
        the defect. The study with load and time, in the goat, was done with the earlier membrane; the rabbit
        shows that {MEMBRANE} behaves alike over 26 weeks in a smaller joint. The patients (section 2.5) carry
        the rest of the proof.
        """,
    )
