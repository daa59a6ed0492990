"""What a legal source is made of: instrument, article, and how far the statement was checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CHECKED = "2026-11"
"""Month in which the trust marks below were last gone through."""


class Trust(StrEnum):
    """How far a fact was checked against its source."""

    VERIFIED = "V"
    SECONDARY = "V2"
    RECALLED = "R"


_WEAKEST_FIRST = (Trust.RECALLED, Trust.SECONDARY, Trust.VERIFIED)


def weakest(marks: set[Trust]) -> Trust:
    """The mark of a statement that rests on several sources: that of its weakest."""
    return next(mark for mark in _WEAKEST_FIRST if mark in marks)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, guideline or report, with the version the citations refer to."""

    title: str
    short: str
    version: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in an instrument: the article and, in our own words, what it settles."""

    id: str
    instrument: Instrument
    article: str
    trust: Trust
    gist: str
    checked: str = CHECKED

    @property
    def short(self) -> str:
        """The reference as it stands under a finding."""
        return f"{self.instrument.short}, {self.article}"

    @property
    def is_quotable(self) -> bool:
        """Whether the wording was compared with the source, so that a page may quote it."""
        return self.trust is Trust.VERIFIED

    def to_json(self) -> dict[str, str]:
        """The citation as plain data, with its mark and the month of the last check."""
        return {
            "id": self.id,
            "reference": self.short,
            "version": self.instrument.version,
            "gist": self.gist,
            "trust": str(self.trust),
            "checked": self.checked,
        }
