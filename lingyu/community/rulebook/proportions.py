"""A share with what it was counted from, and how many it takes to be sure of one.

Holds arithmetic; the interval itself is that of `cases.measuring.agreement`.
"""

from dataclasses import dataclass
from math import ceil

from lingyu.community.cases.measuring import agreement


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


def wilson(hits: int, n: int) -> Share:
    """The share of `hits` in `n`; 0…1 where n is 0. ValueError for hits outside of 0…n."""
    found = agreement.wilson(hits, n)
    return Share(hits, n, found.low, found.high) if n else Share(0, 0, 0.0, 1.0)


def fewest(limit: float, z: float = agreement.Z) -> int:
    """How many, all of them right, bring the lower bound n / (n + z²) to `limit` (below 1)."""
    return ceil(limit * z * z / (1 - limit))
