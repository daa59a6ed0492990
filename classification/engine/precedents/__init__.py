"""Published classifications: facts for the rules, neighbours of a candidate, a check of the rules."""

from __future__ import annotations

from classification.engine.precedents.adapter import possible_facts
from classification.engine.precedents.agreement import Agreement, Reading, reading_of
from classification.engine.precedents.cases import NOT_ATMP, Fact, PublishedCase, Verification
from classification.engine.precedents.comparison import DECIDE, WORDS, Comparison
from classification.engine.precedents.likeness import Library, Likeness

__all__ = [
    "DECIDE",
    "NOT_ATMP",
    "WORDS",
    "Agreement",
    "Comparison",
    "Fact",
    "Library",
    "Likeness",
    "PublishedCase",
    "Reading",
    "Verification",
    "possible_facts",
    "reading_of",
]
