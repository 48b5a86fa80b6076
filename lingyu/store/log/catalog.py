"""The catalog: what the log is at this moment. Files, how far the inbox was read, names, people.

Everything that one compaction changes commits here in one transaction, after its files have been
synced: so a fact is neither lost nor taken twice, wherever a kill falls. A file that is no longer
listed is unlinked after a grace period that is longer than any question runs. Holds no facts.
"""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..engines.base import EngineError
from ..wal import into_wal

FORMAT = 1
# Longer than any question may run (`engines.duck.gate.QUERY_SECONDS`).
GRACE_SECONDS = 600
# Numbers of names are 16 bits in the files; what more is sent goes by the last one.
MANY_NAMES = 60_000
OTHER = "(other)"

_TABLES = f"""
create table segment (
    id integer primary key, kind text not null, day integer not null, path text not null unique,
    rows integer not null, bytes integer not null, version integer not null, born_at real not null,
    died_at real);
create index segment_live on segment (kind, day) where died_at is null;
create table day (number integer primary key, version integer not null, rows integer not null);
create table position (file text primary key, seq integer not null) without rowid;
create table name (id integer primary key, kind text not null, name text not null, unique (kind, name));
create table source (id integer primary key, code text not null unique);
create table key (
    scope integer not null, kind text not null, label text not null, value text not null,
    person integer not null, known integer not null, primary key (scope, kind, label, value)) without rowid;
create index key_person on key (person);
create index key_value on key (value);
create table joined (
    id integer primary key, child integer not null, parent integer not null, state text not null,
    why text not null, told text not null, by text not null, at real not null,
    undone_by text, undone_at real);
create unique index joined_once on joined (child) where state = 'active';
create index joined_parent on joined (parent) where state = 'active';
create table trait (
    person integer not null, name text not null, value text not null, at integer not null,
    primary key (person, name)) without rowid;
create table member (
    kind text not null, code text not null, person integer not null, first_at integer not null,
    last_at integer not null, primary key (kind, code, person)) without rowid;
create table erased (id integer primary key, by text not null, at real not null, rows integer not null);
create table meta (one integer primary key check (one = 1), zone text not null, people integer not null,
    version integer not null, joins integer not null, events integer not null, doubles integer not null);
pragma user_version = {FORMAT};
"""


class Segment(NamedTuple):
    """One live file: of facts (`facts`), of ids (`ids`) or derived (`journeys`, `bitmaps` …).

    `version` is the day's version out of which a derived file was made.
    """

    kind: str
    day: int
    path: str
    rows: int
    bytes: int
    version: int = 0


