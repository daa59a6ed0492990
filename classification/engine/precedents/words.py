"""Texts compared by the words they share; a rare word counts more than a common one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log, sqrt

WORD = re.compile(r"[^\W_]+")
NEVER = frozenset({
    "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its",
    "not", "of", "on", "or", "other", "that", "the", "their", "these", "this", "to", "via", "with",
    "without", "based", "cell", "cells", "derived", "disease", "diseases", "human", "medicinal",
    "patient", "patients", "product", "products", "therapy", "therapies", "treatment",
    "treatments", "use", "used", "versus",
})  # fmt: skip
# The same thing by two names, after `_stem`.
SAME = {
    "cardiac": "heart", "cardiomyopathy": "heart", "myocardial": "heart", "myocardium": "heart",
    "adipose": "fat", "lipoaspirate": "fat", "chondrocyte": "cartilage", "hepatic": "liver",
    "mesenchymal": "stromal", "msc": "stromal", "cutaneous": "skin", "dermal": "skin", "epidermal": "skin",
    "retina": "retinal", "ocular": "eye", "corneal": "cornea", "bony": "bone", "osseous": "bone",
    "gvhd": "graft", "tumour": "tumor", "neoplasm": "tumor", "cancer": "tumor",
    "lymphocyte": "leukocyte", "renal": "kidney", "ulcer": "wound",
}  # fmt: skip


def terms(text: str) -> dict[str, str]:
    """The words that count in a text: how they are compared, and how they were written."""
    found: dict[str, str] = {}
    for written in WORD.findall(text):
        word = written.lower()
        if len(word) > 1 and not word.isdigit() and word not in NEVER:
            stem = _stem(word)
            found.setdefault(SAME.get(stem, stem), written if written[1:].lower() != written[1:] else word)
    return found


def _stem(word: str) -> str:
    word = word.replace("ae", "e").replace("oe", "e")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


class TextIndex:
    """Many texts, to be asked which share words with another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = [terms(text) for text in texts]
        counts = Counter(term for words in self.words for term in words)
        self.rarity = {term: log(1 + len(self.words) / count) for term, count in counts.items()}
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            for term in words:
                self.places[term].append(place)
        self.lengths = [self._length(words) for words in self.words]

    def _length(self, words: Iterable[str]) -> float:
        return sqrt(sum(self.rarity[term] ** 2 for term in words)) or 1.0

    def likeness(self, text: str) -> dict[int, float]:
        """How much each text that shares a word is like this one, from 0 to 1."""
        asked = [term for term in terms(text) if term in self.rarity]
        found: defaultdict[int, float] = defaultdict(float)
        for term in asked:
            weight = self.rarity[term] ** 2
            for place in self.places[term]:
                found[place] += weight
        length = self._length(asked)
        return {place: sum_ / (length * self.lengths[place]) for place, sum_ in found.items()}

    def shared(self, text: str, place: int, most: int) -> tuple[str, ...]:
        """The rarest words that a text shares with the one at a place, as they are written there."""
        there = self.words[place]
        both = [term for term in terms(text) if term in there]
        both.sort(key=lambda term: (-self.rarity[term], term))
        return tuple(there[term] for term in both[:most])
