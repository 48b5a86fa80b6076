"""The catalog: what the log is at this moment. Files, how far the inbox was read, names, people.

Everything that one compaction changes commits here in one transaction, after its files have been
synced: so a fact is neither lost nor taken twice, wherever a kill falls. A file that is no longer
listed is unlinked after a grace period that is longer than any question runs. Holds no facts.
"""

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..engines.base import EngineError
from ..wal import into_wal
from . import layout

# Longer than any question may run (`engines.duck.gate.QUERY_SECONDS`).
GRACE_SECONDS = 600
# Numbers of names are 16 bits in the files; what more is sent goes by the last one.
MANY_NAMES = 60_000
OTHER = "(other)"


class Segment(NamedTuple):
    """One live file: of facts (`facts`), of ids (`ids`) or derived (`journeys`, `bitmaps` …).

    `version` is the day's version out of which a derived file was made; `digest` the SHA-256 of its bytes,
    in hex, by which `damage` finds what a disk has changed.
    """

    kind: str
    day: int
    path: str
    rows: int
    bytes: int
    version: int = 0
    digest: str = ""


def written(folder: Path, kind: str, day: int, path: str, rows: int, version: int = 0) -> Segment:
    """What the catalog is to know of a file that has just been written."""
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Segment(kind, day, path, rows, (folder / path).stat().st_size, version, digest)


class Catalog:
    """`<folder>/catalog.sqlite3`; safe with any number of readers and one writer."""

    def __init__(self, folder: Path, zone: str):
        self.folder, self._local = Path(folder), threading.local()
        self.path = self.folder / "catalog.sqlite3"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A disk that can only be read is enough to read what is there.
        if (kept := layout.zone_in(self.db())) is None:
            with self._transaction() as db:
                kept = layout.prepare(db, self.folder, zone)
        if kept != zone:
            raise EngineError(
                f"the log in {self.folder} is kept by days of {kept}, and LINGYU_TIME_ZONE is {zone}: "
                f"set it back to {kept}, or make the log anew by `lingyu log rezone`"
            )
        self.zone = zone

    def db(self) -> sqlite3.Connection:
        """This thread's connection, opened again after a fork and when another file took its place."""
        if getattr(self._local, "of", None) != (os.getpid(), self._file()):
            if not os.access(self.folder, os.W_OK):
                self._local.db, self._local.of = self._only_read(), (os.getpid(), self._file())
                return self._local.db
            db = sqlite3.connect(self.path, timeout=20, isolation_level=None)
            into_wal(db)
            db.execute("pragma synchronous=full")
            # What is deleted is a person's right to be forgotten: no page keeps it.
            db.execute("pragma secure_delete=on")
            self._local.db, self._local.of = db, (os.getpid(), self._file())
        return self._local.db

    def _only_read(self) -> sqlite3.Connection:
        """On a disk that cannot be written: nobody changes it, so no lock is needed, nor can be had."""
        log = self.path.with_name(f"{self.path.name}-wal")
        how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)

    def _file(self) -> int:
        """Which file it is: `keeping` may put another in its place."""
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes; durable when it ends, undone by an error."""
        with self._transaction() as db:
            self.check_zone()
            yield db

    def check_zone(self) -> None:
        """Raises EngineError when another process has made the log anew for another zone."""
        if (kept := self.db().execute("select zone from meta").fetchone()[0]) != self.zone:
            raise EngineError(f"the log is kept by days of {kept} now: start Lingyu again with that zone")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
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
        """Live files of a kind on these days, by day and age; without those that are known to be damaged."""
        rows = self.db().execute(
            "select kind, day, path, rows, bytes, version, digest from segment where kind = ? "
            "and died_at is null and day between ? and ? and path not in (select path from damaged) "
            "order by day, id",
            (kind, -(2**31) if first is None else first, 2**31 if last is None else last),
        )
        return [Segment(*row) for row in rows]

    def segment(self, path: str) -> Segment:
        """What is known of a listed file, damaged or not."""
        row = self.db().execute(
            "select kind, day, path, rows, bytes, version, digest from segment where path = ?", (path,)
        )
        return Segment(*row.fetchone())

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
            db.execute("delete from damaged where path not in (select path from segment)")
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
        "insert into segment (kind, day, path, rows, bytes, version, digest, born_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
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
