"""What a rule says when it applies: a finding, with where it leads; and what is worth a warning: a flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from classification.engine.citations import Citation, Trust, weakest
from classification.engine.outcomes import Outcome


class Way(StrEnum):
    """The stations of the decision, in the order in which they are passed."""

    PURPOSE = "purpose"
    GENES = "genes"
    CELLS = "cells"
    ENGINEERING = "engineering"
    CLAIM = "claim"
    GENE_DEVICE = "gene_device"
    TISSUE_DEVICE = "tissue_device"
    SOMATIC_DEVICE = "somatic_device"
    LOWER_TIER = "lower_tier"


@dataclass(frozen=True)
class Finding:
    """One step of the reasoning: the rule, its reason in a sentence, the sources.

    `leads_to` is a class or the next station; a finding without it is a remark on the way.
    `doubt` says why the CAT should be asked although the rule gives an answer.
    """

    rule: str
    because: str
    citations: tuple[Citation, ...]
    leads_to: Outcome | Way | None = None
    doubt: str | None = None

    @property
    def trust(self) -> Trust:
        """The weakest mark among the sources."""
        return weakest({citation.trust for citation in self.citations})

    def to_json(self) -> Mapping[str, object]:
        """The finding as plain data; read only, because all verdicts share it."""
        return self._plain

    @cached_property
    def _plain(self) -> Mapping[str, object]:
        return {
            "rule": self.rule,
            "because": self.because,
            "citations": [citation.short for citation in self.citations],
            "trust": str(self.trust),
        }


class FlagCode(StrEnum):
    """What a verdict can draw attention to; the codes are stable and part of the exchange form."""

    AUTOLOGOUS = "autologous"
    ALLOGENEIC = "allogeneic"
    XENOGENEIC = "xenogeneic"
    GENETICALLY_MODIFIED = "genetically_modified"
    GM_NOT_DIRECT = "gm_not_direct"
    GMO_LAW = "gmo_law"
    SEEK_CAT = "seek_CAT"
    HOSPITAL_EXEMPTION_POSSIBLE = "hospital_exemption_possible"
    CERTIFICATION_POSSIBLE = "certification_possible"
    DEVICE_EVIDENCE = "device_evidence"
    INTEGRAL_DEVICE = "integral_device"
    DONOR_RULES = "donor_rules"
    REFORM_CHANGES_RESULT = "reform_changes_result"
    SEEK_ADVICE = "seek_advice"


@dataclass(frozen=True)
class Flag:
    """Something to heed beside the class, with its source and what that obliges to."""

    code: FlagCode
    text: str
    citations: tuple[Citation, ...]
    obliges: tuple[str, ...] = ()

    def to_json(self) -> Mapping[str, object]:
        """The flag as plain data; read only, because all verdicts share it."""
        return self._plain

    @cached_property
    def _plain(self) -> Mapping[str, object]:
        return {
            "code": str(self.code),
            "text": self.text,
            "citations": [citation.short for citation in self.citations],
            "obliges": list(self.obliges),
        }
