"""What was asked: the query as typed, cut into chunks, each with the ways in which it may be met.

Holds values and their making; the engines of `index` turn them into their own language.
"""

from dataclasses import dataclass
from typing import Literal

from .words import fold, is_han, pairs, runs, syllables, words

LIMIT = 100
CHUNKS = 8

Place = Literal["text", "near"]


@dataclass(frozen=True)
class Term:
    """One token, in the `text` (words of title, keywords and body) or `near` (pairs and sounds)."""

    place: Place
    token: str
    prefix: bool = False


@dataclass(frozen=True)
class Chunk:
    """One run of what was typed; it is met when all terms of any one of `ways` are."""

    text: str
    ways: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Asked:
    """A whole query: `typed` as people see it, `folded` as text is compared, all `chunks` to be met."""

    typed: str
    folded: str
    chunks: tuple[Chunk, ...]

    def __bool__(self):
        return bool(self.chunks)


def asked(typed: str) -> Asked:
    """Read what was typed; beyond a hundred characters or eight chunks it is left out."""
    typed = " ".join(typed.replace("\0", "").split())[:LIMIT]
    folded, _ = fold(typed)
    chunks = tuple(_chunk(run) for run in list(runs(folded))[:CHUNKS])
    return Asked(typed, folded, chunks)


def _chunk(run: str) -> Chunk:
    if is_han(run):
        by_words = tuple(Term("text", word) for word in dict.fromkeys(words(run)))
        return Chunk(run, (by_words, tuple(_grams(run))))
    # A word still being typed finds what begins with it.
    ways = [(Term("text", run, prefix=True),)]
    if read := syllables(run):
        ways.append(tuple(_sounds(read)))
    if 2 <= len(run) <= 12 and run.isascii() and run.isalpha():
        ways.append(tuple(Term("near", "i" + run[i : i + 2], prefix=False) for i in range(len(run) - 1)))
    return Chunk(run, tuple(ways))


def _grams(run: str) -> list[Term]:
    if len(run) == 1:
        return [Term("near", run, prefix=True)]
    return [Term("near", pair) for pair in dict.fromkeys(pairs(run)[:-1])]


def _sounds(read: list[str]) -> list[Term]:
    """Pairs of neighbouring syllables; the last may be the beginning of one."""
    if len(read) == 1:
        return [Term("near", "p" + read[0], prefix=True)]
    joined = ["".join(read[i : i + 2]) for i in range(len(read) - 1)]
    return [Term("near", "p" + pair, prefix=i == len(joined) - 1) for i, pair in enumerate(joined)]
