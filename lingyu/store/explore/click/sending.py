"""The log's days to ClickHouse: each as a whole, when its files have changed; and who is whom.

A day comes into a table of its own and then takes the place of the old one in one step, so that sending it
twice changes nothing and a question sees the old day or the new one. A merge of people rewrites no fact and
so sends no day, only the joins. What was sent is noted after it has arrived: what dies half-way is sent
again. Runs outside any transaction and without the log's lease. Does not decide when (`store.log.working`).
"""

import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ...engines.click.sql import literal
from ...engines.click.transport import Transport
from ...engines.duck.sql import literal as quoted
from ...log.catalog import Segment
from ...log.people import load_joins
from .source import sent
from .table import COLUMNS, DAYS, FACTS, INCOMING, JOINS, STATE, create

# A property as what DuckDB reads in it, for the three ways in which it can be compared.
_PROPS = (
    "map_from_entries(list_transform(list_filter(map_entries(f.props::JSON::MAP(VARCHAR, JSON)), "
    "lambda e: TRY_CAST(e.value::VARIANT AS VARCHAR) IS NOT NULL), lambda e: {'key': e.key, 'value': {"
    "'text': TRY_CAST(e.value::VARIANT AS VARCHAR), 'number': TRY_CAST(e.value::VARIANT AS DOUBLE), "
    "'flag': TRY_CAST(e.value::VARIANT AS BOOLEAN)}})) AS props"
)
_READING = {"input_format_null_as_default": 1}


class Sender:
    """Sends what `log` has; `waiting_since` says from when on facts still wait to come into it, if any do."""

    def __init__(
        self, log, transport: Transport, waiting_since: Callable[[], datetime | None] = lambda: None
    ):
        self.log, self.transport, self._waiting_since = log, transport, waiting_since
        self._made = False

    def send(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Send what has changed; how many days. Raises EngineError; days that arrived stay noted.

        One process at a time does: two would load the same day into one table. Raises Busy.
        """
        with self.log.lease(wait=False, of="sending"):
            return self._send(stopped)

    def _send(self, stopped: Callable[[], bool]) -> int:
        if not self._made:
            self._prepare()
        fresh = self._waiting_since() or datetime.now(UTC)
        joins = self._send_joins()
        there, days = sent(self.transport.rows), self._days()
        changed = [day for day in {**there, **days} if there.get(day, "") != _named(days.get(day, []))]
        for done, day in enumerate(sorted(changed, reverse=True)):
            if stopped():
                return done
            self._send_day(day, days.get(day, []))
        self._note(joins, fresh)
        return len(changed)

    def _prepare(self) -> None:
        """Make the tables; throw away what was sent of a log with other days."""
        for statement in create():
            self.transport.run(statement)
        found = self.transport.rows(f"SELECT zone FROM {STATE} ORDER BY sent DESC LIMIT 1")
        if found and found[0][0] != self.log.zone.key:
            for table in (STATE, DAYS, FACTS):
                self.transport.run(f"TRUNCATE TABLE {table}")
        self._made = True

    def _days(self) -> dict[int, list[Segment]]:
        found: dict[int, list[Segment]] = {day: [] for day in self.log.catalog.days()}
        for segment in self.log.catalog.live("facts"):
            found.setdefault(segment.day, []).append(segment)
        return found

    def _send_day(self, day: int, segments: list[Segment]) -> None:
        if segments:
            self._replace(FACTS, str(day), self._facts(day, segments))
        else:
            self.transport.run(f"ALTER TABLE {FACTS} DROP PARTITION {day}")
        self.transport.run(
            f"INSERT INTO {DAYS} VALUES ({day}, {literal(_named(segments))}, {time.time_ns()})"
        )

    def _facts(self, day: int, segments: list[Segment]) -> str:
        """What happened on a day; what only tells of people is left out."""
        names = [(n, name) for n, kind, name in self.log.catalog.names() if kind == "event"]
        given = {
            "event": f"CASE f.event {_cases(names)} END AS event",
            "day": f"{day}::INTEGER AS day",
            "source": f"CASE f.source {_cases(self.log.catalog.sources())} ELSE '' END AS source",
            "props": _PROPS,
        }
        chosen = ", ".join(given.get(name, f'f."{name}"') for name in COLUMNS)
        numbers = ", ".join(str(n) for n, _name in names) or "-1"
        facts = self.log.segments.relation(segments)
        return f"SELECT {chosen} FROM {facts} f WHERE f.event IN ({numbers})"

    def _send_joins(self) -> int:
        """Replace who is whom, if that has changed; of which version it is now."""
        joins = load_joins(self.log.catalog.db())
        known = self.transport.rows(f"SELECT joins FROM {STATE} ORDER BY sent DESC LIMIT 1")
        if known and known[0][0] == joins.version:
            return joins.version
        if joins.parents:
            canon = self.log.derived.canon
            self._replace(JOINS, "tuple()", "SELECT child, root FROM canon", lambda db: canon.use(db, joins))
        else:
            self.transport.run(f"TRUNCATE TABLE {JOINS}")
        return joins.version

    def _replace(
        self, table: str, partition: str, select: str, prepare: Callable = lambda duck: None
    ) -> None:
        """Put the rows of a statement of DuckDB's, which `prepare` has had before, in the place of a
        partition.
        """
        incoming = table + INCOMING
        self.transport.run(f"TRUNCATE TABLE {incoming}")
        with self._file() as path:
            with self.log.gate.connection() as duck:
                prepare(duck)
                copy = f"COPY ({select}) TO {quoted(str(path))} (FORMAT parquet)"
                rows = duck.execute(copy).fetchone()[0]
            if rows:
                self.transport.load(incoming, path, _READING, "Parquet")
        if rows:
            self.transport.run(f"ALTER TABLE {table} REPLACE PARTITION {partition} FROM {incoming}")
        else:
            self.transport.run(f"ALTER TABLE {table} DROP PARTITION {partition}")
        self.transport.run(f"TRUNCATE TABLE {incoming}")

    @contextmanager
    def _file(self):
        """A file on its way, which is gone afterwards; one that a kill left is thrown away here."""
        folder = Path(self.log.gate.spill)
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("to-click-*"):
            left.unlink()
        path = folder / f"to-click-{uuid.uuid4().hex}.parquet"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _note(self, joins: int, fresh: datetime) -> None:
        zone, moment = literal(self.log.zone.key), round(fresh.timestamp() * 1000)
        self.transport.run(f"INSERT INTO {STATE} VALUES (1, {zone}, {joins}, {moment}, {time.time_ns()})")


def _named(segments: list[Segment]) -> str:
    """What tells a day's facts from others: the files that they lie in, which are never changed."""
    return " ".join(sorted(Path(segment.path).stem for segment in segments))


def _cases(names: list[tuple[int, str]]) -> str:
    return " ".join(f"WHEN {n} THEN {quoted(name)}" for n, name in names) or "WHEN -1 THEN ''"
