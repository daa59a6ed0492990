"""Chondrafix: cartilage cells on a membrane, a combined product in the middle of its review."""

from atmp_portal.demo.chondrafix import combined_parts
from atmp_portal.demo.story.candidates import EXPANDED_STROMAL_CELLS
from atmp_portal.demo.story.stage import Chapter, Stage, days
from classification.models import Mechanism
from dossiers import workflow
from dossiers.actions import (
    combined,
    conclusions,
    conformity,
    dossiers,
    gsprs,
    people,
    products,
    questions,
    reviews,
    threads,
)
from dossiers.actions.combined import Written
from dossiers.actions.gsprs import GsprAnswer
from dossiers.actions.questions import Wording
from dossiers.actions.threads import Place
from dossiers.models import Dossier, Part
from dossiers.statuses import (
    Applicability,
    Discipline,
    Duty,
    GsprJudgement,
    PartKind,
    Procedure,
    QuestionKind,
    Recommendation,
    ThreadAudience,
)

NAME = "chondrafix"
CARTILAGE = EXPANDED_STROMAL_CELLS | {
    "process_steps": ["enzymatic_dissociation", "expansion"],
    "intact_units": "no",
    "same_location": "yes",
    "same_function": "yes",
    "claimed_action": "regenerate",
    "integral_device": "yes",
    "source": "autologous",
}


def _classify(stage: Stage) -> None:
    candidate = stage.classify(
        "Ines",
        "NV-305",
        CARTILAGE,
        name="Autologous chondrocytes on a collagen membrane",
        indication="Cartilage defects of the knee of 2 to 10 cm² in adults",
        mechanism=Mechanism.FORMS_TISSUE,
        mechanism_text="The cells form cartilage in the defect; the membrane holds them there.",
        description=(
            "Chondrocytes of a biopsy from the patient's knee, released by collagenase, expanded, and seeded on "
            "a porcine collagen membrane that holds them in the defect and stays for weeks."
        ),
    )
    signed = stage.sign_rationale("Ines", candidate)
    stage.products[NAME] = products.create(
        signed,
        name="Chondrafix",
        descriptor="chondrocytes on collagen membrane",
        indication=signed.indication,
        by=stage.who("Ines"),
    )


def _open_dossier(stage: Stage) -> None:
    stage.dossiers[NAME] = dossiers.create(
        stage.products[NAME], procedure=Procedure.MAA, by=stage.who("Ines")
    )


def _upload(stage: Stage) -> None:
    stage.upload("Tomasz", NAME)
    stage.answer_requirements("Tomasz", NAME, {1: "1.8.2", 2: "2.3", 3: "2.3", 4: "2.4", 5: "2.5"})


def _fill_in(stage: Stage) -> None:
    """Fill in device, conformity, medicine and interface, as far as they had come when it was filed."""
    dossier, tomasz = stage.dossier(NAME), stage.who("Tomasz")
    entries = {name: Written(value) for name, value in combined_parts.FIELDS.items()}
    entries |= {name: Written(reason=why) for name, why in combined_parts.ASIDE.items()}
    entries |= {
        name: Written(document=stage.document(NAME, number), page=page)
        for name, (number, page) in combined_parts.DOCUMENTS.items()
    }
    combined.write_fields(dossier, entries, by=tomasz)
    gsprs.set_aside_rare(dossier, by=tomasz)
    answers = {
        number: GsprAnswer(
            Applicability.APPLIES,
            standard=standard,
            document=stage.document(NAME, section),
            page=page,
            place=place,
        )
        for number, (standard, section, page, place) in combined_parts.applying().items()
    }
    answers |= {
        number: GsprAnswer(Applicability.DOES_NOT_APPLY, reason=why, edition=_edition(dossier, number))
        for number, why in combined_parts.set_aside().items()
    }
    gsprs.answer_gsprs(dossier, answers, by=tomasz)
    conformity.write_condition(
        dossier,
        text=combined_parts.CONDITION,
        due_on=combined_parts.CONDITION_DUE,
        owner=tomasz,
        by=tomasz,
    )
    conformity.move_conformity(dossier.conformity, workflow.DECLARE_OPINION, by=stage.who("Ines"))


def _edition(dossier: Dossier, number: str) -> int:
    return dossier.gsprs.get(number=number).edition


def _file(stage: Stage) -> None:
    stage.file_dossier("Ines", NAME)


def _validate(stage: Stage) -> None:
    reviews.validate(stage.dossier(NAME), by=stage.who("Clara"))


def _assign(stage: Stage) -> None:
    clara, dossier = stage.who("Clara"), stage.dossier(NAME)
    people.assign(dossier, stage.who("Sofia"), duty=Duty.LEAD, discipline=Discipline.QUALITY, by=clara)
    people.assign(dossier, stage.who("Lena"), duty=Duty.CO_LEAD, discipline=Discipline.CLINICAL, by=clara)
    people.assign(dossier, stage.who("Eva"), duty=Duty.ASSESSOR, discipline=Discipline.DEVICE, by=clara)


