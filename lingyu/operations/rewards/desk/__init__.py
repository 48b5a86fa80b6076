"""The desk's own pages, each in its own module."""

from .goods import goods
from .liability import liability
from .orders import orders
from .rules import rules
from .suppliers import suppliers

__all__ = ["goods", "liability", "orders", "rules", "suppliers"]
