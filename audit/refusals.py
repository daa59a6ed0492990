"""What the portal says when the rules do not allow an act."""


class Refused(Exception):
    """An act that the rules do not allow; the message is the reason, worded for the person who tried."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Stale(Refused):
    """The record changed after the person opened it; nothing was overwritten."""


def refuse_if(reason: str | None) -> None:
    """Refuse for the reason that a permission gave; without one, go on."""
    if reason:
        raise Refused(reason)
