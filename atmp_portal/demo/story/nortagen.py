"""Nortagen: an autologous CAR-T with its questions out, the clock stopped and half the answers written."""

from datetime import timedelta

from atmp_portal.demo.nortagen import facts
from atmp_portal.demo.story.stage import Answers, Chapter, Stage, days
from classification.models import Mechanism
from dossiers.actions import answers, dossiers, people, products, questions, reviews, threads
from dossiers.actions.questions import Wording
from dossiers.actions.threads import Place
from dossiers.models import Question
from dossiers.statuses import Discipline, Duty, Procedure, QuestionKind, ThreadAudience

NAME = "nortagen"
CAR_T: Answers = {
    "is_medicine": "yes",
    "active_part": ["gm_cells"],
    "made_recombinantly": "yes",
    "aims_at_sequence": "yes",
    "effect_from_sequence": "yes",
    "infection_claim": "no",
    "viable_cells": "yes",
    "process_steps": ["separation", "activation", "genetic_modification", "expansion"],
    "integral_device": "no",
    "source": "autologous",
    "hospital_custom_made": "no",
    "sme": "yes",
}
TALK = (
    (
        "potency", "3.2.P.5.6", "Sofia", Discipline.QUALITY,
        "Release of interferon says that the cells are awake. The claim is killing.",
        QuestionKind.MAJOR_OBJECTION,
        "The potency test measures the release of IFN-γ, while the claimed action is the killing of CD19+ cells. "
        "Please add a functional test of killing to the specification, or justify that the release of IFN-γ "
        "predicts it.",
    ),
    (
        "vcn", "3.2.P.5.1", "Sofia", Discipline.QUALITY,
        "The limit of 5 copies per cell is wider than the experience of 52 lots.",
        QuestionKind.OTHER_CONCERN,
        "The limit of fewer than 5 vector copies per transduced cell is wider than the clinical experience. Please "
        "justify it, or tighten it.",
    ),
    (
        "donor", "3.2.S.2.3", "Sofia", Discipline.QUALITY,
        "Where is the testing of the donor described when the patient is the donor?",
        QuestionKind.OTHER_CONCERN,
        "Please describe which tests of the patient as donor are done at collection, and what follows from a "
        "positive result.",
    ),
    (
        "integration", "4.2.3.7.7", "Lena", Discipline.NON_CLINICAL,
        "Two donors only. Is that enough to speak of no preference?",
        QuestionKind.OTHER_CONCERN,
        "Integration sites were read in two donors only. Please justify the number, or add donors.",
    ),
    (
        "follow-up", "1.8.2", "Lena", Discipline.CLINICAL,
        "Fifteen years: how are patients kept who change hospital?",
        QuestionKind.MAJOR_OBJECTION,
        "The plan foresees 15 years of follow-up. Please describe how patients are kept in it when they change "
        "hospital or country, and which share you expect to lose.",
    ),
    (
        "oos", "5.3.5.1", "Lena", Discipline.CLINICAL,
        "Six patients were given lots out of specification. What became of them?",
        QuestionKind.OTHER_CONCERN,
        "Please present the outcome of the patients who were given lots out of specification, one by one.",
    ),
)  # fmt: skip


