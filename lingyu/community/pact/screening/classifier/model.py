"""The scorer: weights of n-grams in a flat table, summed up for each head.

Holds no training and no file format. Scores are calibrated log-odds; a text's log-odds for a head are
`scale · Σ weights / √(distinct n-grams) + Σ weights of hits + bias`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import exp, log
from typing import Any

import numpy as np

from ..normalise import Views
from .grams import windows
from .hashing import Index, Known

NOTHING = -20.0  # log-odds of a text without a character


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
    def lookup(self) -> Index:
        """Where in `weights` the n-grams of whole texts are."""
        return Index(self.grams)

    @cached_property
    def _own(self) -> list[int]:
        return [column for column, _, _ in self.families]

    @cached_property
    def _apart(self) -> np.ndarray:
        """The weights of the families' own heads, which every text is asked about: side by side in memory."""
        return np.ascontiguousarray(self.weights[:, self._own])

    def log_odds(self, views: Views, hits: Iterable[str] = ()) -> np.ndarray:
        """Log-odds for each head: the highest of the windows, less what choosing among several costs."""
        read = windows(views)
        known = self.lookup.known(read) if read else None
        return self._odds(known, range(len(self.heads)), hits)

    def answers(self, views: Views, hits: Iterable[str] = ()) -> list[Answer]:
        """What the model says for each family, the likeliest first.

        The clause within a family is chosen where it is over its threshold, else it is the family's own.
        """
        read, hits = windows(views), list(hits)
        known = self.lookup.known(read) if read else None
        odds = self._odds(known, self._own, hits)
        found = []
        for said, (_, head, within) in zip(odds.tolist(), self.families, strict=True):
            margin, clause = said - logit(head.review), head.clause
            if margin > 0 and within:
                best = int(self._odds(known, within, hits).argmax())
                clause = self.heads[within[best]].clause
            found.append(Answer(head, clause, expit(said), margin))
        found.sort(key=lambda answer: -answer.margin)
        return found

    def _odds(self, known: Known | None, columns: Sequence[int], hits: Iterable[str]) -> np.ndarray:
        """Log-odds for the heads `columns`."""
        if known is None:
            return np.full(len(columns), NOTHING)
        chosen = list(columns)
        best = (self._sums(known, chosen) * self.scales[chosen]).max(axis=0)
        best = best + [self.heads[n].bias for n in chosen]
        for hit in hits:
            if (extra := self.hits.get(hit)) is not None:
                best = best + [extra[n] for n in chosen]
        # The best of n tries is high by chance as well: odds are divided by n.
        return best - log(len(known.sizes))

    def _sums(self, known: Known, columns: list[int]) -> np.ndarray:
        """Σ weights / √n for each window (row) and head of `columns`, without scale, bias or hits."""
        if columns == self._own:
            codes = self._apart.take(known.rows, axis=0)
        else:
            codes = self.weights.take(known.rows, axis=0)[:, columns]
        found = decoded(codes)
        parts = [found[start:end].sum(axis=0, dtype=np.int64) for start, end in pairwise(known.ends.tolist())]
        return np.array(parts) / np.sqrt(np.maximum(known.sizes, 1))[:, None]


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
