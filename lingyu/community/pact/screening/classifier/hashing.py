"""N-grams as numbers, and the hash table from them to the rows of a model: a whole text is looked up at once.

Holds no weight. A character is its number in the alphabet of the model, an n-gram up to three of them side by
side, so that numbers stand for n-grams one for one. Characters that the model never saw are numbered behind
its alphabet, text by text: they are in no row, but count among what is distinct.
"""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..normalise.folding import coded
from .grams import DIGITS, LONGEST, Window

BITS = 21  # of one character: as many as code points have
GAP = "\0"  # stands between texts, and in no folded one; its number is 0, and so is what it is part of
SHORT = 80  # characters up to which a dictionary is quicker
_CODES = 0x110000
_NUMBER = np.uint64
_DIGITS = np.array(sorted(DIGITS))


class Known(NamedTuple):
    """What a model knows of windows: how many distinct n-grams each has, and the rows of those in the model.

    The rows of window n are `rows[ends[n] : ends[n + 1]]`, each once.
    """

    sizes: np.ndarray
    rows: np.ndarray
    ends: np.ndarray


class Index:
    """Where the n-grams of a model are among its rows. Those of no or too many characters are nowhere."""

    def __init__(self, grams: Sequence[str]) -> None:
        self._named = {gram: row for row, gram in enumerate(grams)}
        codes = coded("".join(grams))
        alphabet = np.unique(codes[codes > 0])
        self._numbers = np.zeros(_CODES, np.uint32)
        self._numbers[alphabet] = np.arange(1, len(alphabet) + 1)
        sizes = np.fromiter(map(len, grams), np.int64, len(grams))
        kept = np.flatnonzero((sizes > 0) & (sizes <= LONGEST))
        first, numbers = (np.cumsum(sizes) - sizes)[kept], self._numbers[codes].astype(_NUMBER)
        self._keys = np.zeros(len(grams), _NUMBER)
        for place in range(LONGEST):
            there = np.flatnonzero(sizes[kept] > place)
            rows = kept[there]
            self._keys[rows] = self._keys[rows] << _NUMBER(BITS) | numbers[first[there] + place]
        self._fill(kept[self._keys[kept] > 0])
        # Of numbers only the length counts.
        self._numbers[_DIGITS] = self._numbers[ord("0")] = self._numbers[ord("0")] or len(alphabet) + 1
        self._after = len(alphabet) + 2

    def _fill(self, rows: np.ndarray) -> None:
        """The table, -1 where it is empty: half of it and more, so that few look further than one slot."""
        bits = max(4, (2 * len(rows)).bit_length())
        self._shift, self._mask = _NUMBER(64 - bits), _NUMBER(2**bits - 1)
        # Multiplicative hashing (Knuth, vol. 3, §6.4) by a number that no file can be made to collide under.
        self._factor = _NUMBER(secrets.randbits(64) | 1)
        slots, at = np.full(2**bits, -1, np.int32), self._slot(self._keys[rows])
        while len(rows):
            free = slots[at] < 0
            slots[at[free]] = rows[free]
            # Of equal n-grams one is kept.
            left = self._keys[slots[at]] != self._keys[rows]
            rows, at = rows[left], at[left] + _NUMBER(1) & self._mask
        self._slots = slots

    def _slot(self, keys: np.ndarray) -> np.ndarray:
        return keys * self._factor >> self._shift

    def known(self, windows: Sequence[Window]) -> Known:
        """What the model knows of windows."""
        if len(windows) == 1 and len(windows[0].text) <= SHORT:
            return self._one(windows[0])
        texts = [GAP.join(window.read()) for window in windows]
        longest = max(map(len, texts)) + 1
        numbers = self._numbered("".join(text.ljust(longest, GAP) for text in texts))
        keys = np.concatenate(_joined(numbers.reshape(len(texts), longest)), axis=1)
        keys.sort(axis=1)
        new = np.empty(keys.shape, bool)
        new[:, 0] = False  # what holds a gap, in every window
        np.not_equal(keys[:, 1:], keys[:, :-1], out=new[:, 1:])
        sizes = new.sum(axis=1)
        rows = self._rows(keys[new])
        there = rows >= 0
        ends = np.concatenate(([0], np.cumsum(there)))[np.concatenate(([0], np.cumsum(sizes)))]
        return Known(sizes, rows[there], ends)

    def _one(self, window: Window) -> Known:
        """The same of a few words, n-gram by n-gram: an array costs more to set up than they to look up."""
        grams = window.grams()
        rows = [row for row in map(self._named.get, grams) if row is not None]
        return Known(np.array([len(grams)]), np.array(rows, np.int64), np.array([0, len(rows)]))

    def places(self, text: str) -> list[tuple[np.ndarray, np.ndarray, int]]:
        """The known n-grams of a folded text: rows, where they begin, and how long those are."""
        found = []
        for size, keys in enumerate(_joined(self._numbered(text)[None, :]), start=1):
            rows = self._rows(keys[0])
            there = np.flatnonzero(rows >= 0)
            found.append((rows[there], there, size))
        return found

    def _numbered(self, text: str) -> np.ndarray:
        """A number for each character, the same for the same and for all digits."""
        codes = coded(text)
        found = self._numbers[codes].astype(_NUMBER)
        new = np.flatnonzero((found == 0) & (codes > 0))
        if len(new):
            found[new] = np.unique(codes[new], return_inverse=True)[1] + self._after
        return found

    def _rows(self, keys: np.ndarray) -> np.ndarray:
        """The row of each n-gram, -1 for those that the model does not know."""
        at = self._slot(keys)
        found = self._slots[at]
        missed = np.flatnonzero((found >= 0) & (self._keys[found] != keys))
        while len(missed):
            at[missed] = at[missed] + _NUMBER(1) & self._mask
            found[missed] = further = self._slots[at[missed]]
            missed = missed[(further >= 0) & (self._keys[further] != keys[missed])]
        return found


def _joined(numbers: np.ndarray) -> list[np.ndarray]:
    """The n-grams of each row of numbers, of one character and more, by where they begin; 0 over a gap.

    One that begins with a gap is a shorter one, which is there as well.
    """
    found = [numbers]
    for size in range(1, LONGEST):
        shorter, last = found[-1][:, : numbers.shape[1] - size], numbers[:, size:]
        found.append(np.where((shorter > 0) & (last > 0), shorter << _NUMBER(BITS) | last, _NUMBER(0)))
    return found