def _start(stage: Stage) -> None:
    reviews.start_review(stage.dossier(NAME), by=stage.who("Clara"))


def _comment(stage: Stage) -> None:
    review, both = ThreadAudience.REVIEW_TEAM, ThreadAudience.SPONSOR_AND_REVIEW
    for key, who, number, page, audience, text in (
        ("viability", "Lena", "3.2.P.5.6", 2, review,
         "31 lots give a range of 79.6 to 95.2. I see no data that support 70."),
        ("matrix", "Sofia", "3.2.P.5.6", 2, review,
         "The content of matrix reads what was made in culture, not what the cells will do. A second test is needed."),
        ("surrogate", "Sofia", "3.2.P.5.6", 3, review,
         "Is the surrogate kept at the same temperature until use?"),
        ("membrane", "Eva", "3.2.R.MD.1", 1, review,
         "The opinion is open on one condition, the pull test after 30 days with cells. We need it closed before day 120."),
        ("legible", "Sofia", "3.2.P.8.3", 2, both,
         "The figure on this page cannot be read at any size. Please send a clearer copy with your next sequence."),
        ("mine", "Sofia", "3.2.P.1", 1, ThreadAudience.PRIVATE,
         "Compare with the composition in the synopsis before I write this up."),
    ):  # fmt: skip
        document = stage.document(NAME, number)
        stage.threads[key] = threads.start_thread(
            Place(section=document.section, version=document.versions.latest("number"), page=page),
            text=text,
            audience=audience,
            form_key=stage.form_key(),
            by=stage.who(who),
        )


def _reply(stage: Stage) -> None:
    threads.reply(
        stage.threads["matrix"],
        text="The membrane binds the dye. Ask for a blank.",
        form_key=stage.form_key(),
        by=stage.who("Eva"),
    )
    threads.reply(
        stage.threads["legible"],
        text="We have a vector drawing of it and send it with the responses.",
        form_key=stage.form_key(),
        by=stage.who("Tomasz"),
    )
    threads.resolve(stage.threads["surrogate"], by=stage.who("Sofia"))


def _raise(stage: Stage) -> None:
    thread = stage.threads["matrix"]
    questions.raise_question(
        thread.section,
        Wording(
            kind=QuestionKind.MAJOR_OBJECTION,
            discipline=Discipline.QUALITY,
            text=(
                "Please add a potency test that measures the capacity to form matrix after implantation, or "
                "justify that the content at 72 hours predicts it. Give the blank value of the membrane."
            ),
        ),
        form_key=stage.form_key(),
        by=stage.who("Sofia"),
        thread=thread,
    )
    thread = stage.threads["membrane"]
    questions.raise_question(
        thread.section,
        Wording(
            kind=QuestionKind.OTHER_CONCERN,
            discipline=Discipline.DEVICE,
            text="Please close the open condition of the notified body, or say how the device is safe without it.",
        ),
        form_key=stage.form_key(),
        by=stage.who("Eva"),
        thread=thread,
    )


def _write(stage: Stage) -> None:
    part = Part.objects.get(dossier=stage.dossiers[NAME], kind=PartKind.DEVICE)
    conclusions.write_part(
        part,
        text=(
            "The membrane is CE marked on its own for another use. Its composition, sterilisation and residual "
            "cross-linker are described. One condition of the notified body is open: the pull test after 30 days with cells."
        ),
        recommendation=Recommendation.FAVOURABLE_WITH_CONDITIONS,
        edition=part.edition,
        by=stage.who("Eva"),
    )


def _judge_device(stage: Stage) -> None:
    eva, dossier = stage.who("Eva"), stage.dossier(NAME)
    for number, judgement, remark in (
        ("1", GsprJudgement.COMPLIES, ""),
        ("3", GsprJudgement.COMPLIES, ""),
        ("11.5", GsprJudgement.COMPLIES, ""),
        ("6", GsprJudgement.DOES_NOT_COMPLY, "No data beyond 14 days with cells."),
    ):
        gsprs.judge_gspr(
            dossier.gsprs.get(number=number), judgement=judgement, remark=remark, edition=1, by=eva
        )
    conformity.move_conformity(dossier.conformity, workflow.HOLD_CONDITIONS, by=stage.who("Sofia"))


CHAPTERS = (
    Chapter(days(125), _classify),
    Chapter(days(122), _open_dossier),
    Chapter(days(95), _upload),
    Chapter(days(90), _fill_in),
    Chapter(days(84), _file),
    Chapter(days(70.2), _validate),
    Chapter(days(69), _assign),
    Chapter(days(67), _start),
    Chapter(days(24), _comment),
    Chapter(days(9), _reply),
    Chapter(days(5), _raise),
    Chapter(days(3), _judge_device),
    Chapter(days(1), _write),
)
