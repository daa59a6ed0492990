"""What "I do not know" leads to at one question, in words; the rules work it out, none is written by hand."""

from classification.engine.doubt import Doubt, doubt
from classification.engine.questions import Question
from classification.models import Assessment
from classification.queries.words import FLAG_TITLES, class_name, listed

FEW = 4


def consequence_of_doubt(assessment: Assessment, question: Question) -> str:
    """Say what an unknown answer would leave possible, the other answers as they are."""
    facts = assessment.facts_without(question.key)
    left_open = doubt(facts, question, assessment.ruleset)
    if left_open.flags:
        flags = listed(f"“{FLAG_TITLES[code]}”" for code in left_open.flags)
        return f"Changes nothing for the class. What cannot be said until it is known: {flags}."
    if len(left_open.outcomes) == 1:
        return _of_one_class(left_open)
    if not left_open.leads:
        return "Changes nothing for the class."
    return _of_several_classes(left_open)


def _of_one_class(left_open: Doubt) -> str:
    sentence = f"Changes nothing with your other answers: {class_name(left_open.outcomes[0])} all the same."
    return f"{sentence} The verdict will advise to ask the CAT." if left_open.asks_the_cat else sentence


def _of_several_classes(left_open: Doubt) -> str:
    names = [class_name(outcome) for outcome in left_open.outcomes]
    named = listed(names) if len(names) <= FEW else f"{len(names)} classes"
    if not left_open.matters:
        return f"Leaves {named} possible, as any answer would with your other answers so far."
    counts = sorted({len(lead) for lead in left_open.leads})
    if counts == [1]:
        return f"Leaves {named} possible; an answer decides between them."
    fewest, most = counts[0], counts[-1]
    range_left = str(most) if fewest == most else f"{fewest} to {most}"
    return f"Leaves {named} possible; an answer would leave {range_left} of them."
