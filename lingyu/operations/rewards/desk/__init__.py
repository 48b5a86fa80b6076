"""The desk's own pages, each in its own module."""

from .liability import liability
from .rules import rules

__all__ = ["liability", "rules"]
