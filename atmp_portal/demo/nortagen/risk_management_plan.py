"""Nortagen, section 1.8.2: what may go wrong, how it is watched for 15 years, what lowers the risk."""

from datetime import date

from atmp_portal.demo.content import Document, Section, bullets, section, table
from atmp_portal.demo.nortagen.facts import (
    INDICATION,
    PRODUCT,
    SHELF_LIFE,
    SPECIFICATION_3,
    SUBSTANCE,
    nortagen_document,
)
from atmp_portal.demo.nortagen.lots import LOTS


def risk_management_plan() -> Document:
    """Section 1.8.2 of Nortagen."""
    return nortagen_document(
        "1.8.2",
        "Risk-management System",
        _product(),
        _safety_specification(),
        _pharmacovigilance(),
        _efficacy_follow_up(),
        _minimisation(),
        _traceability(),
        _effectiveness(),
        title="Risk management plan, version 0.3",
        written_on=date(2026, 4, 2),
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
            Product | {PRODUCT}, {SUBSTANCE}, dispersion for infusion
            Class | Advanced therapy medicinal product, gene therapy, autologous
            Action | T cells of the patient that carry a receptor against CD19 and kill cells that carry CD19
            Indication | {INDICATION[0].upper()}{INDICATION[1:]}
            Use | One infusion after lymphodepletion, in a qualified treatment centre
            Shelf life | {SHELF_LIFE}; given before all quality results are known
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
            In all, {len(LOTS)} patients have been treated, 14 in study NTG-101 and 38 in study NTG-301. The
            longest follow-up is 56 months, the median 18 months. Ages range from 19 to 71 years. Nobody below
            18 years, no pregnant woman and nobody with active hepatitis was treated.
            """,
        ),
        section(
            "Important risks and missing information",
            table(
                "Summary of safety concerns",
                """
                Kind | Concern | Seen in 52 patients
                Important identified | Cytokine release syndrome, grade 3 or higher | 8
                Important identified | Neurotoxicity (ICANS), grade 3 or higher | 4
                Important identified | Infection, grade 3 or higher | 13
                Important identified | Prolonged cytopenia | 30
                Important identified | Hypogammaglobulinaemia, B-cell aplasia | 40
                Important potential | Secondary malignancy of T-cell origin, insertional oncogenesis | 0
                Important potential | Replication-competent lentivirus | 0
                Important potential | Transmission of an infectious agent by the product | \
                    1 late positive test, no harm
                Important potential | Infusion to the wrong patient | 0
                Missing information | Safety beyond five years | –
                Missing information | Pregnancy and breast-feeding | –
                Missing information | Patients with active hepatitis B or C | –
                """,
                widths=(3, 7, 4),
            ),
        ),
        section(
            "Risks that come from the nature of the product",
            """
            The vector integrates for life. Malignancy of T-cell origin has been reported after products of
            the same class and is named in their product information. The integration study (section
            4.2.3.7.7) found no hazard beyond the known one.

            The product is made from the cells of one person. A mix-up would give a patient cells of somebody
            else, with graft-versus-host disease and loss of the only lot. The chain of identity is described
            in section 3.2.S.2.2.

            The product is given before the tests for sterility and mycoplasma culture have ended.
            """,
        ),
    )


def _pharmacovigilance() -> Section:
    return section(
        "Part III: pharmacovigilance plan",
        section(
            "Routine activities",
            """
            Follow-up questionnaires exist for cytokine release syndrome, neurotoxicity and secondary
            malignancy. For every malignancy the reporter is asked for a sample of tumour and blood; it is
            examined for the vector sequence in a central laboratory within 30 days.
            """,
        ),
        section(
            "Study NTG-901: follow-up for 15 years",
            """
            All patients treated with Nortagen, in studies and after authorisation, are asked to enter
            NTG-901. Data are collected through the registry of the treating centres.
            """,
            table(
                "Examinations in study NTG-901",
                """
                Examination | Months 3, 6, 12 | Years 2 to 5 | Years 6 to 15
                Blood count, immunoglobulins | each | twice a year | yearly
                CAR+ cells, vector copies in blood | each | twice a year until negative | \
                    yearly while positive
                Replication-competent lentivirus, VSV-G by PCR | each | yearly | sample stored
                Integration sites | if above 1 copy per 10 cells | if above 1 copy per 10 cells | \
                    if above 1 copy per 10 cells
                Malignancy, neurological, autoimmune disease | each | twice a year | \
                    yearly, by letter or telephone
                Survival and relapse | each | twice a year | yearly
                """,
                widths=(5, 4, 4, 4),
            ),
            """
            The study plans for 500 patients within five years. A frequency of T-cell malignancy of one in 200
            would then be seen with a probability of 92 %. Patients who change hospital are asked by their
            centre to name the new hospital; no other provision is made.
            """,
        ),
        table(
            "Milestones",
            """
            Study | Milestone | Due
            NTG-901 | Protocol agreed | Before authorisation
            NTG-901 | Interim reports | Every year with the safety update report
            NTG-901 | Final report | 15 years after the last patient
            NTG-301 | Final report, 24 months | 31 December 2027
            """,
            widths=(2, 6, 5),
        ),
    )


def _efficacy_follow_up() -> Section:
    return section(
        "Part IV: follow-up of efficacy",
        """
        Regulation (EC) No 1394/2007, Article 14, asks for the follow-up of efficacy. Duration of response,
        survival and loss of CD19 at relapse are collected in NTG-901. Patients who received a lot that was
        out of specification are analysed apart.
        """,
    )


def _minimisation() -> Section:
    return section(
        "Part V: risk minimisation",
        table(
            "Measures by concern",
            """
            Concern | In the product information | Additional
            Cytokine release syndrome | Warnings, grading, tocilizumab before infusion | \
                Qualified centres, training
            Neurotoxicity | Warnings, no driving for 8 weeks | Training, patient card
            Infection, cytopenia | Warnings, monitoring | –
            Malignancy of T-cell origin | Warning, life-long monitoring | NTG-901, instructions for samples
            Late positive sterility test | What to do, whom to call | Action plan with each centre
            Infusion to the wrong patient | Identity check by two persons | Bedside scan, training
            """,
            widths=(4, 5, 4),
        ),
        bullets(
            """
            Qualified centres: Norvia supplies only centres that have named a responsible physician, trained
            staff, at least one dose of tocilizumab per patient at hand and an agreement on the late positive
            result.

            Training: on paper and on screen, with a test; repeated every two years.

            Patient card: carried for life; it names the product, the lot, the date and the telephone number
            of the centre.
            """
        ),
    )


def _traceability() -> Section:
    return section(
        "Traceability",
        """
        Norvia keeps the data from donation to delivery, the hospital keeps the link between the product and
        the patient, both for at least 30 years after the expiry date of the lot. If Norvia ceases to exist,
        the data go to the European Medicines Agency; the agreement with the escrow agent is annexed.
        """,
        table(
            "Who keeps what",
            """
            Data | Kept by | Until
            Donation number, tests, apheresis | Treatment centre and Norvia | Expiry and 30 years
            Materials, vector lot, batch record | Norvia | Expiry and 30 years
            Transport and temperature | Norvia | Expiry and 30 years
            Patient, date and time of infusion | Hospital | Expiry and 30 years
            """,
            widths=(5, 4, 3),
        ),
    )


def _effectiveness() -> Section:
    pending = len(SPECIFICATION_3.pending)
    return section(
        "How we shall know that the measures work",
        f"""
        Each lot is released with {pending} results pending. The time from a late positive result to the call
        to the physician is measured in every case; the target is one hour. A survey after two years asks at
        least 60 physicians and nurses about cytokine release syndrome, the patient card and the bedside
        check; the target is 85 % right answers. Results are reported with the safety update report.
        """,
    )
