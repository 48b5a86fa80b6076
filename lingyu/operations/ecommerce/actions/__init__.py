"""The only writers of e-commerce: open a shop, book entries into the ledger, count visitors.

Everything of one file is one transaction; what is booked already is left as it is.
"""

from .entries import CLOSED, Comparison, Conflict, Entry
from .ledger import ImportedFile, compare, post_entries
from .shops import open_shop
from .visitors import Counted, VisitorDay, compare_visitors, count_visitors

__all__ = [
    "CLOSED",
    "Comparison",
    "Conflict",
    "Counted",
    "Entry",
    "ImportedFile",
    "VisitorDay",
    "compare",
    "compare_visitors",
    "count_visitors",
    "open_shop",
    "post_entries",
]
