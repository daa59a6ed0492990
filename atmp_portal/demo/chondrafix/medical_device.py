"""Chondrafix, section 3.2.R: the membrane as a device, its conformity, and its work together with cells."""

from datetime import date
from statistics import mean

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    NOTIFIED_BODY,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    STORAGE,
    chondrafix_document,
)
from atmp_portal.demo.chondrafix.lots import LOTS
from atmp_portal.demo.content import Document, Section, bullets, section, table


def medical_device() -> Document:
    """Section 3.2.R of Chondrafix."""
    return chondrafix_document(
        "3.2.R.MD",
        "Medical Device",
        _role(),
        _conformity(),
        _description(),
        _manufacture(),
        _requirements(),
        _risks(),
        _verification(),
        _together(),
        _open_points(),
        title="Medical device: collagen membrane Duolam KM",
        written_on=date(2026, 8, 19),
        author="Jun Sato, quality assurance",
        approver="Dr Aoife Brennan, Qualified Person",
    )


def _role() -> Section:
    return section(
        "Role of the device in the product",
        f"""
        {PRODUCT} consists of cells on a membrane. The membrane {MEMBRANE} carries the cells, keeps them in
        the defect and parts them from the joint. It has no biological action of its own that is claimed. It
        stays in the knee, where it is resorbed within about six months. Without the membrane the cells could
        not be implanted; it is therefore an integral part, and {PRODUCT} is a combined advanced therapy
        medicinal product according to Regulation (EC) No 1394/2007, Article 2(1)(d).

        This file gives the evidence asked for in Articles 6, 7 and 9 of that Regulation. The references to
        the directives on medical devices are read as references to Regulation (EU) 2017/745.
        """,
    )


def _conformity() -> Section:
    return section(
        "Conformity and notified body",
        table(
            "Status of the device part",
            f"""
            Point | Entry
            Device | {MEMBRANE}, resorbable collagen membrane
            Manufacturer | {MEMBRANE_MAKER}, ISO 13485 certificate valid until 30 April 2029
            Class and rule | III, rule 18 (tissue of animal origin, non-viable)
            On the market as such | Yes, for covering of bone; not for use with cells
            Evidence | Opinion on the device part, requested by the applicant
            Issued by | {NOTIFIED_BODY[0].upper()}{NOTIFIED_BODY[1:]}, 14 August 2026
            Scope | Membrane as used in {PRODUCT}, {SIZE}
            Result | Favourable with one open condition
            Open condition | Pull test after 30 days of culture with cells, due 1 December 2026
            """,
            widths=(3, 7),
        ),
        f"""
        The certificate of the membrane covers another intended purpose. It was therefore not enough, and the
        notified body was asked for an opinion on the membrane as part of {PRODUCT}. The intended purpose in
        the opinion is the indication of the product: {INDICATION}.
        """,
    )


def _description() -> Section:
    return section(
        "Description of the membrane",
        section(
            "Structure",
            f"""
            {MEMBRANE} has two layers of porcine collagen. The smooth layer is dense; cells do not pass. The
            rough layer is a felt of fibres of 5 to 20 µm with pores of 50 to 150 µm, on which the cells are
            seeded.
            """,
            table(
                "Properties",
                """
                Property | Value | Method
                Length and width | 29 to 31 × 39 to 41 mm | Calliper
                Thickness, wet | 1.8 to 2.2 mm | Calliper
                Weight, dry | 44 to 56 mg | Balance
                Collagen type I / type III | 90 to 97 % / 3 to 10 % | Electrophoresis
                Tear strength, wet | ≥ 2.5 N | Tensile test
                Pore size, rough side | 50 to 150 µm | Electron microscopy
                Degradation in collagenase | 50 % in 6 to 11 h | In vitro
                pH of the extract | 6.5 to 7.5 | ISO 10993-12
                """,
                widths=(4, 4, 4),
            ),
        ),
        section(
            "Source of the collagen",
            """
            The collagen comes from the peritoneum of pigs from closed herds in Austria and Bavaria,
            slaughtered for food and passed as fit for human consumption. Porcine tissue is outside the scope
            of Regulation (EU) No 722/2012 for transmissible spongiform encephalopathy. Treatment with sodium
            hydroxide at pH 12 for 16 hours inactivates enveloped and non-enveloped viruses by at least 4.1
            and 3.6 log10 steps (ISO 22442-3).
            """,
        ),
    )


def _manufacture() -> Section:
    return section(
        "Design and manufacture",
        f"""
        The membrane is made by {MEMBRANE_MAKER}. Steps: cleaning of the tissue, alkaline treatment,
        defatting, splitting, lamination of the two layers, freeze-drying, punching of the orientation notch,
        packaging in two pouches, sterilisation by gamma radiation of 25 kGy (ISO 11137). Norvia audited the
        site on 4 and 5 March 2026 without a critical finding.
        """,
        table(
            "Release of the membrane by its manufacturer",
            """
            Test | Limit | Results of 12 lots
            Dimensions | as above | complies
            Tear strength, wet | ≥ 2.5 N | 3.1 to 4.6 N
            Bacterial endotoxins | ≤ 5 EU per device | < 0.5 to 1.4 EU
            Bioburden before sterilisation | ≤ 100 CFU per device | 2 to 31 CFU
            Sterility, dose audit | every quarter | complies
            Residual fat | ≤ 0.5 % | 0.1 to 0.3 %
            Residual salt | ≤ 1.0 % | 0.2 to 0.6 %
            """,
            widths=(4, 3, 4),
        ),
    )


