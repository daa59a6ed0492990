"""Classifications for tests, answered and signed by the real actions."""

from itertools import count

from accounts.models import User
from audit.signing import Proof, shown_hash
from classification import actions, queries
from classification.models import Assessment, ClassificationRequest
from classification.request_form import Entry, mark_of

Answers = dict[str, str | list[str]]

_numbers = count(1)

CAR_T: Answers = {
    "is_medicine": "yes",
    "active_part": ["gm_cells"],
    "made_recombinantly": "yes",
    "aims_at_sequence": "yes",
    "effect_from_sequence": "yes",
    "infection_claim": "no",
    "integral_device": "no",
    "source": "autologous",
    "hospital_custom_made": "no",
    "sme": "yes",
}
_EXPANDED_CELLS: Answers = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "hospital_custom_made": "no",
    "sme": "yes",
}
MSC_GVHD: Answers = {
    **_EXPANDED_CELLS,
    "process_steps": ["separation", "cryopreservation", "expansion"],
    "property_altered": "yes",
    "same_location": "no",
    "same_function": "no",
    "claimed_action": "pim",
    "integral_device": "no",
    "source": "allogeneic",
}
CHONDROCYTES_ON_MEMBRANE: Answers = {
    **_EXPANDED_CELLS,
    "process_steps": ["expansion", "enzymatic_dissociation"],
    "intact_units": "no",
    "property_altered": "yes",
    "same_location": "yes",
    "same_function": "yes",
    "claimed_action": "regenerate",
    "integral_device": "yes",
    "source": "autologous",
}
CHONDROCYTES_UNDETERMINED: Answers = {
    **CHONDROCYTES_ON_MEMBRANE,
    "claimed_action": "unknown",
    "integral_device": "unknown",
    "source": "unknown",
    "sme": "unknown",
}
FAT_GRAFT: Answers = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "process_steps": ["centrifugation", "filtering"],
    "same_location": "yes",
    "same_function": "yes",
    "source": "autologous",
}


def assessment(by: User, code: str = "", name: str = "", indication: str = "") -> Assessment:
    return actions.start(
        by=by,
        code=code or f"NV-{next(_numbers):03}",
        name=name or "Expanded allogeneic bone marrow stromal cells",
        indication=indication or "ischaemic heart failure",
    )


def answered(case: Answers, by: User, draft: Assessment | None = None, **named: str) -> Assessment:
    """Put the questions one after the other, as the wizard does, until none is left."""
    draft = draft or assessment(by, **named)
    while question := queries.question_to_put(draft):
        draft = actions.answer(draft, question.key, case[question.key], by=by, edition=draft.edition)
    return draft


def finalised(case: Answers, by: User, draft: Assessment | None = None, **named: str) -> Assessment:
    return signed(answered(case, by, draft, **named), by)


def signed(draft: Assessment, by: User) -> Assessment:
    proof = Proof(user_id=by.pk, shown_hash=shown_hash(queries.content_to_sign(draft)))
    return actions.finalise(draft, by=by, proof=proof)


def written(about: Assessment, by: User, **texts: str) -> ClassificationRequest:
    """Write fields of the request to the CAT on a page that was opened just now."""
    written = queries.request_of(about)
    return actions.write_request(about, entries(written, **texts), by=by, edition=written.edition)


def entries(written: ClassificationRequest, **texts: str) -> dict[str, Entry]:
    """What a page sends for these fields, opened on the request as it stands."""
    states = queries.request_fields(written)
    return {
        key: Entry(text, shown=mark_of(states[key].text), prefilled=mark_of(states[key].from_answers))
        for key, text in texts.items()
    }


def revised(final: Assessment, by: User) -> Assessment:
    return actions.revise(final, by=by)
