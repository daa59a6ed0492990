"""How answers, classes, flags and the trust in a source are called on the pages."""

from collections.abc import Iterable

from classification.engine import FlagCode, Outcome
from classification.engine.citations import CHECKED, Trust
from classification.engine.questions import EVERY_QUESTION, Question

Answer = str | list[str]

MOST_WORDS = 10
"""Of a search; each costs the database a condition, and SQLite takes no more than a thousand."""

QUESTION_ANYWHERE = {question.key: question for question in EVERY_QUESTION}
"""Each question by its exchange name, those that only other regions put among them."""

# How a class is called where there is no room for its whole name.
SHORT = {
    Outcome.GTMP: "GTMP",
    Outcome.SCTMP: "sCTMP",
    Outcome.TEP: "TEP",
    Outcome.COMBINED_GTMP: "Combined GTMP",
    Outcome.COMBINED_SCTMP: "Combined sCTMP",
    Outcome.COMBINED_TEP: "Combined TEP",
    Outcome.DEVICE: "device",
    Outcome.TISSUE_CELL_SOHO: "tissues and cells",
    Outcome.BLOOD: "blood",
    Outcome.VACCINE: "vaccine",
    Outcome.BIOLOGICAL: "biological",
    Outcome.CHEMICAL: "chemical",
    Outcome.MICROBIOTA_SOHO: "microbiota",
    Outcome.NOT_MEDICINE: "not a medicine",
    Outcome.UNDETERMINED: "Undetermined",
}
MOST_CLASSES = 3
FLAG_TITLES = {
    FlagCode.AUTOLOGOUS: "Autologous",
    FlagCode.ALLOGENEIC: "Allogeneic",
    FlagCode.XENOGENEIC: "Xenogeneic",
    FlagCode.GENETICALLY_MODIFIED: "Genetically modified",
    FlagCode.GM_NOT_DIRECT: "Modified, but not gene therapy",
    FlagCode.GMO_LAW: "GMO law",
    FlagCode.SEEK_CAT: "Ask the CAT",
    FlagCode.HOSPITAL_EXEMPTION_POSSIBLE: "Hospital exemption possible",
    FlagCode.CERTIFICATION_POSSIBLE: "Certification possible",
    FlagCode.DEVICE_EVIDENCE: "Evidence for the device part",
    FlagCode.INTEGRAL_DEVICE: "Integral device, not combined",
    FlagCode.DONOR_RULES: "Donor rules",
    FlagCode.REFORM_CHANGES_RESULT: "The reform would change it",
    FlagCode.SEEK_ADVICE: "Ask the authority",
}
TRUST_WORDS = {
    Trust.VERIFIED: "checked against the text",
    Trust.SECONDARY: "checked against a secondary source",
    Trust.RECALLED: "article named, wording still to be checked",
}
TRUST_SENTENCES = {
    Trust.VERIFIED: f"Checked against the text, {CHECKED}.",
    Trust.SECONDARY: f"Checked against a secondary source, {CHECKED}.",
    Trust.RECALLED: "The article is named; its wording is still to be checked.",
}


def words_of(question: Question, answer: Answer | None) -> str:
    """Say an answer in exchange form in words."""
    return question.in_words(answer)


def class_name(code: str) -> str:
    """Name a class in few words: "TEP", "Combined TEP", "tissues and cells"."""
    outcome = Outcome(code)
    return SHORT.get(outcome, outcome.label)


def outcome_words(code: str) -> str:
    """Name a class, and of what is no ATMP say so: "Not an ATMP: tissues and cells"."""
    outcome = Outcome(code)
    if outcome.is_atmp or outcome is Outcome.UNDETERMINED:
        return class_name(code)
    return f"Not an ATMP: {class_name(code)}"


def classes_in_words(outcomes: Iterable[Outcome]) -> str:
    """Name several classes in few words: the first three, and how many more there are."""
    names = [class_name(outcome) for outcome in outcomes]
    if len(names) > MOST_CLASSES:
        names[MOST_CLASSES:] = [f"{len(names) - MOST_CLASSES} more"]
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def listed(names: Iterable[str]) -> str:
    """Join names in a sentence: "TEP, sCTMP and device"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
