"""A published classification as the rules see it: facts in columns, outcome, how far it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from classification.engine.outcomes import ATMPS, Outcome

NOT_ATMP = "not-ATMP"
"""The published outcome of what is no ATMP; which other law applies is rarely published."""

NOT_ATMPS = frozenset(Outcome) - ATMPS - {Outcome.UNDETERMINED}


class Fact(StrEnum):
    """What a published classification lets one know of a product, one column each."""

    GENES = "contains_recombinant_nucleic_acid"
    EFFECT = "nucleic_acid_effect_direct"
    INFECTION = "infectious_disease_vaccine"
    CELLS = "contains_viable_cells_or_tissue"
    SOURCE = "autologous_allogeneic_xenogeneic"
    MANIPULATION = "substantial_manipulation"
    USE = "homologous_use"
    ACTION = "intended_action"
    DEVICE = "device_integral"


class Verification(StrEnum):
    """How far a published classification was checked."""

    PRIMARY = "verified-primary"
    EPAR = "verified-epar"
    SECONDARY = "verified-secondary"
    COMPANY = "company-statement"
    WELL_KNOWN = "recalled-high"
    INFERRED = "class-inferred"
    RECALLED = "recalled-medium"
    IMPORTED = "imported"


TRUSTED = frozenset(
    {
        Verification.PRIMARY,
        Verification.EPAR,
        Verification.SECONDARY,
        Verification.COMPANY,
        Verification.WELL_KNOWN,
        Verification.INFERRED,
    }
)
"""Those that the rules have to agree with; of an inferred class only that it is an ATMP."""


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """One published classification, without what only a reader needs."""

    reference: str
    product: str
    indication: str
    outcome: str
    verification: str
    facts: Mapping[str, str]
    decided_on: date | None = None

    @property
    def is_trusted(self) -> bool:
        """Whether the rules have to agree with it."""
        return self.verification in TRUSTED

    @property
    def published(self) -> frozenset[Outcome]:
        """Every class that the publication allows."""
        if self.verification == Verification.INFERRED:
            return ATMPS
        return NOT_ATMPS if self.outcome == NOT_ATMP else frozenset({Outcome(self.outcome)})
