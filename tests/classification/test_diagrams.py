"""The way to a verdict as shapes: everything said in it stands in the list too, and nothing overlaps."""

from itertools import pairwise

import pytest

from classification import queries
from classification.diagrams import BRANCH, MOST_LINES, NODE_HEIGHT, WIDTH, Line, path_diagram
from tests.factories import classification as cases

STEP = {"question": "Q13", "key": "claimed_action", "wording": "What do the cells do?", "label": "Repair"}


def rationale(*steps, first_open_key=None):
    return {"path": list(steps), "first_open_key": first_open_key}


def texts(diagram, style):
    return [words.text for words in diagram.words if words.style == style]


def test_one_question_its_answer_its_branch_and_the_end():
    step = {**STEP, "off": "Otherwise: sCTMP", "is_decisive": True}
    drawn = path_diagram(rationale(step), "Tissue engineered product")
    assert [(box.style, box.y) for box in drawn.boxes] == [("node", 0), ("node end", 44)]
    assert [(words.text, words.style) for words in drawn.words] == [
        ("Q13", "number"),
        ("What do the cells do?", "wording"),
        ("Repair", "answer"),
        ("Otherwise: sCTMP", "off"),
        ("End", "number on-end"),
        ("Tissue engineered product", "verdict-words"),
    ]
    assert drawn.lines == [
        Line(22, 26, 22, 44, "spine"),
        Line(584, 13, 618, 13, "branch", is_arrow=True),
    ]
    assert drawn.lines[1].head == "612,9 618,13 612,17"


def test_an_idle_question_has_no_arrow():
    drawn = path_diagram(
        rationale({**STEP, "off": "No other answer changes it", "is_decisive": False}), "TEP"
    )
    assert texts(drawn, "idle") == ["No other answer changes it"]
    assert [line.style for line in drawn.lines] == ["spine"]


def test_what_was_signed_before_it_said_so_is_drawn_by_its_words():
    assert texts(path_diagram(rationale({**STEP, "off": "No: device"}), "TEP"), "off") == ["No: device"]
    idle = path_diagram(rationale({**STEP, "off": "No other answer changes it"}), "TEP")
    assert texts(idle, "idle") == ["No other answer changes it"]


def test_the_question_that_decides_is_marked_and_the_end_is_open():
    step = {**STEP, "off": "Yes: TEP; No: sCTMP", "is_decisive": True}
    drawn = path_diagram(rationale(step, first_open_key="claimed_action"), "Still possible", is_open=True)
    assert [box.style for box in drawn.boxes] == ["node key", "node open"]
    assert texts(drawn, "off") == ["Yes: TEP", "No: sCTMP"]


def test_long_answers_are_broken_and_the_longest_end_in_dots():
    step = {**STEP, "label": "; ".join(["Culture that expands the cells"] * 12), "off": "No: device"}
    lines = texts(path_diagram(rationale(step), "TEP"), "answer")
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith(" …")


@pytest.mark.django_db
@pytest.mark.parametrize("case", [cases.CAR_T, cases.MSC_GVHD, cases.CHONDROCYTES_ON_MEMBRANE])
def test_nothing_overlaps_or_leaves_the_sheet(lead, case):
    reasons = queries.rationale_of(cases.answered(case, lead))
    drawn = path_diagram(reasons, reasons["label"])
    assert len(drawn.boxes) == len(reasons["path"]) + 1
    for upper, lower in pairwise(drawn.boxes):
        assert upper.y + NODE_HEIGHT < lower.y
    for x in {words.x for words in drawn.words}:
        column = sorted(words.y for words in drawn.words if words.x == x)
        assert all(lower - upper >= 17 for upper, lower in pairwise(column))
    assert all(0 < words.y < drawn.height for words in drawn.words)
    assert all(BRANCH + 7 * len(words.text) <= WIDTH for words in drawn.words if words.x == BRANCH)
