"""Chondrafix, section 1.8.2: what may go wrong with cells, membrane and operation, and how it is watched."""

from datetime import date

from atmp_portal.demo.chondrafix.facts import (
    INDICATION,
    MEMBRANE,
    MEMBRANE_MAKER,
    PRODUCT,
    SHELF_LIFE,
    SPECIFICATION_2,
    chondrafix_document,
)
from atmp_portal.demo.chondrafix.lots import LOTS
from atmp_portal.demo.content import Document, Section, bullets, section, table


def risk_management_plan() -> Document:
    """Section 1.8.2 of Chondrafix."""
    return chondrafix_document(
        "1.8.2",
        "Risk-management System",
        _product(),
        _safety_specification(),
        _pharmacovigilance(),
        _efficacy_follow_up(),
        _minimisation(),
        _late_result(),
        _traceability(),
        title="Risk management plan, version 0.2",
        written_on=date(2026, 8, 17),
        author="Dr Luc Fontaine, EU qualified person for pharmacovigilance",
        approver="Dr Marit Solheim, clinical development",
    )


def _product() -> Section:
    return section(
        "Part I: the product",
        table(
            "Overview",
            f"""
            Point | Entry
            Product | {PRODUCT}, cartilage cells of the patient on the collagen membrane {MEMBRANE}
            Class | Advanced therapy medicinal product, tissue engineered, combined
            Indication | {INDICATION[0].upper()}{INDICATION[1:]}
            Use | One operation, by a trained surgeon, about five weeks after the biopsy
            Shelf life | {SHELF_LIFE}; one result is known after implantation
            Additional monitoring | Yes, black triangle
            """,
            widths=(2, 7),
        ),
    )


def _safety_specification() -> Section:
    return section(
        "Part II: safety specification",
        section(
            "Exposure",
            f"""
            72 patients, 18 to 54 years old, were treated in study CHX-301, {len(LOTS)} of them with the
            membrane that is filed. All were followed for 24 months. Three had two grafts from one biopsy.
            """,
        ),
        section(
            "Important risks and missing information",
            table(
                "Summary of safety concerns",
                """
                Kind | Concern | Comes from | Seen in 72 patients
                Important identified | Overgrowth of the graft | Cells | 5
                Important identified | Loosening of the graft | Operation, membrane | 3
                Important identified | Stiffness that needs treatment | Operation | 4
                Important potential | Infection of the joint by the product | Cells | 0
                Important potential | Tear of the membrane, loose body | Interplay | 0
                Important potential | Graft laid upside down | Operation | 0; 1 of 11 in the model knee
                Important potential | Allergy to porcine collagen | Membrane | 0
                Important potential | Graft of another patient | Chain of identity | 0
                Important potential | Tissue other than cartilage, tumour | Cells | 0
                Missing information | Safety and effect beyond 24 months | – | –
                Missing information | Below 18 and above 55 years | – | –
                Missing information | Two grafts; opposing defects; patella | – | 3; 0; 0
                """,
                widths=(4, 5, 4, 4),
            ),
        ),
        section(
            "Risks that come from cells and membrane together",
            """
            Cells weaken the membrane: tear strength is 3.4 N after 14 days with cells against 3.8 N without.
            The value after 30 days is the open condition of the notified body. A weak membrane would show as
            an early tear or a loose body in the knee. No such case was seen; MRI at three months showed the
            membrane in place in 69 of 72 patients.

            The membrane is resorbed within about six months. If new matrix came later than that, the defect
            would be empty in part; MRI at six months is therefore part of the registry.
            """,
        ),
    )


