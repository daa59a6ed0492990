"""Nortagen, section 1.6.2: what the modified cells and leftovers of the vector may do outside the patient."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table, table_of
from atmp_portal.demo.nortagen.facts import PRODUCT, SHELF_LIFE, STORAGE, VECTOR, VOLUME, nortagen_document
from atmp_portal.demo.nortagen.lots import LOTS

HALF_LIFE_HOURS = 10
DECAY = 2 ** (8 * 24 / HALF_LIFE_HOURS)
EXCHANGE = 20
WASHES = 200
UNITS_ADDED = 3 * 6.0e8
UNITS_AFTER_DECAY = UNITS_ADDED / DECAY
UNITS_AFTER_EXCHANGE = UNITS_AFTER_DECAY / EXCHANGE
UNITS_AFTER_WASHES = UNITS_AFTER_EXCHANGE / WASHES
UNITS_IN_BAG = 0.8 * UNITS_AFTER_WASHES


def environmental_risk() -> Document:
    """Section 1.6.2 of Nortagen."""
    return nortagen_document(
        "1.6.2",
        "GMO",
        _file(),
        _organism(),
        _release(),
        _hazards(),
        _exposure(),
        _risks(),
        _management(),
        _monitoring(),
        title="Environmental risk assessment",
        written_on=date(2026, 4, 10),
        author="Hanna Berg, non-clinical development",
        approver="Dr Luc Fontaine, pharmacovigilance",
    )


def _file() -> Section:
    return section(
        "What this section holds",
        f"""
        {PRODUCT} contains genetically modified organisms within the meaning of Directive 2001/18/EC: human T
        cells that carry the integrated vector {VECTOR}, and possibly leftovers of the vector. The assessment
        follows the six steps of Annex II to that Directive, as amended by Directive (EU) 2018/350.
        """,
        table(
            "Parts asked for by Regulation (EC) No 726/2004, Article 6(2)",
            """
            Part | Where
            Consents to the release for research, studies NTG-101 and NTG-301 | 1.2, annex 5.13
            Technical dossier, Annexes III and IV | Sections 2 and 3; 3.2.S.2.3 and 3.2.S.3.1
            Environmental risk assessment, Annex II | Sections 4 to 6
            Monitoring plan, Annex VII | Section 8
            Results of releases for research | Section 5, last paragraph
            """,
            widths=(7, 5),
        ),
        """
        Conclusion: the risk to persons other than the patient and to the environment is negligible. The
        measures of section 7 are proposed for the product information.
        """,
    )


def _organism() -> Section:
    return section(
        "The modified organism",
        f"""
        The recipient is the T cell of an adult. It lives only in its donor or in warmed, enriched medium, has
        no resting form, and does not multiply outside the body. {VECTOR} derives from HIV-1. It is made by
        transient transfection of HEK-N4 cells with four plasmids, and reaches the cells once, in culture.
        """,
        table(
            "Viral and other sequences",
            """
            Sequence | In the vector | Meaning for the risk
            Long terminal repeats, U3 deleted | Yes | Self-inactivating: no full-length transcript in the cell
            Packaging signal, RRE, cPPT | Yes | Act only beside viral proteins
            gag-pol, rev | No, two further plasmids | No particle is formed by the cell
            env | Absent; VSV-G from a fourth plasmid | Wide range of hosts, in the particle only
            tat, vif, vpr, vpu, nef | Absent | No multiplication, no pathogenicity
            EF-1α promoter, CAR against CD19 | Yes | Acts only on cells that touch CD19
            Resistance to an antibiotic | Plasmid backbone only | Residual plasmid ≤ 10 ng per 10⁸ units
            """,
            widths=(4, 4, 5),
        ),
        """
        The receptor gives the cell no advantage in the environment. A recombination that restores a virus
        would need at least three events between sequences without mutual homology.
        """,
    )


def _release() -> Section:
    return section(
        "Intended use",
        f"""
        About 100 patients a year are expected in the Union, each with one bag of {VOLUME}, given in a
        qualified centre. Between filling and infusion lie at most {SHELF_LIFE} at {STORAGE}; the bag travels
        in a sleeve with absorbent, inside a shipper. It is opened by a spike at the bedside and nowhere else.
        An unused bag is not returned; the centre destroys it as infectious waste and reports it.
        """,
    )


def _hazards() -> Section:
    return section(
        "Hazards",
        bullets(
            """
            Transduction of another person by infectious vector left in the bag, for example after a needle
            stick.

            Grafting of CAR+ cells in another person: staff, a child during pregnancy, a recipient of blood or
            tissue.

            Replication-competent lentivirus, formed in manufacture or, in a patient with HIV, afterwards.

            Mobilisation of the integrated sequence by another virus.

            Passing on of genes to microorganisms or animals through waste water or waste.
            """
        ),
    )


def _exposure() -> Section:
    return section(
        "Exposure",
        section(
            "Vector left in the bag",
            """
            The calculation takes the worst case: no particle enters a cell or is inactivated by a wash.
            """,
            table_of(
                f"Infectious units of {VECTOR} from transduction to the bag",
                ("Step", "Factor", "Units left"),
                (
                    ("6.0 × 10⁸ cells, 3 units per cell, day 1", "–", f"{UNITS_ADDED / 1e9:.1f} × 10⁹"),
                    (
                        f"Decay at 37 °C, half-life {HALF_LIFE_HOURS} h, until day 9",
                        f"{DECAY / 1e5:.1f} × 10⁵",
                        f"{UNITS_AFTER_DECAY / 1e3:.1f} × 10³",
                    ),
                    (
                        "Exchange of medium on day 3, at least 95 %",
                        f"{EXCHANGE}",
                        f"{UNITS_AFTER_EXCHANGE:.0f}",
                    ),
                    ("Two washes, residue below 0.5 %", f"{WASHES}", f"{UNITS_AFTER_WASHES:.2f}"),
                    ("Share of the harvest in the bag, at most 80 %", "–", f"{UNITS_IN_BAG:.2f}"),
                ),
                widths=(7, 3, 3),
                right=(1, 2),
            ),
            f"""
            Less than one unit is expected in a bag. Supernatants of six lots at harvest did not transduce
            indicator cells (study NTG-TX-009, limit of detection 1 unit per mL) and held less than 12 pg/mL
            of p24. Fresh human serum inactivates {VECTOR} by more than 2 log10 steps within an hour.
            """,
        ),
        section(
            "Cells",
            """
            T cells of the patient die within hours when dried, and within minutes in disinfectant. In a
            person with a healthy immune system they are rejected, since they carry foreign HLA. Blood of the
            patient holds CAR+ cells for months; they are not excreted. Traces of vector sequence were found
            in the urine of 1 of 24 and in the saliva of 2 of 24 patients during the first month of study
            NTG-301, with blood cells, and never later.
            """,
        ),
        section(
            "Replication-competent virus",
            f"""
            It was found in none of 9 vector lots and in none of {len(LOTS)} patients of studies NTG-101 and
            NTG-301. HIV infection excludes manufacture, so that no helper virus is present at the start. No
            event that concerned staff, relatives or the environment was reported from these studies.
            """,
        ),
    )


def _risks() -> Section:
    return section(
        "Characterisation of the risks",
        table(
            "Risk by hazard",
            """
            Hazard | Consequence if it happens | Likelihood | Risk | With measures
            Transduction by vector left over | Low: few cells, no growth | Very low | Negligible | Negligible
            Cells in a healthy person | Low: rejected | Low | Low | Negligible
            Cells in a person with weak immunity | Moderate: B-cell loss | Very low | Low | Negligible
            Replication-competent lentivirus | High | Extremely low | Low | Negligible
            Mobilisation by HIV | Moderate: defective particles | Extremely low | Negligible | Negligible
            Genes in microorganisms, animals | None known | Extremely low | Negligible | Negligible
            """,
            widths=(4, 4, 3, 3, 3),
        ),
        """
        The least certain point is infection with HIV after treatment. The self-inactivating repeat yields no
        genome to be packaged; data from patients do not exist.
        """,
    )


def _management() -> Section:
    return section(
        "Management of the risks",
        bullets(
            """
            Gloves, gown and glasses whenever the bag is handled; no sharps beside the spike. No staff with
            weakened immunity or in pregnancy.

            Spill: cover with absorbent, disinfectant active against enveloped viruses for 15 minutes, remove
            as infectious waste. Bag and line: the same waste, burnt or autoclaved.

            Needle stick: let bleed, wash, report. HIV antibody test at once and after 3 and 6 months; vector
            sequence in blood after 4 weeks. Norvia is told within a day.

            Patients do not donate blood, organs, tissues or cells (sections 4.4 and 6.6 of the product
            information). Label: “Genetically modified cells”.

            Loss of a shipper: the carrier tells Norvia within one hour; the authority of the Member State is
            told on the same day.
            """
        ),
    )


def _monitoring() -> Section:
    return section(
        "Monitoring plan",
        table(
            "Monitoring according to Annex VII",
            """
            What | How | How often | Reported
            Replication-competent lentivirus | Every vector lot; VSV-G in the blood of patients | \
                NTG-901, see 1.8.2 | Yearly; a positive result within 15 days
            Exposure of others | Form for needle stick, spill and loss | Each event | Safety update report
            Pregnancy of a patient | Pregnancy form, vector sequence in the child's blood | Each | As above
            New facts on lentiviral vectors | Literature | Monthly | Yearly
            """,
            widths=(4, 5, 3, 4),
        ),
        """
        The plan runs for as long as NTG-901, 15 years after the last patient. The assessment is revised when
        the vector, the site or the route of administration changes.
        """,
    )
