"""From held-out log-odds to decisions: thresholds that serve a purpose, and what they would have decided.

Holds no fitting. A text goes to the family with the largest margin over its threshold, or to none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Precision that blocking needs, the certainty asked for (one-sided 95 %), and how many cases at least.
BLOCK_PRECISION, CERTAIN, FEWEST = 0.98, 1.645, 30
# A threshold that finds less than this part of the hits is not worth its precision.
WORTH = 0.25
ROUNDS, TRIED = 4, 60
# Parts of the clean texts for which it is told what letting no more of them be found costs.
PARTS = (1.0, 0.01, 0.006, 0.004, 0.003, 0.002, 0.001)
# Even odds are left only for a gain in macro-F1 that is more than the luck of these folds.
GAIN = 0.002


@dataclass(frozen=True)
class Quality:
    """Held-out figures of one class: `precision`, `recall`, `f1` in 0…1, and how many examples it has."""

    label: str
    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True)
class Trade:
    """What it costs to find at most the part `most` of the clean texts: `found` of them, `recall` of hits."""

    most: float
    found: float
    recall: float


def decide(odds: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """The column that each row goes to, or -1 for none; `limits` in log-odds, one a column."""
    margins = odds - limits
    best = margins.argmax(axis=1)
    return np.where(margins[np.arange(len(odds)), best] > 0, best, -1)


def choose(odds: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Limits with the highest macro-F1 over all columns and none, found one column after the other.

    `truth` is the right column of each row, -1 for none. Few examples allow few candidates: a limit that fits
    three texts fits no others.
    """
    limits = np.zeros(odds.shape[1])
    best = _macro(truth, decide(odds, limits), odds.shape[1], weight)
    for _ in range(ROUNDS):
        before = best
        for column in range(odds.shape[1]):
            for candidate in _candidates(odds[:, column], int((truth == column).sum())):
                tried = limits.copy()
                tried[column] = candidate
                reached = _macro(truth, decide(odds, tried), odds.shape[1], weight)
                if reached > best + (GAIN if limits[column] == 0 else 1e-6):
                    best, limits = reached, tried
        if best <= before + 1e-6:
            break
    return limits


def raised(odds: np.ndarray, positive: np.ndarray, limit: float, precision: float) -> float:
    """The least limit from `limit` and even odds on at which held-out precision is `precision`.

    Where that leaves next to nothing, it is the limit with the best F-measure that counts precision double.
    """
    best, reached = max(limit, 0.0), 0.0
    for candidate in np.arange(max(limit, 0.0), 6.0, 0.1):
        said = odds > candidate
        right, count, there = int(positive[said].sum()), int(said.sum()), int(positive.sum())
        if right >= precision * count and right >= WORTH * there:
            return float(candidate)
        if count and (measure := 1.25 * right / (0.25 * there + count)) > reached:
            best, reached = float(candidate), measure
    return best


def sparing(
    odds: np.ndarray, within: Sequence[np.ndarray], limits: np.ndarray, clean: np.ndarray, most: float
) -> np.ndarray:
    """`limits` raised until at most the part `most` of the rows `clean` is found by any column.

    One row is let go after the other: always the one that costs its column the smallest part of its hits
    (`within`, one array a column).
    """
    limits = limits.copy()
    rows = odds[clean]
    while (rows > limits).any(axis=1).mean() > most:
        steps = []
        for column, hits in enumerate(within):
            over = rows[rows[:, column] > limits[column], column]
            if len(over):
                said = odds[hits, column]
                lost = ((said > limits[column]) & (said <= over.min())).sum() / max(1, len(said))
                steps.append((float(lost), column, float(over.min())))
        _, column, limits[column] = min(steps)
    return limits


def trades(
    odds: np.ndarray, within: Sequence[np.ndarray], limits: np.ndarray, clean: np.ndarray
) -> list[Trade]:
    """What `sparing` costs, for each of `PARTS`: `recall` is of all hits that some column should find."""
    hits = np.any(within, axis=0)
    rows = []
    for most in PARTS:
        said = odds > sparing(odds, within, limits, clean, most)
        right = (said & np.array(within).T).any(axis=1)
        rows.append(Trade(most, float(said[clean].any(axis=1).mean()), float(right[hits].mean())))
    return rows


def blocking(odds: np.ndarray, positive: np.ndarray, precision: float = BLOCK_PRECISION) -> float:
    """The probability from which on held-out precision is surely at least `precision`; 2.0 where none is."""
    order = np.argsort(-odds)
    right = np.cumsum(positive[order])
    count = np.arange(1, len(odds) + 1)
    share = right / count
    # Wilson's lower bound.
    z = CERTAIN**2
    root = np.sqrt(share * (1 - share) / count + z / (4 * count**2))
    lower = (share + z / (2 * count) - CERTAIN * root) / (1 + z / count)
    enough = np.flatnonzero((lower >= precision) & (count >= FEWEST))
    if not len(enough):
        return 2.0
    return float(1 / (1 + np.exp(-odds[order[enough[-1]]])))


def qualities(truth: np.ndarray, found: np.ndarray, labels: Sequence[str]) -> list[Quality]:
    """Figures of each class; `labels[-1]` is the class of none."""
    rows = []
    for column, label in [*enumerate(labels[:-1]), (-1, labels[-1])]:
        right = int(((truth == column) & (found == column)).sum())
        said, there = int((found == column).sum()), int((truth == column).sum())
        precision, recall = right / said if said else 0.0, right / there if there else 0.0
        f1 = 2 * right / (said + there) if said + there else 0.0
        rows.append(Quality(label, precision, recall, f1, there))
    return rows


def _candidates(odds: np.ndarray, count: int) -> np.ndarray:
    tried = int(np.clip(count // 5, 8, TRIED))
    return np.unique(np.round(np.linspace(*np.quantile(odds, (0.02, 0.995)), tried), 3))


def _macro(truth: np.ndarray, found: np.ndarray, count: int, weight: np.ndarray) -> float:
    right = np.bincount(truth[truth == found] + 1, weight[truth == found], count + 1)
    there = np.bincount(truth + 1, weight, count + 1)
    said = np.bincount(found + 1, weight, count + 1)
    classes = there > 0
    return float((2 * right[classes] / (there[classes] + said[classes])).mean())
