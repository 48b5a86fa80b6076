"""The manifest: which Parquet files are the event store at this moment.

Readers take the list of live files from here, never from the folder: files are published and
retired in one SQLite transaction, and a retired file is unlinked only after a grace period, so a
query that began before a swap still finds what it listed. Holds no facts.
"""

import contextlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...wal import into_wal
from ..base import EngineError

# Longer than any query may run (`engine.QUERY_SECONDS`).
GRACE_SECONDS = 600
# Of the layout of the folder and of these tables; a store of another format is not touched.
FORMAT = 1

_TABLES = f"""
create table files (
    path text primary key, first text not null, last text not null, rows integer not null,
    bytes integer not null, columns text not null, contents text not null, died_at real);
create index files_live on files (first) where died_at is null;
create table versions (
    one integer primary key check (one = 1), facts integer not null, files integer not null);
insert into versions values (1, 0, 0);
pragma user_version = {FORMAT};
"""


@dataclass(frozen=True)
class File:
    """One live file: its place below the store folder and what a question can know without opening it.

    `first` and `last` are the UTC days of its facts, `columns` its (name, type) pairs, `contents`
    for each event in it (event, how many, first and last moment in microseconds since 1970).
    """

    path: str
    first: date
    last: date
    rows: int
    bytes: int
    columns: tuple[tuple[str, str], ...]
    contents: tuple[tuple[str, int, int, int], ...]

    def has(self, names: Iterable[str]) -> bool:
        """Whether it holds a fact of any of the named events."""
        return not {name for name, *_ in self.contents}.isdisjoint(names)


class Manifest:
    """The list, in `<folder>/manifest.sqlite3`; safe with any number of readers and one writer."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        self._cached: tuple[int, list[File]] = (-1, [])
        self._prepare()

    def _prepare(self) -> None:
        """Make the tables of a new store; refuse one of another format."""
        db = self._db()
        db.execute("begin immediate")
        try:
            found = db.execute("pragma user_version").fetchone()[0]
            if found == 0 and not db.execute("select 1 from sqlite_master").fetchone():
                for statement in filter(str.strip, _TABLES.split(";")):
                    db.execute(statement)
                found = FORMAT
            db.execute("commit")
        except BaseException:
            db.execute("rollback")
            raise
        if found != FORMAT:
            raise EngineError(
                f"the event store in {self.folder} has format {found}; this version reads format {FORMAT}: "
                "use the version of Lingyu that wrote it"
            )

    def _db(self) -> sqlite3.Connection:
        """This thread's connection, opened again after a fork."""
        if getattr(self._local, "pid", None) != os.getpid():
            db = sqlite3.connect(self.folder / "manifest.sqlite3", timeout=20, isolation_level=None)
            into_wal(db)
            db.execute("pragma synchronous=full")
            self._local.db, self._local.pid = db, os.getpid()
        return self._local.db

    def version(self) -> int:
        """Grows whenever facts have come in, and not when files are merged."""
        return self._db().execute("select facts from versions").fetchone()[0]

    def live(self) -> list[File]:
        """All live files, by their first day; kept until the list changes."""
        with self._reading() as db:
            number = db.execute("select files from versions").fetchone()[0]
            if self._cached[0] == number:
                return self._cached[1]
            rows = db.execute(
                "select path, first, last, rows, bytes, columns, contents from files "
                "where died_at is null order by first, path"
            ).fetchall()
        files = [
            File(
                path,
                date.fromisoformat(first),
                date.fromisoformat(last),
                count,
                size,
                _tuples(columns),
                _tuples(contents),
            )
            for path, first, last, count, size, columns, contents in rows
        ]
        self._cached = (number, files)
        return files

    def grouped(self, files: Iterable[File]) -> list[tuple[list[str], dict[str, str]]]:
        """Full paths by schema: facts written before a field was declared lack its column."""
        groups: dict[tuple, list[str]] = {}
        for file in files:
            groups.setdefault(file.columns, []).append(str(self.folder / file.path))
        return [(paths, dict(columns)) for columns, paths in groups.items()]

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot for the number and the list."""
        db = self._db()
        db.execute("begin")
        try:
            yield db
        finally:
            db.execute("rollback")

    def publish(self, born: Iterable[File]) -> None:
        """Add files of new facts; durable when it returns."""
        self._change(born, (), facts=1)

    def swap(self, born: Iterable[File], died: Iterable[str]) -> None:
        """Put `born` in the place of `died`, the same facts otherwise arranged, at once."""
        self._change(born, died, facts=0)

    def _change(self, born: Iterable[File], died: Iterable[str], facts: int) -> None:
        db, now = self._db(), time.time()
        db.execute("begin immediate")
        try:
            db.execute("update versions set facts = facts + ?, files = files + 1", (facts,))
            db.executemany(
                "insert into files (path, first, last, rows, bytes, columns, contents) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        f.path,
                        f.first.isoformat(),
                        f.last.isoformat(),
                        f.rows,
                        f.bytes,
                        json.dumps(f.columns),
                        json.dumps(f.contents),
                    )
                    for f in born
                ],
            )
            for path in died:
                changed = db.execute(
                    "update files set died_at = ? where path = ? and died_at is null", (now, path)
                )
                if changed.rowcount != 1:
                    raise EngineError(f"{path} is no live file of the event store: another process merged it")
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
            file
            for file in self.folder.glob("month=*/*.parquet")
            if str(file.relative_to(self.folder)) not in known and file.stat().st_mtime < before
        ]
        for file in orphans:
            file.unlink(missing_ok=True)
        return len(dead) + len(orphans)


def _tuples(text: str) -> tuple:
    return tuple(tuple(item) for item in json.loads(text))
