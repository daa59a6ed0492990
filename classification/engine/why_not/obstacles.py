"""What can shut a class for certain, in the order of the test, and the branches of the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classification.engine.citations import Citation, atmp_law, guidance, other_law
from classification.engine.facts import ClaimedAction, ProductFacts
from classification.engine.outcomes import COMBINED, Outcome
from classification.engine.rules.material import names_cells, names_genes


@dataclass(frozen=True, slots=True)
class Known:
    """What is certain: the answers, and the rules that apply however the unknown ones turn out."""

    facts: ProductFacts
    rules: frozenset[str]
    is_no_atmp: bool

    @property
    def meets_gene_test(self) -> bool:
        """Whether both limbs of the gene therapy test are met for certain."""
        facts = self.facts
        return bool(
            facts.active_part
            and names_genes(facts.active_part)
            and facts.made_recombinantly
            and facts.aims_at_sequence
            and facts.effect_from_sequence
        )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What shuts a class: it must hold for certain, and no completion of the answers can lift it."""

    rule: str
    text: str
    citations: tuple[Citation, ...]
    questions: tuple[str, ...]
    holds: Callable[[Known], bool]


def _claims(action: ClaimedAction) -> Callable[[Known], bool]:
    return lambda known: known.facts.claimed_action is action


_NO_MEDICINE = Obstacle(
    "OUT-1", "It is not a medicine", (atmp_law.MEDICINE,), ("Q01",), lambda it: it.facts.is_medicine is False
)
_NO_GENES = Obstacle(
    "GT-3",
    "No nucleic acid, vector or genetically modified cell is named",
    (atmp_law.GENE_SUBSTANCE,),
    ("Q02",),
    lambda it: it.facts.active_part is not None and not names_genes(it.facts.active_part),
)
_CHEMICAL = Obstacle(
    "GT-5",
    "Its nucleic acid is not made by a biological step",
    (atmp_law.GENE_SUBSTANCE, guidance.SYNTHETIC_ROUTE),
    ("Q03",),
    lambda it: it.facts.made_recombinantly is False,
)
_NO_AIM = Obstacle(
    "GT-3",
    "It is not meant to change a genetic sequence",
    (atmp_law.GENE_SUBSTANCE,),
    ("Q04",),
    lambda it: it.facts.aims_at_sequence is False,
)
_NO_EFFECT = Obstacle(
    "GT-3",
    "Its effect does not come directly from the sequence",
    (atmp_law.GENE_EFFECT,),
    ("Q05",),
    lambda it: it.facts.effect_from_sequence is False,
)
_INFECTION = Obstacle(
    "GT-2",
    "Its claim is against an infection, and vaccines against infections are excluded",
    (atmp_law.INFECTION_VACCINES,),
    ("Q06",),
    lambda it: it.facts.infection_claim is True,
)
_NO_INFECTION = Obstacle(
    "GT-2",
    "Its claim is not against an infection",
    (atmp_law.INFECTION_VACCINES,),
    ("Q06",),
    lambda it: it.facts.infection_claim is False,
)
_VACCINE_FIRST = Obstacle(
    "GT-2",
    "It works by a recombinant sequence against an infection, which makes it a vaccine",
    (atmp_law.INFECTION_VACCINES,),
    ("Q06",),
    lambda it: it.meets_gene_test and it.facts.infection_claim is True,
)
_GENES_FIRST = Obstacle(
    "PRE-5",
    "It meets both limbs of the gene therapy test, which goes before the other classes",
    (atmp_law.GENE_PRECEDENCE,),
    ("Q03", "Q04", "Q05"),
    lambda it: it.meets_gene_test,
)
_NO_CELLS = Obstacle(
    "OUT-9",
    "It contains no cells or tissue",
    (atmp_law.TISSUE_DEFINITION, atmp_law.SOMATIC_CELLS),
    ("Q02", "Q07"),
    lambda it: (
        it.facts.viable_cells is False
        and it.facts.active_part is not None
        and not names_cells(it.facts.active_part)
    ),
)
_INACTIVE = Obstacle(
    "CEL-2",
    "Its cells or tissue are not viable and do not act mainly as a medicine does",
    (atmp_law.NON_VIABLE_EXCLUSION,),
    ("Q07", "Q08"),
    lambda it: it.facts.viable_cells is False and it.facts.non_viable_principal_pim is False,
)
_NOT_ENGINEERED = Obstacle(
    "ENG-4",
    "The cells are not engineered: neither substantially manipulated nor put to another function",
    (atmp_law.NOT_SUBSTANTIAL, guidance.SAME_FUNCTION),
    ("Q09", "Q12"),
    lambda it: not it.rules.isdisjoint({"ENG-4", "ENG-5"}),
)
_MANIPULATED = Obstacle(
    "ENG-1",
    "The cells are substantially manipulated",
    (atmp_law.ENGINEERED_BY_MANIPULATION,),
    ("Q09",),
    lambda it: "ENG-1" in it.rules,
)
_ELSEWHERE = Obstacle(
    "ENG-3",
    "The cells do not keep their essential function",
    (atmp_law.ENGINEERED_BY_FUNCTION, guidance.SAME_FUNCTION),
    ("Q12",),
    lambda it: "ENG-3" in it.rules,
)
_CLAIMS_ACTION = Obstacle(
    "SCT-1",
    "The claim is a pharmacological, immunological or metabolic action, not repair",
    (atmp_law.TISSUE_DEFINITION,),
    ("Q13",),
    _claims(ClaimedAction.PIM),
)
_CLAIMS_REPAIR = Obstacle(
    "TEP-1",
    "The claim is to regenerate, repair or replace tissue, not a pharmacological, immunological or metabolic"
    " action",
    (atmp_law.SOMATIC_ACTION,),
    ("Q13",),
    _claims(ClaimedAction.REGENERATE),
)
_CLAIMS_BOTH = Obstacle(
    "PRE-4",
    "Both actions are claimed, and then tissue engineering takes precedence",
    (atmp_law.TISSUE_PRECEDENCE,),
    ("Q13",),
    _claims(ClaimedAction.BOTH),
)
_CLAIMS_NEITHER = Obstacle(
    "CLM-1",
    "Neither repair nor a pharmacological, immunological or metabolic action is claimed",
    (atmp_law.TISSUE_DEFINITION, atmp_law.SOMATIC_ACTION),
    ("Q13",),
    _claims(ClaimedAction.NEITHER),
)
_NO_ATMP = Obstacle(
    "DEV-3",
    "It is no advanced therapy, so it is no combined one either",
    (atmp_law.COMBINED,),
    (),
    lambda it: it.is_no_atmp,
)
_NO_DEVICE = Obstacle(
    "DEV-2",
    "No device is an integral part of it",
    (atmp_law.COMBINED,),
    ("Q14",),
    lambda it: it.facts.integral_device is False,
)
_DEVICE_WITHOUT_CELLS = Obstacle(
    "DEV-6",
    "A device is an integral part of it, but it has no cells or tissue",
    (atmp_law.COMBINED,),
    ("Q02", "Q07"),
    lambda it: "DEV-6" in it.rules,
)
_DEVICE_FIRST = Obstacle(
    "DEV-5",
    "A device does the principal work, and the tissue in it only helps",
    (atmp_law.COMBINED,),
    ("Q18",),
    lambda it: "DEV-5" in it.rules,
)
_VIABLE = Obstacle(
    "CEL-1",
    "It contains viable cells, and their action counts as the principal one",
    (atmp_law.VIABLE_CELLS_PREVAIL,),
    ("Q07",),
    lambda it: it.facts.viable_cells is True,
)
_CHEMICAL_FIRST = Obstacle(
    "GT-5",
    "Its nucleic acid is made chemically and it has no cells: a chemical medicine",
    (guidance.SYNTHETIC_ROUTE,),
    ("Q02", "Q03"),
    lambda it: "GT-5" in it.rules,
)
_NOT_AS_SUCH = Obstacle(
    "OUT-4",
    "It is not human tissue as such, but animal tissue, a derivative or an addition to a device",
    (other_law.DEVICE_CLASS,),
    ("Q18",),
    lambda it: not it.rules.isdisjoint({"OUT-2", "OUT-3"}),
)
_AS_SUCH = Obstacle(
    "OUT-4",
    "It is human tissue as such, and that is no device",
    (other_law.DEVICE_SCOPE,),
    ("Q18",),
    lambda it: "OUT-4" in it.rules,
)
_ACTIVE = Obstacle(
    "CEL-2",
    "Its cells are not viable, but they act mainly as a medicine does, and no device is part of it",
    (atmp_law.NON_VIABLE_EXCLUSION,),
    ("Q08", "Q14"),
    lambda it: "CEL-2" in it.rules and it.facts.integral_device is False,
)

