"""A share with its uncertainty: Wilson's score interval.

Holds arithmetic (Wilson 1927, “Probable inference, the law of succession, and statistical inference”,
JASA 22:209–212).
"""

from dataclasses import dataclass
from math import ceil, sqrt

Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True)
class Share:
    """`hits` of `n`, with the interval `low` to `high` that holds the true share with 95 %."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """hits / n; None of nothing."""
        return self.hits / self.n if self.n else None


def wilson(hits: int, n: int, z: float = Z) -> Share:
    """The share of `hits` in `n`; 0…1 where n is 0. ValueError for hits outside of 0…n."""
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n}")
    if n == 0:
        return Share(0, 0, 0.0, 1.0)
    share, square = hits / n, z * z
    middle = share + square / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = (middle - spread) / (1 + square / n), (middle + spread) / (1 + square / n)
    return Share(hits, n, 0.0 if hits == 0 else low, 1.0 if hits == n else high)


def fewest(limit: float, z: float = Z) -> int:
    """How many, all of them right, bring the lower bound n / (n + z²) to `limit` (below 1)."""
    return ceil(limit * z * z / (1 - limit))
