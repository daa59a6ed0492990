"""The last station: is a device an integral part, and does that make the product combined?"""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance, other_law
from classification.engine.facts import NonViableRole
from classification.engine.outcomes import COMBINED_OF, Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Finding
from classification.engine.rules.material import has_tissue_scaffold

_TISSUE_SCAFFOLD = Finding(
    "DEV-1",
    "Non-viable tissue goes with the viable cells; the CAT has taken such a scaffold for a device in one"
    " case and"
    " not in another.",
    (guidance.INTEGRAL_PART,),
    doubt="it is open whether the tissue under the cells is a device",
)
_ALONE = {
    base: Finding("DEV-2", "No device is an integral part of it.", (atmp_law.COMBINED,), base)
    for base in COMBINED_OF
}
_WITH_VIABLE_CELLS = {
    base: Finding(
        "DEV-3",
        "A device is an integral part of it beside viable cells, whose action counts as the principal one.",
        (atmp_law.COMBINED, atmp_law.VIABLE_CELLS_PREVAIL),
        combined,
    )
    for base, combined in COMBINED_OF.items()
}
_WITH_ACTIVE_NON_VIABLE = {
    base: Finding(
        "DEV-4",
        "A device is an integral part of it, and the action of its non-viable cells or tissue is primary to"
        " that of"
        " the device.",
        (atmp_law.COMBINED,),
        combined,
    )
    for base, combined in COMBINED_OF.items()
}
_ANCILLARY = Finding(
    "DEV-5",
    "A device does the principal work, and the non-viable cells or tissue in it only help.",
    (other_law.ANCILLARY_TISSUE, other_law.DEVICE_CLASS),
    Outcome.DEVICE,
    doubt="an action of the cells is claimed, yet the device is said to do the principal work",
)
_GENES_IN_DEVICE = Finding(
    "DEV-6",
    "A device is an integral part of it, but it has no cells or tissue, so it is not combined.",
    (other_law.INTEGRAL_DEVICE, atmp_law.COMBINED),
    Outcome.GTMP,
)


def tissue_scaffold(case: Case) -> Finding | None:
    """EMA/CAT/600280/2010: decellularised tissue as a scaffold is often not a device of its own."""
    return _TISSUE_SCAFFOLD if has_tissue_scaffold(case.active_part) else None


def no_device(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(d): without an integral device the base class stands."""
    return None if case.integral_device else _ALONE[case.base]


def device_with_viable_cells(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(d) and 2(2): a device and viable cells make it combined."""
    return _WITH_VIABLE_CELLS[case.base] if case.integral_device and case.viable_cells else None


def device_with_ancillary_tissue(case: Case) -> Finding | None:
    """Regulation (EU) 2017/745, Art 1(10): non-viable tissue that only helps leaves a device.

    Decision: Q18 says which of the two is principal; Q08 speaks only of how the cells themselves act.
    """
    if not case.integral_device or case.viable_cells or not case.has_cells:
        return None
    return _ANCILLARY if case.non_viable_role is NonViableRole.DEVICE_PRINCIPAL_TISSUE_ANCILLARY else None


def device_with_active_tissue(case: Case) -> Finding | None:
    """Regulation (EC) 1394/2007, Art 2(1)(d): non-viable cells count when their action is primary."""
    if not case.integral_device or case.viable_cells or not case.has_cells:
        return None
    is_ancillary = case.non_viable_role is NonViableRole.DEVICE_PRINCIPAL_TISSUE_ANCILLARY
    return None if is_ancillary else _WITH_ACTIVE_NON_VIABLE[case.base]


def device_with_genes(case: Case) -> Finding | None:
    """Regulation (EU) 2017/745, Art 1(8), 1(9) and 117: a vector in its device is not a combined ATMP."""
    return None if not case.integral_device or case.has_cells or case.viable_cells else _GENES_IN_DEVICE
