"""Filter words: "state:in-review class:tep norvia" in one field, each word removable."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dossiers.models import Dossier
from dossiers.models.products import COMBINED, class_in_words
from dossiers.statuses import DossierStatus, Duty, Procedure

MOST_WORDS = 10
WORD = re.compile(r'(?:(\w+):)?("[^"]*"|\S+)')
NAMES = {
    "state": "state",
    "class": "class",
    "procedure": "procedure",
    "sponsor": "sponsor",
    "lead": "lead",
    "product": "product",
}


@dataclass(frozen=True)
class Word:
    """One filter word: what it says, and the field without it."""

    key: str
    value: str
    without: str

    @property
    def label(self) -> str:
        """The word as a sentence begins: "state is"."""
        return f"{self.key} is" if self.key else "contains"

    @property
    def shown(self) -> str:
        """The value as people write it."""
        plain = self.value.replace("-", "_")
        match self.key:
            case "state" if plain in DossierStatus.values:
                return DossierStatus(plain).label.lower()
            case "procedure" if plain in Procedure.values:
                return Procedure(plain).label
            case "class":
                return class_in_words(self.value)
        return self.value


@dataclass(frozen=True)
class Filter:
    """What was typed into the field, understood."""

    q: str
    words: tuple[Word, ...]
    unknown: tuple[str, ...]

    @property
    def unknown_words(self) -> str:
        """The names that no filter has, for the sentence that says so."""
        return ", ".join(f"{name}:" for name in self.unknown) + "."

    def apply(self, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """Keep the dossiers to which every word applies."""
        for word in self.words:
            dossiers = dossiers.filter(_condition(word))
        return dossiers


def parse(q: str) -> Filter:
    """Read the first words of the field; a word with a name that no filter has is set apart."""
    found = [(match[1] or "", match[2].strip('"'), match[0]) for match in WORD.finditer(q.strip())]
    del found[MOST_WORDS:]
    known, unknown = [], []
    for place, (key, value, _) in enumerate(found):
        if key.lower() in NAMES or not key:
            without = " ".join(text for other, (_, _, text) in enumerate(found) if other != place)
            known.append(Word(key.lower(), value, without))
        else:
            unknown.append(key)
    return Filter(q.strip(), tuple(known), tuple(unknown))


def _condition(word: Word) -> Q:
    value, plain = word.value, word.value.lower().replace("-", "_")
    match word.key:
        case "state":
            return Q(status=plain)
        case "procedure":
            return Q(procedure=plain)
        case "class" if value.lower() == COMBINED.rstrip("-"):
            return Q(outcome_class__startswith=COMBINED)
        case "class":
            return Q(outcome_class__iexact=value)
        case "sponsor":
            return Q(organisation__name__icontains=value)
        case "product":
            return Q(product__name__icontains=value)
        case "lead":
            return Q(
                assignments__reviewer__full_name__icontains=value,
                assignments__duty=Duty.LEAD,
                assignments__ended_at=None,
            )
    return (
        Q(number__icontains=value)
        | Q(product__name__icontains=value)
        | Q(product__descriptor__icontains=value)
        | Q(product__indication__icontains=value)
    )
