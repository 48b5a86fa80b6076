"""The demo's diary: what members will do and when, written down in any order and done in the order of time.

So that a statement reads as it would after real weeks: whoever buys has earned before, and balances follow.
"""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from lingyu.store.deliver import deliver_due


def settle() -> None:
    """Let every reaction follow: what is done next may rest on it."""
    while deliver_due():
        pass


class Diary:
    """Deeds by their time; of the same moment, the one written down first comes first."""

    def __init__(self):
        self._pages: list[tuple[datetime, int, Callable[[], object]]] = []
        self._number = count()

    def at(self, moment: datetime, deed: Callable[[], object]) -> None:
        """Write down that `deed` is done at `moment`; a deed may write down further ones."""
        heappush(self._pages, (moment, next(self._number), deed))

    def live(self) -> None:
        """Do everything, and after each deed what follows from it."""
        while self._pages:
            heappop(self._pages)[2]()
            settle()
