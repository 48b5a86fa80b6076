"""Facts into Parquet: read a batch, drop what is known, write, sync, publish; later merge and tidy.

Files are immutable. A batch that touches few days of a month makes a file a day, one that fills
the month (an import of history) one file for it. Small files of a month are merged by size, each
class eight times the one before, so a fact is rewritten a handful of times however often ships
come, and a question opens few files. Holds no question.
"""

import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from lingyu.kernel.events import event_named, own_fields

from ...disk import sync
from . import sql
from .manifest import File, Manifest

# A batch with facts on more days of a month than this writes one file for the month.
DAYS_APART = 6
# How many small files of a month and a size class are merged into one.
FAN_IN = 8
# Rows of the smallest class; a file above the largest is never merged again.
SMALLEST, FULL = 2_000, 4_000_000
# A month that is over is tidied when it has more small files than this.
TIDY_ABOVE = 3


class Writer:
    """The one writer of a folder; `connect` gives DuckDB's connection for as long as it is needed."""

    def __init__(self, manifest: Manifest, connect: Callable[[], AbstractContextManager]):
        self.manifest, self.folder, self._connect = manifest, manifest.folder, connect

    def append(self, bodies: Sequence[tuple[str, Path]]) -> int:
        """See Engine.append."""
        with self._connect() as db:
            try:
                self._load(db, bodies)
                parts = _parts(
                    [day for (day,) in db.execute("SELECT DISTINCT day FROM batch ORDER BY day").fetchall()]
                )
                self._drop_known(db, [name for name, _ in bodies], parts)
                born = [f for part in parts for f in self._write(db, "batch", *part)]
            finally:
                db.execute("DROP TABLE IF EXISTS batch")
        if born:
            sync(self.manifest.folder / file.path for file in born)
            self.manifest.publish(born)
            self._merge_crowded({_month(f.first) for f in born})
        return sum(f.rows for f in born)

    def _load(self, db, bodies: Sequence[tuple[str, Path]]) -> None:
        """All bodies as the temporary table `batch`, one row a fact."""
        types = sql.columns()
        selects = []
        for name, path in bodies:
            present = {"id", "occurred_at", "person", "actor", *own_fields(event_named(name))}
            spec = ", ".join(f"{sql.literal(c)}: {sql.literal(types[c])}" for c in types if c in present)
            chosen = ", ".join(
                f"{sql.literal(name)} AS name"
                if c == "name"
                else sql.quoted(c)
                if c in present
                else f"NULL::{t} AS {sql.quoted(c)}"
                for c, t in types.items()
            )
            selects.append(
                f"SELECT {chosen} FROM read_json({sql.literal(str(path))}, "
                f"format='newline_delimited', columns={{{spec}}})"
            )
        db.execute("DROP TABLE IF EXISTS batch")
        db.execute(
            f"CREATE TEMP TABLE batch AS SELECT *, {sql.UTC_DAY} AS day FROM ({' UNION ALL '.join(selects)}) "
            "QUALIFY row_number() OVER (PARTITION BY name, id, day) = 1"
        )

    def _drop_known(self, db, names: list[str], parts: list[tuple[date, date]]) -> None:
        """Leave out facts that are stored already: a shipper that died is followed by another."""
        known = [
            f
            for f in self.manifest.live()
            if f.has(names) and any(f.first <= last and f.last >= first for first, last in parts)
        ]
        if known:
            source = sql.relation(self.manifest.grouped(known), {"name", "id", "occurred_at"})
            listed = ", ".join(map(sql.literal, names))
            db.execute(
                f"DELETE FROM batch WHERE (name, id, day) IN (SELECT (name, id, {sql.UTC_DAY}) FROM {source} "
                f"WHERE name IN ({listed}) AND occurred_at >= (SELECT min(occurred_at)::DATE FROM batch) "
                "AND occurred_at < (SELECT max(occurred_at)::DATE + 1 FROM batch))"
            )

    def _write(self, db, source: str, first: date, last: date) -> list[File]:
        """One file of the rows of `source` (a table with a column `day`) on these days, if there are any."""
        rows = f"{source} WHERE day BETWEEN DATE '{first}' AND DATE '{last}'"
        contents = tuple(
            db.execute(
                "SELECT name, count(*), epoch_us(min(occurred_at)), epoch_us(max(occurred_at)) "
                f"FROM {rows} GROUP BY name ORDER BY name"
            ).fetchall()
        )
        if not contents:
            return []
        types = sql.columns()
        path = f"month={first:%Y-%m}/{first}_{uuid.uuid4().hex}.parquet"
        (self.folder / path).parent.mkdir(exist_ok=True)
        chosen = ", ".join(map(sql.quoted, types))
        # Sorted as questions read: one event, some days; people together for passages.
        db.execute(
            f"COPY (SELECT {chosen} FROM {rows} ORDER BY name, day, person, occurred_at) "
            f"TO {sql.literal(str(self.folder / path))} (FORMAT parquet, COMPRESSION zstd)"
        )
        span = [_day(min(c[2] for c in contents)), _day(max(c[3] for c in contents))]
        size = (self.folder / path).stat().st_size
        return [File(path, *span, sum(c[1] for c in contents), size, tuple(types.items()), contents)]

    # --- Few files make fast questions ---------------------------------------------------------

    def _merge_crowded(self, months: set[date]) -> None:
        """Merge the files of a month and a size class that have become many, class after class."""
        for month in sorted(months):
            while crowded := _crowded([f for f in self.manifest.live() if _month(f.first) == month]):
                self.merge(crowded)

    def tidy(self, today: date) -> int:
        """Merge the small files of months that are over, and sweep; returns how many files went."""
        merged = 0
        for month, found in groupby(self.manifest.live(), key=lambda f: _month(f.first)):
            small = [f for f in found if f.rows < FULL]
            if month < _month(today) and len(small) > TIDY_ABOVE:
                self.merge(small)
                merged += len(small)
        self.manifest.sweep()
        return merged

    def merge(self, files: list[File]) -> None:
        """Replace `files`, all of one month, by one; readers of the old ones are not disturbed."""
        source = sql.relation(self.manifest.grouped(files), set(sql.columns()))
        with self._connect() as db:
            try:
                db.execute(
                    f"CREATE OR REPLACE TEMP TABLE merging AS SELECT *, {sql.UTC_DAY} AS day FROM {source}"
                )
                born = self._write(db, "merging", min(f.first for f in files), max(f.last for f in files))
            finally:
                db.execute("DROP TABLE IF EXISTS merging")
        sync(self.manifest.folder / file.path for file in born)
        self.manifest.swap(born, [f.path for f in files])


def _parts(days: list[date]) -> list[tuple[date, date]]:
    """The days of each file: single days, or a whole month of which many are there."""
    parts = []
    for _month_start, found in groupby(days, key=_month):
        together = list(found)
        parts += [(together[0], together[-1])] if len(together) > DAYS_APART else [(d, d) for d in together]
    return parts


def _crowded(files: list[File]) -> list[File] | None:
    """The files of the smallest size class that has too many."""
    classes: dict[int, list[File]] = {}
    for file in files:
        if file.rows < FULL:
            classes.setdefault(_size_class(file.rows), []).append(file)
    return next((found for _, found in sorted(classes.items()) if len(found) >= FAN_IN), None)


def _size_class(rows: int) -> int:
    number = 0
    while rows > SMALLEST:
        rows, number = rows // FAN_IN, number + 1
    return number


def _month(day: date) -> date:
    return day.replace(day=1)


def _day(microseconds: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).date()
