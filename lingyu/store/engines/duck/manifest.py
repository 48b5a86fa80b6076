"""The manifest: which Parquet files are the event store at this moment.

Readers take the list of live files from here, never from the folder: files are published and
retired in one SQLite transaction, and a retired file is unlinked only after a grace period, so a
query that began before a swap still finds what it listed. Holds no facts.
"""

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

# Longer than any query may run.
GRACE_SECONDS = 600

_TABLES = """
create table if not exists files (
    path text primary key, day text not null, rows integer not null, bytes integer not null,
    columns text not null, born integer not null, died_at real);
create index if not exists files_live on files (day) where died_at is null;
create table if not exists versions (number integer primary key autoincrement, at real not null);
"""


@dataclass(frozen=True)
class File:
    """One live file: its place below the store folder, its UTC day, and its columns."""

    path: str
    day: date
    rows: int
    bytes: int
    columns: tuple[tuple[str, str], ...]


class Manifest:
    """The list, in `<folder>/manifest.sqlite3`; safe with any number of readers and one writer."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        self._cached: tuple[int, list[File]] = (-1, [])
        self._db().executescript(_TABLES)

    def _db(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self._local, "db"):
            db = sqlite3.connect(self.folder / "manifest.sqlite3", timeout=20, isolation_level=None)
            db.execute("pragma journal_mode=wal")
            db.execute("pragma synchronous=full")
            self._local.db = db
        return self._local.db

    def version(self) -> int:
        """Grows by one with every swap."""
        return self._db().execute("select coalesce(max(number), 0) from versions").fetchone()[0]

    def live(self) -> list[File]:
        """All live files, by day; cached until the version changes."""
        with self._reading() as (db, version):
            if self._cached[0] == version:
                return self._cached[1]
            rows = db.execute("select path, day, rows, bytes, columns from files where died_at is null order by day, born")
            schemas: dict[str, tuple] = {}
            files = []
            for path, day, count, size, columns in rows:
                if columns not in schemas:
                    schemas[columns] = tuple(tuple(c) for c in json.loads(columns))
                files.append(File(path, date.fromisoformat(day), count, size, schemas[columns]))
        self._cached = (version, files)
        return files

    @contextlib.contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One snapshot for the version and the list."""
        db = self._db()
        db.execute("begin")
        try:
            yield db, self.version()
        finally:
            db.execute("rollback")

    def swap(self, born: Iterable[File], died: Iterable[str] = ()) -> None:
        """Publish `born` and retire `died` at once; durable when it returns."""
        db, now = self._db(), time.time()
        db.execute("begin immediate")
        try:
            number = db.execute("insert into versions (at) values (?)", (now,)).lastrowid
            db.executemany(
                "insert into files (path, day, rows, bytes, columns, born) values (?, ?, ?, ?, ?, ?)",
                [(f.path, f.day.isoformat(), f.rows, f.bytes, json.dumps(f.columns), number) for f in born],
            )
            db.executemany("update files set died_at = ? where path = ?", [(now, path) for path in died])
            db.execute("commit")
        except BaseException:
            db.execute("rollback")
            raise

    def sweep(self) -> int:
        """Unlink files that died longer than the grace period ago, and orphans a crash left behind."""
        db, before = self._db(), time.time() - GRACE_SECONDS
        dead = [path for (path,) in db.execute("select path from files where died_at < ?", (before,))]
        for path in dead:
            (self.folder / path).unlink(missing_ok=True)
        db.executemany("delete from files where path = ?", [(path,) for path in dead])
        known = {path for (path,) in db.execute("select path from files")}
        orphans = [
            file for file in self.folder.glob("day=*/*.parquet")
            if str(file.relative_to(self.folder)) not in known and file.stat().st_mtime < before
        ]
        for file in orphans:
            file.unlink(missing_ok=True)
        return len(dead) + len(orphans)
