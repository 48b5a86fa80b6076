"""The desk's own pages, each in its own module."""

from .at_hand import at_hand
from .decisions import decisions

__all__ = ["at_hand", "decisions"]
