"""The sources as the request path sees them: a snapshot in memory, exchanged whole every few seconds.

Holds looking up by prefix and key, and the allowance of each source. No request waits for the database;
while that is away, the last snapshot stays. Does not change sources: see `actions`.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .wire import Refused

EVERY_SECONDS = 3.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One source. `previous` is a key that is valid until `previous_until`; `per_minute` 0 is no limit."""

    id: str
    prefix: str
    name: str = ""
    keys: frozenset[str] = frozenset()
    previous: str = ""
    previous_until: datetime | None = None
    protocols: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    per_minute: int = 0
    is_on: bool = True

    def has_key(self, key: str) -> bool:
        """Whether `key` opens this source now."""
        if key in self.keys or key in (self.id, self.prefix):
            return True
        until = self.previous_until
        return (
            bool(self.previous) and key == self.previous and until is not None and datetime.now(UTC) < until
        )


@dataclass
class Allowance:
    """Events that a source may still send: a bucket of one minute's worth, filled evenly."""

    left: float
    at: float = field(default_factory=time.monotonic)

    def take(self, number: int, per_minute: int) -> float:
        """Take so many: 0, or in how many seconds to come back. What exceeds the bucket needs it full."""
        now = time.monotonic()
        self.left = min(per_minute, self.left + (now - self.at) * per_minute / 60)
        self.at = now
        needed = min(number, per_minute)
        if self.left >= needed:
            self.left -= number
            return 0.0
        return (needed - self.left) * 60 / per_minute


class Book:
    """All sources; `load` brings them, in a thread of its own once `start` was called."""

    def __init__(self, load: Callable[[], Iterable[Entry]]):
        self._load = load
        self._by_prefix: dict[str, Entry] = {}
        self._by_key: dict[str, Entry] = {}
        self._allowances: dict[str, Allowance] = {}
        self.is_ready = False
        self._thread: threading.Thread | None = None

    def start(self) -> "Book":
        """Read now and then again and again."""
        if self._thread is None:
            self.refresh()
            self._thread = threading.Thread(target=self._keep, name="sources", daemon=True)
            self._thread.start()
        return self

    def _keep(self) -> None:
        while True:
            time.sleep(EVERY_SECONDS)
            self.refresh()

    def refresh(self) -> None:
        """Exchange the snapshot for what the database says; keep it when that says nothing."""
        try:
            entries = list(self._load())
        except Exception as error:
            # Whatever the database's driver raises: facts are taken as long as the disk takes them.
            _log.warning("sources can't be read: %s", error)
            return
        by_key: dict[str, Entry] = {}
        for entry in entries:
            for key in (entry.id, entry.prefix, entry.previous, *entry.keys):
                if key:
                    by_key.setdefault(key, entry)
        self._by_prefix, self._by_key = {e.prefix: e for e in entries}, by_key
        self.is_ready = True

    def find(self, prefix: str, key: str, binding: bool) -> Entry:
        """The source of a request. Raises Refused when there is none, or its key is another's."""
        if not self.is_ready:
            raise Refused(503, "not_ready")
        if prefix:
            found = self._by_prefix.get(prefix)
            if found is None:
                raise Refused(404, "prefix_unknown", "", prefix[:60])
            if key and binding and not found.has_key(key):
                raise Refused(401, "key_wrong", "", hidden(key))
            return found
        found = self._by_key.get(key) if key else None
        if found is None or not found.has_key(key):
            raise Refused(401, "key_unknown" if key else "key_missing", "", hidden(key))
        return found

    def known(self, prefix: str) -> str:
        """The id of the source with a prefix, or nothing."""
        found = self._by_prefix.get(prefix)
        return found.id if found else ""

    def allow(self, entry: Entry, number: int) -> None:
        """Count `number` events against a source's allowance. Raises Refused with 429."""
        if not entry.per_minute:
            return
        bucket = self._allowances.setdefault(entry.id, Allowance(entry.per_minute))
        if wait := bucket.take(number, entry.per_minute):
            raise TooMany(wait)


class TooMany(Refused):
    """A source has used its allowance; `wait` is in seconds."""

    def __init__(self, wait: float):
        super().__init__(429, "too_often")
        self.wait = min(max(1, round(wait + 0.5)), 300)


def hidden(key: str) -> str:
    """A key's first characters: enough to know it again, not to use it."""
    return f"{key[:6]}…" if len(key) > 6 else key
