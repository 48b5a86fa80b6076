"""From signals to a verdict: what adds up, what it leads to, and the one ground that is named.

Holds no rule and no word. `fusing` is arithmetic, `screener` runs the steps.
"""

from .fusing import Decided, decide
from .screener import LONGEST, Screener

__all__ = ["LONGEST", "Decided", "Screener", "decide"]
