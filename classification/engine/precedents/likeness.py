"""Which published classifications are near a candidate, why, and which of them speak against its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nlargest

from classification.engine.facts import ProductFacts
from classification.engine.outcomes import Outcome
from classification.engine.precedents.adapter import aspects_of
from classification.engine.precedents.cases import PublishedCase
from classification.engine.precedents.comparison import (
    ASKED,
    DECIDE,
    SAID_BY_NOBODY,
    WEIGHTS,
    WORDS,
    Aspects,
    Comparison,
    Values,
    compare,
)
from classification.engine.precedents.words import TextIndex

FACTS_SHARE = 0.65
TEXT_ALONE = 0.75
"""What likeness of words counts where no fact could be compared."""

FEWEST_COMPARED = 3
MOST_COMPARED = 2 / 3
"""The weight of the known facts that has to be compared before a case speaks against a verdict by itself."""

ALIKE = 0.15
"""Likeness of words from which a case speaks against a verdict although less could be compared."""

MANY_SHARED = 5
MOST_FACTS, MOST_WORDS = 4, 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """A published case with what makes it near."""

    case: PublishedCase
    comparison: Comparison
    shared_words: tuple[str, ...]
    score: float

    @property
    def same(self) -> tuple[str, ...]:
        """What both have in common, in words; what goes without saying only where there is nothing else."""
        pairs = [(fact, self.case.facts[fact]) for fact in self.comparison.agreeing]
        telling = [pair for pair in pairs if pair not in SAID_BY_NOBODY]
        facts = [WORDS[pair] for pair in (telling if telling or self.shared_words else pairs)]
        return (*facts[:MOST_FACTS], *(word for word in self.shared_words if word not in facts))

    @property
    def differs(self) -> tuple[str, ...]:
        """How the published case differs, in words."""
        return tuple(WORDS[fact, self.case.facts[fact]] for fact in self.comparison.differing)

    @property
    def unpublished(self) -> tuple[str, ...]:
        """What is known of the candidate and was not published of the case, in words."""
        return tuple(ASKED[fact] for fact in self.comparison.unpublished)


class Library:
    """Published cases, indexed once to be searched often."""

    def __init__(self, cases: Iterable[PublishedCase]) -> None:
        # In the order in which equals are named: trusted ones first, then the newest.
        self.cases = sorted(
            cases,
            key=lambda case: (
                not case.is_trusted,
                -(case.decided_on or date.min).toordinal(),
                case.reference,
            ),
        )

    @cached_property
    def _texts(self) -> TextIndex:
        return TextIndex(f"{case.product} {case.indication}" for case in self.cases)

    @cached_property
    def _values(self) -> list[Values]:
        # Few sets of facts are different, so that each is compared once however many cases there are.
        return [tuple(case.facts.get(fact, "") for fact in WEIGHTS) for case in self.cases]

    @cached_property
    def _how_many(self) -> Counter[Values]:
        return Counter(self._values)

    def _compared(self, aspects: Aspects) -> dict[Values, Comparison]:
        return {values: compare(aspects, values) for values in self._how_many}

    def nearest(self, facts: ProductFacts, text: str, most: int) -> list[Likeness]:
        """The cases nearest to a candidate by facts and words, the nearest first."""
        compared = self._compared(aspects_of(facts))
        scores = {
            values: FACTS_SHARE * comparison.score if comparison.compared else 0.0
            for values, comparison in compared.items()
        }
        ranked = [scores[values] for values in self._values]
        for place, likeness in self._texts.likeness(text).items():
            share = 1 - FACTS_SHARE if compared[self._values[place]].compared else TEXT_ALONE
            ranked[place] += share * likeness
        # The negated place makes the earlier of two equals the nearer.
        best = nlargest(most, ((round(score, 9), -place) for place, score in enumerate(ranked) if score > 0))
        return [
            Likeness(
                self.cases[-place],
                compared[self._values[-place]],
                self._texts.shared(text, -place, MOST_WORDS),
                score,
            )
            for score, place in best
        ]

    def sharing(self, facts: ProductFacts, fewest: int = MANY_SHARED) -> int:
        """How many cases share at least so many answers with a candidate."""
        compared = self._compared(aspects_of(facts))
        return sum(
            count for values, count in self._how_many.items() if len(compared[values].agreeing) >= fewest
        )

    def disagreeing(self, facts: ProductFacts, outcomes: Iterable[Outcome], text: str = "") -> list[Likeness]:
        """The trusted cases near in facts that were classified otherwise.

        All compared facts that decide agree; where many could not be, the words have to be alike too.
        """
        aspects, possible = aspects_of(facts), frozenset(outcomes)
        known = sum(WEIGHTS[fact] for fact in DECIDE.intersection(aspects))
        compared = {
            values: comparison
            for values, comparison in self._compared(aspects).items()
            if DECIDE.isdisjoint(comparison.differing)
            and len(DECIDE.intersection(comparison.agreeing)) >= FEWEST_COMPARED
        }
        alike = self._texts.likeness(text)
        found = [
            Likeness(case, comparison, self._texts.shared(text, place, MOST_WORDS), comparison.score)
            for place, case in enumerate(self.cases)
            if (comparison := compared.get(self._values[place]))
            and (comparison.decided >= MOST_COMPARED * known or alike.get(place, 0.0) >= ALIKE)
            and case.is_trusted
            and possible.isdisjoint(case.published)
        ]
        return sorted(found, key=lambda likeness: -likeness.score)
