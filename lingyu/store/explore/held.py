"""Sequences that lie in memory: a file's facts, or a test's.

Holds a DuckDB of its own for the filters. Does not read files: `files` does.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Listed
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions.days import day_of

from .bitmaps import bitmap_of
from .sequences import Arrays, Day, Property

MEMORY = "2GB"
NAMES = 65_535


def day_starts(first: int, last: int, zone: ZoneInfo) -> np.ndarray:
    """The UTC milliseconds at which the days from `first` to `last` begin, and the one after them."""
    midnights = (datetime.combine(day_of(n), time(), zone) for n in range(first, last + 2))
    return np.array([round(at.timestamp() * 1000) for at in midnights], np.int64)


class Held:
    """Facts in memory, as `Sequences`.

    `duck` has a table `facts` with event VARCHAR, person UINTEGER, time TIMESTAMP_MS, day INTEGER, props
    VARIANT. The arrays are its rows in the order of (day, person, time, event): `day` int32, `person` uint32,
    `ms` int64 UTC milliseconds, `event` uint16.
    """

    def __init__(
        self,
        duck: duckdb.DuckDBPyConnection,
        arrays: Arrays,
        *,
        names: Listed[str],
        keys: Listed[str],
        zone: ZoneInfo,
        freshness: datetime | None = None,
    ):
        self.names, self.zone, self._keys = names, zone, keys
        self.people = len(keys)
        self.refused = 0  # rows of the file that were left out
        self._duck, self._lock = duck, Lock()
        days = arrays["day"]
        self.first_day, self.last_day = (int(days[0]), int(days[-1])) if len(days) else (None, None)
        self._number = {name: number for number, name in enumerate(names)}
        self._blocks = dict(_blocks(arrays, zone)) if len(days) else {}
        last = self.last_day or 0
        # A file says nothing of how far it goes: its last day counts as a whole one.
        ends = day_starts(last, last, zone)[1]
        self.freshness = freshness or datetime.fromtimestamp(int(ends) / 1000, UTC)
        self.bitmap = lru_cache(maxsize=100_000)(self._bitmap)

    def days(self, first: int, last: int) -> Iterator[Day]:
        """The days from `first` to `last` that have events."""
        return (block for number, block in self._blocks.items() if first <= number <= last)

    def _bitmap(self, event: str | None, day: int) -> BitMap:
        block = self._blocks.get(day)
        if block is None or (event is not None and event not in self._number):
            return BitMap()
        if event is None:
            return bitmap_of(block.people)
        rows = np.flatnonzero(block.events == self._number[event])
        return bitmap_of(np.unique(block.people[np.searchsorted(block.offsets, rows, "right") - 1]))

    def property(self, name: str) -> Property:
        """A further column of the file."""
        return Property("props", f'props."{name.replace(chr(34), chr(34) * 2)}"')

    def relation(self, columns: set[str], first: int, last: int) -> str:
        """The table of facts; a file has no source but itself and marks no machines."""
        stored = [c for c in sorted(columns) if c not in ("source", "bot")]
        given = [f"{v} AS {c}" for c, v in (("source", "''"), ("bot", "false")) if c in columns]
        wanted = ", ".join([*stored, *given]) or "event"
        return f"(SELECT {wanted} FROM facts WHERE day BETWEEN {first:d} AND {last:d})"

    def ask(self, sql: str, **tables: Mapping[str, np.ndarray]) -> list[tuple]:
        """The rows of a query."""
        return self._run(sql, tables, lambda cursor: cursor.fetchall())

    def arrays(self, sql: str, **tables: Mapping[str, np.ndarray]) -> Arrays:
        """The columns of a query."""
        return self._run(sql, tables, lambda cursor: {k: _plain(v) for k, v in cursor.fetchnumpy().items()})

    def keys(self, people: Listed[int]) -> list[str]:
        """What the file calls them."""
        return [self._keys[number] for number in people]

    def person(self, key: str) -> int | None:
        """The number of who the file calls so."""
        at = int(np.searchsorted(self._keys, key)) if len(self._keys) else 0
        return at if at < len(self._keys) and self._keys[at] == key else None

    def _run(self, sql: str, tables: Mapping, fetch):
        with self._lock:
            for name, columns in tables.items():
                self._duck.register(name, dict(columns))
            try:
                return fetch(self._duck.execute(sql))
            finally:
                for name in tables:
                    self._duck.unregister(name)


def _blocks(arrays: Arrays, zone: ZoneInfo) -> Iterator[tuple[int, Day]]:
    """The days of sorted arrays."""
    days = arrays["day"]
    first, last = int(days[0]), int(days[-1])
    starts = day_starts(first, last, zone)
    bounds = np.searchsorted(days, np.arange(first, last + 2, dtype=days.dtype))
    for number, (low, high) in enumerate(pairwise(bounds), first):
        if low < high:
            yield (
                number,
                block(
                    number,
                    int(starts[number - first]),
                    arrays["person"][low:high],
                    arrays["ms"][low:high],
                    arrays["event"][low:high],
                ),
            )


def block(number: int, start: int, person: np.ndarray, at: np.ndarray, event: np.ndarray) -> Day:
    """One day of rows that are sorted by (person, time, event)."""
    begins = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    offsets = np.r_[begins, len(person)].astype(np.uint32)
    people = np.ascontiguousarray(person[begins], np.uint32)
    times = (at - start).astype(np.uint32)
    return Day(number, start, people, offsets, times, np.ascontiguousarray(event))


def _plain(column: np.ndarray) -> np.ndarray:
    """A fetched column; where values are missing, as objects with None in their place."""
    if not isinstance(column, np.ma.MaskedArray):
        return column
    if column.mask is np.ma.nomask or not column.mask.any():
        return column.data
    objects = column.data.astype(object)
    objects[column.mask] = None
    return objects
