"""What an engine is asked to compute: the numbers from which metrics follow.

Holds values only. Metrics (`lingyu.kernel.metrics`) say which they need, engines
(`lingyu.store.engines`) turn them into SQL.
"""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from .filters import Expr

# A metric's value: exact. None is nothing, which is not zero.
Value = int | Fraction | None


@dataclass(frozen=True)
class Aggregate:
    """One number an engine can compute over the rows of one event.

    `at` is the field that says when it counts: `occurred_at`, or another moment of the fact
    (a refund counts on its own day, or on the day its order was paid).
    """

    kind: Literal["count", "sum", "distinct"]
    event: str
    field: str | None = None
    where: Expr | None = None
    at: str = "occurred_at"


@dataclass(frozen=True)
class Passage:
    """People who did `finish` within `within` after `start`: what an engine computes for a conversion."""

    start: str
    finish: str
    within: timedelta
    start_where: Expr | None = None
    finish_where: Expr | None = None
