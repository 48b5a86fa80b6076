"""The desk's own pages, each in its own module."""

from .adjustments import adjustments
from .fission import fission
from .goods import goods
from .health import health
from .liability import liability
from .members import members
from .orders import orders
from .rules import rules
from .suppliers import suppliers

__all__ = [
    "adjustments",
    "fission",
    "goods",
    "health",
    "liability",
    "members",
    "orders",
    "rules",
    "suppliers",
]
