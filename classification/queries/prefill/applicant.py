"""Who asks the CAT, about which candidate, and for which class."""

from accounts.models import User
from classification.engine import Outcome
from classification.engine.citations import atmp_law
from classification.engine.questions import QUESTION_OF
from classification.queries.prefill.told import Told, lines

CLASS_OF = {
    Outcome.GTMP: "gene",
    Outcome.COMBINED_GTMP: "gene",
    Outcome.SCTMP: "somatic",
    Outcome.COMBINED_SCTMP: "somatic",
    Outcome.TEP: "tissue",
    Outcome.COMBINED_TEP: "tissue",
}
_OTHER_LAW = (
    "OUT-",
    "ENG-4",
    "ENG-5",
    "CLM-1",
    "GT-2",
    "GT-5",
    "GT-6",
    "DEV-1",
    "DEV-3",
    "DEV-4",
    "DEV-5",
    "DEV-6",
)


def _speaker(told: Told) -> User:
    return told.assessment.finalised_by or told.assessment.created_by


def contact_details(told: Told) -> str:
    """Name and address of the person who signed the classification, or else brought in the candidate."""
    speaker = _speaker(told)
    return f"{speaker.full_name}\n{speaker.email}"


def proposed_class(told: Told) -> str:
    """The class of the verdict; none is chosen while more than one is possible."""
    return CLASS_OF.get(told.outcome, "none") if told.outcome else ""


def proposed_combination(told: Told) -> str:
    """Whether the verdict is a combined one; nothing is chosen while more than one class is possible."""
    if told.outcome is None:
        return ""
    return "combined" if told.outcome.is_combined else "single"


def summary_outcome(told: Told) -> str:
    """The class of the verdict in words."""
    return told.outcome.label if told.outcome else ""


def position(told: Told) -> str:
    """The verdict with its reasons; of an undetermined one, the classes that are left and what decides."""
    reasons = told.findings("")
    if told.outcome:
        return lines(f"We hold that {told.assessment.code} is classified as: {told.outcome.label}.", *reasons)
    classes = "; ".join(outcome.label for outcome in told.outcomes)
    key = told.verdict["first_open_key"]
    return lines(
        f"We hold no class yet. The answers leave {len(told.outcomes)} classes possible: {classes}."
        " We ask the CAT which of them applies.",
        f"The first question that decides is {QUESTION_OF[key].id}: {QUESTION_OF[key].wording}",
        *reasons,
    )


def overlap(told: Told) -> str:
    """The classes outside the advanced therapies that are possible, and the findings that touch other law."""
    outside = [outcome for outcome in told.outcomes if not outcome.is_atmp]
    if not outside:
        none = "The answers lead to no class outside the advanced therapies."
        return lines(none, *told.findings(*_OTHER_LAW))
    if told.outcome:
        return lines(f"{told.outcome.label}: {told.outcome.consequence}", *told.findings(*_OTHER_LAW))
    possible = "; ".join(outcome.label for outcome in outside)
    return lines(f"Still possible outside the advanced therapies: {possible}.", *told.findings(*_OTHER_LAW))


def billing(_told: Told) -> str:
    """A fixed sentence: the recommendation is free."""
    return f"Not applicable: the recommendation costs no fee ({atmp_law.CLASSIFICATION_REQUEST.short})."


TEXTS = {
    "applicant": lambda told: told.assessment.organisation.name,
    "contact": lambda told: _speaker(told).full_name,
    "identifier": lambda told: told.assessment.code,
    "descriptor": lambda told: told.assessment.name,
    "finished_product": lambda told: told.assessment.description,
    "proposed_indication": lambda told: told.assessment.indication,
    "proposed_class": proposed_class,
    "proposed_combination": proposed_combination,
    "summary_product": lambda told: told.assessment.name,
    "summary_outcome": summary_outcome,
    "position": position,
    "overlap": overlap,
    "applicant_name": lambda told: told.assessment.organisation.name,
    "contact_details": contact_details,
    "sme_status": lambda told: told.given("sme"),
    "product_identifier": lambda told: told.assessment.code,
    "billing": billing,
}
