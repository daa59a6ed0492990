"""Are cells present, and are they engineered? Manipulation or another function: one of them is enough."""

from __future__ import annotations

from functools import lru_cache

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import Part, ProcessStep
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.material import CASE_BY_CASE_STEPS, SUBSTANTIAL_STEPS, is_blood, names_cells

_VIABLE = Finding(
    "CEL-1",
    "The finished product contains viable cells or tissue.",
    (atmp_law.TISSUE_DEFINITION, atmp_law.SOMATIC_CELLS),
    Way.ENGINEERING,
)
_ACTIVE_NON_VIABLE = Finding(
    "CEL-2",
    "Its cells or tissue are not viable, but they act mainly by pharmacological, immunological or metabolic"
    " means.",
    (atmp_law.NON_VIABLE_EXCLUSION,),
    Way.ENGINEERING,
    doubt="non-viable cells are claimed to be active",
)
_CASE_BY_CASE = Finding(
    "ENG-1",
    "The cells are engineered: a step that is not on the list of Annex I altered a property that matters for"
    " the use.",
    (atmp_law.ENGINEERED_BY_MANIPULATION, atmp_law.NOT_SUBSTANTIAL),
)
_INTACT_UNITS = Finding(
    "ENG-2",
    "The enzyme leaves intact tissue units whose structure and function are shown to be kept, so that step"
    " is not"
    " substantial manipulation.",
    (guidance.INTACT_UNITS,),
    doubt="the exception for intact tissue units is relied on",
)
_OTHER_PLACE = "are used in another place"
_OTHER_JOB = "do another job"
_NOT_ENGINEERED = Finding(
    "ENG-4",
    "The cells are not engineered: they were not substantially manipulated, and they keep their essential"
    " function.",
    (atmp_law.NOT_SUBSTANTIAL, guidance.SAME_FUNCTION, other_law.TISSUES_LAW),
    Outcome.TISSUE_CELL_SOHO,
)
_NOT_ENGINEERED_BLOOD = Finding(
    "ENG-5",
    "Its blood cells are not engineered: they were not substantially manipulated, and they keep their"
    " function.",
    (atmp_law.NOT_SUBSTANTIAL, guidance.SAME_FUNCTION, other_law.BLOOD_LAW),
    Outcome.BLOOD,
)
_STEP_WORDS = {
    ProcessStep.EXPANSION: "culture that expands cells",
    ProcessStep.ACTIVATION: "activation",
    ProcessStep.DIFFERENTIATION: "differentiation",
    ProcessStep.GENETIC_MODIFICATION: "genetic modification",
    ProcessStep.REPROGRAMMING: "reprogramming",
    ProcessStep.ENZYMATIC_DISSOCIATION: "enzymatic dissociation that leaves no intact tissue units",
}


@lru_cache(maxsize=128)
def _substantial(steps: frozenset[ProcessStep]) -> Finding:
    words = [word for step, word in _STEP_WORDS.items() if step in steps]
    verb = "is" if len(words) == 1 else "are"
    return Finding(
        "ENG-1",
        f"The cells are engineered: {' and '.join(words)} {verb} substantial manipulation.",
        (atmp_law.ENGINEERED_BY_MANIPULATION, guidance.CULTURE),
    )


def _elsewhere(same_location: bool, same_function: bool) -> Finding:
    reasons = [] if same_location else [_OTHER_PLACE]
    reasons += [] if same_function else [_OTHER_JOB]
    doubt = (
        None
        if same_location == same_function
        else "place and function of the cells point in different directions"
    )
    return Finding(
        "ENG-3",
        f"The cells do not keep their essential function: they {' and '.join(reasons)} than in the donor."
        " That alone makes them engineered.",
        (atmp_law.ENGINEERED_BY_FUNCTION, guidance.SAME_FUNCTION),
        doubt=doubt,
    )


_ELSEWHERE = {
    (place, job): _elsewhere(place, job)
    for place in (True, False)
    for job in (True, False)
    if not (place and job)
}


def viable_cells(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(b): viable cells or tissue lead to the test of engineering.

    Decision: Q07 speaks of the finished product and outweighs what Q02 names.
    """
    return _VIABLE if case.viable_cells else None


def active_non_viable(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(b), last paragraph: non-viable cells count when they mainly act."""
    if not names_cells(case.active_part) or case.viable_cells or not case.non_viable_principal_pim:
        return None
    return _ACTIVE_NON_VIABLE


def _manipulation(case: Case) -> frozenset[ProcessStep]:
    # Cells named as genetically modified are manipulated, whether or not the step is ticked as well.
    if Part.GM_CELLS in case.active_part:
        ticked: frozenset[ProcessStep] = case.answers["process_steps"] or frozenset()
        return ticked & SUBSTANTIAL_STEPS | {ProcessStep.GENETIC_MODIFICATION}
    steps = case.process_steps
    substantial = steps & SUBSTANTIAL_STEPS
    if not substantial and ProcessStep.ENZYMATIC_DISSOCIATION in steps and not case.intact_units:
        return frozenset({ProcessStep.ENZYMATIC_DISSOCIATION})
    return substantial


def _alters_by_other_step(case: Case) -> bool:
    return not CASE_BY_CASE_STEPS.isdisjoint(case.process_steps) and case.property_altered


def intact_units(case: Case) -> Finding | None:
    """EMA/CAT/600280/2010: enzymatic digestion is not substantial where intact units are shown to remain.

    Decision: intact units outweigh Q11 for this step: the evidence they rest on answers the same question.
    """
    if _manipulation(case) or ProcessStep.ENZYMATIC_DISSOCIATION not in case.process_steps:
        return None
    return _INTACT_UNITS


def substantial_manipulation(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(c), first indent, and Annex I; EMA/CAT/600280/2010.

    Decision: expansion, activation, differentiation, genetic modification and reprogramming are substantial
    whatever Q11 says; Q11 decides for co-culture, labelling and other steps; Annex I steps never count.
    """
    if steps := _manipulation(case):
        return _substantial(steps)
    return _CASE_BY_CASE if _alters_by_other_step(case) else None


def other_function(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(c), second indent: same place and same function, or engineered.

    Decision: asked even when the manipulation is substantial, because the reasons given to the CAT name both.
    """
    place, job = case.same_location, case.same_function
    return None if place and job else _ELSEWHERE[place, job]


def not_engineered(case: Case) -> Finding | None:
    """Directives 2004/23/EC and 2002/98/EC, Art 2(1): neither reason applies, so no ATMP.

    Decision: with anucleate blood elements and no other cells named in Q02, the law on blood is meant.
    Decision: animal cells get the same code; the flag to ask the CAT says that no law is written for them.
    """
    if not (case.same_location and case.same_function) or _manipulation(case) or _alters_by_other_step(case):
        return None
    return _NOT_ENGINEERED_BLOOD if is_blood(case.active_part) else _NOT_ENGINEERED
