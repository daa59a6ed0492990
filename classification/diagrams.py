"""The way to a verdict as shapes: a line of questions with the branches that were not taken beside it.

Pure geometry in the units of one view box; colours are class names, so that theme and print can set them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import wrap
from typing import Any

WIDTH = 920
LINE = 18
GAP = 14
NODE_WIDTH, NODE_HEIGHT = 44, 26
SPINE = NODE_WIDTH / 2
WORDING, ANSWER, BRANCH = 64, 368, 628
BRANCH_END = 592
# Characters that fit into each column at 14 units; the figures are for letters of average width.
WORDING_FITS, ANSWER_FITS, BRANCH_FITS = 40, 28, 38
MOST_LINES = 8


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    style: str


@dataclass(frozen=True)
class Line:
    """A straight line; `is_arrow` gives it a head at its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str
    is_arrow: bool = False

    @property
    def head(self) -> str:
        """The head of an arrow to the right, as points."""
        return f"{self.x2 - 6:g},{self.y2 - 4:g} {self.x2:g},{self.y2:g} {self.x2 - 6:g},{self.y2 + 4:g}"


@dataclass(frozen=True)
class Words:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    style: str


@dataclass
class Diagram:
    """Shapes in drawing order, and the height they take."""

    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    width: float = WIDTH


def path_diagram(rationale: Mapping[str, Any], end: str, *, is_open: bool = False) -> Diagram:
    """Draw the questions from top to bottom with where the other answers lead, and the end below them."""
    diagram = Diagram()
    middles = [_step(diagram, step, rationale["first_open_key"]) for step in rationale["path"]]
    middles.append(_end(diagram, end, is_open=is_open))
    diagram.lines[:0] = [
        Line(SPINE, upper + NODE_HEIGHT / 2, SPINE, lower - NODE_HEIGHT / 2, "spine")
        for upper, lower in pairwise(middles)
    ]
    return diagram


def _step(diagram: Diagram, step: Mapping[str, Any], open_key: str | None) -> float:
    wording = _lines([step["wording"]], WORDING_FITS)
    answer = _lines([step["label"]], ANSWER_FITS)
    branch = _lines(step["off"].split("; "), BRANCH_FITS)
    height = max(NODE_HEIGHT, LINE * max(len(wording), len(answer), len(branch)))
    middle = diagram.height + height / 2
    style = "node key" if step["key"] == open_key else "node"
    diagram.boxes.append(Box(0, middle - NODE_HEIGHT / 2, NODE_WIDTH, NODE_HEIGHT, style))
    number_style = "number on-key" if step["key"] == open_key else "number"
    diagram.words.append(Words(SPINE, middle + 4, step["question"], number_style))
    _write(diagram, WORDING, middle, wording, "wording")
    _write(diagram, ANSWER, middle, answer, "answer")
    is_idle = not step.get("is_decisive", ": " in step["off"])
    if not is_idle:
        diagram.lines.append(Line(BRANCH_END - 8, middle, BRANCH - 10, middle, "branch", is_arrow=True))
    _write(diagram, BRANCH, middle, branch, "idle" if is_idle else "off")
    diagram.height += height + GAP
    return middle


def _end(diagram: Diagram, end: str, *, is_open: bool) -> float:
    middle = diagram.height + NODE_HEIGHT / 2 + 4
    diagram.boxes.append(
        Box(0, middle - NODE_HEIGHT / 2, NODE_WIDTH, NODE_HEIGHT, "node open" if is_open else "node end")
    )
    diagram.words.append(
        Words(SPINE, middle + 4, "…" if is_open else "End", "number" if is_open else "number on-end")
    )
    diagram.words.append(Words(WORDING, middle + 6, end, "wording" if is_open else "verdict-words"))
    diagram.height += NODE_HEIGHT + 8
    return middle


def _lines(texts: Iterable[str], fits: int) -> list[str]:
    """Break texts into lines that fit; what is too long ends in dots, the list beside has it whole."""
    broken = [line for text in texts for line in wrap(text, fits)]
    if len(broken) > MOST_LINES:
        broken[MOST_LINES - 1 :] = [f"{broken[MOST_LINES - 1][: fits - 2].rstrip(' ;,')} …"]
    return broken


def _write(diagram: Diagram, x: float, middle: float, lines: list[str], style: str) -> None:
    top = middle - LINE * len(lines) / 2
    for number, line in enumerate(lines):
        diagram.words.append(Words(x, top + LINE * number + 13, line, style))