def _classify(stage: Stage) -> None:
    candidate = stage.classify(
        "Ines",
        "NV-201",
        CAR_T,
        name="Autologous T cells with a CAR against CD19",
        indication="Relapsed or refractory B-cell precursor acute lymphoblastic leukaemia in adults",
        mechanism=Mechanism.KILLS_TARGETS,
        mechanism_text="The cells kill cells that carry CD19, healthy B cells among them.",
        description=(
            f"The patient's own T cells, activated, transduced with the lentiviral vector {facts.VECTOR} and "
            "expanded; one infusion."
        ),
    )
    signed = stage.sign_rationale("Ines", candidate)
    stage.products[NAME] = products.create(
        signed,
        name=facts.PRODUCT,
        descriptor=facts.SUBSTANCE,
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


def _file(stage: Stage) -> None:
    stage.file_dossier("Ines", NAME)


def _validate(stage: Stage) -> None:
    reviews.validate(stage.dossier(NAME), by=stage.who("Clara"))


def _assign(stage: Stage) -> None:
    clara, dossier = stage.who("Clara"), stage.dossier(NAME)
    people.assign(dossier, stage.who("Lena"), duty=Duty.LEAD, discipline=Discipline.CLINICAL, by=clara)
    people.assign(dossier, stage.who("Piet"), duty=Duty.CO_LEAD, by=clara)
    people.assign(dossier, stage.who("Sofia"), duty=Duty.ASSESSOR, discipline=Discipline.QUALITY, by=clara)


def _start(stage: Stage) -> None:
    reviews.start_review(stage.dossier(NAME), by=stage.who("Clara"))


def _comment(stage: Stage) -> None:
    for key, number, who, _, remark, _, _ in TALK:
        document = stage.document(NAME, number)
        place = Place(section=document.section, version=document.versions.latest("number"), page=2)
        stage.threads[key] = threads.start_thread(
            place,
            text=remark,
            audience=ThreadAudience.REVIEW_TEAM,
            form_key=stage.form_key(),
            by=stage.who(who),
        )
    threads.reply(
        stage.threads["potency"],
        text="I agree, and it blocks: without killing we do not know what is released.",
        form_key=stage.form_key(),
        by=stage.who("Lena"),
    )


def _raise(stage: Stage) -> None:
    for key, _, who, discipline, _, kind, text in TALK:
        thread = stage.threads[key]
        questions.raise_question(
            thread.section,
            Wording(kind=kind, discipline=discipline, text=text),
            form_key=stage.form_key(),
            by=stage.who(who),
            thread=thread,
        )


def _send(stage: Stage) -> None:
    due = (stage.now - timedelta(days=11) + timedelta(days=90)).date()
    questions.send_questions(stage.dossier(NAME), due_on=due, by=stage.who("Clara"))


def _answer(stage: Stage) -> None:
    version = stage.new_version(
        "Tomasz", NAME, "3.2.P.5.6", note="The killing of CD19+ cells takes the place of IFN-γ, after Q-001"
    )
    stage.new_version("Tomasz", NAME, "3.2.P.5.1", note="Version 4 of the specification")
    written = {
        1: ("A test of killing at an effector-to-target ratio of 1:1 with a limit of more than 50 % replaces the "
            "release of IFN-γ. Section 3.2.P.5.6 gives its validation and the results of the clinical lots.",
            version, 2),
        3: ("HIV 1 and 2, hepatitis B and C, syphilis and HTLV are tested within 30 days before collection. A "
            "positive result does not exclude an autologous patient; the material is labelled and processed apart.",
            None, None),
        6: ("Narratives of the six patients are given in the synopsis, section 5. Four of the six responded; no "
            "event was related to the deviation.", None, None),
    }  # fmt: skip
    for number, (text, document_version, page) in written.items():
        question = Question.objects.get(dossier=stage.dossiers[NAME], number=number)
        answers.write_answer(
            question, text=text, edition=0, version=document_version, page=page, by=stage.who("Tomasz")
        )


def _talk_among_us(stage: Stage) -> None:
    document = stage.document(NAME, "3.2.P.5.6")
    threads.start_thread(
        Place(section=document.section, version=document.versions.latest("number"), page=2),
        text="The table still quotes the old limit in its caption. I correct it before we send.",
        audience=ThreadAudience.SPONSOR_TEAM,
        form_key=stage.form_key(),
        by=stage.who("Ines"),
    )


CHAPTERS = (
    Chapter(days(196), _classify),
    Chapter(days(190), _open_dossier),
    Chapter(days(161), _upload),
    Chapter(days(152), _file),
    Chapter(days(136), _validate),
    Chapter(days(134), _assign),
    Chapter(days(130), _start),
    Chapter(days(70), _comment),
    Chapter(days(40), _raise),
    Chapter(days(11), _send),
    Chapter(days(4), _answer),
    Chapter(days(2), _talk_among_us),
)
