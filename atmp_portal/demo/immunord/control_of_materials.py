"""Immunord, section 3.2.S.2.3: donors, cell banks and raw materials."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.immunord.facts import PRODUCT, SUBSTANCE, immunord_document


def control_of_materials() -> Document:
    """Section 3.2.S.2.3 of Immunord."""
    return immunord_document(
        "3.2.S.2.3",
        "Control of materials",
        _sorts(),
        _donors(),
        _banks(),
        _raw_materials(),
        _platelet_lysate(),
        _viruses(),
        _traceability(),
        written_on=date(2026, 10, 12),
        author="Ondřej Šimek, head of quality",
        approver="Petra Svobodová, regulatory lead",
    )


def _sorts() -> Section:
    return section(
        "Starting materials and raw materials",
        f"""
        The starting material of {PRODUCT} ({SUBSTANCE}) is bone marrow of healthy adult donors. Materials
        used during culture that are not meant to be in the product are raw materials. Directive 2001/83/EC,
        Annex I, Part IV, point 3.3, is followed.
        """,
    )


def _donors() -> Section:
    return section(
        "Donors and donation",
        section(
            "Selection",
            """
            Donors are 18 to 35 years old, of any sex, and have signed a consent that covers commercial use,
            storage and genetic identification of the cells. Marrow, 60 to 100 mL from the iliac crest, is
            collected under local anaesthesia in two hospitals authorised as tissue establishments.
            """,
            bullets(
                """
                Not accepted: malignancy, autoimmune disease, diabetes, body mass index above 30.

                Not accepted: stay in areas of risk for malaria, Chagas disease or Zika virus within the
                periods of Directive 2006/17/EC.

                Not accepted: transfusion, human growth hormone or a graft of dura mater in the history.
                """
            ),
        ),
        section(
            "Testing",
            table(
                "Tests of the donor, on the day of donation and after 90 days",
                """
                Marker | Test | Day 0 | Day 90
                HIV 1 and 2 | Antibody, nucleic acid | negative | negative
                Hepatitis B | HBsAg, anti-HBc, nucleic acid | negative | negative
                Hepatitis C | Antibody, nucleic acid | negative | negative
                Syphilis | Specific antibody | negative | negative
                HTLV 1 and 2 | Antibody | negative | negative
                Cytomegalovirus | IgG, IgM, nucleic acid | no acute infection | –
                Epstein–Barr virus, parvovirus B19 | Nucleic acid | not detected | –
                West Nile virus | Nucleic acid, June to November | not detected | –
                """,
                widths=(4, 4, 3, 2),
            ),
            """
            The bank of a donor is released after the second test only. One donor of five was lost here.
            """,
        ),
        section(
            "Donors of the filed banks",
            table(
                "Donors",
                """
                Donor | Age, sex | Marrow | Donated on | Bags in the bank
                OCW-D07 | 24, woman | 82 mL | 4 September 2023 | 38
                OCW-D09 | 29, man | 95 mL | 13 November 2023 | 44
                OCW-D12 | 21, man | 78 mL | 18 March 2024 | 41
                OCW-D15 | 33, woman | 90 mL | 9 September 2024 | 36
                """,
                widths=(3, 3, 2, 4, 3),
                right=(2, 4),
            ),
            """
            Cells of different donors are not pooled. A fifth donor may be added by variation when a bank
            holds fewer than eight bags.
            """,
        ),
    )


def _banks() -> Section:
    return section(
        "Cell banks",
        """
        Mononuclear cells are separated by density and seeded; cells that stick to plastic are grown for two
        passages and frozen as master cell bank, 10 × 10⁶ cells a bag. One bag gives one lot after two further
        passages. The sum of population doublings does not exceed 20; senescence begins at 34 to 41.
        """,
        table(
            "Tests of the master cell bank",
            """
            Test | Procedure | Limit
            STR profile | PCR, 16 loci | recorded, unique
            CD73+, CD90+, CD105+ cells | Ph. Eur. 2.7.24 | ≥ 95 % each
            CD45+, CD34+, CD11b+, CD19+, HLA-DR+ cells | Ph. Eur. 2.7.24 | ≤ 2 % each
            Differentiation to bone, cartilage, fat | Culture 21 days, stain | positive for each
            Viability after thawing | Ph. Eur. 2.7.29 | ≥ 80 %
            Inhibition of the proliferation of T cells | Co-culture 1:5 | ≥ 40 %
            Karyotype, 25 metaphases | G-banding | no clonal change
            Growth in soft agar | 28 days | none
            Sterility, mycoplasma | Ph. Eur. 2.6.1, 2.6.7 | no growth, not detected
            Adventitious viruses | Cell culture, three lines | not detected
            Human viruses, panel of 14 | PCR | not detected
            Bovine, porcine viruses | 9 CFR | not detected
            """,
            widths=(5, 4, 4),
        ),
    )


def _raw_materials() -> Section:
    return section(
        "Raw materials",
        table(
            "Raw materials that touch the cells",
            """
            Material | Origin | Quality | In the product
            Alpha-MEM | Synthetic | For cell therapy, Ph. Eur. 5.2.12 | No
            Human platelet lysate, 5 % | Human, pooled | Section 5 | Traces
            Heparin, 2 IU/mL | Porcine | Authorised medicinal product | Traces
            Trypsin replacement | Recombinant | For cell therapy, Ph. Eur. 5.2.12 | No
            Human albumin, 200 g/L | Human plasma | Authorised medicinal product | Excipient
            Dimethyl sulfoxide | Synthetic | Ph. Eur. 0763 | Excipient
            Density medium | Synthetic | CE marked | No
            """,
            widths=(4, 3, 5, 3),
        ),
        """
        Each lot of platelet lysate is tested for growth before use: two of the four donors' cells must reach
        80 to 120 % of the population doublings of the reference lot.
        """,
    )


def _platelet_lysate() -> Section:
    return section(
        "Human platelet lysate",
        """
        The lysate is made from expired platelet concentrates of Czech and Austrian blood services, 96 to 160
        donors a pool. Each donation was tested for HIV, hepatitis B, hepatitis C and syphilis, by antibody
        and nucleic acid. The pool is irradiated with 35 kGy.
        """,
        table(
            "Reduction of viruses by irradiation, log10 steps",
            """
            Virus | Model for | Reduction
            HIV-1 | itself | ≥ 5.3
            BVDV | hepatitis C | ≥ 5.1
            Pseudorabies virus | hepatitis B, herpes viruses | ≥ 4.8
            Hepatitis A virus | itself | 3.9
            Porcine parvovirus | parvovirus B19 | 2.2
            """,
            widths=(4, 5, 3),
            right=(2,),
        ),
        """
        Because the reduction of parvovirus is small, each pool is tested for B19 (limit 10⁴ IU/mL).
        """,
    )


def _viruses() -> Section:
    return section(
        "Safety from viruses and prions",
        """
        The process has no step that removes viruses; the cells would not survive it. Safety rests on the
        choice of donors, the 90-day test, the tests of bank and lot, and the treatment of the lysate. Bovine
        serum was used for lots before June 2023 only. Heparin is of porcine origin and outside the guidance
        on transmissible spongiform encephalopathy.
        """,
    )


def _traceability() -> Section:
    return section(
        "Traceability",
        """
        Donation number, bank, lot and bag are joined in one record. From a bag all materials and the donor
        can be found, and from a donor all bags and hospitals. The hospitals keep the link to the patients.
        Data are kept for 30 years after the expiry date. When a donor falls ill later, the hospitals are told
        within one working day; this was rehearsed in February 2026 and took five hours.
        """,
    )
