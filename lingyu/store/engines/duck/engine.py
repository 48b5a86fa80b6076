"""The DuckDB engine: takes facts into Parquet files and answers over those the manifest lists.

Every process has its own in-memory DuckDB: a DuckDB file that one process writes cannot even be
read by another. Holds no SQL of questions; that is `sql`.
"""

import os
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import duckdb

from lingyu.kernel.events import event_named, own_fields

from ..base import Found, PassageScan, Scan, bucket_day
from . import sql
from .manifest import File, Manifest

# A day with more live files than this is merged into one.
FILES_A_DAY = 8


class DuckEngine:
    """Parquet in `folder`; `memory` is DuckDB's limit for this process, such as "1GB"."""

    def __init__(self, folder: Path, memory: str = "1GB"):
        self.folder = Path(folder)
        self.manifest = Manifest(self.folder)
        self.memory = memory
        self._pid: int | None = None
        # One heavy question at a time: two would share the memory limit and the cores anyway.
        self._gate = threading.Lock()

    def _db(self) -> duckdb.DuckDBPyConnection:
        """This process's DuckDB, opened on first use and again after a fork."""
        if self._pid != os.getpid():
            spill = self.folder / "spill"
            spill.mkdir(exist_ok=True)
            self._duck = duckdb.connect(config={"memory_limit": self.memory, "temp_directory": str(spill)})
            self._duck.execute("SET TimeZone = 'UTC'")
            self._duck.execute("SET parquet_metadata_cache = true")
            self._pid = os.getpid()
        return self._duck

    # --- Facts in ---------------------------------------------------------------------------

    def append(self, bodies: Sequence[tuple[str, Path]]) -> int:
        """See Engine.append: read, drop what is known, write by day, sync, publish."""
        with self._gate:
            db = self._db()
            try:
                self._load(db, bodies)
                days = [d for (d,) in db.execute("SELECT DISTINCT day FROM batch ORDER BY day").fetchall()]
                self._drop_known(db, days)
                born = self._write(db, "SELECT * FROM batch", sql.columns())
            finally:
                db.execute("DROP TABLE IF EXISTS batch")
        if born:
            self.manifest.swap(born)
            self._merge_crowded({f.day for f in born})
        return sum(f.rows for f in born)

    def _load(self, db, bodies: Sequence[tuple[str, Path]]) -> None:
        """All bodies as the temporary table `batch`, one row an id."""
        types = sql.columns()
        selects = []
        for name, path in bodies:
            event = event_named(name)
            present = {"id", "occurred_at", "person", "actor", *own_fields(event)}
            spec = ", ".join(f"{sql.literal(c)}: {sql.literal(types[c])}" for c in types if c in present)
            chosen = ", ".join(
                f"{sql.literal(name)} AS name" if c == "name" else
                sql.quoted(c) if c in present else f"NULL::{t} AS {sql.quoted(c)}"
                for c, t in types.items()
            )
            selects.append(
                f"SELECT {chosen} FROM read_json({sql.literal(str(path))}, "
                f"format='newline_delimited', columns={{{spec}}})"
            )
        db.execute("DROP TABLE IF EXISTS batch")
        db.execute(
            "CREATE TEMP TABLE batch AS SELECT *, CAST(timezone('UTC', occurred_at) AS DATE) AS day "
            f"FROM ({' UNION ALL '.join(selects)}) QUALIFY row_number() OVER (PARTITION BY id) = 1"
        )

    def _drop_known(self, db, days: list[date]) -> None:
        """Leave out facts that are stored already: a shipper that died is followed by another."""
        known = [f for f in self.manifest.live() if f.day in set(days)]
        if known:
            source = sql.relation(self._grouped(known), {"id"})
            db.execute(f"DELETE FROM batch WHERE id IN (SELECT id FROM {source})")

    def _write(self, db, rows: str, types: dict[str, str]) -> list[File]:
        """Files of `rows` (a query with a column `day`), sorted as questions read them, synced to disk."""
        stats = db.execute(
            f"COPY (SELECT * FROM ({rows}) ORDER BY day, name, person, occurred_at) "
            f"TO {sql.literal(str(self.folder))} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), "
            f"FILENAME_PATTERN 'f_{uuid.uuid4().hex}_{{i}}', OVERWRITE_OR_IGNORE, RETURN_STATS)"
        ).fetchall()
        columns = tuple(types.items())
        born = [
            File(str(Path(path).relative_to(self.folder)), date.fromisoformat(keys["day"]), count, size, columns)
            for path, count, size, _footer, _columns, keys, *_ in stats if count
        ]
        for file in born:
            _sync(self.folder / file.path)
        for folder in {(self.folder / f.path).parent for f in born} | {self.folder}:
            _sync(folder)
        return born

    def _merge_crowded(self, days: set[date]) -> None:
        """Join the files of days that have collected many: few files make fast questions."""
        live = [f for f in self.manifest.live() if f.day in days]
        for _day, files in groupby(live, key=lambda f: f.day):
            if len(group := list(files)) > FILES_A_DAY:
                self.merge(group)

    def merge(self, files: list[File]) -> None:
        """Replace `files`, all of one day, by one; readers of the old ones are not disturbed."""
        types = sql.columns()
        source = sql.relation(self._grouped(files), set(types))
        day = f"DATE '{files[0].day}' AS day"
        with self._gate:
            born = self._write(self._db(), f"SELECT *, {day} FROM {source}", dict(sorted(types.items())))
        self.manifest.swap(born, [f.path for f in files])
        self.manifest.sweep()

    # --- Numbers out ------------------------------------------------------------------------

    def scan(self, scan: Scan) -> list[Found]:
        """See Engine.scan."""
        # Only what counts at its own time can be found by the file's day.
        bounded = scan.at == "occurred_at"
        source = self._source(sql.read_by(scan), scan.window.start, scan.window.end if bounded else None, bounded)
        return self._rows(sql.scan(scan, source))

    def passage(self, scan: PassageScan) -> list[Found]:
        """See Engine.passage; finishes may lie after the window's end."""
        window = scan.window
        end = window.end + scan.passage.within + timedelta(seconds=1) if window.end else None
        return self._rows(sql.passage(scan, self._source(sql.read_by(scan), window.start, end)))

    def extent(self, names: Sequence[str], at: str = "occurred_at") -> tuple[datetime, datetime] | None:
        """See Engine.extent."""
        listed = ", ".join(map(sql.literal, names))
        source = self._source({"name", at}, None, None)
        # As plain UTC timestamps: DuckDB's Python client needs another package for zoned ones.
        first, last = (f"timezone('UTC', {end}({sql.quoted(at)}))" for end in ("min", "max"))
        found = self._run(f"SELECT {first}, {last} FROM {source} WHERE name IN ({listed})")[0]
        return None if found[0] is None else (found[0].replace(tzinfo=UTC), found[1].replace(tzinfo=UTC))

    def values(self, field: str, names: Sequence[str]) -> list:
        """See Engine.values."""
        listed = ", ".join(map(sql.literal, names))
        column, source = sql.quoted(field), self._source({"name", field}, None, None)
        rows = self._run(f"SELECT DISTINCT {column} FROM {source} WHERE name IN ({listed}) AND {column} IS NOT NULL ORDER BY 1")
        return [value for (value,) in rows]

    def version(self) -> str:
        """See Engine.version."""
        return f"duck-{self.manifest.version()}"

    def _rows(self, text: str) -> list[Found]:
        return [(bucket_day(row[0]), *row[1:]) for row in self._run(text)]

    def _run(self, text: str) -> list[tuple]:
        with self._gate:
            return self._db().execute(text).fetchall()

    def _source(self, needed: set[str], start, end, bounded: bool = True) -> str:
        """The relation over live files whose UTC day can hold facts between the bounds."""
        files = self.manifest.live()
        if bounded and start is not None:
            files = [f for f in files if f.day >= start.astimezone(UTC).date()]
        if bounded and end is not None:
            files = [f for f in files if f.day <= end.astimezone(UTC).date()]
        return sql.relation(self._grouped(files), needed)

    def _grouped(self, files: list[File]) -> list[tuple[list[str], dict[str, str]]]:
        """Paths by schema: facts written before a field was declared lack its column."""
        groups: dict[tuple, list[str]] = {}
        for file in files:
            groups.setdefault(file.columns, []).append(str(self.folder / file.path))
        return [(paths, dict(columns)) for columns, paths in groups.items()]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
