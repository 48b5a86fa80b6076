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
        ways.extend(_sounds(read))
    if 2 <= len(run) <= 12 and run.isascii() and run.isalpha():
        ways.append(tuple(Term("near", "i" + run[i : i + 2], prefix=False) for i in range(len(run) - 1)))
    return Chunk(run, tuple(ways))


def _grams(run: str) -> list[Term]:
    if len(run) == 1:
        return [Term("near", run, prefix=True)]
    return [Term("near", pair) for pair in dict.fromkeys(pairs(run)[:-1])]


def _sounds(read: list[str]) -> list[tuple[Term, ...]]:
    """In titles, names and keywords; in whole texts; and there word by word, as `yunyingfupan` is meant."""
    if len(read) == 1:
        return [_pronounced("p", read)]
    ways = [_pronounced("p", near(read)), _pronounced("q", near(read))]
    return [*ways, _pronounced("q", apart(read))] if len(read) > 3 else ways


def _pronounced(mark: str, pairs: list[str]) -> tuple[Term, ...]:
    """Terms of pairs of syllables; the last may end in the beginning of one."""
    return tuple(Term("near", mark + pair, prefix=pair is pairs[-1]) for pair in pairs)


def near(read: list[str]) -> list[str]:
    """All neighbouring syllables, two by two."""
    return ["".join(read[i : i + 2]) for i in range(len(read) - 1)]


def apart(read: list[str]) -> list[str]:
    """Words of two syllables, one after the other; of an odd number the last two once more."""
    return ["".join(read[i : i + 2]) for i in (*range(0, len(read) - 2, 2), len(read) - 2)]