def _pharmacovigilance() -> Section:
    return section(
        "Part III: pharmacovigilance plan",
        section(
            "Routine activities",
            f"""
            Questionnaires exist for a second operation on the defect, infection of the joint, and suspected
            defect of the membrane. A graft that is removed is asked for and examined by histology. Each
            report that may concern the membrane goes to its maker, {MEMBRANE_MAKER}, within one
            working day. The maker sends complaints about {MEMBRANE} in its other use to Norvia every quarter,
            and serious incidents at once. The combined product is one medicinal product: reports go to
            EudraVigilance, once.
            """,
        ),
        section(
            "Studies",
            table(
                "Studies after authorisation",
                """
                Study | What | Patients | Length
                CHX-301, follow-up | KOOS, MRI, second operations | 138 of both arms | 60 months
                CHX-901, registry | All concerns; KOOS yearly, MRI at 6, 12 and 60 months | 300 | 10 years
                CHX-902, survey | Surgeons: orientation, fixing of the edge, late result | 60 | Year 2
                """,
                widths=(4, 7, 3, 2),
            ),
            """
            Patients enter CHX-901 through the cartilage registries of six Member States; where there is none,
            the hospital enters data directly. With 300 patients an event that befalls one in 100 is seen at
            least once with a probability of 95 %.
            """,
        ),
        table(
            "Milestones",
            """
            Study | Milestone | Due
            CHX-901 | Protocol agreed | Before authorisation
            CHX-901 | Interim reports | Every year with the safety update report
            CHX-301 | Report, 60 months | 31 October 2029
            CHX-901 | Final report | 10 years after the last patient
            """,
            widths=(3, 5, 5),
        ),
    )


def _efficacy_follow_up() -> Section:
    return section(
        "Part IV: follow-up of efficacy",
        """
        Regulation (EC) No 1394/2007, Article 14, asks for the follow-up of efficacy. Both arms of CHX-301 are
        followed for 60 months: responders, change of KOOS pain and function, second operations. The results
        with the two membranes are shown apart. In CHX-901 the endpoint is the second operation on the defect;
        response is compared across defects up to 4 cm² and above.
        """,
    )


def _minimisation() -> Section:
    return section(
        "Part V: risk minimisation",
        table(
            "Measures by concern",
            """
            Concern | In the product information | Additional
            Overgrowth, stiffness | Warnings, rehabilitation | Plan of exercises for the patient
            Loosening | Warning for the trochlea, fixing of the edge | Training on a model knee
            Upside down | Notch, text; drawing to come | Training, check list of the theatre
            Tear, loose body | No load for six weeks, signs in the leaflet | Registry, MRI at six months
            Infection | Late result, what to do | Action plan with each hospital
            Allergy | Contraindication | –
            Graft of another patient | Identity check by two persons | Check before the dish is opened
            """,
            widths=(4, 5, 5),
        ),
        bullets(
            """
            Training: half a day with a model knee and a test, before the first graft is supplied; repeated
            after two years without an implantation.

            Patient card: product, lot, membrane lot, date, side, and the words “contains porcine collagen”.

            Success is measured by CHX-902 (85 % right answers) and by the share of second operations within
            12 months (below 6 %).
            """
        ),
    )


def _late_result() -> Section:
    rinse = SPECIFICATION_2["rinse"]
    return section(
        "When the late result is positive",
        f"""
        The final rinse is known after {rinse.duration}; the graft is then in the knee. Norvia calls the
        surgeon within one hour, by telephone and in writing. The patient is seen within 24 hours; fluid is
        taken if there is swelling or fever. Organism and sensitivity follow within two days. The graft is
        removed only when the joint is infected. Other grafts of the same week are held until the cause is
        known. The plan was rehearsed with four hospitals in May 2026; the longest call took 35 minutes.
        """,
    )


def _traceability() -> Section:
    return section(
        "Traceability",
        f"""
        Norvia keeps the data from the biopsy to the delivery, the lot of {MEMBRANE} and of all materials
        included; its maker keeps those from the herd to the membrane. The hospital keeps the link to
        the patient. All data are kept for at least 30 years after the expiry date of the graft. If Norvia or
        the maker ceases to exist, the data go to the European Medicines Agency.
        """,
        table(
            "Who keeps what",
            """
            Data | Kept by | Until
            Biopsy, blood, donor tests | Hospital and Norvia | Expiry and 30 years
            Herd, tissue lot, membrane lot | Maker of the membrane and Norvia | Expiry and 30 years
            Batch record, transport | Norvia | Expiry and 30 years
            Patient, side, date of implantation | Hospital | Expiry and 30 years
            """,
            widths=(5, 5, 3),
        ),
    )
