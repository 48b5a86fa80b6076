"""What a change has to show before it holds, and when it is taken back: every value in one place.

Holds data. Precisions are lower bounds of Wilson's 95 % interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType


@dataclass(frozen=True)
class Limits:
    """`precision` is the least lower bound, by what a change leads to: that a text is refused, that a person
    looks, or that a text is let through which was not before (`lost`). `sample` is how many texts of each
    are labelled, and `overturn` the most that the lower bound of its overturn rate may be, from
    `overturned_of` decisions on. `at_once` changes may be on trial at a time; `on_watch` is how long after
    going live a change is watched. A term from outside is kept if it was met `measured_of` times at least.
    """

    precision: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"block": 0.98, "review": 0.6, "lost": 0.6})
    )
    sample: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({"block": 200, "review": 60, "lost": 60})
    )
    overturn: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"block": 0.1, "review": 0.4})
    )
    overturned_of: int = 20
    shadow: timedelta = timedelta(days=2)
    replayed: timedelta = timedelta(days=90)
    on_watch: timedelta = timedelta(days=90)
    at_once: int = 5
    terms: int = 20_000
    measured_of: int = 3


LIMITS = Limits()
# Texts of one batch of a trial, seconds after which it ends early, and how long a look is left to settle
# before it is tried: requests that began earlier may commit later.
BATCH, SECONDS, SETTLES = 200, 3.0, timedelta(seconds=30)
# So long after a roll-back a process may still judge by the former set.
LAGS = timedelta(minutes=1)
