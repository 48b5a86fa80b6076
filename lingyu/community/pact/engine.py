"""The screener of this process: the shipped one, made once.

Holds where a process gets its screener from. Loading takes a part of a second, so it is done at first use.
"""

from functools import cache


@cache
def screener():
    """The screener to judge by."""
    from .screening.deciding import Screener

    return Screener.shipped()
