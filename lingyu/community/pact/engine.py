"""The screener of this process: the shipped one, made once.

Holds where a process gets its screener from. Loading takes seconds, so it is done at first use.
"""

from functools import cache

from .screening.deciding import Screener


@cache
def screener() -> Screener:
    """The screener to judge by."""
    return Screener.shipped()
