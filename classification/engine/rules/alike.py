"""Answers that some rules cannot tell apart: one stands for all of its kind, so that only one is followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from classification.engine.rules.material import completions

Kind = Callable[[Any], object]
"""What a station makes of an answer."""


class Alike:
    """The answers to one question, sorted by what some stations make of them; `None` takes them as they are.

    `each` is one answer of each kind, and `stands_for` leads from every completion to the one in its place.
    """

    def __init__(self, key: str, kinds: Sequence[Kind | None]) -> None:
        self._kinds = kinds
        self._first: dict[object, object] = {}
        self.stands_for: Mapping[object, object] = {
            answer: self._first.setdefault(self._kind(answer), answer) for answer in completions(key)
        }
        self.each = tuple(self._first.values())

    def like(self, answer: object) -> object:
        """The completion of the same kind, for an answer that brings no remark of its own."""
        return self._first[self._kind(answer)]

    def _kind(self, answer: object) -> object:
        return tuple([answer if kind is None else kind(answer) for kind in self._kinds])