class Catalog:
    """`<folder>/catalog.sqlite3`; safe with any number of readers and one writer."""

    def __init__(self, folder: Path, zone: str):
        self.folder, self._local = Path(folder), threading.local()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._prepare(zone)

    def _prepare(self, zone: str) -> None:
        with self.writing() as db:
            found = db.execute("pragma user_version").fetchone()[0]
            if found == 0 and not db.execute("select 1 from sqlite_master").fetchone():
                for statement in filter(str.strip, _TABLES.split(";")):
                    db.execute(statement)
                db.execute("insert into meta values (1, ?, 0, 0, 0, 0, 0)", (zone,))
                found = FORMAT
            if found != FORMAT:
                raise EngineError(
                    f"the log in {self.folder} has format {found}; this version reads format {FORMAT}: "
                    "use the version of Lingyu that wrote it"
                )
            kept = db.execute("select zone from meta").fetchone()[0]
        if kept != zone:
            raise EngineError(
                f"the log in {self.folder} is kept by days of {kept}, and LINGYU_TIME_ZONE is {zone}: "
                f"set it back to {kept}, or make the log anew by `lingyu log rezone`"
            )

    def db(self) -> sqlite3.Connection:
        """This thread's connection, opened again after a fork."""
        if getattr(self._local, "pid", None) != os.getpid():
            db = sqlite3.connect(self.folder / "catalog.sqlite3", timeout=20, isolation_level=None)
            into_wal(db)
            db.execute("pragma synchronous=full")
            # What is deleted is a person's right to be forgotten: no page keeps it.
            db.execute("pragma secure_delete=on")
            self._local.db, self._local.pid = db, os.getpid()
        return self._local.db

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes; durable when it ends, undone by an error."""
        db = self.db()
        db.execute("begin immediate")
        try:
            yield db
            db.execute("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.execute("rollback")
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot for several questions."""
        db = self.db()
        db.execute("begin")
        try:
            yield db
        finally:
            db.execute("rollback")

    def version(self) -> tuple[int, int]:
        """Grows whenever facts came or went, and whenever people were joined or parted."""
        return self.db().execute("select version, joins from meta").fetchone()

    def positions(self) -> dict[str, int]:
        """How far each file of the inbox has been read."""
        return dict(self.db().execute("select file, seq from position"))

    def live(self, kind: str, first: int | None = None, last: int | None = None) -> list[Segment]:
        """Live files of a kind on these days, by day and age."""
        rows = self.db().execute(
            "select kind, day, path, rows, bytes, version from segment where kind = ? and died_at is null "
            "and day between ? and ? order by day, id",
            (kind, -(2**31) if first is None else first, 2**31 if last is None else last),
        )
        return [Segment(*row) for row in rows]

    def days(self) -> dict[int, int]:
        """The version of every day that has facts."""
        return dict(self.db().execute("select number, version from day order by number"))

    def sources(self) -> list[tuple[int, str]]:
        """(number, code) of every source."""
        return self.db().execute("select id, code from source order by id").fetchall()

    def people(self) -> int:
        """How many numbers were given."""
        return self.db().execute("select people from meta").fetchone()[0]

    def rows(self) -> dict[int, int]:
        """How many facts every day has."""
        return dict(self.db().execute("select number, rows from day"))

    def names(self) -> list[tuple[int, str, str]]:
        """(number, kind, name) of everything that was ever said to have happened."""
        return self.db().execute("select id, kind, name from name order by id").fetchall()

    def sweep(self, before: float | None = None) -> int:
        """Unlink files that died before (seconds since 1970; else the grace period ago), and orphans."""
        before = time.time() - GRACE_SECONDS if before is None else before
        db = self.db()
        dead = [p for (p,) in db.execute("select path from segment where died_at <= ?", (before,))]
        for path in dead:
            (self.folder / path).unlink(missing_ok=True)
        with self.writing():
            db.executemany("delete from segment where path = ?", [(path,) for path in dead])
        known = {p for (p,) in db.execute("select path from segment")}
        orphans = [
            file
            for file in self.folder.glob("*/*.*")
            if file.parent.name in KINDS
            and str(file.relative_to(self.folder)) not in known
            and file.stat().st_mtime < before
        ]
        for file in orphans:
            file.unlink(missing_ok=True)
        return len(dead) + len(orphans)


KINDS = ("facts", "ids", "journeys", "bitmaps", "sessions", "orders")


def publish(db: sqlite3.Connection, born: Iterable[Segment], died: Iterable[str] = ()) -> None:
    """List `born` and strike `died`, within a transaction. Raises EngineError when one is gone."""
    now = time.time()
    db.executemany(
        "insert into segment (kind, day, path, rows, bytes, version, born_at) values (?, ?, ?, ?, ?, ?, ?)",
        [(*segment, now) for segment in born],
    )
    for path in died:
        changed = db.execute(
            "update segment set died_at = ? where path = ? and died_at is null", (now, path)
        ).rowcount
        if changed != 1:
            raise EngineError(f"{path} is no live file of the log: another process changed it")


def touch(db: sqlite3.Connection, days: dict[int, int]) -> None:
    """Say that what is known of these days changed, by so many facts each: derived files are made anew."""
    version = db.execute("update meta set version = version + 1 returning version").fetchone()[0]
    db.executemany(
        "insert into day values (?, ?, ?) on conflict do update "
        "set version = excluded.version, rows = rows + excluded.rows",
        [(day, version, rows) for day, rows in days.items()],
    )
