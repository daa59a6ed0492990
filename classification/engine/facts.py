"""The answers about one candidate: the facts the rules read, and their exchange form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Self


class Part(StrEnum):
    """What the active part of the product can consist of (question Q02)."""

    RECOMBINANT_NUCLEIC_ACID = "recombinant_nucleic_acid"
    GM_CELLS = "gm_cells"
    VIABLE_CELLS_OR_TISSUE = "viable_cells_or_tissue"
    NON_VIABLE_CELLS_OR_TISSUE = "non_viable_cells_or_tissue"
    CELL_DERIVED = "cell_derived"
    ANUCLEATE_BLOOD = "anucleate_blood"
    MICROBES = "microbes"
    SYNTHETIC_OLIGONUCLEOTIDE = "synthetic_oligonucleotide"
    OTHER = "other"


class ProcessStep(StrEnum):
    """What can be done to cells or tissue (question Q09); the first 13 are those of Annex I."""

    CUTTING = "cutting"
    GRINDING = "grinding"
    SHAPING = "shaping"
    CENTRIFUGATION = "centrifugation"
    SOAKING = "soaking"
    STERILISATION = "sterilisation"
    IRRADIATION = "irradiation"
    SEPARATION = "separation"
    FILTERING = "filtering"
    LYOPHILISATION = "lyophilisation"
    FREEZING = "freezing"
    CRYOPRESERVATION = "cryopreservation"
    VITRIFICATION = "vitrification"
    EXPANSION = "expansion"
    ACTIVATION = "activation"
    DIFFERENTIATION = "differentiation"
    GENETIC_MODIFICATION = "genetic_modification"
    ENZYMATIC_DISSOCIATION = "enzymatic_dissociation"
    CO_CULTURE = "co_culture"
    LABELLING = "labelling"
    REPROGRAMMING = "reprogramming"
    OTHER = "other"


class ClaimedAction(StrEnum):
    """What the applicant claims the cells do (question Q13)."""

    REGENERATE = "regenerate"
    PIM = "pim"
    BOTH = "both"
    NEITHER = "neither"


class Source(StrEnum):
    """Where cells or tissue come from (question Q15)."""

    AUTOLOGOUS = "autologous"
    ALLOGENEIC = "allogeneic"
    BOTH = "both"
    XENOGENEIC = "xenogeneic"


class NonViableRole(StrEnum):
    """What non-viable material is to the product (question Q18)."""

    DEVICE_PRINCIPAL_TISSUE_ANCILLARY = "device_principal_tissue_ancillary"
    DERIVATIVE = "derivative"
    TISSUE_AS_SUCH = "tissue_as_such"
    ANIMAL_TISSUE = "animal_tissue"


ANNEX_I_STEPS = frozenset(list(ProcessStep)[:13])
"""Regulation (EC) 1394/2007, Annex I: the complete list of manipulations that are not substantial."""


class BadAnswer(ValueError):
    """An answer that the questionnaire does not know; names the field and what is wrong with it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """All answers about one candidate under their exchange names; `None` is an answer nobody knows yet.

    An empty list is an answer ("none of these"); a missing list is not.
    """

    is_medicine: bool | None = None
    active_part: frozenset[Part] | None = None
    made_recombinantly: bool | None = None
    aims_at_sequence: bool | None = None
    effect_from_sequence: bool | None = None
    infection_claim: bool | None = None
    viable_cells: bool | None = None
    non_viable_principal_pim: bool | None = None
    process_steps: frozenset[ProcessStep] | None = None
    intact_units: bool | None = None
    property_altered: bool | None = None
    same_location: bool | None = None
    same_function: bool | None = None
    claimed_action: ClaimedAction | None = None
    integral_device: bool | None = None
    source: Source | None = None
    hospital_custom_made: bool | None = None
    sme: bool | None = None
    non_viable_role: NonViableRole | None = None
    same_operation: bool | None = None
    other_article: bool | None = None
    systemic_effect: bool | None = None
    relative_or_reproductive: bool | None = None

    @classmethod
    def from_exchange(cls, answers: Mapping[str, object]) -> Self:
        """Read answers by their exchange names; raises `BadAnswer` on any it does not know."""
        parsed: dict[str, Any] = {}
        for key, raw in answers.items():
            parse = _PARSERS.get(key)
            if parse is None:
                raise BadAnswer(str(key), "is not a question of the questionnaire")
            parsed[key] = None if raw is None or raw == "unknown" else parse(key, raw)
        return cls(**parsed)

    def to_exchange(self) -> dict[str, str | list[str]]:
        """The known answers by their exchange names, lists in the order of the questionnaire."""
        answers = zip(ALL_KEYS, _all_answers(self), strict=True)
        # What `spoken` says, without a call for each of the answers.
        return {key: _WORDS.get(value) or list(_ticks(value)) for key, value in answers if value is not None}

    def answers(self) -> dict[str, object]:
        """Every answer by its exchange name, `None` where it is unknown: the form the rules take."""
        return dict(zip(ALL_KEYS, _all_answers(self), strict=True))

    def with_answer(self, key: str, value: object) -> Self:
        """The same facts with one answer replaced; `None` takes it back."""
        if key not in ALL_KEYS:
            raise BadAnswer(key, "is not a question of the questionnaire")
        changes: dict[str, Any] = {key: value}
        return replace(self, **changes)

    def only(self, keys: Iterable[str]) -> Self:
        """The same facts with every other answer forgotten."""
        kept: dict[str, Any] = {key: getattr(self, key) for key in keys}
        return type(self)(**kept)


