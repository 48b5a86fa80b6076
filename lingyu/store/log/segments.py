"""Files of facts: one day's rows as Parquet, sorted as questions read them; merging and leaving out.

Holds DuckDB's statements for that. A file is written under its final name, synced, and counts once the
catalog lists it. Does not decide what is written.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from ..disk import sync
from ..engines.duck.sql import literal
from .catalog import Segment, written
from .columns import COLUMNS

Connect = Callable[[], AbstractContextManager]

# Rows of a row group: small enough that a question for one event skips the others.
GROUP_ROWS = 122_880
_SORTED = "ORDER BY event, person, time"
_FORMAT = f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP_ROWS})"
# Of a table of arrays whose `time` counts milliseconds and whose `props` is text.
TYPED = ", ".join(
    "make_timestamp(time * 1000)::TIMESTAMP_MS AS time"
    if name == "time"
    else "props::JSON::VARIANT AS props"
    if name == "props"
    else f'"{name}"::{kind} AS "{name}"'
    for name, kind in COLUMNS.items()
)


class Segments:
    """The files of facts below `folder`; `connect` gives DuckDB's connection for as long as it is needed."""

    def __init__(self, folder: Path, connect: Connect):
        self.folder, self._connect = Path(folder), connect

    def write(
        self, arrays: dict[str, np.ndarray], days: np.ndarray, late: dict[int, list[Segment]]
    ) -> list[Segment]:
        """One file a day of rows whose days are given, synced; of `late` days, what their files lack."""
        batch, born = {**arrays, "day": days}, []
        with self._connect() as db:
            db.execute(f"CREATE OR REPLACE TEMP TABLE batch AS SELECT day, {TYPED} FROM batch")
            try:
                for day in map(int, np.unique(days)):
                    made = self._copy(db, _of_day(day, late.get(day) and self.relation(late[day])), day)
                    born.append(made)
            finally:
                db.execute("DROP TABLE IF EXISTS batch")
        del batch
        born = [segment for segment in born if segment.rows or (self.folder / segment.path).unlink()]
        sync(self.folder / segment.path for segment in born)
        return born

    def merge(self, died: Sequence[Segment], without: Iterable[int] = ()) -> list[Segment]:
        """One file in the place of several of a day, without the facts of some people; none when all go."""
        gone = ", ".join(map(str, without))
        where = f"WHERE person NOT IN ({gone})" if gone else ""
        with self._connect() as db:
            made = self._copy(db, f"SELECT * FROM {self.relation(died)} {where}", died[0].day)
        return self._kept(made)

    def between(self, segments: Sequence[Segment], start: int, end: int, day: int) -> list[Segment]:
        """One file of a day with what several hold of the time from `start` to `end` (milliseconds)."""
        first, last = (f"make_timestamp({moment} * 1000)::TIMESTAMP_MS" for moment in (start, end))
        with self._connect() as db:
            made = self._copy(
                db, f"SELECT * FROM {self.relation(segments)} WHERE time >= {first} AND time < {last}", day
            )
        return self._kept(made)

    def _kept(self, made: Segment) -> list[Segment]:
        """A file that was written, synced; none when nothing is in it."""
        if not made.rows:
            (self.folder / made.path).unlink()
            return []
        sync([self.folder / made.path])
        return [made]

    def relation(self, segments: Iterable[Segment]) -> str:
        """SQL for the rows of some files."""
        paths = ", ".join(literal(str(self.folder / segment.path)) for segment in segments)
        return f"read_parquet([{paths}])" if paths else f"(SELECT {_EMPTY} WHERE false)"

    def _copy(self, db, select: str, day: int) -> Segment:
        path = f"facts/{day}_{uuid.uuid4().hex}.parquet"
        full = self.folder / path
        full.parent.mkdir(exist_ok=True)
        rows = db.execute(f"COPY ({select} {_SORTED}) TO {literal(str(full))} {_FORMAT}").fetchone()[0]
        return written(self.folder, "facts", day, path, rows)


def _of_day(day: int, known: str | None) -> str:
    """The rows of the batch on a day; when `known` is there, those that say something else than its rows."""
    rows = f"SELECT * EXCLUDE (day) FROM batch WHERE day = {day}"
    if known is None:
        return rows
    same = " AND ".join(f"b.{name} = k.{name}" for name in ("event", "person", "time", "source"))
    return (
        f"SELECT * FROM ({rows}) b WHERE NOT EXISTS (SELECT 1 FROM {known} k "
        f"WHERE {same} AND b.props::JSON::VARCHAR = k.props::JSON::VARCHAR)"
    )


_EMPTY = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS.items())
