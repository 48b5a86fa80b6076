"""The ClickHouse engine: one table, columns added as fields are declared.

Holds the order of statements; their text is in `sql`, the way to the server in `transport`.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..base import Found, PassageScan, Scan, moment, with_moments
from . import sql
from .transport import Transport

# How bodies are read: moments in ISO 8601; a field that no event declares any more is left out.
_READING = {"date_time_input_format": "best_effort", "input_format_skip_unknown_fields": 1}


class ClickEngine:
    """Facts in one database of a ClickHouse server."""

    def __init__(self, transport: Transport):
        self.transport = transport
        self._known: set[str] = set()

    def _prepare(self) -> None:
        """Make the table, and columns for fields declared since; asks the server once a change."""
        wanted = sql.columns()
        if wanted.keys() <= self._known:
            return
        self.transport.run(sql.create_events())
        present = {
            name
            for (name,) in self.transport.rows(
                "SELECT name FROM system.columns "
                f"WHERE database = currentDatabase() AND table = {sql.literal(sql.TABLE)}"
            )
        }
        for name, kind in wanted.items():
            if name not in present:
                self.transport.run(
                    f"ALTER TABLE {sql.TABLE} ADD COLUMN IF NOT EXISTS {sql.quoted(name)} {kind}"
                )
        self._known = {*wanted, *present}

    def append(self, bodies: Sequence[tuple[str, Path]]) -> int:
        """See Engine.append; what a dead shipper left among the incoming is thrown away first."""
        self._prepare()
        before = self._count()
        for name, path in bodies:
            self.transport.run(f"DROP TABLE IF EXISTS {sql.INCOMING} SYNC")
            self.transport.run(sql.create(sql.INCOMING, "tuple()"))
            self.transport.load(sql.INCOMING, path, _READING)
            self.transport.run(sql.take_in(name))
        self.transport.run(f"DROP TABLE IF EXISTS {sql.INCOMING} SYNC")
        return self._count() - before

    def tidy(self) -> int:
        """See Engine.tidy; the server merges by itself."""
        return 0

    def scan(self, scan: Scan) -> list[Found]:
        """See Engine.scan."""
        return self._rows(sql.scan(scan), scan.by)

    def passage(self, scan: PassageScan) -> list[Found]:
        """See Engine.passage."""
        return self._rows(sql.passage(scan), scan.by)

    def extent(self, names: Sequence[str], at: str = "occurred_at") -> tuple[datetime, datetime] | None:
        """See Engine.extent."""
        self._prepare()
        first, last, count = self.transport.rows(sql.extent(names, at))[0]
        return (moment(first), moment(last)) if count else None

    def values(self, field: str, names: Sequence[str]) -> list:
        """See Engine.values."""
        self._prepare()
        rows = self.transport.rows(sql.values(field, names))
        return [value for (value,) in with_moments(rows, (field,), first=0)]

    def version(self) -> str:
        """See Engine.version: facts are never taken away, so their number tells."""
        self._prepare()
        return f"click-{self._count()}"

    def _count(self) -> int:
        return self.transport.rows(f"SELECT count() FROM {sql.TABLE}")[0][0]

    def _rows(self, text: str, by: Sequence[str]) -> list[Found]:
        self._prepare()
        return with_moments(self.transport.rows(text), by)
