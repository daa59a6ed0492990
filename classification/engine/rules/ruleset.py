"""What a set of rules is made of: stations in their order, what they read, and which version of which law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from classification.engine.citations import Citation
from classification.engine.facts import Part
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.flags import FlagRule

Rule = Callable[[Case], Finding | None]

EVERY_PART = frozenset(Part)


@dataclass(frozen=True, slots=True)
class Station:
    """Rules asked together: the first that leads somewhere ends the station; else `otherwise` holds.

    `reads` names every question its rules may look at; what no later station reads can be forgotten.
    `then` names the stations that its findings lead to, and `parts` the parts it tells apart.
    """

    rules: tuple[Rule, ...]
    reads: tuple[str, ...]
    otherwise: Way | None = None
    base: Outcome = Outcome.UNDETERMINED
    then: tuple[Way, ...] = ()
    parts: frozenset[Part] = EVERY_PART

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
    def parts_ahead(self) -> Mapping[Way, frozenset[Part]]:
        """For each station, the parts of the product that it or a later one may still tell apart."""
        return {
            way: station.parts.union(*[self.stations[other].parts for other in self._after(way)])
            for way, station in self.stations.items()
        }

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
