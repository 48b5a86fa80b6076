"""From an answer to what is seen: figures, a chart, a table, and what beside numbers a kind has of its own.

One module a few kinds. Holds no markup and counts nothing.
"""

from ..asking import Asked
from ..source import Found
from .activity import lifecycle, stickiness
from .cohorts import retention, survival
from .flows import attribution, paths
from .funnels import funnel
from .parts import Figure, Shown
from .trends import trend

__all__ = ["Figure", "Shown", "draw"]

_DRAWN = {
    "trend": trend,
    "funnel": funnel,
    "retention": retention,
    "lifecycle": lifecycle,
    "stickiness": stickiness,
    "paths": paths,
    "survival": survival,
    "attribution": attribution,
}


def draw(asked: Asked, found: Found) -> Shown:
    """What to show of an answer."""
    return _DRAWN[asked.kind.code](asked, found)