ALL_KEYS: tuple[str, ...] = tuple(field.name for field in fields(ProductFacts))
"""Every exchange name, those that only the law of other regions asks for at the end."""

REGIONAL_KEYS = ALL_KEYS[ALL_KEYS.index("same_operation") :]
"""The exchange names that only the law of other regions asks for; they may always be left out."""

KEYS = ALL_KEYS[: -len(REGIONAL_KEYS)]
"""The exchange names of the questionnaire, in its order except that Q18 stands last."""

_all_answers = attrgetter(*ALL_KEYS)


def spoken(value: object) -> str | list[str]:
    """One answer in its exchange form: `yes`, a choice, a list of ticks, or `unknown`."""
    return _WORDS.get(value) or list(_ticks(value))


@lru_cache(maxsize=8192)
def _ticks(value: Any) -> tuple[str, ...]:
    order = tuple(Part) if all(isinstance(tick, Part) for tick in value) else tuple(ProcessStep)
    return tuple([str(tick) for tick in order if tick in value])


_WORDS: dict[object, str] = {None: "unknown", True: "yes", False: "no"} | {
    choice: str(choice) for choices in (ClaimedAction, Source, NonViableRole) for choice in choices
}


def _parse_yes_no(key: str, raw: object) -> bool:
    if raw == "yes":
        return True
    if raw == "no":
        return False
    raise BadAnswer(key, 'must be "yes", "no" or "unknown"')


def _parse_choice(choices: type[StrEnum]) -> Callable[[str, object], StrEnum]:
    known = {str(choice): choice for choice in choices}
    message = f"must be one of {', '.join(known)} or unknown"

    def parse(key: str, raw: object) -> StrEnum:
        if not isinstance(raw, str) or raw not in known:
            raise BadAnswer(key, message)
        return known[raw]

    return parse


def _parse_list(choices: type[StrEnum]) -> Callable[[str, object], frozenset[StrEnum]]:
    known = {str(choice): choice for choice in choices}

    def parse(key: str, raw: object) -> frozenset[StrEnum]:
        if not isinstance(raw, (list, tuple, frozenset, set)):
            raise BadAnswer(key, f"must be a list of {', '.join(known)}")
        for tick in raw:
            if not isinstance(tick, str) or tick not in known:
                raise BadAnswer(key, f"holds {ascii(tick)[:40]}, which is none of {', '.join(known)}")
        return frozenset([known[tick] for tick in raw])

    return parse


_PARSERS: dict[str, Callable[[str, object], object]] = dict.fromkeys(ALL_KEYS, _parse_yes_no) | {
    "active_part": _parse_list(Part),
    "process_steps": _parse_list(ProcessStep),
    "claimed_action": _parse_choice(ClaimedAction),
    "source": _parse_choice(Source),
    "non_viable_role": _parse_choice(NonViableRole),
}