def _requirements() -> Section:
    return section(
        "General safety and performance requirements",
        """
        Annex I of Regulation (EU) 2017/745 was gone through item by item. 31 requirements apply, 22 do not.
        The table shows the requirements on which the use with cells bears; the complete list is in the annex
        to this file.
        """,
        table(
            "Requirements, solution and evidence (selection)",
            """
            No. | Requirement | Standard or solution | Evidence | Status
            1 | Performs as intended, safe, state of the art | ISO 14971:2019 | Section 6 | Met
            3 | Risk management system | ISO 14971:2019 | Section 6 | Met
            6 | Keeps its characteristics over its lifetime | Pull test, 30 days with cells | Running | Gap
            7 | Transport and storage do no harm | ASTM D4169, 72 h | 3.2.P.8.3 | Met
            10.1 | Materials, compatibility, mechanical properties | ISO 10993-1 | Section 7 | Met
            10.2 | Contaminants and residues | ISO 10993-17 and -18 | Section 7 | Met
            10.4 | Substances absorbed; CMR, endocrine disruptors | Statement of the supplier | Awaited | Gap
            11.3 | Specific microbial state | ISO 13408-1 | 3.2.P.3.5 | Met
            11.5 | Sterilised by validated methods | ISO 11137, 25 kGy | Section 4 | Met
            13.2 | Animal tissue, non-viable | ISO 22442-1 to -3 | Section 3.2 | Met
            23.2 | Label | Regulation (EC) No 1394/2007, Annex III | 1.3.1 | Met
            23.4 | Instructions: side that faces the bone | Leaflet, section 3 | Draft | Gap
            """,
            widths=(2, 6, 5, 4, 2),
        ),
    )


def _risks() -> Section:
    return section(
        "Risk management",
        """
        Hazards were analysed together for membrane and cells. Severity and probability have five steps each;
        risks above 9 points had to be lowered.
        """,
        table(
            "Hazards that arise from the use together",
            """
            Hazard | Harm | Before | Measure | After
            Graft laid upside down | Loss of the cells into the joint | 15 | Notch, leaflet, training | 6
            Membrane weakened by the cells | Tear, loose body | 12 | Pull test, limit 2.5 N | \
                6, open until the test
            Residues of the membrane | Cells die | 12 | Extraction, cell growth test per lot | 4
            Dye of the assay bound by the membrane | Potency overrated | 10 | Blank in each run | 3
            Allergy to porcine protein | Swelling | 8 | Contraindication | 4
            Degradation faster than new matrix | Empty defect | 12 | Degradation test, MRI in study | 8
            """,
            widths=(5, 4, 2, 5, 3),
        ),
    )


def _verification() -> Section:
    return section(
        "Verification and validation",
        table(
            "Biological evaluation according to ISO 10993",
            """
            Part | Test | Result
            -5 | Cytotoxicity of the extract, chondrocytes | viability 94 % of control
            -10 | Sensitisation, guinea pig, polar and non-polar extract | no reaction
            -10 | Intracutaneous reactivity, rabbit | score 0.3
            -11 | Acute systemic toxicity, mouse | no effect
            -3 | Bacterial reverse mutation, mouse lymphoma assay | negative
            -6 | Implantation, rabbit knee, 4, 12 and 26 weeks | resorbed by week 26, slight reaction
            -13 | Degradation products | peptides and amino acids
            -18 | Extractables | sum 38 µg per device, none above the threshold of concern
            """,
            widths=(1, 6, 5),
        ),
        """
        The extraction followed ISO 10993-12 at 37 °C for 72 hours in medium and in isopropanol. Substances
        above 1 µg per device were identified: glycerol, stearic acid and palmitic acid. Bisphenols and
        phthalates were not detected (limit 0.05 µg per device). A statement of the supplier of the packaging
        film on endocrine disruptors is awaited.
        """,
    )


def _together() -> Section:
    return section(
        "Cells and membrane together",
        bullets(
            f"""
            Attachment: 92 % of the cells were attached after 24 hours (12 lots, 86 to 97 %).

            Viability: {mean(lot.viability for lot in LOTS):.1f} % on average throughout the matrix in
            {len(LOTS)} clinical lots.

            Phenotype: type II collagen and aggrecan transcripts rise 6-fold and 4-fold within six days on the
            membrane.

            Effect of the cells on the membrane: tear strength after six days of culture 3.8 N against 4.0 N
            without cells.

            Stability: {SHELF_LIFE} at {STORAGE}, tear strength unchanged (section 3.2.P.8.3).

            Handling: eleven surgeons fixed the graft in a model knee; no graft tore, one was laid upside down
            and was recognised by the notch.
            """
        ),
        table(
            "Strength with and without cells",
            """
            Time in culture | With cells, N | Without cells, N | n
            0 days | 4.0 | 4.0 | 12
            6 days | 3.8 | 4.0 | 12
            14 days | 3.4 | 3.8 | 6
            30 days | study running | study running | –
            """,
            widths=(3, 3, 3, 1),
            right=(3,),
        ),
        """
        The fall at 14 days is ascribed to enzymes of the cells. In the knee the graft is glued and does not
        bear load for six weeks, and new matrix adds strength at the same time.
        """,
    )


def _open_points() -> Section:
    return section(
        "Open points",
        table(
            "Open points and when they close",
            """
            Point | Item | Closes with | Due
            Pull test after 30 days with cells | 6 | Report CHX-DV-022, opinion without condition | \
                1 December 2026
            Statement on CMR and endocrine disruptors | 10.4 | Letter of the film supplier | 30 October 2026
            Drawing of the side that faces the bone | 23.4 | Leaflet, version 2 | With the answers
            """,
            widths=(5, 3, 5, 3),
        ),
    )
