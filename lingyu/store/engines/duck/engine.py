"""The DuckDB engine: answers over the Parquet files that the manifest lists.

Holds how a question finds its files and comes back as plain values. Its SQL is in `sql`, taking
facts in is `writer`'s work.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from ..base import Found, PassageScan, Scan, moment, with_moments
from . import sql
from .gate import Gate
from .manifest import Manifest
from .writer import Writer


class DuckEngine:
    """Parquet in `folder`; `memory` is DuckDB's limit for this process, such as "1GB"."""

    def __init__(self, folder: Path, memory: str = "1GB"):
        self.manifest = Manifest(Path(folder))
        self._gate = Gate(Path(folder) / "spill", memory)
        self.writer = Writer(self.manifest, self._gate.connection)

    def append(self, bodies: Sequence[tuple[str, Path]]) -> int:
        """See Engine.append."""
        return self.writer.append(bodies)

    def tidy(self) -> int:
        """See Engine.tidy."""
        return self.writer.tidy(datetime.now(UTC).date())

    def scan(self, scan: Scan) -> list[Found]:
        """See Engine.scan."""
        # Only what counts at its own time can be found by the file's days.
        bounds = (scan.window.start, scan.window.end) if scan.at == "occurred_at" else (None, None)
        source = self._source(scan.names, sql.read_by(scan), *bounds)
        return self._rows(sql.scan(scan, source), scan.by)

    def passage(self, scan: PassageScan) -> list[Found]:
        """See Engine.passage; finishes may lie after the window's end."""
        window, way = scan.window, scan.passage
        end = window.end + way.within if window.end else None
        source = self._source({way.start, way.finish}, sql.read_by(scan), window.start, end)
        return self._rows(sql.passage(scan, source), scan.by)

    def extent(self, names: Sequence[str], at: str = "occurred_at") -> tuple[datetime, datetime] | None:
        """See Engine.extent; the manifest knows that of `occurred_at`."""
        if at == "occurred_at":
            spans = [
                (first, last)
                for f in self.manifest.live()
                for name, _, first, last in f.contents
                if name in names
            ]
        else:
            ends = ", ".join(f"epoch_us({end}({sql.quoted(at)}))" for end in ("min", "max"))
            source = self._source(names, {"name", at}, None, None)
            listed = ", ".join(map(sql.literal, names))
            found = self._gate.ask(f"SELECT {ends} FROM {source} WHERE name IN ({listed})")[0]
            spans = [found] if found[0] is not None else []
        return (moment(min(s[0] for s in spans)), moment(max(s[1] for s in spans))) if spans else None

    def values(self, field: str, names: Sequence[str]) -> list:
        """See Engine.values."""
        listed = ", ".join(map(sql.literal, names))
        column, source = sql.quoted(field), self._source(names, {"name", field}, None, None)
        rows = self._gate.ask(
            f"SELECT DISTINCT {sql.plain(field)} FROM {source} "
            f"WHERE name IN ({listed}) AND {column} IS NOT NULL ORDER BY 1"
        )
        return [value for (value,) in with_moments(rows, (field,), first=0)]

    def version(self) -> str:
        """See Engine.version."""
        return f"duck-{self.manifest.version()}"

    def _rows(self, text: str, by: Sequence[str]) -> list[Found]:
        return with_moments(self._gate.ask(text), by)

    def _source(
        self, names: Iterable[str], needed: set[str], start: datetime | None, end: datetime | None
    ) -> str:
        """The relation over live files that can hold facts of the named events between the bounds."""
        first = start.astimezone(UTC).date() if start else date.min
        last = end.astimezone(UTC).date() if end else date.max
        files = [f for f in self.manifest.live() if f.last >= first and f.first <= last and f.has(names)]
        return sql.relation(self.manifest.grouped(files), needed)
