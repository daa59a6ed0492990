"""Walks a candidate through the stations; where an answer is unknown, it follows every possible one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from math import prod
from typing import Any

from classification.engine.outcomes import Outcome
from classification.engine.rules import RULESETS, RuleSet
from classification.engine.rules.alike import Alike
from classification.engine.rules.case import Case, Unanswered
from classification.engine.rules.finding import Finding, Way

Answers = Mapping[str, Any]
"""Every answer by its exchange name, `None` where it is unknown; see `ProductFacts.answers`."""

_NOTHING: frozenset[str] = frozenset()

# Up to this many branches it is cheaper to walk each than to look for those that are alike.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Prospect:
    """What answers lead to: every class possible, the findings that hold in all cases, what was asked."""

    outcomes: frozenset[Outcome]
    findings: tuple[Finding, ...]
    asked: frozenset[str]


def prospect(answers: Answers, ruleset: str) -> Prospect:
    """Everything that the completions of these answers lead to: exact, and quick where little is unknown."""
    rules = RULESETS[ruleset]
    if _are_few_branches(rules, answers):
        return _followed(rules, rules.first, answers)
    reach = _from_the_start(rules, answers)
    return Prospect(frozenset(reach.outcomes), reach.findings, reach.asked)


def waiting(answers: Answers, answered: frozenset[str], ruleset: str) -> frozenset[str]:
    """The questions to put next: where rules stop; an answer given as unknown is followed every way."""
    rules = RULESETS[ruleset]
    return _from_the_start(rules, answers, rules.reads - answered).waiting


def leads(
    key: str, others: Iterable[object], answers: Answers, ruleset: str
) -> dict[object, frozenset[Outcome]]:
    """The classes that each of these answers to one question leaves possible, all else as it is.

    The question is opened and everything walked once, however many answers are asked about.
    """
    rules = RULESETS[ruleset]
    opened = {**answers, key: None}
    if _are_few_branches(rules, opened):
        return {other: prospect({**answers, key: other}, ruleset).outcomes for other in others}
    admitted = _from_the_start(rules, opened).outcomes.items()
    marks = {other: rules.mark(key, other) for other in others}
    return {
        other: frozenset([outcome for outcome, mask in admitted if mask & mark])
        for other, mark in marks.items()
    }


def splits(key: str, answers: Answers, ruleset: str, among: frozenset[Outcome]) -> bool:
    """Whether answering this unknown question could narrow down the classes still possible."""
    each = RULESETS[ruleset].completions(key)
    return any(outcomes != among for outcomes in leads(key, each, answers, ruleset).values())


def _are_few_branches(rules: RuleSet, answers: Answers) -> bool:
    return prod([len(rules.completions(key)) for key in rules.reads if answers[key] is None]) <= _FEW


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
        branches = [
            _followed(rules, way, {**answers, gap.key: answer}) for answer in rules.completions(gap.key)
        ]
        return Prospect(
            frozenset[Outcome]().union(*[branch.outcomes for branch in branches]),
            (*findings, *reduce(_common, [branch.findings for branch in branches])),
            frozenset(case.asked).union(*[branch.asked for branch in branches]),
        )
    return Prospect(frozenset((place,)), tuple(findings), frozenset(case.asked))


# Many unknown answers make many branches, but few that differ: from here on every station is walked once for
# all branches that are alike to it. A mask goes with each place that is reached: it admits, of each unknown
# question, the answers that some branch to this place has (`RuleSet.mark`). Branches that meet add up what
# they admit; a branch that goes on narrows it down, and since no answer is tried twice on one way, the
# answers admitted to one question are exactly those that leave the place possible.

_EVERYTHING = ~0

_Bound = tuple[tuple[str, object], ...]
"""Answers tried on the way to a place, as far as the stations from there on look at them."""


@dataclass(frozen=True, slots=True)
class _Exits:
    """Where one station can lead: what each way out admits, the findings made on it in all cases."""

    ways: Mapping[tuple[Outcome | Way, _Bound], tuple[int, tuple[Finding, ...]]]
    asked: frozenset[str]
    waiting: frozenset[str] = _NOTHING


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a station and all after it lead to: what each class admits, and what a `Prospect` tells."""

    outcomes: Mapping[Outcome, int]
    findings: tuple[Finding, ...]
    asked: frozenset[str]
    waiting: frozenset[str]


