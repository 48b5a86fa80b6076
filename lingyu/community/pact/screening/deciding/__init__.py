"""From signals to a verdict: what adds up, what it leads to, and the one ground that is named.

Holds no rule and no word. `fusing` is arithmetic, `screener` runs the steps, `changing`
makes one screener from another.
"""

from .changing import Changes, RuleSetting
from .fusing import Decided, Limits, decide
from .screener import LONGEST, Screener

__all__ = ["LONGEST", "Changes", "Decided", "Limits", "RuleSetting", "Screener", "decide"]
