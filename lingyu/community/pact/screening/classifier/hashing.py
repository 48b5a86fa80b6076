"""N-grams as numbers, and the hash table from them to the rows of a model: a whole text is looked up at once.

Holds no weight. A character is its number in the alphabet of the model, an n-gram up to three of them side by
side, so that numbers stand for n-grams one for one. Characters that the model never saw are numbered behind
its alphabet, text by text: they are in no row, but count among what is distinct.
"""

import secrets
from collections.abc import Sequence

import numpy as np

from .grams import DIGITS, LONGEST

BITS = 19  # of one character: Unicode has not half as many that are assigned
_CODES = 0x110000
_NUMBER = np.uint64
_DIGITS = np.array(sorted(DIGITS))


class Index:
    """Where the n-grams of a model are among its rows. Those of no or too many characters are nowhere."""

    def __init__(self, grams: Sequence[str]) -> None:
        codes = coded("".join(grams))
        alphabet = np.unique(codes)
        if len(alphabet) >= 2 ** (BITS - 1):
            raise ValueError("a model with more characters than there are")
        self._numbers = np.zeros(_CODES, np.uint32)
        self._numbers[alphabet] = np.arange(1, len(alphabet) + 1)
        self._after = len(alphabet) + 2
        sizes = np.fromiter(map(len, grams), np.int64, len(grams))
        kept = np.flatnonzero((sizes > 0) & (sizes <= LONGEST))
        first, numbers = (np.cumsum(sizes) - sizes)[kept], self._numbers[codes].astype(_NUMBER)
        self._keys = np.zeros(len(grams), _NUMBER)
        for place in range(LONGEST):
            there = np.flatnonzero(sizes[kept] > place)
            rows = kept[there]
            self._keys[rows] = self._keys[rows] << _NUMBER(BITS) | numbers[first[there] + place]
        self._slots = self._filled(kept)
        self._numbers[ord("0")] = self._numbers[ord("0")] or len(alphabet) + 1
        self._numbers[_DIGITS] = self._numbers[ord("0")]

    def _filled(self, rows: np.ndarray) -> np.ndarray:
        """The table, -1 where it is empty; half are and more, so that few look further than one slot."""
        bits = max(4, (2 * len(rows)).bit_length())
        self._shift, self._mask = _NUMBER(64 - bits), _NUMBER(2**bits - 1)
        # Multiplicative hashing (Knuth, vol. 3, §6.4) by a number that no file can be made to collide under.
        self._factor = _NUMBER(secrets.randbits(64) | 1)
        slots, at = np.full(2**bits, -1, np.int32), self._slot(self._keys[rows])
        while len(rows):
            free = slots[at] < 0
            slots[at[free]] = rows[free]
            left = slots[at] != rows
            # Of equal n-grams the first to come is kept.
            left &= self._keys[slots[at]] != self._keys[rows]
            rows, at = rows[left], at[left] + _NUMBER(1) & self._mask
        return slots

    def _slot(self, keys: np.ndarray) -> np.ndarray:
        return keys * self._factor >> self._shift

    def numbers(self, text: str) -> np.ndarray:
        """A number for each character of a text, the same for the same and for all digits; 1 and up."""
        codes = coded(text)
        found = self._numbers[codes].astype(_NUMBER)
        new = found == 0
        if new.any():
            found[new] = np.unique(codes[new], return_inverse=True)[1] + self._after
        return found

    def rows(self, keys: np.ndarray) -> np.ndarray:
        """The row of each n-gram (`joined`), -1 for those that the model does not know."""
        at = self._slot(keys)
        found = self._slots[at]
        missed = np.flatnonzero((found >= 0) & (self._keys[found] != keys))
        while len(missed):
            at[missed] = at[missed] + _NUMBER(1) & self._mask
            found[missed] = further = self._slots[at[missed]]
            missed = missed[(further >= 0) & (self._keys[further] != keys[missed])]
        return found


def coded(text: str) -> np.ndarray:
    """The code point of each character, halves of characters too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def joined(numbers: np.ndarray) -> list[np.ndarray]:
    """The n-grams of one character and more, each by where it begins."""
    found = [numbers]
    for size in range(1, LONGEST):
        found.append(found[-1][: len(found[-1]) - 1] << _NUMBER(BITS) | numbers[size:])
    return found
