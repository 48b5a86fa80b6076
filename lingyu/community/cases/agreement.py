"""How well reviewers agree, and how sure a small number makes it: Krippendorff's alpha, Wilson's interval.

Holds pure computing over plain values. Does not read rows: `quality` gathers them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import krippendorff
import numpy as np

# Below this a clause does not say clearly enough what it means (Krippendorff 2004, p. 241: 0.667 ≤ α is the
# least from which tentative conclusions may be drawn), if at least so many texts were judged under it.
CLEAR, ENOUGH = 0.67, 20
RESAMPLES, SEED = 1_000, 20_261
# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """A share or coefficient with what 95 % of samples would say; `n` is how many it rests on.

    `value` is None where it is not defined: nothing was judged, or everything alike.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Agreement:
    """How far reviewers agree on one clause. `interval.n` counts the texts that somebody judged to break it."""

    clause: str
    interval: Interval

    @property
    def unclear(self) -> bool:
        """Whether the text of the clause, rather than its readers, has to be looked at."""
        found = self.interval
        return found.value is not None and found.n >= ENOUGH and found.value < CLEAR


def wilson(hits: int, n: int, z: float = Z) -> Interval:
    """The share hits / n with Wilson's score interval (Wilson 1927, JASA 22:209).

    Stays within 0…1 and is of use for small n. ValueError for hits outside of 0…n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n}")
    if n == 0:
        return Interval(None, None, None, 0)
    share = hits / n
    middle = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    low = 0.0 if hits == 0 else (middle - spread) / whole
    high = 1.0 if hits == n else (middle + spread) / whole
    return Interval(share, low, high, n)


def per_clause(units: Sequence[Sequence[str]]) -> list[Agreement]:
    """The agreement on each clause that somebody named, the least clear first.

    A unit is what different reviewers said of one text: lead clauses, "" for “breaks nothing”. Units that
    only one has judged say nothing of agreement, and are left out.
    """
    judged = [list(unit) for unit in units if len(unit) > 1]
    named = sorted({clause for unit in judged for clause in unit if clause})
    found = [Agreement(clause, _on(clause, judged)) for clause in named]
    return sorted(found, key=lambda a: (a.interval.value is None, a.interval.value or 0, a.clause))


def overall(units: Sequence[Sequence[str]]) -> Interval:
    """Krippendorff's alpha (nominal) over all answers as they are, with its interval over resampled units."""
    judged = [list(unit) for unit in units if len(unit) > 1]
    answers = sorted({answer for unit in judged for answer in unit})
    counts = np.array([[unit.count(a) for a in answers] for unit in judged], dtype=float)
    return _interval(counts.reshape(len(judged), len(answers)), len(judged))


def alpha(counts: np.ndarray) -> float | None:
    """Krippendorff's alpha of nominal data; `counts` has shape (units, answers). None where nothing differs."""
    if counts.size == 0 or (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def resampled(counts: np.ndarray, times: int = RESAMPLES) -> np.ndarray:
    """Alpha of `times` samples of as many units, drawn with replacement; shape (times,), those undefined left out.

    The same formula as `krippendorff`'s, 1 - Do / De from coincidences, for all samples at once: one call a
    sample would take seconds. A fixed seed: the page says the same to everybody.
    """
    units = len(counts)
    raters = counts.sum(axis=1)
    disagreeing = (raters**2 - (counts**2).sum(axis=1)) / (raters - 1)
    drawn = np.random.default_rng(SEED).multinomial(units, np.full(units, 1 / units), size=times)
    totals = drawn @ counts
    n = totals.sum(axis=1)
    expected = (n**2 - (totals**2).sum(axis=1)) / (n - 1)
    defined = expected > 0
    return 1 - (drawn @ disagreeing)[defined] / expected[defined]


def _on(clause: str, judged: Iterable[Sequence[str]]) -> Interval:
    pairs = [(sum(a == clause for a in unit), len(unit)) for unit in judged]
    counts = np.array([[yes, all_of_them - yes] for yes, all_of_them in pairs], dtype=float)
    return _interval(counts, sum(yes > 0 for yes, _all in pairs))


def _interval(counts: np.ndarray, n: int) -> Interval:
    value = alpha(counts)
    samples = resampled(counts) if value is not None else np.array([])
    if value is None or not len(samples):
        return Interval(value, None, None, n)
    low, high = np.percentile(samples, [2.5, 97.5])
    return Interval(value, float(low), float(high), n)
