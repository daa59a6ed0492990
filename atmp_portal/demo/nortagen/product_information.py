"""Nortagen, section 1.3.1: what physician, pharmacist and patient read, and what stands on the bag."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import (
    DOSE_RANGE,
    IN_USE,
    INDICATION,
    PRODUCT,
    SHELF_LIFE,
    SPECIFICATION_3,
    STORAGE,
    SUBSTANCE,
    TARGET_DOSE,
    VECTOR,
    VOLUME,
    nortagen_document,
)
from atmp_portal.demo.nortagen.lots import GHENT, LOTS
from atmp_portal.demo.sponsors import NORVIA


def product_information() -> Document:
    """Section 1.3.1 of Nortagen."""
    return nortagen_document(
        "1.3.1",
        "SmPC, Labelling and Package Leaflet",
        _characteristics(),
        _labelling(),
        _leaflet(),
        title="Product information, English",
        written_on=date(2026, 4, 15),
        author="Ines Halvorsen, regulatory lead",
        approver="Dr Luc Fontaine, pharmacovigilance",
    )


def _characteristics() -> Section:
    return section(
        "Summary of product characteristics",
        """
        The headings are those of Annex II to Regulation (EC) No 1394/2007; their numbers stand in brackets.
        The product is subject to additional monitoring.
        """,
        _composition(),
        _use(),
        _warnings(),
        _effects(),
        _properties(),
        _pharmaceutical(),
    )


def _composition() -> Section:
    return section(
        "Name, composition and form (1 to 3)",
        f"""
        {PRODUCT} {DOSE_RANGE}, dispersion for infusion. {SUBSTANCE[0].upper()}{SUBSTANCE[1:]} consists of T
        cells of the patient, transduced outside the body with {VECTOR}, a lentiviral vector that codes for a
        chimeric antigen receptor (CAR) against CD19.

        One bag of {VOLUME} is made for one patient. The number of viable CAR+ T cells in it is written on the
        lot information sheet. The bag also holds T cells without the receptor, and few natural killer cells.
        Excipient with known effect: about 220 mg of sodium in a bag. The dispersion is slightly turbid.
        """,
    )


def _use() -> Section:
    return section(
        "Indication, posology and administration (4.1 to 4.3)",
        f"""
        {PRODUCT} is indicated for the {INDICATION}. It is given in a qualified treatment centre, once; the
        target dose is {TARGET_DOSE} (range {DOSE_RANGE}), whatever the body weight. At least one dose of
        tocilizumab has to be at hand before the infusion.
        """,
        table(
            "Before and after the infusion",
            """
            Time | What is done
            Days −5 to −3 | Fludarabine 30 mg/m² and cyclophosphamide 500 mg/m² on each day, after Norvia \
                has confirmed the control of day 5 of manufacture
            60 to 30 minutes before | Paracetamol and an antihistamine by mouth; no corticosteroid
            Day 0 | Infusion
            Days 1 to 10 | Daily look for cytokine release syndrome and neurotoxicity
            Until week 4 | Stay within two hours of a qualified centre
            """,
            widths=(3, 9),
        ),
        f"""
        Two persons compare name, date of birth, hospital number and chain of identity number on bag, lot
        information sheet and wristband, and scan bag and wristband. If anything differs, the bag is not
        opened and Norvia is called. The infusion starts within {IN_USE} of removal from the shipper and ends
        within one hour, through a line without a leukocyte filter. The bag is not irradiated.

        Not established: use below 18 years; use with active hepatitis B or C. Contraindications:
        hypersensitivity to an excipient, and those of the lymphodepletion.
        """,
    )


def _warnings() -> Section:
    return section(
        "Warnings, interactions, pregnancy, driving (4.4 to 4.7)",
        table(
            "Cytokine release syndrome and what to do",
            """
            Grade | Signs | What to do
            1 | Fever | Look for infection, support
            2 | Fever, low pressure that answers to fluid, or oxygen at low flow | Tocilizumab 8 mg/kg
            3 | One vasopressor, or oxygen at high flow | Tocilizumab and dexamethasone, intensive care
            4 | Several vasopressors, or ventilation | As grade 3, methylprednisolone 1 g a day
            """,
            widths=(1, 6, 6),
        ),
        bullets(
            f"""
            Traceability: the hospital records name and lot of the product, and keeps the link to the patient
            for 30 years after the expiry date.

            Autologous use: given to anybody else, the cells cause graft-versus-host disease.

            Results after the infusion: {len(SPECIFICATION_3.pending)} tests, that for sterility among them,
            may end after the bag was given. If one is positive, Norvia calls the treating physician within
            one hour. A lot may be out of specification; then the physician is told and decides beforehand.

            Neurotoxicity, infections, prolonged cytopenia, low immunoglobulins: monitor and treat. An active
            infection is treated before the infusion.

            Malignancy of T-cell origin has been seen with products of this class. Patients are monitored for
            life; Norvia tells how samples of a tumour are sent.

            Blood tests for HIV by nucleic acid may be falsely positive. Patients do not donate blood, organs,
            tissues or cells.
            """
        ),
        """
        Live vaccines are not given from six weeks before lymphodepletion until the immune system has
        recovered. Corticosteroids may harm the cells and are kept for treatment of toxicity. There are no
        data in pregnancy or breast-feeding; a pregnancy test is done before, and contraception follows the
        lymphodepletion. Patients do not drive or use machines for 8 weeks.
        """,
    )


def _effects() -> Section:
    return section(
        "Undesirable effects and overdose (4.8, 4.9)",
        table(
            f"Effects in {len(LOTS)} patients, studies NTG-101 and NTG-301",
            """
            Effect | Frequency | Any grade | Grade 3 or higher
            Cytokine release syndrome | Very common | 41 (78.8 %) | 8 (15.4 %)
            Hypogammaglobulinaemia, B-cell aplasia | Very common | 40 (76.9 %) | not graded
            Prolonged cytopenia | Very common | 30 (57.7 %) | 25 (48.1 %)
            Infection | Very common | 28 (53.8 %) | 13 (25.0 %)
            Neurotoxicity (ICANS) | Very common | 14 (26.9 %) | 4 (7.7 %)
            Secondary malignancy of T cells | Not known | 0 | 0
            """,
            widths=(5, 3, 3, 3),
            right=(2, 3),
        ),
        f"""
        One patient died of sepsis with neutropenia on day 24. The highest number of cells given was
        {max(lot.dose for lot in LOTS)} % of the target. There is no antidote; the effects of an overdose are
        treated as above.
        """,
    )


def _properties() -> Section:
    return section(
        "Pharmacological properties (5)",
        f"""
        Binding of CD19 starts killing, release of cytokines and growth of the CAR+ cells. CD19 stands on
        leukaemic and on healthy B cells. In study NTG-301, {len(GHENT)} patients were treated; 30 reached a
        complete response within three months (78.9 %, 95 % confidence interval 62.7 to 90.4), 27 of them
        without measurable residual disease. The study was not randomised. CAR+ cells peak on day 11 (median)
        with 28 cells per µL and were found in 24 of 30 responders after six months.

        In the laboratory the vector integrated as lentiviral vectors do and no clone took over. Studies of
        carcinogenicity and of reproduction were not done.
        """,
    )


def _pharmaceutical() -> Section:
    return section(
        "Pharmaceutical particulars (6)",
        table(
            "Particulars",
            f"""
            Number | Entry
            6.1, 6.2 | Balanced electrolyte solution, human albumin; do not mix with other products
            6.3 | {SHELF_LIFE} from filling; start within {IN_USE} of removal from the shipper
            6.4 | {STORAGE}, in the shipper; do not freeze
            6.5 | Bag of ethylene vinyl acetate, 100 mL, two spike ports, in a transport sleeve
            6.6 | Contains genetically modified human cells: gloves and glasses; spills are treated with a \
                virucidal disinfectant, waste as infectious waste by the rules of the hospital
            7 | {NORVIA.name}, {NORVIA.address}
            """,
            widths=(2, 10),
        ),
    )


def _labelling() -> Section:
    return section(
        "Labelling",
        """
        The particulars follow Annex III to Regulation (EC) No 1394/2007. Entries in square brackets are
        printed for the lot. Both labels carry the chain of identity number in letters and as a
        two-dimensional code.
        """,
        table(
            "Text of the labels",
            f"""
            Particular | Bag | Transport sleeve
            Name, substance | {PRODUCT}, {SUBSTANCE} | As on the bag
            Origin | Contains cells of human origin, genetically modified | As on the bag
            Content | [number] viable CAR+ T cells in {VOLUME} | As on the bag
            Excipients | – | Balanced electrolyte solution, human albumin
            Use | Intravenous use. Read the leaflet | As on the bag, keep out of the reach of children
            Patient identifier | [chain of identity number], [family name, first name], \
                [date of birth], [hospital number] | As on the bag
            Statement | FOR AUTOLOGOUS USE ONLY | FOR AUTOLOGOUS USE ONLY
            Expiry | [date, time, time zone] | As on the bag
            Storage | {STORAGE}. Do not freeze | As on the bag, in the shipper
            Lot and donation | [lot], [donation number and product code] | As on the bag
            Warning | Do not irradiate | Do not irradiate. Genetically modified cells: waste as infectious
            Holder, number | {NORVIA.name} | {NORVIA.name}, {NORVIA.address}; number to be assigned
            """,
            widths=(3, 6, 6),
        ),
    )


def _leaflet() -> Section:
    return section(
        "Package leaflet, extract",
        section(
            f"What {PRODUCT} is and what it is used for",
            f"""
            {PRODUCT} is made from your own white blood cells. They were taken from your blood and given a new
            gene, so that they find and attack leukaemia cells. It is for adults with acute lymphoblastic
            leukaemia that came back or did not go away after two or more treatments.
            """,
        ),
        section(
            f"Before and while you are given {PRODUCT}",
            """
            Tell your doctor about fever or an infection, about hepatitis or HIV, and if you are or may be
            pregnant. You will have chemotherapy for three days. Two persons will ask your name and date of
            birth and read your wristband, even when they know you: only your own cells may be given to you.

            Your cells live for three days only, so that some tests end after you have received them. If one
            shows a problem, your doctor will hear of it at once and may give you antibiotics.
            """,
        ),
        section(
            "Possible side effects",
            """
            Tell your doctor at once, day or night: fever, chills, fast heartbeat, trouble breathing;
            confusion, shaking, trouble speaking, fits. Do not drive for 8 weeks, and never give blood, organs
            or tissue. Carry your patient card all your life. Your doctor will ask you to join a study that
            follows your health for 15 years.
            """,
        ),
    )
