"""The questions that only the law of other regions asks (R01 to R04); that of the EU never does."""

from __future__ import annotations

from classification.engine.citations import other_regions
from classification.engine.questions.model import Kind, Question, Topic, yes_or_no

REGIONAL_QUESTIONS = (
    Question(
        id="R01",
        key="same_operation",
        topic=Topic.MANUFACTURE,
        wording="Is it taken from and put back into one patient in one operation?",
        help="Answer yes only if nothing more than rinsing, sizing and shaping happens in between.",
        why="In the United States such cells and tissue are exempt from the rules for products.",
        citation=other_regions.SAME_OPERATION,
        kind=Kind.YES_NO,
        choices=yes_or_no("For instance a bone flap that is put back.", "Also if it is stored or sent away."),
    ),
    Question(
        id="R02",
        key="other_article",
        topic=Topic.DEVICE,
        wording="Is it combined with anything else?",
        help=(
            "Leave out water, crystalloids, and agents that sterilise, preserve or store, unless they raise a"
            " new concern of safety."
        ),
        why="Cells and tissue of the lower tier may not be combined with another article.",
        citation=other_regions.FOUR_CRITERIA,
        kind=Kind.YES_NO,
        choices=yes_or_no("For instance a drug, a carrier or a device.", "Only with the agents named above."),
    ),
    Question(
        id="R03",
        key="systemic_effect",
        topic=Topic.CLAIMED_ACTION,
        wording="Does it act on the whole body, or by what living cells metabolise?",
        help=(
            "Answer yes if it has a systemic effect, or depends on the metabolic activity of living cells for"
            " its primary function."
        ),
        why="Such cells stay in the lower tier only for the patient, a close relative or reproduction.",
        citation=other_regions.FOUR_CRITERIA,
        kind=Kind.YES_NO,
        choices=yes_or_no("For instance blood-forming cells.", "For instance a tendon or skin."),
    ),
    Question(
        id="R04",
        key="relative_or_reproductive",
        topic=Topic.SOURCE,
        wording="Is it for a close relative of the donor, or for reproduction?",
        help="A close relative is related by blood in the first or second degree.",
        why="For them, and for the donor, an effect that depends on living cells is no obstacle.",
        citation=other_regions.FOUR_CRITERIA,
        kind=Kind.YES_NO,
        choices=yes_or_no("", "For anybody else."),
    ),
)
