"""Walks a candidate through the stations; where an answer is unknown, it follows every possible one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

from classification.engine.outcomes import Outcome
from classification.engine.rules import RULESETS, RuleSet
from classification.engine.rules.case import Case, Unanswered
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.material import completions

Answers = Mapping[str, Any]
"""Every answer by its exchange name, `None` where it is unknown; see `ProductFacts.answers`."""

_NOTHING: frozenset[str] = frozenset()

# Up to this many branches it is cheaper to walk each than to look for those that are alike.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Prospect:
    """What answers lead to: every class possible, the findings that hold in all cases, the questions asked.

    `waiting` are questions nobody has put yet and at which the walk had to stop.
    """

    outcomes: frozenset[Outcome]
    findings: tuple[Finding, ...]
    asked: frozenset[str]
    waiting: frozenset[str] = _NOTHING


def prospect(answers: Answers, ruleset: str) -> Prospect:
    """Everything that the completions of these answers lead to: exact, and quick where little is unknown."""
    rules = RULESETS[ruleset]
    branches = prod([len(completions(key)) for key in rules.reads if answers[key] is None])
    if branches <= _FEW:
        return _followed(rules, rules.first, answers)
    return _ahead(rules, rules.first, _of(answers, rules.ahead[rules.first]), _NOTHING)


def waiting(answers: Answers, answered: frozenset[str], ruleset: str) -> frozenset[str]:
    """The questions to put next: where rules stop; an answer given as unknown is followed every way."""
    rules = RULESETS[ruleset]
    unasked = rules.reads - answered
    return _ahead(rules, rules.first, _of(answers, rules.ahead[rules.first]), unasked).waiting


def splits(key: str, answers: Answers, ruleset: str, among: frozenset[Outcome]) -> bool:
    """Whether answering this unknown question could narrow down the classes still possible."""
    return any(prospect({**answers, key: answer}, ruleset).outcomes != among for answer in completions(key))


def _followed(rules: RuleSet, way: Way, answers: Answers) -> Prospect:
    case = Case(answers)
    findings: list[Finding] = []
    place: Outcome | Way = way
    try:
        while isinstance(place, Way):
            way = place
            here, place = rules.stations[way].visit(case)
            findings += here
    except Unanswered as gap:
        branches = [_followed(rules, way, {**answers, gap.key: answer}) for answer in completions(gap.key)]
        rest = _joined(branches, case.asked)
        return Prospect(rest.outcomes, (*findings, *rest.findings), rest.asked)
    return Prospect(frozenset((place,)), tuple(findings), frozenset(case.asked))


# Many unknown answers make many branches, but few that differ: from here on answers travel as tuples that
# hold only what a station and those after it may look at, so that branches grown alike share one result.


@dataclass(frozen=True, slots=True)
class _Exits:
    """Where one station can lead: the findings common to all ways to each place, the questions asked."""

    places: Mapping[Outcome | Way, tuple[Finding, ...]]
    asked: frozenset[str]
    waiting: frozenset[str] = _NOTHING


@lru_cache(maxsize=8_192)
def _ahead(rules: RuleSet, way: Way, known: tuple[object, ...], unasked: frozenset[str]) -> Prospect:
    answers = dict(zip(rules.ahead[way], known, strict=True))
    reads = rules.stations[way].reads
    try:
        exits = _exits(rules, way, _of(answers, reads), unasked.intersection(reads))
    except Unanswered as gap:
        branches = [
            _ahead(rules, way, _of({**answers, gap.key: answer}, rules.ahead[way]), unasked)
            for answer in completions(gap.key)
        ]
        return _joined(branches)
    branches = []
    for place, findings in exits.places.items():
        if isinstance(place, Outcome):
            branches.append(Prospect(frozenset((place,)), findings, _NOTHING))
            continue
        rest = _ahead(rules, place, _kept(rules, answers, place), unasked.intersection(rules.ahead[place]))
        branches.append(Prospect(rest.outcomes, (*findings, *rest.findings), rest.asked, rest.waiting))
    return _joined(branches, exits.asked, exits.waiting)


@lru_cache(maxsize=8_192)
def _exits(rules: RuleSet, way: Way, known: tuple[object, ...], unasked: frozenset[str]) -> _Exits:
    station = rules.stations[way]
    answers = dict(zip(station.reads, known, strict=True))
    case = Case(answers)
    try:
        findings, place = station.visit(case)
    except Unanswered as gap:
        if gap.key in unasked:
            return _Exits({}, frozenset(case.asked), frozenset((gap.key,)))
        if gap.key in rules.later[way]:
            raise  # a later station reads it too, so the whole rest of the walk has to follow each answer
        branches = [
            _exits(rules, way, _of({**answers, gap.key: answer}, station.reads), unasked)
            for answer in completions(gap.key)
        ]
        return _joined_exits(branches, case.asked)
    return _Exits({place: tuple(findings)}, frozenset(case.asked))


def _of(answers: Answers, keys: Iterable[str]) -> tuple[object, ...]:
    return tuple([answers[key] for key in keys])


def _kept(rules: RuleSet, answers: Answers, place: Way) -> tuple[object, ...]:
    parts = answers["active_part"]
    if isinstance(parts, frozenset) and not parts <= rules.parts_ahead[place]:
        answers = {**answers, "active_part": parts & rules.parts_ahead[place]}
    return _of(answers, rules.ahead[place])


def _common(lists: Sequence[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    first, *others = lists
    return tuple([finding for finding in first if all(finding in other for other in others)])


def _joined_exits(branches: Sequence[_Exits], asked: Iterable[str]) -> _Exits:
    ways_to: dict[Outcome | Way, list[tuple[Finding, ...]]] = {}
    for branch in branches:
        for place, findings in branch.places.items():
            ways_to.setdefault(place, []).append(findings)
    return _Exits(
        {place: _common(lists) for place, lists in ways_to.items()},
        frozenset(asked).union(*[branch.asked for branch in branches]),
        _NOTHING.union(*[branch.waiting for branch in branches]),
    )


def _joined(
    branches: Sequence[Prospect], asked: Iterable[str] = _NOTHING, waiting_here: frozenset[str] = _NOTHING
) -> Prospect:
    if len(branches) == 1 and not waiting_here:
        (only,) = branches
        return Prospect(only.outcomes, only.findings, only.asked.union(asked), only.waiting)
    return Prospect(
        outcomes=frozenset[Outcome]().union(*[branch.outcomes for branch in branches]),
        findings=_common([branch.findings for branch in branches]) if branches else (),
        asked=frozenset(asked).union(*[branch.asked for branch in branches]),
        waiting=waiting_here.union(*[branch.waiting for branch in branches]),
    )