def _from_the_start(rules: RuleSet, answers: Answers, unasked: frozenset[str] = _NOTHING) -> _Reach:
    known = _kept(answers, rules.alike[rules.first])
    return _ahead(rules, rules.first, tuple(known.values()), unasked)


@lru_cache(maxsize=8_192)
def _ahead(rules: RuleSet, way: Way, known: tuple[object, ...], unasked: frozenset[str]) -> _Reach:
    answers = dict(zip(rules.alike[way], known, strict=True))
    here = rules.alike_here[way]
    exits = _exits(rules, way, tuple(_kept(answers, here).values()), unasked.intersection(here))
    onward = {place: _kept(answers, rules.alike[place]) for place in rules.stations[way].next_ways}
    outcomes: dict[Outcome, int] = {}
    findings: list[tuple[Finding, ...]] = []
    asked, waits = set(exits.asked), set(exits.waiting)
    for (place, bound), (admits, made) in exits.ways.items():
        if isinstance(place, Outcome):
            outcomes[place] = outcomes.get(place, 0) | admits
            findings.append(made)
            continue
        known = tuple({**onward[place], **dict(bound)}.values())
        rest = _ahead(rules, place, known, unasked.intersection(onward[place]))
        for outcome, mask in rest.outcomes.items():
            outcomes[outcome] = outcomes.get(outcome, 0) | admits & mask
        findings.append((*made, *rest.findings))
        asked |= rest.asked
        waits |= rest.waiting
    return _Reach(outcomes, reduce(_common, findings) if findings else (), frozenset(asked), frozenset(waits))


@lru_cache(maxsize=8_192)
def _exits(rules: RuleSet, way: Way, known: tuple[object, ...], unasked: frozenset[str]) -> _Exits:
    return _tried(rules, way, dict(zip(rules.alike_here[way], known, strict=True)), unasked)


def _tried(rules: RuleSet, way: Way, answers: Answers, unasked: frozenset[str]) -> _Exits:
    case = Case(answers)
    try:
        findings, place = rules.stations[way].visit(case)
    except Unanswered as gap:
        asked = frozenset(case.asked)
        if gap.key in unasked:
            return _Exits({}, asked, frozenset((gap.key,)))
        return _branched(rules, way, answers, gap.key, unasked, asked)
    return _Exits({(place, ()): (_EVERYTHING, tuple(findings))}, frozenset(case.asked))


def _branched(
    rules: RuleSet, way: Way, answers: Answers, key: str, unasked: frozenset[str], asked: frozenset[str]
) -> _Exits:
    branches = rules.branches[way][key]
    tried = {
        here: _tried(rules, way, {**answers, key: here}, unasked)
        for here in dict.fromkeys([branch.here for branch in branches])
    }
    ways: dict[tuple[Outcome | Way, _Bound], tuple[int, tuple[Finding, ...]]] = {}
    for branch in branches:
        for (place, bound), (admits, findings) in tried[branch.here].ways.items():
            if isinstance(place, Way) and (alike := rules.alike[place].get(key)) is not None:
                bound = (*bound, (key, alike.stands_for[branch.answer]))
            admits &= branch.admits
            if (met := ways.get((place, bound))) is not None:
                admits |= met[0]
                findings = _common(met[1], findings)
            ways[place, bound] = admits, findings
    return _Exits(
        ways,
        asked.union(*[exits.asked for exits in tried.values()]),
        _NOTHING.union(*[exits.waiting for exits in tried.values()]),
    )


def _kept(answers: Answers, alike: Mapping[str, Alike]) -> dict[str, object]:
    return {key: same.stands_for.get(answers[key], answers[key]) for key, same in alike.items()}


def _common(some: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple([finding for finding in some if finding in others])
