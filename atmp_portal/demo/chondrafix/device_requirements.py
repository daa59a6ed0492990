"""Chondrafix, section 3.2.R.MD.2: every safety and performance requirement and how the membrane meets it."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import MEMBRANE, MEMBRANE_MAKER, PRODUCT, chondrafix_document
from atmp_portal.demo.content import Document, Section, Table, section, table, table_of

APPLIES = table(
    "Requirements that apply",
    """
    No. | Requirement | Standard or solution | Evidence | Status
    1 | Performs as intended, safe, in line with the state of the art | ISO 14971:2019 | MD 6; 2.5 | Met
    2 | Risks reduced as far as possible without harm to the benefit | ISO 14971:2019 | MD 6 | Met
    3 | Risk management over the whole life cycle | File CHX-RM-01, version 4 | MD 6 | Met
    4 | Order of measures: design, protection, information | Notch before text before training | MD 6 | Met
    5 | Errors of use, knowledge of the users | Handling by 11 surgeons | MD 8; 1.8.2 | Met
    6 | Keeps its characteristics over its lifetime | Pull test after 30 days with cells | Running | Gap
    7 | Transport and storage do no harm | ASTM D4169, 72 h | 3.2.P.8.3 | Met
    8 | All known risks and side effects acceptable | Benefit and risk as a whole | 2.5; 1.8.2 | Met
    10.1 | Choice of materials, compatibility, strength, surface | ISO 10993-1, tensile test | MD 3, 7 | Met
    10.2 | Contaminants and residues | ISO 10993-17 and -18 | MD 7 | Met
    10.3 | Safe with what it touches: cells, medium, fibrin glue | Culture, gluing test | MD 8 | Met
    10.4.1 | CMR substances, endocrine disruptors up to 0.1 % | Statement of the supplier | Awaited | Gap
    10.5 | No substances get in unintended | Two pouches; dish of the product | 3.2.P.7 | Met
    10.6 | Particles | Count in the rinse, limit of Ph. Eur. 2.9.19 | CHX-DV-017 | Met
    11.1 | Design lowers the risk of infection, easy handling | No sharp parts, one piece | MD 8 | Met
    11.3 | Specific microbial state is kept | ISO 13408-1, media fills | 3.2.P.3.5 | Met
    11.4 | Delivered sterile, package keeps it so | ISO 11607-1 and -2 | MD 4 | Met
    11.5 | Sterilised by validated methods | ISO 11137, 25 kGy | MD 4 | Met
    11.6 | Made and packed under controlled conditions | Clean room ISO 7, bioburden | MD 4 | Met
    12.2 | Substances that the body absorbs | ISO 10993-13; peptides, amino acids | MD 7; 2.4 | Met
    13.2 | Animal tissue, non-viable | ISO 22442-1 to -3 | MD 3.2 | Met
    14.1 | Safe together with other devices | Fibrin glue, forceps, template | CHX-DV-015 | Met
    14.2 | Physical features, influences of use, ageing | Wet strength, 24 months dry | CHX-DV-016 | Met
    14.5 | Fits other products it is used with | Glues of two makers | CHX-DV-015 | Met
    14.7 | Safe disposal | Waste with human cells | 1.3.1 | Met
    20.1 | Mechanical risks: movement, instability | Fixing, no load for six weeks | MD 6; 5.3.5.1 | Met
    20.5 | Cannot be fitted the wrong way | Notch at the upper right | MD 8 | Met
    23.1 | Information with the device, general | Leaflet and label of the product | 1.3.1 | Met
    23.2 | Label | Regulation (EC) No 1394/2007, Annex III, prevails | 1.3.1 | Met
    23.3 | Sterile package: what stands on it | Pouch of the membrane, seen by Norvia only | MD 4 | Met
    23.4 | Instructions: side that faces the bone | Leaflet, section 3; drawing missing | Draft | Gap
    """,
    widths=(2, 6, 6, 4, 2),
)
DOES_NOT_APPLY = table(
    "Requirements that do not apply",
    """
    No. | Requirement | Why not
    9 | Devices without a medical purpose | Medical purpose
    10.4.2 | Justification of such substances | None known above 0.1 %; open until the statement is here
    10.4.3 | Guidance on phthalates | None contained, none found in the extract
    10.4.4 | Guidance on other CMR substances, disruptors | As 10.4.2
    10.4.5 | Label for such substances | As 10.4.2
    11.2 | Cleaning, disinfection, sterilising again | Single use, made into the product once
    11.7 | Packaging of non-sterile devices | Sterile
    11.8 | Sterile and non-sterile versions told apart | Sterile version only
    12.1 | Medicinal substance with an ancillary action | The action of the cells is the main one
    13.1 | Derivatives of human tissue | None in the membrane; the cells fall under Directive 2004/23/EC
    13.3 | Other biological substances | None
    14.3 | Fire and explosion | No energy, nothing flammable
    14.4 | Adjustment, calibration, maintenance | None needed
    14.6 | Scales for measuring and display | None
    15 | Diagnostic or measuring function | None
    16 | Radiation | None given off
    17 | Electronic systems, software | None
    18 | Active devices | Not active
    19 | Active implants | Not active
    20.2 to 20.4, 20.6 | Vibration, noise, terminals, heat | None
    21 | Energy or substances supplied to the patient | None supplied by the device
    22 | Use by lay persons | Surgeons only
    """,
    widths=(3, 6, 7),
)


def device_requirements() -> Document:
    """Section 3.2.R.MD.2 of Chondrafix."""
    return chondrafix_document(
        "3.2.R.MD.2",
        "Device: GSPR checklist (MDR Annex I)",
        _how_to_read(),
        section("Requirements that apply", *_by_chapter()),
        section("Requirements that do not apply", DOES_NOT_APPLY),
        _gaps(),
        title="General safety and performance requirements, check list",
        written_on=date(2026, 8, 19),
        author="Jun Sato, quality assurance",
        approver="Dr Aoife Brennan, Qualified Person",
    )


def _how_to_read() -> Section:
    return section(
        "How to read the list",
        f"""
        This is the annex to the file medical-device.pdf, section 5. Annex I to Regulation (EU) 2017/745 was
        gone through for {MEMBRANE} as part of {PRODUCT}: {len(APPLIES.rows)} requirements apply,
        {len(DOES_NOT_APPLY.rows)} do not. The words are ours and short; the text of the Regulation counts.
        """,
        table_of(
            "The list in numbers",
            ("Chapter of Annex I", "Apply", "Of these met", "Gaps"),
            (
                (
                    title,
                    str(len(rows)),
                    str(sum(row[4] == "Met" for row in rows)),
                    str(sum(row[4] == "Gap" for row in rows)),
                )
                for title, rows in _chapters()
            ),
            widths=(6, 2, 3, 2),
            right=(1, 2, 3),
        ),
        f"""
        MD stands for the file medical-device.pdf with the number of its section. Reports numbered CHX-DV are
        held by Norvia, those of the maker by {MEMBRANE_MAKER}, with a letter of access. Where the product as
        a whole meets a requirement that the membrane alone could not meet, the evidence lies in another
        section of the dossier.
        """,
    )


def _chapters() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    return (
        ("I General requirements", tuple(row for row in APPLIES.rows if _item(row) <= 9)),
        ("II Design and manufacture", tuple(row for row in APPLIES.rows if 10 <= _item(row) <= 22)),
        ("III Information with the device", tuple(row for row in APPLIES.rows if _item(row) == 23)),
    )


def _item(row: tuple[str, ...]) -> int:
    return int(row[0].split(".")[0])


def _by_chapter() -> tuple[Table, ...]:
    return tuple(
        table_of(f"Chapter {title}", APPLIES.head, rows, widths=APPLIES.widths) for title, rows in _chapters()
    )


def _gaps() -> Section:
    return section(
        "Gaps",
        table(
            "Gaps and when they close",
            """
            No. | What is missing | What is known | Closes with | Due
            6 | Strength after 30 days with cells | 3.4 N after 14 days, limit 2.5 N | Report CHX-DV-022 | \
                1 December 2026
            10.4.1 | Statement on the packaging film | Not detected in the extract, 0.05 µg per device | \
                Letter of the film supplier | 30 October 2026
            23.4 | Drawing of the side that faces the bone | Notch recognised in the model knee | \
                Leaflet, version 2 | With the answers
            """,
            widths=(2, 4, 5, 4, 3),
        ),
        """
        The first gap is the open condition of the notified body (section 3.2.R.MD.1). If the statement on the
        film names a substance above 0.1 %, requirements 10.4.2 to 10.4.5 apply and this list is filed again.
        """,
    )
