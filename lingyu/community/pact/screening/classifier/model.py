"""The scorer: weights of n-grams in a flat table, summed up for each head.

Holds no training and no file format. Scores are calibrated log-odds; a text's log-odds for a head are
`scale · Σ weights / √(distinct n-grams) + Σ weights of hits + bias`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import exp, log
from typing import Any

import numpy as np

from ..normalise import Views
from .grams import Window, windows
from .hashing import BITS, Index, joined


@dataclass(frozen=True, slots=True)
class Head:
    """One question that a model answers: is this a breach of `clause`?

    `parent` is empty for a head of its own, else the name of the family within which this one only chooses
    the clause. `scale` and `bias` give log-odds. `review` and `block` are probabilities from which on the
    post is to be reviewed or may be blocked; `block` is above 1 where held-out precision did not allow any.
    """

    name: str
    clause: str
    parent: str = ""
    scale: float = 1.0
    bias: float = 0.0
    review: float = 0.5
    block: float = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model says of a text for one family: the clause, and the log-odds over its threshold."""

    head: Head
    clause: str
    probability: float
    margin: float


@dataclass(frozen=True)
class Model:
    """A trained scorer.

    `grams` are the features, `weights` an int8 array of one row a feature and one column a head, of signed
    square roots (`decoded`); `hits` are
    features of earlier steps, each with a log-odds weight a head. `exclusive` says that a text has one label
    only; `governs` are the families for which this model, having seen the banks' hits, speaks for them.
    """

    name: str
    heads: tuple[Head, ...]
    grams: Sequence[str]
    weights: np.ndarray
    hits: dict[str, list[float]] = field(default_factory=dict)
    exclusive: bool = False
    governs: frozenset[str] = frozenset()
    about: dict[str, Any] = field(default_factory=dict)
    version: str = ""

    @cached_property
    def index(self) -> dict[str, int]:
        """Where in `weights` an n-gram is."""
        return {gram: n for n, gram in enumerate(self.grams)}

    @cached_property
    def families(self) -> tuple[tuple[int, Head, tuple[int, ...]], ...]:
        """Each head of its own with its column and the columns of the heads within it."""
        return tuple(
            (n, head, tuple(m for m, one in enumerate(self.heads) if one.parent == head.name))
            for n, head in enumerate(self.heads)
            if not head.parent
        )

    @cached_property
    def scales(self) -> np.ndarray:
        """What turns a sum of `weights` over √n into log-odds, one a head."""
        return np.array([head.scale for head in self.heads])

    @cached_property
    def _bias(self) -> np.ndarray:
        return np.array([head.bias for head in self.heads])

    @cached_property
    def lookup(self) -> Index:
        """The same for whole texts at once."""
        return Index(self.grams)

    def sums(self, windows: Sequence[Window]) -> np.ndarray:
        """Σ weights / √n for each window (row) and head (column), without scale, bias or hits."""
        number, keys = self._distinct(windows)
        sizes = np.bincount(number, minlength=len(windows))
        rows = self.lookup.rows(keys)
        known = np.flatnonzero(rows >= 0)
        found = np.zeros((len(windows), len(self.heads)), np.int64)
        starts = np.flatnonzero(np.diff(number[known], prepend=-1))
        if len(starts):
            weights = decoded(self.weights.take(rows[known], axis=0))
            found[number[known][starts]] = np.add.reduceat(weights, starts, axis=0, dtype=np.int32)
        return found / np.sqrt(np.maximum(sizes, 1))[:, None]

    def _distinct(self, windows: Sequence[Window]) -> tuple[np.ndarray, np.ndarray]:
        """The n-grams that each window has, each once: (number of the window, key), in order of windows."""
        texts = [text for window in windows for text in window.read()]
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        numbers = self.lookup.numbers("".join(texts))
        text = np.repeat(np.arange(len(texts)), sizes)
        # The bits above three characters hold the window, so that one sort finds what is double in each.
        above = (text >> 1).astype(np.uint64) << np.uint64(3 * BITS)
        every = [
            # No n-gram reaches from one text into the next.
            (keys | above[: len(keys)])[text[: len(keys)] == text[n:]]
            for n, keys in enumerate(joined(numbers))
        ]
        order = np.sort(np.concatenate(every))
        order = order[np.flatnonzero(np.diff(order, prepend=~order[:1]))]
        return (order >> np.uint64(3 * BITS)).astype(np.int64), order & np.uint64(2 ** (3 * BITS) - 1)

    def log_odds(self, views: Views, hits: Iterable[str] = ()) -> np.ndarray:
        """Log-odds for each head: the highest of the windows, less what choosing among several costs."""
        read = windows(views)
        if not read:
            return np.full(len(self.heads), -20.0)
        best = self.scales * self.sums(read).max(axis=0) + self._bias
        for hit in hits:
            if (extra := self.hits.get(hit)) is not None:
                best = best + extra
        # The best of n tries is high by chance as well: odds are divided by n.
        return best - log(len(read))

    def answers(self, views: Views, hits: Iterable[str] = ()) -> list[Answer]:
        """What the model says for each family, the likeliest first."""
        odds = self.log_odds(views, hits)
        found = []
        for column, head, within in self.families:
            clause = self.heads[max(within, key=odds.__getitem__)].clause if within else head.clause
            margin = float(odds[column]) - logit(head.review)
            found.append(Answer(head, clause, expit(float(odds[column])), margin))
        found.sort(key=lambda answer: -answer.margin)
        return found


def decoded(codes: np.ndarray) -> np.ndarray:
    """The weights behind int8 codes, as int16: the square with its sign."""
    wide = codes.astype(np.int16)
    return wide * np.abs(wide)


def logit(probability: float) -> float:
    """Log-odds of a probability in (0, 1)."""
    return log(probability / (1 - probability))


def expit(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
