"""Immunord, of another sponsor: stromal cells; one procedure over, another just filed."""

from atmp_portal.demo.story.candidates import EXPANDED_STROMAL_CELLS
from atmp_portal.demo.story.stage import Chapter, Stage, days
from classification.models import Mechanism
from dossiers.actions import conclusions, dossiers, people, products, reviews
from dossiers.models import Part
from dossiers.queries.conclusions import outcome_content, part_content
from dossiers.statuses import Discipline, DossierOutcome, Duty, PartKind, Procedure, Recommendation

NAME = "immunord"
REQUEST = "immunord, classification"


def _classify(stage: Stage) -> None:
    candidate = stage.classify(
        "Petra",
        "OCW-7",
        EXPANDED_STROMAL_CELLS | {"claimed_action": "pim"},
        name="Allogeneic bone marrow stromal cells",
        indication="Acute graft-versus-host disease that does not respond to steroids",
        mechanism=Mechanism.CALMS_IMMUNITY,
        mechanism_text="The cells act on T cells: they inhibit their proliferation.",
        description="Stromal cells of healthy donors, expanded over four passages and frozen; given into a vein.",
    )
    signed = stage.sign_rationale("Petra", candidate)
    stage.products[NAME] = products.create(
        signed,
        name="Immunord",
        descriptor="allogeneic stromal cells",
        indication=signed.indication,
        by=stage.who("Petra"),
    )


def _file_request(stage: Stage) -> None:
    made = dossiers.create(stage.products[NAME], procedure=Procedure.CLASSIFICATION, by=stage.who("Petra"))
    stage.dossiers[REQUEST] = made
    stage.upload("Petra", REQUEST)
    stage.answer_requirements("Petra", REQUEST, {1: "1.2", 2: "1.2", 3: "1.2"})
    stage.file_dossier("Petra", REQUEST)


def _review_request(stage: Stage) -> None:
    clara, dossier = stage.who("Clara"), stage.dossier(REQUEST)
    reviews.validate(dossier, by=clara)
    people.assign(dossier, stage.who("Piet"), duty=Duty.LEAD, discipline=Discipline.QUALITY, by=clara)
    reviews.start_review(stage.dossier(REQUEST), by=clara)


def _conclude_request(stage: Stage) -> None:
    piet, clara = stage.who("Piet"), stage.who("Clara")
    part = Part.objects.get(dossier=stage.dossiers[REQUEST], kind=PartKind.MEDICINAL)
    part = conclusions.write_part(
        part,
        text=(
            "The cells are expanded in culture and act by immune and metabolic means; no repair of tissue is "
            "claimed and no device is part of the product. It is a somatic cell therapy medicinal product."
        ),
        recommendation=Recommendation.FAVOURABLE,
        edition=part.edition,
        by=piet,
    )
    conclusions.conclude_part(part, by=piet, proof=stage.proof(piet, part_content(part)))
    dossier, grounds = stage.dossier(REQUEST), "The classification proposed by the applicant is confirmed."
    shown = outcome_content(dossier, outcome=DossierOutcome.POSITIVE, grounds=grounds)
    conclusions.conclude(
        dossier,
        outcome=DossierOutcome.POSITIVE,
        grounds=grounds,
        by=clara,
        proof=stage.proof(clara, shown),
    )


def _file_certification(stage: Stage) -> None:
    stage.dossiers[NAME] = dossiers.create(
        stage.products[NAME], procedure=Procedure.CERTIFICATION, by=stage.who("Petra")
    )
    stage.upload("Petra", NAME)
    stage.answer_requirements("Petra", NAME, {1: "1.2", 2: "2.3", 3: "2.3"})
    stage.file_dossier("Petra", NAME)


CHAPTERS = (
    Chapter(days(140), _classify),
    Chapter(days(118), _file_request),
    Chapter(days(110), _review_request),
    Chapter(days(54), _conclude_request),
    Chapter(days(3.1), _file_certification),
)
