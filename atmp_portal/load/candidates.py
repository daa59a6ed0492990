"""Signed classifications and the products made of them, four classes in turn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from atmp_portal.load.chain import Chain
from atmp_portal.load.people import Sponsor
from audit.models import Audience
from classification import queries
from classification.events import ClassificationEvent
from classification.models import Assessment, AssessmentStatus, Mechanism
from dossiers.actions.products import is_autologous
from dossiers.events import DossierEvent
from dossiers.models import Adoption, Product
from dossiers.models.products import class_in_words

_CELLS: dict[str, Any] = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "process_steps": ["expansion"],
    "property_altered": "yes",
    "hospital_custom_made": "no",
    "sme": "yes",
}
_TISSUE = {
    **_CELLS,
    "intact_units": "no",
    "same_location": "yes",
    "same_function": "yes",
    "source": "autologous",
}


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of candidate: what is answered of it, and in which words it is described."""

    outcome: str
    words: str
    indication: str
    mechanism: Mechanism
    answers: dict[str, Any]


KINDS = (
    Kind(
        "GTMP", "autologous T cells with a chimeric receptor", "relapsed large B-cell lymphoma",
        Mechanism.KILLS_TARGETS,
        {
            "is_medicine": "yes", "active_part": ["gm_cells"], "made_recombinantly": "yes",
            "aims_at_sequence": "yes", "effect_from_sequence": "yes", "infection_claim": "no",
            "integral_device": "no", "source": "autologous", "hospital_custom_made": "no", "sme": "yes",
        },
    ),
    Kind(
        "sCTMP", "expanded allogeneic stromal cells", "steroid-refractory graft-versus-host disease",
        Mechanism.CALMS_IMMUNITY,
        {
            **_CELLS, "same_location": "no", "same_function": "no", "claimed_action": "pim",
            "integral_device": "no", "source": "allogeneic",
        },
    ),
    Kind(
        "TEP", "expanded autologous chondrocytes", "cartilage defects of the knee", Mechanism.FORMS_TISSUE,
        {**_TISSUE, "claimed_action": "regenerate", "integral_device": "no"},
    ),
    Kind(
        "combined-TEP", "autologous chondrocytes on a collagen membrane", "cartilage defects of the knee",
        Mechanism.FORMS_TISSUE,
        {**_TISSUE, "claimed_action": "regenerate", "integral_device": "yes"},
    ),
)  # fmt: skip
STEMS = (
    "Nor",
    "Chondra",
    "Immu",
    "Derma",
    "Cardi",
    "Hepa",
    "Oculo",
    "Neuro",
    "Myo",
    "Osteo",
    "Vasco",
    "Thymo",
)
ENDINGS = ("tagen", "fix", "nord", "quil", "vance", "cel", "lix", "zyme", "mira", "tess")


@cache
def _verdict(kind: Kind) -> dict[str, Any]:
    """The rationale of a kind, worked out once; it does not depend on what the candidate is called."""
    verdict = queries.rationale_of(Assessment(answers=kind.answers))
    if verdict["outcome"] != kind.outcome:
        raise ValueError(f"The answers of {kind.outcome} lead to {verdict['outcome']}.")
    return verdict


@dataclass(frozen=True)
class Made:
    """A product with the classification that it adopted."""

    assessment: Assessment
    product: Product
    adoption: Adoption


def product_of(sponsor: Sponsor, number: int, at: datetime, chain: Chain) -> Made:
    """Classify a candidate, sign it and make a product of it."""
    kind, lead = KINDS[number % len(KINDS)], sponsor.lead
    name = _name(number)
    verdict = _verdict(kind)
    signed_at = at + timedelta(days=3)
    assessment = Assessment(
        organisation=sponsor.organisation, code=f"LD-{number + 1:05}", name=kind.words.capitalize(),
        indication=kind.indication, description=kind.words, mechanism=kind.mechanism, answers=kind.answers,
        status=AssessmentStatus.FINALISED, ruleset_version=verdict["ruleset_version"], outcome=kind.outcome,
        verdict=verdict, created_by=lead, created_at=at, changed_at=signed_at, finalised_by=lead,
        finalised_at=signed_at,
    )  # fmt: skip
    made_at = signed_at + timedelta(days=1)
    product = Product(
        organisation=sponsor.organisation, name=name, descriptor=kind.words, indication=kind.indication,
        assessment=assessment, is_autologous=is_autologous(assessment), created_by=lead, created_at=made_at,
    )  # fmt: skip
    _tell(chain, assessment, product)
    return Made(
        assessment,
        product,
        Adoption(product=product, assessment=assessment, adopted_by=lead, adopted_at=made_at),
    )


def _tell(chain: Chain, assessment: Assessment, product: Product) -> None:
    lead, signed_at, verdict = assessment.created_by, assessment.changed_at, assessment.verdict or {}
    told: dict[str, Any] = {"by": lead, "audience": Audience.SPONSOR}
    chain.tell(
        ClassificationEvent.STARTED, assessment, at=assessment.created_at,
        sentence=f"Candidate {assessment.code} brought in", **told,
    )  # fmt: skip
    chain.tell(
        ClassificationEvent.FINALISED, assessment, at=signed_at,
        sentence=f"Classification adopted: {verdict['label']}",
        data={
            "from": "draft", "to": "finalised",
            **{key: verdict[key] for key in ("outcome", "ruleset", "ruleset_version")},
        },
        **told,
    )  # fmt: skip
    chain.sign(
        assessment, at=signed_at, meaning="classification adopted",
        statement=queries.statement_of(assessment),
        shown={**queries.candidate_to_sign(assessment), "verdict": verdict}, **told,
    )  # fmt: skip
    chain.tell(
        DossierEvent.PRODUCT_CREATED, product, at=product.created_at,
        sentence=f"Product made from {assessment}, classified as {class_in_words(assessment.outcome)}",
        data={"assessment": assessment.pk, "outcome": assessment.outcome}, **told,
    )  # fmt: skip


def _name(number: int) -> str:
    turn, place = divmod(number, len(STEMS) * len(ENDINGS))
    name = f"{STEMS[place % len(STEMS)]}{ENDINGS[place // len(STEMS)]}"
    return f"{name} {turn + 1}" if turn else name
