"""The known facts of a candidate against those of a published case, weighed and put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classification.engine.precedents.adapter import ACTS, REPAIRS
from classification.engine.precedents.cases import Fact

# How much a fact weighs: what divides the classes weighs most; the source divides none of them.
WEIGHTS = {
    Fact.ACTION: 2.5,
    Fact.GENES: 2.0,
    Fact.EFFECT: 2.0,
    Fact.CELLS: 2.0,
    Fact.USE: 1.5,
    Fact.MANIPULATION: 1.5,
    Fact.DEVICE: 1.5,
    Fact.INFECTION: 1.0,
    Fact.SOURCE: 0.5,
}
DECIDE = frozenset(Fact) - {Fact.SOURCE}
NO_VALUE = frozenset({"", "unknown", "not_applicable"})

HALF_SURE = 4.0
"""Compared weight at which agreement counts half: two facts that agree say less than eight."""

WORDS = {
    (Fact.ACTION, REPAIRS): "repair is claimed",
    (Fact.ACTION, ACTS): "signals or immune effects",
    (Fact.ACTION, "structural"): "fills or carries",
    (Fact.ACTION, "other"): "another action",
    (Fact.USE, "yes"): "same function",
    (Fact.USE, "no"): "another function",
    (Fact.MANIPULATION, "yes"): "substantially manipulated",
    (Fact.MANIPULATION, "no"): "not substantially manipulated",
    (Fact.SOURCE, "autologous"): "autologous",
    (Fact.SOURCE, "allogeneic"): "allogeneic",
    (Fact.SOURCE, "xenogeneic"): "from an animal",
    (Fact.CELLS, "yes"): "living cells",
    (Fact.CELLS, "no"): "no living cells",
    (Fact.GENES, "yes"): "recombinant",
    (Fact.GENES, "no"): "not recombinant",
    (Fact.EFFECT, "yes"): "effect of the sequence",
    (Fact.EFFECT, "no"): "effect not of the sequence",
    (Fact.INFECTION, "yes"): "against an infection",
    (Fact.INFECTION, "no"): "not against an infection",
    (Fact.DEVICE, "yes"): "a device",
    (Fact.DEVICE, "no"): "no device",
}
ASKED = {
    Fact.ACTION: "the claimed action",
    Fact.USE: "the use",
    Fact.MANIPULATION: "the manipulation",
    Fact.SOURCE: "the source",
    Fact.CELLS: "whether cells live in it",
    Fact.GENES: "whether it is recombinant",
    Fact.EFFECT: "where the effect comes from",
    Fact.INFECTION: "whether it is against an infection",
    Fact.DEVICE: "whether a device is part of it",
}
SAID_BY_NOBODY = frozenset(
    {(Fact.GENES, "no"), (Fact.INFECTION, "no"), (Fact.DEVICE, "no"), (Fact.CELLS, "no")}
)
Values = tuple[str, ...]
Aspects = Mapping[Fact, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The known facts of a candidate against those of a published case."""

    agreeing: tuple[Fact, ...]
    differing: tuple[Fact, ...]
    unpublished: tuple[Fact, ...]

    @property
    def compared(self) -> int:
        """How many facts are known on both sides."""
        return len(self.agreeing) + len(self.differing)

    @property
    def decided(self) -> float:
        """What the agreeing facts weigh that decide on a class."""
        return sum(WEIGHTS[fact] for fact in DECIDE.intersection(self.agreeing))

    @property
    def score(self) -> float:
        """From 0 to 1; many compared facts count more than few."""
        agreeing = sum(WEIGHTS[fact] for fact in self.agreeing)
        return agreeing / (agreeing + sum(WEIGHTS[fact] for fact in self.differing) + HALF_SURE)


def compare(aspects: Aspects, values: Values) -> Comparison:
    """Lay the known facts of a candidate beside the values of a case, given in the order of the weights."""
    agreeing, differing, unpublished = [], [], []
    for fact, value in zip(WEIGHTS, values, strict=True):
        if fact not in aspects:
            continue
        if value in aspects[fact]:
            agreeing.append(fact)
        elif value not in NO_VALUE:
            differing.append(fact)
        elif value != "not_applicable":
            unpublished.append(fact)
    return Comparison(tuple(agreeing), tuple(differing), tuple(unpublished))
