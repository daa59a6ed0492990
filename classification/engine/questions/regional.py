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
        choices=yes_or_no(
            "Taken out, rinsed, sized or shaped, and put back before the operation ends.",
            "Also if it is stored, sent away or changed in between.",
            yes_example="A bone flap of the skull that is put back.",
            no_example="Cartilage cells that are grown for weeks before they are put back.",
        ),
        find_out=(
            "Ask the surgeon what happens between taking and putting back, and whether the patient stays in"
            " the operation for all of it."
        ),
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
        choices=yes_or_no(
            "A drug, a carrier, a scaffold or a device goes with it.",
            "Only the agents named above go with it.",
            yes_example="Cartilage cells on a collagen membrane.",
            no_example="Fat in saline solution.",
        ),
        find_out="Go through the list of ingredients with the head of manufacture, excipients included.",
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
        choices=yes_or_no(
            "The effect is systemic, or rests on what the living cells take up and give off.",
            "The effect is local and structural.",
            yes_example="Blood-forming cells of the marrow.",
            no_example="A tendon or a skin graft.",
        ),
        find_out=(
            "Ask the head of non-clinical development whether the effect would remain if the cells did not"
            " live."
        ),
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
        choices=yes_or_no(
            "A parent, child, sibling, grandparent or grandchild by blood, or for reproduction.",
            "For anybody else.",
            yes_example="Marrow of a brother.",
            no_example="Cord blood of an unrelated donor.",
        ),
        find_out="Ask the clinical lead who the donors will be, and read the donor section of the protocol.",
    ),
)
