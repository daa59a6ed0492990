"""From the columns of a published classification to answers of the questionnaire, and back to compare."""

from __future__ import annotations

from collections.abc import Mapping

from classification.engine.facts import ClaimedAction, Part, ProductFacts, Source
from classification.engine.precedents.cases import Fact
from classification.engine.rules.case import Case, Unanswered
from classification.engine.rules.engineering import substantial_manipulation
from classification.engine.rules.material import names_cells, names_recombinant_material

Row = Mapping[str, str]
Answer = str | list[str]

YES_NO = ("yes", "no")
SOURCES = ("autologous", "allogeneic", "xenogeneic")
WITHOUT_CELLS = (
    Part.CELL_DERIVED,
    Part.ANUCLEATE_BLOOD,
    Part.MICROBES,
    Part.SYNTHETIC_OLIGONUCLEOTIDE,
    Part.OTHER,
)
ACTS = "pharmacological_immunological_metabolic"
REPAIRS = "regenerate_repair_replace"
_NOTHING = frozenset[str]()


def possible_facts(row: Row) -> list[ProductFacts]:
    """The answers that published facts allow, one set for each active part that they leave possible."""
    answers = _answers_but_part(row)
    return [
        ProductFacts.from_exchange(answers | {"active_part": [str(part)]}) for part in _possible_parts(row)
    ]


def _possible_parts(row: Row) -> tuple[Part, ...]:
    viable = row.get(Fact.CELLS)
    if row.get(Fact.GENES) == "yes":
        return (Part.GM_CELLS,) if viable == "yes" else (Part.RECOMBINANT_NUCLEIC_ACID,)
    if viable == "yes":
        return (Part.VIABLE_CELLS_OR_TISSUE,)
    cells: tuple[Part, ...] = (Part.NON_VIABLE_CELLS_OR_TISSUE,)
    if viable != "no":
        cells = (Part.VIABLE_CELLS_OR_TISSUE, *cells)
    # Manipulation and essential function are asked of cells that act. A row that judges them is about cells;
    # one to which they do not apply has no cells, or non-viable ones that do not act.
    if row.get(Fact.MANIPULATION) in YES_NO:
        return cells
    if row.get(Fact.MANIPULATION) == row.get(Fact.USE) == "not_applicable" and row.get(Fact.ACTION) == ACTS:
        return WITHOUT_CELLS
    return cells + WITHOUT_CELLS


def _answers_but_part(row: Row) -> dict[str, Answer]:
    answers: dict[str, Answer] = {
        "is_medicine": "yes",
        "made_recombinantly": _yes_no(row, Fact.GENES),
        # A direct effect of the sequence presupposes that the sequence is meant to be changed.
        "aims_at_sequence": "yes" if row.get(Fact.EFFECT) == "yes" else "unknown",
        "effect_from_sequence": _yes_no(row, Fact.EFFECT),
        "infection_claim": _yes_no(row, Fact.INFECTION),
        "viable_cells": _yes_no(row, Fact.CELLS),
        "integral_device": _yes_no(row, Fact.DEVICE),
    }
    if (source := row.get(Fact.SOURCE)) in SOURCES:
        answers["source"] = source
    return answers | _manipulation(row) | _use(row) | _action(row)


def _yes_no(row: Row, fact: Fact) -> str:
    value = row.get(fact, "unknown")
    return value if value in YES_NO else "unknown"


def _manipulation(row: Row) -> dict[str, Answer]:
    judged = _yes_no(row, Fact.MANIPULATION)
    if judged == "unknown":
        return {}
    # The column holds the judgement, not the steps: a step off the list, with the judgement as answer to Q11.
    return {"process_steps": ["other"], "property_altered": judged}


def _use(row: Row) -> dict[str, Answer]:
    match row.get(Fact.USE):
        case "yes":
            return {"same_location": "yes", "same_function": "yes"}
        case "no":
            return {"same_function": "no"}
        case _:
            return {}


def _action(row: Row) -> dict[str, Answer]:
    match row.get(Fact.ACTION):
        case "regenerate_repair_replace":
            return {"claimed_action": "regenerate"}
        case "pharmacological_immunological_metabolic":
            return {"claimed_action": "pim", "non_viable_principal_pim": "yes"}
        case "structural" | "other":
            return {"claimed_action": "neither", "non_viable_principal_pim": "no"}
        case _:
            return {}


def aspects_of(facts: ProductFacts) -> dict[Fact, frozenset[str]]:
    """What is known of a candidate, by the columns of the published: the values that agree with it."""
    found = {
        Fact.GENES: _said(_has_genes(facts)),
        Fact.EFFECT: _said(facts.effect_from_sequence),
        Fact.INFECTION: _said(facts.infection_claim),
        Fact.CELLS: _said(_has_living_cells(facts)),
        Fact.SOURCE: _source(facts),
        Fact.MANIPULATION: _said(_is_manipulated(facts)),
        Fact.USE: _said(_is_same_use(facts)),
        Fact.ACTION: _actions(facts),
        Fact.DEVICE: _said(facts.integral_device),
    }
    return {fact: values for fact, values in found.items() if values}


def _said(answer: bool | None) -> frozenset[str]:
    return _NOTHING if answer is None else frozenset({"yes" if answer else "no"})


def _has_genes(facts: ProductFacts) -> bool | None:
    if facts.active_part is None:
        return None
    return names_recombinant_material(facts.active_part) and facts.made_recombinantly is not False


def _has_living_cells(facts: ProductFacts) -> bool | None:
    if facts.viable_cells is not None or facts.active_part is None:
        return facts.viable_cells
    return not facts.active_part.isdisjoint({Part.GM_CELLS, Part.VIABLE_CELLS_OR_TISSUE})


def _source(facts: ProductFacts) -> frozenset[str]:
    if facts.source is None:
        return _NOTHING
    # Cells of both sources are treated as allogeneic: Regulation (EC) 1394/2007, Art 2(3).
    return frozenset({str(Source.ALLOGENEIC if facts.source is Source.BOTH else facts.source)})


def _is_manipulated(facts: ProductFacts) -> bool | None:
    if facts.active_part is None or not (names_cells(facts.active_part) or facts.viable_cells):
        return None
    try:
        return substantial_manipulation(Case(facts.answers())) is not None
    except Unanswered:
        return None


def _is_same_use(facts: ProductFacts) -> bool | None:
    if facts.same_location is False or facts.same_function is False:
        return False
    return True if facts.same_location and facts.same_function else None


def _actions(facts: ProductFacts) -> frozenset[str]:
    match facts.claimed_action:
        case ClaimedAction.REGENERATE | ClaimedAction.BOTH:
            # Who claims both claims repair, which goes before: Regulation (EC) 1394/2007, Art 2(4).
            return frozenset({REPAIRS})
        case ClaimedAction.PIM:
            return frozenset({ACTS})
        case ClaimedAction.NEITHER:
            return frozenset({"structural", "other"})
        case None:
            return _NOTHING
