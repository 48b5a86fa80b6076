"""The log as Sequences, for `lingyu.store.explore`: a snapshot of it, what still waits in the inbox included.

Holds no question. Joins of people are applied in blocks, bitmaps and relations alike; machines are left
out.
"""

import itertools
import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import duckdb
import numpy as np
from pyroaring import BitMap

from ..engines.base import EngineError
from ..explore.sequences import Day, Property
from . import bitmaps, damage, segments
from .canon import JOIN
from .columns import COLUMNS
from .derived import who
from .door import Log, inbox, log
from .keeping import is_of_the_catalog
from .people import tree
from .tail import Tail, tail_of

_counter = itertools.count()


class LogSequences:
    """What a log, and a tail if there is one, know at the moment at which this is made."""

    # Sums in the column `amount` are whole minor units.
    minor_units = True

    def __init__(self, log: Log, tail: Tail | None = None):
        log.catalog.check_zone()
        self.log, self.tail, self.zone = log, tail, log.zone
        self._facts = log.catalog.live("facts")
        # Facts that no answer counts, because their file cannot be read: to be told with it.
        self.damaged = damage.listed(log.catalog)
        self._versions = log.catalog.days()
        self._names = tail.names if tail else log.catalog.names()
        self._sources = tail.sources if tail else log.catalog.sources()
        self.names = _by_number(self._names)
        self._numbers = {name: number for number, kind, name in self._names if kind == "event"}
        self.people = 1 + (tail.people if tail else log.catalog.people())
        self._joins = tail.joins if tail else log.derived.joins()
        # What else reads this snapshot: files, who is whom, (number, kind, name), (number, code).
        self.facts, self.joins, self.named, self.sources = (
            self._facts,
            self._joins,
            self._names,
            self._sources,
        )
        self._tail_days = set(map(int, np.unique(tail.days))) if tail else set()
        moved = set(log.derived.days_of(tail.moved)) if tail and tail.moved else set()
        self._fresh_days = self._tail_days | moved
        known = sorted(self._versions.keys() | self._tail_days)
        self.first_day, self.last_day = (known[0], known[-1]) if known else (None, None)
        self.freshness = _freshness(tail)
        self._table = self._keep_tail() if tail else ""
        self._blocks: dict[int, Day] = {}

    def _keep_tail(self) -> str:
        """The tail as a table of this process's DuckDB, for as long as this is alive."""
        name = f"tail_{next(_counter)}"
        with self.log.gate.connection() as db:
            db.register("tail_now", {**self.tail.arrays, "day": self.tail.days})
            db.execute(f"CREATE TEMP TABLE {name} AS SELECT day, {segments.TYPED} FROM tail_now")
            db.unregister("tail_now")
        weakref.finalize(self, _drop, self.log.gate, name)
        return name

    # --- Sequences --------------------------------------------------------------------------------

    def days(self, first: int, last: int) -> Iterator[Day]:
        """The blocks of the days from `first` to `last` that have any, in order."""
        for number in sorted(self._versions.keys() | self._tail_days):
            if first <= number <= last:
                yield self._day(number)

    def _day(self, number: int) -> Day:
        if number not in self._fresh_days:
            return self.log.derived.day(number)
        if number not in self._blocks:
            with self.log.gate.connection() as db:
                self._blocks[number] = self.log.derived.query_block(
                    db, number, f"({self._rows(number, number)})", self._person(db), self._events()
                )
        return self._blocks[number]

    def bitmap(self, event: str | None, day: int) -> BitMap:
        """Who did `event`, or anything (None), on a day."""
        number = bitmaps.ANY if event is None else self._numbers.get(event)
        if number is None or (day not in self._versions and day not in self._tail_days):
            return BitMap()
        return (
            who(self._day(day), number) if day in self._fresh_days else self.log.derived.bitmap(number, day)
        )

    def relation(self, columns: set[str], first: int, last: int) -> str:
        """SQL for facts of these days: event, person, time, day, source, bot, and what `columns` names."""
        wanted = [name for name in COLUMNS if name in columns and name not in _ALWAYS]
        more = "".join(f', f."{name}"' for name in wanted)
        names = ", ".join(
            f"({n}, {segments.literal(name)})" for n, kind, name in self._names if kind == "event"
        )
        sources = ", ".join(f"({number}, {segments.literal(code)})" for number, code in self._sources)
        return (
            f"(SELECT n.name AS event, nullif(coalesce(c.root, f.person), 0) AS person, f.time, f.day, "
            f"s.code AS source, f.bot{more} FROM ({self._rows(first, last)}) f {JOIN} "
            f"JOIN (VALUES {names or '(-1, NULL)'}) n(id, name) ON n.id = f.event "
            f"LEFT JOIN (VALUES {sources or '(-1, NULL)'}) s(id, code) ON s.id = f.source WHERE NOT f.bot)"
        )

    def property(self, name: str) -> Property:
        """A promoted column, or what `props` holds under that name."""
        if name in COLUMNS and name not in ("event", "person", "props"):
            return Property(name, f'"{name}"')
        return Property("props", f"variant_extract(props, {segments.literal(name)})")

    def ask(self, sql: str, **tables: Mapping[str, np.ndarray]) -> list[tuple]:
        """The rows of a question in SQL; `tables` can be read by their names. Raises EngineError."""
        return self._guarded(self.log.gate.ask, sql, tables)

    def arrays(self, sql: str, **tables: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The columns of a question in SQL, likewise. Raises EngineError."""
        return self._guarded(self.log.gate.arrays, sql, tables)

    def _guarded(self, ask, sql: str, tables: Mapping[str, Mapping[str, np.ndarray]]):
        def run(text: str):
            return ask(text, self._person, tables)

        try:
            return damage.spared(self.log, sql, run, self.damaged)
        except duckdb.IOException as error:
            raise EngineError(f"facts were erased while this was counted: ask again ({error})") from None

    def keys(self, people: Sequence[int]) -> list[str]:
        """What these people are called: a known name before one that a browser drew."""
        return [self._called(int(person)) for person in people]

    def _called(self, person: int) -> str:
        names = [row for number in tree(self.log.catalog.db(), person) for row in self._names_of(number)]
        return min(names, key=lambda row: (_CALLED.index(row[0]), row[1]))[1] if names else f"#{person}"

    def _names_of(self, number: int) -> list[tuple[str, str]]:
        rows = self.log.catalog.db().execute("select kind, value from key where person = ?", (number,))
        return rows.fetchall()

    def person(self, key: str) -> int | None:
        """Whom a name means, at whatever source; of several the one that is known."""
        row = (
            self.log.catalog.db()
            .execute("select person from key where value = ? order by known desc, person limit 1", (key,))
            .fetchone()
        )
        return row and self._joins.root(row[0])

    def happenings(self) -> list[str]:
        """The names of what happened, as against what was only said of people or names."""
        return sorted(self._numbers)

    # --- Rows -------------------------------------------------------------------------------------

    def _rows(self, first: int, last: int) -> str:
        """All rows of these days with their `day`, by the numbers of their names."""
        found: dict[int, list] = {}
        for segment in self._facts:
            if first <= segment.day <= last:
                found.setdefault(segment.day, []).append(segment)
        parts = []
        if found:
            days = {str(self.log.folder / s.path): day for day, some in found.items() for s in some}
            paths = ", ".join(map(segments.literal, days))
            parts.append(
                f"SELECT * EXCLUDE (filename), {_DAY} AS day FROM read_parquet([{paths}], filename = true)"
            )
        if self._table and any(first <= day <= last for day in self._tail_days):
            parts.append(
                f"SELECT * EXCLUDE (day), day FROM {self._table} WHERE day BETWEEN {first} AND {last}"
            )
        return (
            " UNION ALL BY NAME ".join(parts) or f"SELECT *, 0 AS day FROM {self.log.segments.relation([])}"
        )

    def _person(self, db) -> str:
        return self.log.derived.canon.use(db, self._joins)

    def _events(self) -> str:
        return f"f.event IN ({', '.join(map(str, self._numbers.values())) or '-1'})"


_ALWAYS = {"event", "person", "time", "source", "bot"}
# Which of a person's names they are called by, the first of these.
_CALLED = ("user", "declared", "distinct", "anonymous", "device", "visitor")
# The day that a file's name begins with.
_DAY = "regexp_extract(filename, '([0-9-]+)_[0-9a-f]{32}[.]parquet$', 1)::INTEGER"


def _by_number(names: list[tuple[int, str, str]]) -> list[str]:
    found = [""] * (1 + max((number for number, *_ in names), default=0))
    for number, kind, name in names:
        found[number] = name if kind == "event" else f"{kind}:{name}"
    return found


def _freshness(tail: Tail | None) -> datetime:
    if tail is None or tail.whole:
        return datetime.now(UTC)
    return datetime.fromtimestamp(tail.until / 1e6, UTC)


def _drop(gate, name: str) -> None:
    with gate.connection() as db:
        db.execute(f"DROP TABLE IF EXISTS {name}")


def sequences() -> LogSequences:
    """The house's log as it is at this moment, what waits in the inbox included. Raises EngineError."""
    try:
        here = log()
        return LogSequences(here, tail_of(here, inbox()))
    except sqlite3.DatabaseError as error:
        if not is_of_the_catalog(error):
            raise
        raise EngineError(
            f"the log's catalog is damaged ({error}); a worker puts its copy in its place: ask again"
        ) from error
