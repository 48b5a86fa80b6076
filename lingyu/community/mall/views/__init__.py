"""The pages of the mall, one module a concern. Find, call, render."""

from .callbacks import supplier_calls
from .orders import cancel, my_orders, order, received, reveal
from .shop import good, mall, order_good, wish

__all__ = [
    "cancel",
    "good",
    "mall",
    "my_orders",
    "order",
    "order_good",
    "received",
    "reveal",
    "supplier_calls",
    "wish",
]
