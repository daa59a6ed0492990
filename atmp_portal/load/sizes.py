"""How much is made, and how a total is shared out to the last one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """How many of each there will be, exactly; `big` documents of the total lie in one dossier."""

    sponsors: int
    dossiers: int
    documents: int
    comments: int
    lots: int = 0
    big: int = 0

    def why_not(self) -> str | None:
        """Say why these sizes do not fit together."""
        if (
            min(self.sponsors, self.dossiers) < 1
            or min(self.documents, self.comments, self.lots, self.big) < 0
        ):
            return "There is at least one sponsor with one dossier, and no size is negative."
        if self.big > self.documents:
            return f"The big dossier cannot hold {self.big} of {self.documents} documents."
        return None


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Share a total out by weight, in whole numbers that add up to it; a weight of nothing gets nothing."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    given, so_far, done = [], 0.0, 0
    for weight in weights:
        so_far += weight
        upto = round(total * so_far / whole)
        given.append(upto - done)
        done = upto
    return given
