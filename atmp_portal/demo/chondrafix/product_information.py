"""Chondrafix, section 1.3.1: what surgeon, pharmacist and patient read, and what stands on dish and box."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    SPECIFICATION_2,
    STORAGE,
    SUBSTANCE,
    chondrafix_document,
)
from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.sponsors import NORVIA

STRENGTH = SPECIFICATION_2["density"].limit.replace("per", "viable cells per")


def product_information() -> Document:
    """Section 1.3.1 of Chondrafix."""
    return chondrafix_document(
        "1.3.1",
        "SmPC, Labelling and Package Leaflet",
        _characteristics(),
        _labelling(),
        _leaflet(),
        title="Product information, English",
        written_on=date(2026, 8, 21),
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
        {PRODUCT} implantation matrix, {STRENGTH}. The product consists of
        {SUBSTANCE}, on {MEMBRANE}, a membrane of porcine collagen of types I and III. Cells and membrane are
        one product and are not used apart.

        One matrix of {SIZE} holds the strength that is written on the label, in viable cells per square
        centimetre. The rough side carries the cells. A notch at the upper right corner, seen from the rough
        side, marks the orientation.
        """,
    )


def _use() -> Section:
    return section(
        "Indication, posology and implantation (4.1 to 4.3)",
        f"""
        {PRODUCT} is indicated for the {INDICATION}. It is implanted by a surgeon trained for it. The dose is
        the area of the defect, covered once; a matrix covers up to 10 cm² after cutting.
        """,
        table(
            "From biopsy to load",
            """
            Time | What is done
            Four to eight weeks before | Arthroscopy, biopsy of 150 to 300 mg from a part that bears no \
                load; blood for serum
            Day 0, before opening | Two persons compare the identifiers on dish, leaflet and wristband
            Day 0 | Defect freed to stable edges, no bleeding from the bone; matrix rinsed once, cut on the \
                template, laid with the rough side to the bone, fixed with fibrin glue
            Weeks 0 to 6 | No load on the graft; passive movement from day 1
            Months 2 to 12 | Load and sports in steps
            """,
            widths=(3, 9),
        ),
        """
        Opening of the box to opening of the dish: at most 60 minutes; to implantation: 30 minutes more. The
        matrix must not dry for more than two minutes. Not established: use below 18 years, above 55 years, at
        the patella, or in opposing defects. Contraindications: hypersensitivity to porcine collagen or human
        albumin, arthrosis of the knee, infection of the joint, malalignment or instability that is not
        corrected.
        """,
    )


def _warnings() -> Section:
    return section(
        "Warnings, interactions, pregnancy, driving (4.4 to 4.7)",
        bullets(
            f"""
            Traceability: the hospital records name and lot of the product, the lot of the membrane being
            found from it, and keeps the link to the patient for 30 years after the expiry date.

            Autologous use: cells of somebody else may carry infections and are rejected.

            Result after implantation: the microbiological examination of the final rinse is known after
            {SPECIFICATION_2["rinse"].duration}. If it is positive, Norvia calls the surgeon at once; the knee
            is looked at within a day, and antibiotics follow the organism.

            Laid upside down the matrix gives its cells to the joint. Look for the notch.

            Trochlea: loosening at the edge was more frequent there. Fix the whole edge.

            Material of porcine origin: ask for allergies, and inform patients to whom this matters.
            """
        ),
        """
        Corticosteroids and local anaesthetics are not injected into the knee for three months; both are toxic
        to chondrocytes. Anti-inflammatory medicines by mouth did not change the result. Implantation is put
        off until after pregnancy, because of the operation. Patients do not drive for six weeks.
        """,
    )


def _effects() -> Section:
    return section(
        "Undesirable effects and overdose (4.8, 4.9)",
        table(
            "Effects within 24 months in 72 patients, study CHX-301",
            """
            Effect | Frequency | Patients
            Swelling of the joint beyond six weeks | Very common | 12 (16.7 %)
            Overgrowth of the graft | Common | 5 (6.9 %)
            Stiffness that needs treatment | Common | 4 (5.6 %)
            Loosening of the graft at the edge | Common | 3 (4.2 %)
            Infection of the joint, allergy to collagen | Not known | 0
            """,
            widths=(6, 3, 3),
            right=(2,),
        ),
        """
        Two of three loosened grafts needed an operation; both were in the trochlea. An overdose is not to be
        expected: the number of cells is given by the area.
        """,
    )


