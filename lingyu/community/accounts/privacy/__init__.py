"""A member's own data: what every room holds about them, and what it lets go of when they leave.

Holds two registries that rooms add to in their `privacy.py` (`contributions`, `erasers`), what the
accounts themselves add (`own`), and the making of the file (`packing`). Writes no row.
"""

from . import facts, own  # noqa: F401 - register what the accounts and the event store hold
from .contributions import contribution
from .erasers import Delete, Overwrite, Through, Unname, eraser

__all__ = ["Delete", "Overwrite", "Through", "Unname", "contribution", "eraser"]
