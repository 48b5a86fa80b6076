"""What questions are asked of: everybody's events in order, day by day, and the same facts for SQL.

Holds the shape only. A log offers it (`lingyu.store.log`), and so does a plain file (`files`). Numbers of
people are canonical here: whoever was merged has one.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Listed
from datetime import datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

import numpy as np
from pyroaring import BitMap

Arrays = dict[str, np.ndarray]


class Day(NamedTuple):
    """One day's events, person after person, each in the order of time.

    `number` is days since 1970-01-01 in the source's zone, `start` the UTC milliseconds at which it begins.
    `people` (uint32 [p]) ascend; the events of `people[i]` lie from `offsets[i]` to `offsets[i + 1]` (uint32
    [p + 1]); `times` (uint32 [n]) are milliseconds since `start`, ascending within a person, ties by event
    number; `events` (uint16 [n]) are numbers of names.
    """

    number: int
    start: int
    people: np.ndarray
    offsets: np.ndarray
    times: np.ndarray
    events: np.ndarray


class Property(NamedTuple):
    """How SQL reads a property of an event: the relation's `column` it needs, and the expression `sql`."""

    column: str
    sql: str


class Sequences(Protocol):
    """A source of facts."""

    names: Listed[str]  # the event's name by its number
    people: int  # every person's number is below
    zone: ZoneInfo
    first_day: int | None  # numbers of days, of the history that there is
    last_day: int | None
    freshness: datetime  # everything known up to here is in it; a day that ends later is not complete

    def days(self, first: int, last: int) -> Iterator[Day]:
        """The days from `first` to `last` that have events, ascending."""

    def bitmap(self, event: str | None, day: int) -> BitMap:
        """Who did `event` (None: anything) on `day`; not to be changed."""

    def property(self, name: str) -> Property:
        """Where the property `name` of an event is found in a relation."""

    def relation(self, columns: set[str], first: int, last: int) -> str:
        """SQL for DuckDB, to stand after FROM: the facts of these days, with `columns`.

        There are event VARCHAR, person UINTEGER (NULL: nobody), time TIMESTAMP_MS (UTC), day INTEGER,
        source VARCHAR, bot BOOLEAN, the promoted properties, and props VARIANT with all others.
        """

    def ask(self, sql: str, **tables: Mapping[str, np.ndarray]) -> list[tuple]:
        """The rows of a query; `tables` can be read by their names."""

    def arrays(self, sql: str, **tables: Mapping[str, np.ndarray]) -> Arrays:
        """The columns of a query; NULL only where the array is of objects."""

    def keys(self, people: Listed[int]) -> list[str]:
        """What these people are called at the source."""

    def person(self, key: str) -> int | None:
        """The number of who goes by `key`; None where nobody does."""
