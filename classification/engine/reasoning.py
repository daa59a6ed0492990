"""Walks a candidate through the stations; where an answer is unknown, it follows every possible one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from classification.engine.facts import ProductFacts
from classification.engine.outcomes import Outcome
from classification.engine.rules import AHEAD, LATER, OUTCOME_KEYS, PARTS_AHEAD, RULESETS, Station
from classification.engine.rules.case import Case, Unanswered
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.material import completions

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prospect:
    """What answers lead to: every class possible, the findings that hold in all cases, the questions asked.

    `waiting` are questions nobody has put yet and at which the walk had to stop.
    """

    outcomes: frozenset[Outcome]
    findings: tuple[Finding, ...]
    asked: frozenset[str]
    waiting: frozenset[str] = _NOTHING


def prospect(facts: ProductFacts, ruleset: str) -> Prospect:
    """Everything that the completions of these answers lead to: exact, and quick where little is unknown."""
    unknown = [key for key in OUTCOME_KEYS if getattr(facts, key) is None]
    if len(unknown) <= _FEW:
        return _followed(RULESETS[ruleset], Way.PURPOSE, facts)
    return _ahead(ruleset, Way.PURPOSE, facts.only(OUTCOME_KEYS), _NOTHING)


def waiting(facts: ProductFacts, answered: frozenset[str], ruleset: str) -> frozenset[str]:
    """The questions to put next: where rules stop; an answer given as unknown is followed every way."""
    unasked = OUTCOME_KEYS - answered
    return _ahead(ruleset, Way.PURPOSE, facts.only(OUTCOME_KEYS), unasked).waiting


# Up to this many unknown answers it is cheaper to walk every branch than to remember which branches are alike.
_FEW = 4


def _followed(stations: Mapping[Way, Station], way: Way, facts: ProductFacts) -> Prospect:
    case = Case(facts)
    findings: list[Finding] = []
    place: Outcome | Way = way
    try:
        while isinstance(place, Way):
            way = place
            here, place = stations[way].visit(case)
            findings += here
    except Unanswered as gap:
        rest = _joined(
            [_followed(stations, way, facts.with_answer(gap.key, answer)) for answer in completions(gap.key)],
            frozenset(case.asked),
        )
        return Prospect(rest.outcomes, (*findings, *rest.findings), rest.asked)
    return Prospect(frozenset((place,)), tuple(findings), frozenset(case.asked))


@dataclass(frozen=True, slots=True)
class _Exits:
    """Where one station can lead: the findings common to all ways to each place, the questions asked."""

    places: Mapping[Outcome | Way, tuple[Finding, ...]]
    asked: frozenset[str]
    waiting: frozenset[str] = _NOTHING


@lru_cache(maxsize=16_384)
def _exits(ruleset: str, way: Way, facts: ProductFacts, unasked: frozenset[str]) -> _Exits:
    case = Case(facts)
    try:
        findings, place = RULESETS[ruleset][way].visit(case)
    except Unanswered as gap:
        asked = frozenset(case.asked)
        if gap.key in unasked:
            return _Exits({}, asked, frozenset((gap.key,)))
        if gap.key in LATER[way]:
            raise  # a later station reads it too, so the whole rest of the walk has to follow each answer
        branches = [
            _exits(ruleset, way, facts.with_answer(gap.key, answer), unasked)
            for answer in completions(gap.key)
        ]
        return _joined_exits(branches, asked)
    return _Exits({place: tuple(findings)}, frozenset(case.asked))


@lru_cache(maxsize=16_384)
def _ahead(ruleset: str, way: Way, facts: ProductFacts, unasked: frozenset[str]) -> Prospect:
    reads = RULESETS[ruleset][way].reads
    try:
        exits = _exits(ruleset, way, facts.only(reads), unasked.intersection(reads))
    except Unanswered as gap:
        return _joined(
            [
                _ahead(ruleset, way, facts.with_answer(gap.key, answer), unasked)
                for answer in completions(gap.key)
            ]
        )
    branches = []
    for place, findings in exits.places.items():
        if isinstance(place, Outcome):
            branches.append(Prospect(frozenset((place,)), findings, _NOTHING))
            continue
        rest = _ahead(ruleset, place, _without_the_past(facts, place), unasked.intersection(AHEAD[place]))
        branches.append(Prospect(rest.outcomes, (*findings, *rest.findings), rest.asked, rest.waiting))
    return _joined([*branches], exits.asked, exits.waiting)


def _without_the_past(facts: ProductFacts, place: Way) -> ProductFacts:
    # Forgetting what no later rule reads lets branches that have become alike share one result.
    rest = facts.only(AHEAD[place])
    if rest.active_part is None or rest.active_part <= PARTS_AHEAD[place]:
        return rest
    return rest.with_answer("active_part", rest.active_part & PARTS_AHEAD[place])


def _common(lists: Sequence[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    first, *others = lists
    return tuple(finding for finding in first if all(finding in other for other in others))


def _joined_exits(branches: Sequence[_Exits], asked: frozenset[str]) -> _Exits:
    ways_to: dict[Outcome | Way, list[tuple[Finding, ...]]] = {}
    for branch in branches:
        for place, findings in branch.places.items():
            ways_to.setdefault(place, []).append(findings)
    return _Exits(
        {place: _common(lists) for place, lists in ways_to.items()},
        asked.union(*(branch.asked for branch in branches)),
        _NOTHING.union(*(branch.waiting for branch in branches)),
    )


def _joined(
    branches: Sequence[Prospect], asked: frozenset[str] = _NOTHING, waiting_here: frozenset[str] = _NOTHING
) -> Prospect:
    return Prospect(
        outcomes=frozenset[Outcome]().union(*(branch.outcomes for branch in branches)),
        findings=_common([branch.findings for branch in branches]) if branches else (),
        asked=asked.union(*(branch.asked for branch in branches)),
        waiting=waiting_here.union(*(branch.waiting for branch in branches)),
    )


def splits(key: str, facts: ProductFacts, ruleset: str, among: frozenset[Outcome]) -> bool:
    """Whether answering this unknown question could narrow down the classes still possible."""
    return any(
        prospect(facts.with_answer(key, answer), ruleset).outcomes != among for answer in completions(key)
    )
