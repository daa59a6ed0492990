"""What a set of rules is made of: stations in their order, what they read, and which version of which law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from classification.engine.citations import Citation
from classification.engine.outcomes import Outcome
from classification.engine.rules.alike import Alike, Kind
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.flags import FlagRule

Rule = Callable[[Case], Finding | None]


@dataclass(frozen=True, slots=True)
class Station:
    """Rules asked together: the first that leads somewhere ends the station; else `otherwise` holds.

    `reads` names every question its rules may look at; what no later station reads can be forgotten.
    `then` names the stations that its findings lead to. `kinds` says, of a question with many answers, what
    the rules make of one: answers of one kind lead to the same place by the same findings.
    """

    rules: tuple[Rule, ...]
    reads: tuple[str, ...]
    otherwise: Way | None = None
    base: Outcome = Outcome.UNDETERMINED
    then: tuple[Way, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def visit(self, case: Case) -> tuple[list[Finding], Outcome | Way]:
        """The findings made here, and where they lead; raises `Unanswered` at an unknown that matters."""
        case.base = self.base
        findings = []
        for rule in self.rules:
            finding = rule(case)
            if finding is None:
                continue
            findings.append(finding)
            if finding.leads_to is not None:
                return findings, finding.leads_to
        if self.otherwise is None:
            raise LookupError("the rules of this station must lead somewhere")
        return findings, self.otherwise

    @property
    def next_ways(self) -> tuple[Way, ...]:
        """Every station that can come next."""
        return self.then if self.otherwise is None else (*self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on from an unknown answer: the answer tried, and which completions of it go that way.

    `here` is the answer in whose place it stands before this station alone; `admits` is a mask, see `mark`.
    """

    answer: object
    here: object
    admits: int


class Jurisdiction(StrEnum):
    """Whose law a set of rules encodes."""

    EU = "EU"
    US = "US"
    UK = "UK"
    JP = "JP"


class State(StrEnum):
    """Whether a set of rules is law."""

    IN_FORCE = "in force"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Change:
    """What one version of our encoding changed; the law itself need not have moved."""

    version: str
    dated: str
    what: str


@dataclass(frozen=True, eq=False, kw_only=True)
class RuleSet:
    """The law of one jurisdiction as we encode it: which law, which version of our encoding, which stations.

    `version` and `dated` are those of the encoding; `changes` lists what each version changed, newest first.
    `regimes` says where a class leads, if that is not what the class says of itself.
    """

    code: str
    title: str
    jurisdiction: Jurisdiction
    version: str
    dated: str
    state: State
    note: str
    citations: tuple[Citation, ...]
    changes: tuple[Change, ...]
    stations: Mapping[Way, Station]
    flags: tuple[FlagRule, ...]
    regimes: Mapping[Outcome, str] = field(default_factory=dict)
    first: Way = Way.PURPOSE

    @property
    def is_law(self) -> bool:
        """Whether the rules are in force; a draft never decides anything."""
        return self.state is State.IN_FORCE

    def consequence_of(self, outcome: Outcome) -> str:
        """One sentence on the regime a class leads to under this law."""
        return self.regimes.get(outcome, outcome.consequence)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule once, in the order of evaluation."""
        return tuple(dict.fromkeys(rule for station in self.stations.values() for rule in station.rules))

    @cached_property
    def reads(self) -> frozenset[str]:
        """The questions that can change the class; the rest only raise flags."""
        return frozenset(key for station in self.stations.values() for key in station.reads)

    @cached_property
    def later(self) -> Mapping[Way, frozenset[str]]:
        """For each station, the questions that a later one may look at."""
        return {
            way: frozenset(key for other in self._after(way) for key in self.stations[other].reads)
            for way in self.stations
        }

    @cached_property
    def ahead(self) -> Mapping[Way, tuple[str, ...]]:
        """For each station, the questions that it or a later one may look at."""
        return {
            way: tuple(sorted(self.later[way].union(station.reads))) for way, station in self.stations.items()
        }

    @cached_property
    def alike(self) -> Mapping[Way, Mapping[str, Alike]]:
        """For each station and question, the answers that neither it nor a later one tells apart."""
        return {
            way: {key: self._alike(key, way, *self._after(way)) for key in keys}
            for way, keys in self.ahead.items()
        }

    @cached_property
    def alike_here(self) -> Mapping[Way, Mapping[str, Alike]]:
        """For each station and question, the answers that it does not tell apart itself."""
        return {
            way: {key: self._alike(key, way) for key in station.reads}
            for way, station in self.stations.items()
        }

    @cached_property
    def branches(self) -> Mapping[Way, Mapping[str, tuple[Branch, ...]]]:
        """For each station and question it reads, the answers to follow where it is unknown."""
        return {
            way: {key: tuple(self._branches(way, key)) for key in station.reads}
            for way, station in self.stations.items()
        }

    def completions(self, key: str) -> tuple[object, ...]:
        """Every answer that an unknown one can turn out to be, up to differences that no rule looks at."""
        return self.alike[self.first][key].each

    def mark(self, key: str, answer: object) -> int:
        """The bit of one answer; a mask of all bits admits every answer to every question."""
        return self._marks[key, self.alike[self.first][key].like(answer)]

    @cached_property
    def _marks(self) -> Mapping[tuple[str, object], int]:
        every = [(key, answer) for key in sorted(self.reads) for answer in self.completions(key)]
        return {one: 1 << place for place, one in enumerate(every)}

    def _branches(self, way: Way, key: str) -> Iterator[Branch]:
        alike, here = self.alike[way][key], self.alike_here[way][key]
        everything = self.completions(key)
        for answer in alike.each:
            shut = sum(self.mark(key, other) for other in everything if alike.stands_for[other] != answer)
            yield Branch(answer, here.stands_for[answer], ~shut)

    def _alike(self, key: str, *ways: Way) -> Alike:
        readers = [self.stations[way] for way in dict.fromkeys(ways) if key in self.stations[way].reads]
        return Alike(key, [station.kinds.get(key) for station in readers])

    def _after(self, way: Way) -> Iterator[Way]:
        for following in self.stations[way].next_ways:
            yield following
            yield from self._after(following)

    def to_json(self) -> dict[str, object]:
        """The rule set as plain data, without its stations."""
        return {
            "code": self.code,
            "title": self.title,
            "jurisdiction": str(self.jurisdiction),
            "version": self.version,
            "dated": self.dated,
            "state": str(self.state),
            "note": self.note,
            "citations": [citation.to_json() for citation in self.citations],
            "changes": [
                {"version": change.version, "dated": change.dated, "what": change.what}
                for change in self.changes
            ],
        }
