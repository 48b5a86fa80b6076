"""Labelled texts as training sees them, turned into sparse tables; and folds without near-duplicates across.

Holds no fitting and no file reading.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from scipy import sparse

from ..normalise import Views
from .grams import HIT, Window

# Characters of an example that are learnt from.
LEARNT = 600
# Signatures of near-duplicates: bands of rows; texts that share a band and this part of their pairs are one.
BANDS, ROWS, ALIKE = 20, 4, 0.5
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its labels, clauses or categories; none means that it is in order.

    `group` keeps what belongs together in one fold. `hits` are features of earlier steps (`grams.hits`).
    `clean` marks texts in order of the kind that hardly any may be found of (`Plan.found_at_most`).
    """

    text: str
    labels: frozenset[str]
    group: str = ""
    weight: float = 1.0
    hits: tuple[str, ...] = ()
    clean: bool = False


@dataclass(frozen=True)
class Tables:
    """Examples as tables: `grams` (n × features, binary), `sizes` (distinct ones), `hits` (n × hits)."""

    names: list[str]
    grams: sparse.csr_matrix
    sizes: np.ndarray
    hit_names: list[str]
    hits: sparse.csr_matrix
    pairs: list[np.ndarray]


def tabulate(examples: Sequence[Example], told: Callable[[int], None] = lambda done: None) -> Tables:
    """Read every example once; n-grams of a single text are left out where there are many texts."""
    ids: dict[str, int] = {}
    flat, ends, sizes, pairs = array("i"), array("q", [0]), array("i"), []
    for done, example in enumerate(examples, start=1):
        views = Views(example.text[:LEARNT])
        grams = Window(views.clean.text, views.pinyin.text).grams()
        flat.extend(ids.setdefault(gram, len(ids)) for gram in sorted(grams))
        ends.append(len(flat))
        sizes.append(max(1, len(grams)))
        text = views.compact.text
        pairs.append(np.fromiter({hash_of(text[n : n + 2]) for n in range(max(1, len(text) - 1))}, np.uint64))
        if done % 50 == 0 or done == len(examples):
            told(done)
    columns, starts = np.frombuffer(flat, np.int32), np.frombuffer(ends, np.int64)
    shape = (len(examples), len(ids))
    table = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)
    least = 1 if len(examples) < 3_000 else 2
    kept = np.flatnonzero(np.asarray(table.sum(axis=0)).ravel() >= least)
    names = list(ids)
    hit_names = sorted({hit for example in examples for hit in example.hits})
    return Tables(
        names=[names[n] for n in kept],
        grams=table[:, kept].tocsr(),
        sizes=np.array(sizes, np.float32),
        hit_names=hit_names,
        hits=_hits(examples, hit_names),
        pairs=pairs,
    )


def hash_of(text: str) -> int:
    """A number for one or two characters that is the same in every process."""
    return (ord(text[0]) << 21 | ord(text[1])) if len(text) == 2 else ord(text) if text else 0


def folds(examples: Sequence[Example], pairs: Sequence[np.ndarray], count: int, seed: int) -> np.ndarray:
    """A fold for each example: groups and near-duplicates stay together, labels are spread evenly."""
    groups: dict[int, list[int]] = {}
    for n, root in enumerate(_joined(examples, pairs, seed)):
        groups.setdefault(root, []).append(n)
    order = list(groups.values())
    Random(seed).shuffle(order)  # noqa: S311
    order.sort(key=len, reverse=True)
    filled: list[Counter[str]] = [Counter() for _ in range(count)]
    found = np.zeros(len(examples), np.int32)
    for members in order:
        label = min(examples[members[0]].labels, default="")
        fold = min(range(count), key=lambda n: (filled[n][label], filled[n].total()))
        found[members] = fold
        filled[fold][label] += len(members)
    return found


def _hits(examples: Sequence[Example], names: list[str]) -> sparse.csr_matrix:
    index = {name: n for n, name in enumerate(names)}
    rows = [n for n, example in enumerate(examples) for _ in example.hits]
    columns = [index[hit] for example in examples for hit in example.hits]
    assert all(name.startswith(HIT) for name in names)
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(examples), len(names)))


def _joined(examples: Sequence[Example], pairs: Sequence[np.ndarray], seed: int) -> list[int]:
    """The root of each example's cluster."""
    parent = list(range(len(examples)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    named: dict[str, int] = {}
    for n, example in enumerate(examples):
        if example.group:
            parent[root(n)] = root(named.setdefault(example.group, n))
    for n, m in _alike(pairs, seed):
        parent[root(n)] = root(m)
    return [root(n) for n in range(len(examples))]


def _alike(pairs: Sequence[np.ndarray], seed: int):
    """Pairs of texts with nearly the same pairs of characters, found by MinHash."""
    random = np.random.default_rng(seed)
    factors = random.integers(1, _PRIME, (BANDS * ROWS, 1), dtype=np.uint64) | np.uint64(1)
    seen: list[dict[bytes, int]] = [{} for _ in range(BANDS)]
    for n, grams in enumerate(pairs):
        if len(grams) < 4:
            continue
        # Multiplication modulo 2^64 by odd numbers; the high bits are well mixed.
        least = (grams * factors >> np.uint64(20)).min(axis=1).reshape(BANDS, ROWS)
        for band, row in enumerate(least):
            other = seen[band].setdefault(row.tobytes(), n)
            if other != n and _jaccard(pairs[other], grams) >= ALIKE:
                yield n, other


def _jaccard(one: np.ndarray, other: np.ndarray) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)