_NO_CELL_CLASS = (_NO_MEDICINE, _VACCINE_FIRST, _GENES_FIRST, _CHEMICAL_FIRST, _NO_CELLS)
_NO_GENE_CLASS = (_NO_MEDICINE, _NO_GENES, _CHEMICAL, _NO_AIM, _NO_EFFECT)
_NO_ENGINEERED_CLASS = (*_NO_CELL_CLASS, _INACTIVE, _NOT_ENGINEERED, _DEVICE_FIRST, _CLAIMS_NEITHER)


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the decision: the classes at its end, and what can shut it, in the order of the test."""

    code: str
    classes: frozenset[Outcome]
    obstacles: tuple[Obstacle, ...]


def _branch(outcome: Outcome, *obstacles: Obstacle, combined: Outcome | None = None) -> Branch:
    return Branch(str(outcome), frozenset(filter(None, (outcome, combined))), obstacles)


BRANCHES = (
    _branch(Outcome.GTMP, *_NO_GENE_CLASS, _INFECTION, combined=Outcome.COMBINED_GTMP),
    _branch(
        Outcome.SCTMP,
        *_NO_ENGINEERED_CLASS,
        _CLAIMS_BOTH,
        _CLAIMS_REPAIR,
        combined=Outcome.COMBINED_SCTMP,
    ),
    _branch(Outcome.TEP, *_NO_ENGINEERED_CLASS, _CLAIMS_ACTION, combined=Outcome.COMBINED_TEP),
    Branch("combined", COMBINED, (_NO_ATMP, _NO_DEVICE, _DEVICE_WITHOUT_CELLS, _DEVICE_FIRST)),
    _branch(Outcome.TISSUE_CELL_SOHO, *_NO_CELL_CLASS, _MANIPULATED, _ELSEWHERE, _NOT_AS_SUCH),
    _branch(Outcome.DEVICE, *_NO_CELL_CLASS, _VIABLE, _AS_SUCH, _ACTIVE),
    _branch(Outcome.VACCINE, *_NO_GENE_CLASS, _NO_INFECTION),
)
"""The classes of ATMP, what makes one combined, and the ways out that lie nearest."""
