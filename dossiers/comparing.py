"""The difference of two texts by words: pages that are the same or moved first, then what lies between them.

Plain Python on lists of pages; the work grows with the length of the texts, not with its square.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

SHINGLE = 4
MOST_CELLS = 60_000
AROUND = 10
Words = Sequence[str]
Shingle = tuple[str, ...]
Pairs = list[tuple[int, int]]


class Kind(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    FOLDED = "folded"


@dataclass(frozen=True)
class Stretch:
    """Words that share what became of them; of folded ones only the number is shown."""

    kind: Kind
    text: str
    words: int


@dataclass
class PagePair:
    """A page of the newer text beside its page of the older one; one of the two may not be there."""

    old: int | None
    new: int | None
    is_moved: bool = False
    changed: int = 0
    stretches: list[Stretch] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    """Every page of both texts in the order of the newer one, and how many words changed."""

    pairs: list[PagePair]

    @property
    def words(self) -> int:
        """How many words were added, removed or replaced; a word in the place of another counts once."""
        return sum(pair.changed for pair in self.pairs)

    @property
    def changed(self) -> list[PagePair]:
        """The pages on which something changed, or that stand elsewhere."""
        return [pair for pair in self.pairs if pair.changed or pair.is_moved or not (pair.old and pair.new)]


def compare(old: Sequence[str], new: Sequence[str]) -> Difference:
    """Compare two texts given page by page; page numbers count from one."""
    before, after = [page.split() for page in old], [page.split() for page in new]
    alike = _alike(before, after)
    steady = set(_longest_rising(alike))
    moved = [pair for pair in alike if pair not in steady]
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    pairs: list[PagePair] = []
    i = j = 0
    for stop_i, stop_j in [*sorted(steady), (len(before), len(after))]:
        pairs += _between(
            {n: before[n] for n in range(i, stop_i) if n not in gone},
            {n: after[n] for n in range(j, stop_j) if n not in come},
        )
        if (stop_i, stop_j) in steady:
            pairs += _between({stop_i: before[stop_i]}, {stop_j: after[stop_j]})
        i, j = stop_i + 1, stop_j + 1
    for old_page, new_page in moved:
        for pair in _between({old_page: before[old_page]}, {new_page: after[new_page]}):
            pair.is_moved = True
            pairs.append(pair)
    return Difference(_in_order(pairs))


def _alike(before: Sequence[Words], after: Sequence[Words]) -> Pairs:
    """Pair the pages that have the same words, numbers apart: a moved page carries another page number."""
    old, new = _once(map(_print, before)), _once(map(_print, after))
    return sorted((i, new[words]) for words, i in old.items() if words and words in new)


def _print(page: Words) -> Shingle:
    return tuple(word for word in page if not word.isdecimal())


def _once(things: Iterable[Shingle]) -> dict[Shingle, int]:
    """Return where each thing stands that is there once."""
    places: dict[Shingle, int] = {}
    for place, thing in enumerate(things):
        places[thing] = -1 if thing in places else place
    return {thing: place for thing, place in places.items() if place >= 0}


def _longest_rising(pairs: Pairs) -> Pairs:
    """Return the longest run of pairs that rises on both sides; the pairs come sorted by the first."""
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(tops, j)
        tops[place : place + 1] = [j]
        ends[place : place + 1] = [number]
        back.append(ends[place - 1] if place else -1)
    run, at = [], ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = back[at]
    return run[::-1]


@dataclass(frozen=True)
class Change:
    """One step from the older words to the newer ones, as difflib counts them."""

    kind: str
    i: int
    i_end: int
    j: int
    j_end: int


def changes(old: Words, new: Words) -> Iterator[Change]:
    """Lead from one list of words to another; long stretches are pinned down where four words are unique."""
    i = j = 0
    for pin_i, pin_j, length in [*_pins(old, new), (len(old), len(new), 0)]:
        for change in _small(old[i:pin_i], new[j:pin_j]):
            yield Change(change.kind, i + change.i, i + change.i_end, j + change.j, j + change.j_end)
        if length:
            yield Change("equal", pin_i, pin_i + length, pin_j, pin_j + length)
        i, j = pin_i + length, pin_j + length


def _pins(old: Words, new: Words) -> Iterator[tuple[int, int, int]]:
    """Yield runs of the same words in both: where they begin, and how long they are."""
    if len(old) * len(new) <= MOST_CELLS:
        return
    here, there = _once(_shingles(old)), _once(_shingles(new))
    pairs = sorted((i, there[shingle]) for shingle, i in here.items() if shingle in there)
    i_end = j_end = 0
    for i, j in _longest_rising(pairs):
        if i < i_end or j < j_end:
            continue
        end = i
        while end < len(old) and j + end - i < len(new) and old[end] == new[j + end - i]:
            end += 1
        yield i, j, end - i
        i_end, j_end = end, j + end - i


def _shingles(words: Words) -> Iterator[Shingle]:
    return (tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _small(old: Words, new: Words) -> Iterator[Change]:
    """Compare word by word where that is quick; where nothing pins a long stretch down, all of it changed."""
    if len(old) * len(new) > MOST_CELLS:
        yield Change("replace", 0, len(old), 0, len(new))
        return
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Change(kind, i, i_end, j, j_end)


def _between(before: Mapping[int, Words], after: Mapping[int, Words]) -> list[PagePair]:
    """Compare some pages as one text, so that words that only ran over to the next page did not change."""
    old = [(word, page) for page, words in before.items() for word in words]
    new = [(word, page) for page, words in after.items() for word in words]
    pairs = {page: PagePair(None, page + 1) for page in after}
    removed: dict[int, PagePair] = {}
    runs: dict[int, list[tuple[Kind, str]]] = {page: [] for page in after}
    for change in changes([word for word, _ in old], [word for word, _ in new]):
        here = new[min(change.j, len(new) - 1)][1] if new else None
        if change.kind == "equal":
            for (_, old_page), (word, page) in zip(
                old[change.i : change.i_end], new[change.j : change.j_end], strict=True
            ):
                pairs[page].old = pairs[page].old or old_page + 1
                runs[page].append((Kind.SAME, word))
            continue
        for page, group in groupby(old[change.i : change.i_end], key=lambda item: item[1]):
            words = [word for word, _ in group]
            if here is None or (len(words) == len(before[page]) and len(before) > len(after)):
                removed[page] = _whole(page, words)
            else:
                pairs[here].old = pairs[here].old or page + 1
                runs[here] += [(Kind.REMOVED, word) for word in words]
        for word, page in new[change.j : change.j_end]:
            runs[page].append((Kind.ADDED, word))
    for page, pair in pairs.items():
        pair.stretches, pair.changed = _stretches(runs[page]), _changed(runs[page])
    _pair_empty(pairs, before, removed)
    return [*removed.values(), *pairs.values()]


def _whole(page: int, words: list[str]) -> PagePair:
    stretch = Stretch(Kind.REMOVED, " ".join(words), len(words))
    return PagePair(page + 1, None, changed=len(words), stretches=[stretch])


def _pair_empty(
    pairs: dict[int, PagePair], before: Mapping[int, Words], removed: dict[int, PagePair]
) -> None:
    """Put pages without words beside each other as long as both sides have some; others are gone."""
    taken = {pair.old for pair in pairs.values()} | {page + 1 for page in removed}
    free = [page for page in before if page + 1 not in taken]
    for pair in pairs.values():
        if pair.old is None and free and not any(stretch.kind == Kind.SAME for stretch in pair.stretches):
            pair.old = free.pop(0) + 1
    for page in free:
        if not before[page]:
            removed[page] = PagePair(page + 1, None)


def _changed(run: list[tuple[Kind, str]]) -> int:
    """Count the changed words of a page; one in the place of another counts once."""
    total = 0
    for is_same, group in groupby(run, key=lambda item: item[0] == Kind.SAME):
        if not is_same:
            kinds = [kind for kind, _ in group]
            total += max(kinds.count(Kind.ADDED), kinds.count(Kind.REMOVED))
    return total


def _stretches(run: list[tuple[Kind, str]]) -> list[Stretch]:
    """Join words of one kind, and fold long stretches in which nothing changed."""
    grouped = [(kind, [word for _, word in group]) for kind, group in groupby(run, key=lambda item: item[0])]
    found = []
    for place, (kind, words) in enumerate(grouped):
        if kind == Kind.SAME:
            found += _folded(words, is_first=place == 0, is_last=place == len(grouped) - 1)
        else:
            found.append(Stretch(kind, " ".join(words), len(words)))
    return found


def _folded(words: list[str], *, is_first: bool, is_last: bool) -> list[Stretch]:
    head, tail = 0 if is_first else AROUND, 0 if is_last else AROUND
    if len(words) <= head + tail + AROUND:
        return [Stretch(Kind.SAME, " ".join(words), len(words))]
    parts = (
        (Kind.SAME, words[:head]),
        (Kind.FOLDED, words[head : len(words) - tail]),
        (Kind.SAME, words[len(words) - tail :]),
    )
    return [Stretch(kind, " ".join(part), len(part)) for kind, part in parts if part]


def _in_order(pairs: list[PagePair]) -> list[PagePair]:
    """Sort as the newer text goes; a page that is gone stands after the page before it."""
    after = {pair.old: pair.new for pair in pairs if pair.old and pair.new and not pair.is_moved}

    def place(pair: PagePair) -> tuple[int, int, int]:
        if pair.new:
            return pair.new, 0, 0
        old = pair.old or 0
        return max((new for page, new in after.items() if page < old), default=0), 1, old

    return sorted(pairs, key=place)
