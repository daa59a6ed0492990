"""Words as they are searched and compared: what counts as one and what makes two the same; no database."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

RUN = re.compile(r"[^\W_]+")
# What a PDF leaves where a word was cut at the end of a line.
CUT = re.compile("[\xad\ufffe\u2010]\\s*\\n\\s*|[\xad\ufffe\ufeff\u200b]")
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\uffff]")


class Token(NamedTuple):
    """A word in a text: how it is searched, and where it stands."""

    word: str
    start: int
    end: int


def readable(raw: str) -> str:
    """Return the text of a page as people read it: one kind of line end, words whole, no control signs."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    return NOT_TEXT.sub("", CUT.sub("", text)).strip()


def goes_on(text: str, before: str) -> bool:
    """Whether a text only goes on where the one before ends, so that nothing of that is lost.

    A form that saves itself meets its own last request so, when the tab closes before the answer is here.
    """
    return bool(before) and text.startswith(before)


@lru_cache(maxsize=50_000)
def plain(run: str) -> tuple[str, ...]:
    """Return a run of letters and digits in lower case, without accents, ligatures taken apart."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", run.casefold()) if not unicodedata.combining(sign)
    )
    return tuple(RUN.findall(bare))


def tokens(text: str) -> Iterator[Token]:
    """Walk the words of a text."""
    for run in RUN.finditer(text):
        for word in plain(run[0]):
            yield Token(word, run.start(), run.end())


def plain_words(text: str) -> str:
    """Return the words of a text as they are searched, with one space between them."""
    return " ".join(word for run in RUN.finditer(text) for word in plain(run[0]))
