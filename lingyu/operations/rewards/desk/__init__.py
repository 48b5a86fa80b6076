"""The desk's own pages, each in its own module."""

from .adjustments import adjustments
from .health import health
from .liability import liability
from .members import members
from .rules import rules

__all__ = ["adjustments", "health", "liability", "members", "rules"]
