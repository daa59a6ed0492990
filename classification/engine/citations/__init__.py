"""The legal sources the rules and questions stand on, as data; the wording of the law is not kept here."""

from __future__ import annotations

from classification.engine.citations import atmp_law, guidance, other_law, other_regions
from classification.engine.citations.model import CHECKED, Citation, Instrument, Trust, weakest

__all__ = ["CHECKED", "CITATIONS", "Citation", "Instrument", "Trust", "weakest"]

CITATIONS: dict[str, Citation] = {
    citation.id: citation
    for module in (atmp_law, other_law, guidance, other_regions)
    for citation in vars(module).values()
    if isinstance(citation, Citation)
}
"""Every citation by its id."""
