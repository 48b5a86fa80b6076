"""The only writers of the rings: keeping what was found, and what a person says of it.

Every action takes `actor` first (None: the house by itself) and the time `at` (now by default).
"""

from .answering import answer
from .finding import find_rings

__all__ = ["answer", "find_rings"]
