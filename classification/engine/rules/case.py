"""How rules read answers: an answer that is unknown stops the rule, so that no rule can take it for a no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from classification.engine.facts import ClaimedAction, NonViableRole, Part, ProcessStep, Source
from classification.engine.outcomes import Outcome
from classification.engine.rules.material import names_cells

Answer = TypeVar("Answer")


class Unanswered(Exception):
    """A rule needs an answer that is unknown; `key` is its exchange name."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Known(Generic[Answer]):
    """An answer as the rules see it: noted as asked, and never `None`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    def __get__(self, case: Case, owner: type[Case]) -> Answer:
        case.asked.append(self.key)
        value: Answer | None = case.answers[self.key]
        if value is None:
            raise Unanswered(self.key)
        return value


class Case:
    """One candidate before the rules: its answers, the base class reached so far, the questions looked at.

    `answers` are the raw ones, for a remark that is only made when an answer happens to be there.
    """

    is_medicine = Known[bool]()
    active_part = Known[frozenset[Part]]()
    made_recombinantly = Known[bool]()
    aims_at_sequence = Known[bool]()
    effect_from_sequence = Known[bool]()
    infection_claim = Known[bool]()
    viable_cells = Known[bool]()
    non_viable_principal_pim = Known[bool]()
    process_steps = Known[frozenset[ProcessStep]]()
    intact_units = Known[bool]()
    property_altered = Known[bool]()
    same_location = Known[bool]()
    same_function = Known[bool]()
    claimed_action = Known[ClaimedAction]()
    integral_device = Known[bool]()
    non_viable_role = Known[NonViableRole]()
    source = Known[Source]()
    same_operation = Known[bool]()
    other_article = Known[bool]()
    systemic_effect = Known[bool]()
    relative_or_reproductive = Known[bool]()

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.base = Outcome.UNDETERMINED
        self.asked: list[str] = []

    @property
    def has_cells(self) -> bool:
        """Whether cells or tissue, viable or not, are in it; Q07 is looked at only if Q02 names none."""
        return names_cells(self.active_part) or self.viable_cells
