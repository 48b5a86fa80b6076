"""ClickHouse as the second engine of the exploring questions: one hand-written statement a kind.

Holds text of SQL and what becomes of its rows. The answers are those of `lingyu.store.explore`, row by row
(ADR 21 says why nothing is translated, and where the dialect differs without a word).
"""

from .asking import answer
from .source import ClickFacts, Uncompiled

__all__ = ["ClickFacts", "Uncompiled", "answer"]