def _properties() -> Section:
    return section(
        "Pharmacological properties (5)",
        """
        The cells form matrix rich in glycosaminoglycan and type II collagen. The membrane holds them, parts
        them from the joint, and is resorbed within about six months. In study CHX-301, 58 of 72 patients
        (80.6 %) responded after 24 months against 43 of 71 after microfracture (60.6 %); the difference was
        20.0 percentage points (95 % confidence interval 5.4 to 34.6). 31 patients had the membrane of this
        product, 41 an earlier one. Data beyond 24 months are not complete.

        In rabbits the membrane was resorbed by week 26 with a slight reaction; cells were found in the defect
        only. Studies of carcinogenicity and of reproduction were not done.
        """,
    )


def _pharmaceutical() -> Section:
    return section(
        "Pharmaceutical particulars (6)",
        table(
            "Particulars",
            f"""
            Number | Entry
            6.1, 6.2 | Transport medium without phenol red, human albumin 10 g/L; no disinfectant
            6.3 | {SHELF_LIFE}
            6.4 | {STORAGE}; do not refrigerate, freeze or irradiate
            6.5 | Dish with lid and silicone ring in two peel pouches, rigid box with data logger
            6.6 | For single use. What is left over after cutting is waste with human cells
            7 | {NORVIA.name}, {NORVIA.address}
            """,
            widths=(2, 10),
        ),
    )


def _labelling() -> Section:
    return section(
        "Labelling",
        """
        The particulars follow Annex III to Regulation (EC) No 1394/2007, which prevails over section 23.2 of
        Annex I to Regulation (EU) 2017/745. Entries in square brackets are printed for the lot.
        """,
        table(
            "Text of the labels",
            f"""
            Particular | Dish | Box
            Name, form | {PRODUCT}, implantation matrix | As on the dish
            Origin | Contains cells of human origin | Contains cells of human origin. Contains material of \
                porcine origin
            Strength | – | [number] viable cells per cm², {SIZE}
            Use | For implantation. Rough side to the bone | As on the dish. Read the leaflet. Keep out of \
                the reach of children
            Patient identifier | [chain of identity number], [family name, first name], \
                [date of birth], [hospital number] | As on the dish
            Statement | FOR AUTOLOGOUS USE ONLY | FOR AUTOLOGOUS USE ONLY
            Expiry | [date, time, time zone] | As on the dish
            Storage | {STORAGE} | {STORAGE}. Do not refrigerate, freeze or irradiate
            Lot and donation | [lot], [donation number and product code] | As on the dish
            Sterility | Aseptically made, not sterilised. Single use | As on the dish
            Holder, number | {NORVIA.name} | {NORVIA.name}, {NORVIA.address}; number to be assigned
            """,
            widths=(3, 6, 6),
        ),
        "Two spare labels with lot, donation number and expiry go to the records of the hospital.",
    )


def _leaflet() -> Section:
    return section(
        "Package leaflet, extract",
        section(
            f"What {PRODUCT} is and before you receive it",
            f"""
            {PRODUCT} is made from your own cartilage cells, grown on a thin sheet of collagen from pigs. It
            repairs a hole in the cartilage of the knee. Tell your doctor about allergies, above all to
            gelatin or meat of pigs, about infections, and if you are pregnant. The staff will ask your name
            and date of birth several times: only your own cells may be given to you.
            """,
        ),
        section(
            "After the operation, and possible side effects",
            """
            Do not put weight on the knee for six weeks, and do your exercises as told. Call the hospital at
            once for fever, growing pain, redness, a knee that locks, or a noise with a sudden pain. One test
            for germs ends a week after the operation; you will be called if it shows something.
            """,
        ),
        section(
            "Section 3 of the leaflet, for the surgeon",
            """
            The side that faces the bone is described in words: rough, with the notch at the upper right. A
            drawing is being made and comes with version 2 of this document.
            """,
        ),
    )
