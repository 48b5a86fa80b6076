"""Limits on asking: tokens a day, requests at once, a rest after failures, and answers that are remembered.

Of one process, and safe between its threads. Holds no network.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from .settings import Settings
from .shapes import Opinion

DAY = 86_400


class Limits:
    """Says whether one may ask now; `clock` gives seconds since the epoch."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._settings, self._clock, self._lock = settings, clock, Lock()
        self._running = self._failed = self._spent = 0
        self._day, self._rests_until = -1, 0.0
        self._kept: OrderedDict[str, Opinion] = OrderedDict()

    def remembered(self, key: str) -> Opinion | None:
        """An earlier opinion on the very same question."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def remember(self, key: str, found: Opinion) -> None:
        """Keep an opinion; the one asked for longest ago is dropped."""
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._settings.kept:
                self._kept.popitem(last=False)

    def begin(self, tokens: int) -> str:
        """Take a place for a question of about `tokens`; returns why not, or nothing."""
        with self._lock:
            now = self._clock()
            if int(now // DAY) != self._day:
                self._day, self._spent = int(now // DAY), 0
            if now < self._rests_until:
                return "resting"
            if self._spent + tokens > self._settings.tokens_a_day:
                return "budget"
            if self._running >= self._settings.at_once:
                return "busy"
            # Taken in advance, so that questions at once can't overspend together.
            self._running += 1
            self._spent += tokens
            return ""

    def end(self, taken: int, used: int, failed: bool) -> None:
        """Give the place back; `used` tokens take the place of those `taken` in advance."""
        with self._lock:
            self._running -= 1
            self._spent += used - taken
            self._failed = self._failed + 1 if failed else 0
            if self._failed >= self._settings.failures:
                self._failed, self._rests_until = 0, self._clock() + self._settings.rest
