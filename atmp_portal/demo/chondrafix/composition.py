"""Chondrafix, section 3.2.P.1: what the graft consists of."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    MEMBRANE,
    MEMBRANE_MAKER,
    PRODUCT,
    SHELF_LIFE,
    SIZE,
    SPECIFICATION_2,
    STORAGE,
    chondrafix_document,
)
from atmp_portal.demo.content import Document, Section, bullets, section, table


def composition() -> Document:
    """Section 3.2.P.1 of Chondrafix."""
    return chondrafix_document(
        "3.2.P.1",
        "Description and composition of the drug product",
        _description(),
        _composition(),
        _dose(),
        _container(),
        _handling(),
        written_on=date(2026, 8, 12),
        author="Jun Sato, quality assurance",
        approver="Dr Aoife Brennan, Qualified Person",
    )


def _description() -> Section:
    return section(
        "Description",
        f"""
        {PRODUCT} is an implantation matrix: a white to cream membrane of {SIZE}, seeded on its rough side
        with viable chondrocytes of the patient. The smooth side faces the joint, the rough side with the
        cells faces the bone. A notch at the upper right corner, seen from the rough side, marks the
        orientation.

        The graft lies in transport medium in a sealed dish. It is cut to the size of the defect during the
        operation and fixed with fibrin glue. The glue is not part of the product.
        """,
    )


def _composition() -> Section:
    density = SPECIFICATION_2["density"].limit
    return section(
        "Composition",
        table(
            "Composition of one graft",
            f"""
            Component | Quantity | Function | Reference
            Viable autologous chondrocytes | {density} | Active substance | 3.2.S
            {MEMBRANE}, porcine collagen I and III | 1 piece, 12 cm², 44 to 56 mg | Device, integral part | \
                3.2.R
            Transport medium without phenol red | 40 mL | Vehicle | 3.2.P.4
            Human albumin in the transport medium | 10 g/L | Stabiliser | 3.2.P.4
            Gentamicin | none | – | –
            """,
            widths=(5, 5, 4, 2),
        ),
        f"""
        The membrane is made by {MEMBRANE_MAKER}, sterilised with 25 kGy and used within its own shelf life of
        24 months. The transport medium holds no serum, no antibiotic and no growth factor. Residual culture
        medium is below 0.2 % after three rinses.
        """,
        table(
            "Which part does what",
            """
            Part | Task | Kind of action
            Chondrocytes | Form matrix rich in glycosaminoglycan and type II collagen | \
                Biological, main action
            Membrane, rough side | Carries the cells, keeps them in the defect | Mechanical
            Membrane, smooth side | Barrier towards the joint for about three months | Mechanical
            Transport medium | Keeps the cells alive until implantation | Vehicle, removed before use
            """,
            widths=(3, 6, 4),
        ),
    )


def _dose() -> Section:
    density = SPECIFICATION_2["density"].limit
    return section(
        "Strength and dose",
        f"""
        The strength is the number of viable cells per square centimetre, {density}. It is written on the
        label with the value found for the lot. The percentage of viable cells is a measure of quality and not
        of the dose.

        The dose for the patient is the strength times the area implanted. For a defect of 4 cm² it lies
        between 2 and 4 million viable cells. Up to two grafts may be made from one biopsy for defects of more
        than 10 cm² in total; this was done for three patients.
        """,
    )


def _container() -> Section:
    return section(
        "Container",
        f"""
        Dish of polystyrene with a lid and a silicone ring, in two peel pouches, in a rigid box with a data
        logger. The dish is the container and not part of the device. {PRODUCT} is stored and sent at
        {STORAGE} for {SHELF_LIFE}.
        """,
        bullets(
            """
            Inner label, on the dish: name, lot, chain of identity number, patient identifiers, expiry with
            time and zone, “For autologous use only”.

            Outer label: as before, with strength, volume, storage, name of the manufacturer, and the words
            “Contains material of porcine origin”.

            Two spare labels for the records of the hospital.
            """
        ),
    )


def _handling() -> Section:
    return section(
        "Handling in the operating theatre",
        """
        The graft is rinsed once with saline, laid on the template with the notch at the upper right, and cut
        with sharp scissors. It must not dry for more than two minutes. Forceps touch the corners only. A
        second surgeon or nurse confirms the identity on the inner label before the dish is opened.
        """,
        table(
            "Times that were studied",
            """
            From | To | Longest time | Supported by
            Opening of the box | Opening of the dish | 60 min | 3.2.P.8.3
            Opening of the dish | Implantation | 30 min | 3.2.P.8.3
            Rinsed | Fixed | 10 min | 3.2.P.2.6
            """,
            widths=(4, 4, 3, 3),
        ),
    )
