"""Rows of the mall: goods, suppliers, orders, codes, deliveries. Reads as adjectives.

Does not write: `actions` is the only writer.
"""

from .codes import Batch, Code, Reopening, Reveal
from .deliveries import Attempt, Delivery
from .goods import Good, Opening, Supplier, TierTable, Version, Wish
from .orders import Address, Order, Step

__all__ = [
    "Address",
    "Attempt",
    "Batch",
    "Code",
    "Delivery",
    "Good",
    "Opening",
    "Order",
    "Reopening",
    "Reveal",
    "Step",
    "Supplier",
    "TierTable",
    "Version",
    "Wish",
]
