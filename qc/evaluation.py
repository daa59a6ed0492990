"""A result against its criterion: plain functions on plain values; what is unknown never complies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from qc.statuses import Conclusion, CriterionKind

BELOW, ABOVE = "<", ">"
MOST_WHOLE_DIGITS, MOST_DECIMALS = 18, 6
TYPED = re.compile(r"(?P<qualifier>[<>]?)(?P<number>-?\d+(\.\d+)?(e[+-]?\d{1,2})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Criterion:
    """A limit as the specification states it, with the number of decimals it was written with."""

    kind: str
    lower: Decimal | None = None
    is_lower_inclusive: bool = True
    upper: Decimal | None = None
    is_upper_inclusive: bool = True
    decimals: int = 0
    expected_text: str = ""

    @property
    def has_lower(self) -> bool:
        """Whether this kind of criterion is bounded below."""
        return self.kind in {CriterionKind.MIN, CriterionKind.RANGE}

    @property
    def has_upper(self) -> bool:
        """Whether this kind of criterion is bounded above."""
        return self.kind in {CriterionKind.MAX, CriterionKind.RANGE}


@dataclass(frozen=True)
class Reading:
    """What the analyst read: a number, perhaps censored ("<0.3"), or whether it is as the words expect."""

    value: Decimal | None = None
    qualifier: str = ""
    is_as_expected: bool | None = None


def conclude(criterion: Criterion, reading: Reading) -> Conclusion:
    """Judge a final reading; a value is rounded to the decimals of its limit before it is compared.

    Source: USP General Notices 7.20. A censored value complies only if its bound decides.
    """
    if criterion.kind in {CriterionKind.TEXT, CriterionKind.ABSENT}:
        return _concluded(reading.is_as_expected)
    verdicts = []
    if criterion.has_lower:
        verdicts.append(_is_above(criterion, reading))
    if criterion.has_upper:
        verdicts.append(_is_below(criterion, reading))
    if False in verdicts:
        return Conclusion.OOS
    return _concluded((bool(verdicts) and None not in verdicts) or None)


def conclude_read(is_negative: bool | None) -> Conclusion:
    """Judge an interim read: negative to date keeps the test pending, a positive signal fails at once."""
    return Conclusion.PENDING if is_negative else _concluded(is_negative)


def read(typed: str) -> Reading:
    """Read what the analyst typed: "96.2", "<0.3", "1.2e6"; raises ValueError with what to do about it."""
    found = TYPED.fullmatch(re.sub(r"\s", "", typed))
    if found is None:
        raise ValueError("Write a number with a point, such as 96.2, or a bound, such as <0.3.")
    value = Decimal(found["number"])
    whole, decimals = value.adjusted() + 1, decimals_of([value])
    if whole > MOST_WHOLE_DIGITS or decimals > MOST_DECIMALS:
        raise ValueError("Write the number in the unit of the test: at most 18 digits and 6 decimals.")
    return Reading(value, found["qualifier"])


def decimals_of(limits: Iterable[Decimal | None]) -> int:
    """Return with how many decimals limits were written; the most exact one counts."""
    return max([0, *(-int(limit.as_tuple().exponent) for limit in limits if limit is not None)])


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up to the decimals of a limit."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def does_rounding_decide(criterion: Criterion, reading: Reading) -> bool:
    """Whether the value as read would be judged otherwise than the value as compared."""
    if reading.value is None or reading.qualifier:
        return False
    finer = max(criterion.decimals, -int(reading.value.as_tuple().exponent))
    return conclude(replace(criterion, decimals=finer), reading) != conclude(criterion, reading)


def _concluded(verdict: bool | None) -> Conclusion:
    if verdict is None:
        return Conclusion.INDETERMINATE
    return Conclusion.COMPLIES if verdict else Conclusion.OOS


def _is_above(criterion: Criterion, reading: Reading) -> bool | None:
    if reading.value is None or criterion.lower is None:
        return None
    if reading.qualifier == ABOVE:
        return True if reading.value >= criterion.lower else None
    if reading.qualifier == BELOW:
        return False if reading.value <= criterion.lower else None
    value = rounded(reading.value, criterion.decimals)
    return value >= criterion.lower if criterion.is_lower_inclusive else value > criterion.lower


def _is_below(criterion: Criterion, reading: Reading) -> bool | None:
    if reading.value is None or criterion.upper is None:
        return None
    if reading.qualifier == BELOW:
        return True if reading.value <= criterion.upper else None
    if reading.qualifier == ABOVE:
        return False if reading.value >= criterion.upper else None
    value = rounded(reading.value, criterion.decimals)
    return value <= criterion.upper if criterion.is_upper_inclusive else value < criterion.upper


def in_words(criterion: Criterion) -> str:
    """Write a criterion as the table of a specification does: "≥ 80", "80 to 120", "absent"."""
    match criterion.kind:
        case CriterionKind.ABSENT:
            return "absent"
        case CriterionKind.TEXT:
            return criterion.expected_text
        case _:
            return _limits_in_words(criterion)


def _limits_in_words(criterion: Criterion) -> str:
    lower = _figure(criterion.lower, criterion.decimals)
    upper = _figure(criterion.upper, criterion.decimals)
    over = "≥" if criterion.is_lower_inclusive else ">"
    under = "≤" if criterion.is_upper_inclusive else "<"
    if not criterion.has_upper:
        return f"{over} {lower}"
    if not criterion.has_lower:
        return f"{under} {upper}"
    if criterion.is_lower_inclusive and criterion.is_upper_inclusive:
        return f"{lower} to {upper}"
    return f"{over} {lower} and {under} {upper}"


def _figure(value: Decimal | None, decimals: int) -> str:
    return "no limit" if value is None else figure(rounded(value, decimals))


def figure(value: Decimal) -> str:
    """Write a number in groups of three once it has more than four digits before the point."""
    text = f"{value:f}"
    whole, _, fraction = text.partition(".")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", "\u202f")
    return f"{whole}.{fraction}" if fraction else whole
