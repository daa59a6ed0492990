"""How publications word an outcome and a date, and what makes two rows the same."""

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from classification.engine.outcomes import COMBINED_OF, Outcome
from classification.engine.precedents import NOT_ATMP

OLDEST_YEAR = 1995
LATEST_YEAR = 2099

_NOT_COMBINED = re.compile(
    r"\b(?:non|not|no|un)[\s-]*(?:an?\s+)?combined(?:\s+(?:atmps?|advanced\s+therap\w*|products?))?", re.I
)
_NOT_ATMP = re.compile(r"\b(?:non|not|no|neither|nor)\b.{0,80}?\b(?:atmps?|advanced[\s-]+therap\w*)", re.I)
_DENIED = re.compile(r"\b(?:not|non|no|neither|nor|without|cannot)\b|n['’]t\b", re.I)
_COMBINED = re.compile(r"\bcombined\b", re.I)
_CLASSES = {
    Outcome.GTMP: re.compile(r"\bgene[\s-]+therap|\bgtmps?\b|\bgt\b", re.I),
    Outcome.SCTMP: re.compile(r"\bsomatic|\bs?ctmps?\b|\bsct\b", re.I),
    Outcome.TEP: re.compile(r"\btissue[\s-]*engineer|\bteps?\b", re.I),
}


class NotUnderstood(ValueError):
    """A cell whose words are not understood; the message says why."""


def outcome_in(text: str) -> str:
    """Read an outcome in words: "Tissue engineered product, combined", "Not an ATMP", "sCTMP"."""
    without = _NOT_COMBINED.sub(" ", text.replace("_", " "))
    named = [outcome for outcome, wording in _CLASSES.items() if wording.search(without)]
    if _NOT_ATMP.search(without):
        if named:
            raise NotUnderstood("the outcome names a class and says that it is no ATMP")
        return NOT_ATMP
    if len(named) > 1:
        raise NotUnderstood("the outcome names more than one class")
    if named and _DENIED.search(without):
        raise NotUnderstood("the outcome says what it is not")
    if not named:
        raise NotUnderstood("the outcome names no class")
    return str(COMBINED_OF[named[0]] if _COMBINED.search(without) else named[0])


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A date as exact as it was published: a year, a month or a day."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The first day that it can mean, to sort by."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        month = f"{month_abbr[self.month]} " if self.month else ""
        return f"{f'{self.day} ' if self.day else ''}{month}{self.year}"


_FORMS = [
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})",
        r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+)?(?P<word>[a-z]{3,9})\.?[-/., ']+(?P<year>\d{4}|\d{2})",
        r"(?P<word>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    )
]


def date_in(text: str) -> PublishedDate:
    """Read a date in one of many forms, day before month: "22/04/2021", "Oct-16", "April 22, 2021"."""
    words = " ".join(text.lower().split())
    for form in _FORMS:
        if found := form.fullmatch(words):
            return _checked(found.groupdict())
    raise NotUnderstood("the date is not understood")


def _checked(parts: dict[str, str | None]) -> PublishedDate:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
    month, day = int(parts.get("month") or 0), int(parts.get("day") or 0)
    if word := parts.get("word"):
        month = _month_named(word)
    if month > 12 >= day > 0:
        month, day = day, month  # as written in the United States; it can mean nothing else
    is_zero = any(parts.get(name) and not int(parts[name] or 0) for name in ("month", "day"))
    if (
        is_zero
        or not OLDEST_YEAR <= year <= LATEST_YEAR
        or month > 12
        or day > monthrange(year, month or 1)[1]
    ):
        raise NotUnderstood("the date does not exist")
    return PublishedDate(year, month, day)


def _month_named(word: str) -> int:
    for number, name in enumerate(month_name):
        if name and name.lower().startswith(word):
            return number
    raise NotUnderstood("the date names no month")


def fingerprint(product: str, indication: str, outcome: str, dated: PublishedDate) -> str:
    """What makes two rows the same: product, indication, outcome, and the month; case and spaces do not."""
    month = f"{dated.year}-{dated.month:02}"
    words = [" ".join(text.casefold().split()) for text in (product, indication, outcome, month)]
    return sha256("\x1f".join(words).encode()).hexdigest()
