"""The desk's own pages: orders as records, imports, and the names behind product codes."""

from .imports import imports
from .names import product_names
from .orders import orders

__all__ = ["imports", "orders", "product_names"]
